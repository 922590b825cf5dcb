package import PopulationModel

/// Where a citizen is registered and resident at one date: place numbers, -1 = nowhere.
struct ResidenceState: Equatable {
    var registered: Int32 = -1
    var resident: Int32 = -1
    /// Where a person of `shortStay` is.
    var presentAt: Int32 = -1
    var status: PersonStatus = []

    var isCounted: Bool {
        @inline(__always) get { registered >= 0 || resident >= 0 || presentAt >= 0 }
    }
}

/// The residence rules of SPEC 4 at one reference date.
///
/// Source: the definition of resident population of the 2020 census (domain.md 3.1); six months and
/// 31 days are the plan's `residence-months` and `stay-gap-days`.
package final class ResidenceRules {
    let places: PlaceTable
    /// One per reference date, ascending.
    let moments: UnsafeMutableBufferPointer<Moment>
    /// Reference dates in a row at which one edition holds.
    let periods: UnsafeMutableBufferPointer<Period>
    let stayGapDays: Int32

    struct Period {
        var edition: Int
        var first: Int
        var last: Int
    }

    /// A reference date with what follows from it.
    struct Moment {
        var day: Int32
        var edition: Int32
        /// Away since this day or before means away long enough.
        var awayCutoff: Int32
    }

    init(places: PlaceTable, residenceMonths: Int, stayGapDays: Int) {
        self.places = places
        self.stayGapDays = Int32(stayGapDays)
        let territory = places.territory
        var periods: [Period] = []
        for (index, edition) in territory.editionOfDate.enumerated() {
            if periods.last?.edition == edition {
                periods[periods.count - 1].last = index
            } else {
                periods.append(Period(edition: edition, first: index, last: index))
            }
        }
        self.periods = .allocate(capacity: periods.count)
        _ = self.periods.initialize(from: periods)
        moments = .allocate(capacity: territory.dates.count)
        for (index, date) in territory.dates.enumerated() {
            moments.initializeElement(
                at: index,
                to: Moment(
                    day: date.dayNumber, edition: Int32(territory.editionOfDate[index]),
                    awayCutoff: Self.awayCutoff(at: date, months: Int32(residenceMonths))))
        }
    }

    deinit {
        moments.deallocate()
        periods.deallocate()
    }

    /// The last day that lies so many calendar months before a date, days clamped: since the sum
    /// of a day and some months never falls when the day rises, one comparison does for all.
    package static func awayCutoff(at date: CalendarDate, months: Int32) -> Int32 {
        var day = date.dayNumber
        while day > 0 {
            if let later = CalendarDate(dayNumber: day).adding(months: months), later <= date {
                return day
            }
            day -= 1
        }
        return 0
    }

    /// What a decision rests on, besides the citizen's rows. As long as it is the same, and nobody
    /// has been away long enough who had not been before, the decision is the same.
    struct Ground: Equatable {
        /// Indexes of the rows in force; -1 = none.
        var registration = -1
        var stay = -1
        /// Whether the stay has not ended.
        var isPresent = false
        var edition: Int32 = -1
    }

    /// Where the citizen is registered and resident, and since when he has been away if that is
    /// not long enough yet (`Int32.max` where it makes no difference).
    @inline(__always)
    func state(of citizen: borrowing Citizen, on ground: Ground, at moment: Moment)
        -> (ResidenceState, awaySince: Int32)
    {
        var state = ResidenceState()
        let (registration, stay) = (ground.registration, ground.stay)
        var registeredPlace: Int32 = -1
        let edition = Int(moment.edition)
        if registration >= 0 {
            let row = citizen.registrations[registration]
            if row.isClosed { return (state, .max) }
            if row.isActive {
                registeredPlace = places.standing(for: row.place, inEdition: edition)
                if places[registeredPlace].isInArea { state.registered = registeredPlace }
            }
        }
        guard ground.isPresent else {
            stayAtHome(&state)
            return (state, .max)
        }
        if registeredPlace < 0 { registeredPlace = statedPlace(citizen.stays[stay], edition) }
        let awaySince = decidePresent(
            citizen, stay: stay, registeredPlace: registeredPlace, at: moment, into: &state)
        return (state, awaySince)
    }

    /// What a stay says of the registered place; -1 = nothing.
    @inline(__always)
    private func statedPlace(_ stay: Citizen.Stay, _ edition: Int) -> Int32 {
        stay.registeredPlace < 0
            ? -1 : places.standing(for: stay.registeredPlace, inEdition: edition)
    }

    /// The registered place of SPEC 4; -1 = unknown.
    func registeredPlace(of citizen: borrowing Citizen, on ground: Ground) -> Int32 {
        if ground.registration >= 0 {
            let row = citizen.registrations[ground.registration]
            if row.isActive {
                return places.standing(for: row.place, inEdition: Int(ground.edition))
            }
        }
        return ground.stay < 0 ? -1 : statedPlace(citizen.stays[ground.stay], Int(ground.edition))
    }

    /// Rule 4: who is registered and not away long enough lives where he is registered.
    @inline(__always)
    private func stayAtHome(_ state: inout ResidenceState) {
        guard state.registered >= 0 else { return }
        state.resident = state.registered
        state.status = .registeredResident
    }

    private func decidePresent(
        _ citizen: borrowing Citizen, stay: Int, registeredPlace: Int32, at moment: Moment,
        into state: inout ResidenceState
    ) -> Int32 {
        let edition = Int(moment.edition)
        let here = places.standing(for: citizen.stays[stay].place, inEdition: edition)
        let place = places[here]
        let home = registeredPlace >= 0 ? places[registeredPlace] : nil
        // Rule 1.
        if place.isInArea, let home, home.township == place.township {
            state.resident = here
            state.status = state.registered >= 0 ? .registeredResident : .unregisteredLocal
            return .max
        }
        // Rule 2.
        if place.isAbroad {
            stayAtHome(&state)
            return .max
        }
        // Rule 3.
        let since = awaySince(citizen, stay: stay, home: home, edition: edition)
        if since <= moment.awayCutoff {
            guard place.isInArea else {
                if state.registered >= 0 { state.status = .away }
                return .max
            }
            state.resident = here
            state.status = separation(place, home)
            if state.registered >= 0 { state.status.insert(.registeredElsewhere) }
            return .max
        }
        // Rules 4 and 5.
        if state.registered >= 0 {
            stayAtHome(&state)
        } else if place.isInArea {
            state.status = .shortStay
            state.presentAt = here
        }
        return since
    }

    /// The first arrival of the unbroken time outside the home township (SPEC 4, away_since).
    private func awaySince(
        _ citizen: borrowing Citizen, stay: Int, home: PlaceTable.Place?, edition: Int
    ) -> Int32 {
        let inForce = citizen.stays[stay]
        var since = inForce.arrival
        var index = stay - 1
        while index >= 0 {
            let earlier = citizen.stays[index]
            let township = places[places.standing(for: earlier.place, inEdition: edition)].township
            if let home, township == home.township { break }
            if earlier.departure != 0, since - earlier.departure > stayGapDays { break }
            since = earlier.arrival
            index -= 1
        }
        let countFrom = inForce.row.countFrom
        return countFrom != 0 ? min(since, countFrom) : since
    }

    /// Separated, and either within the districts of one prefecture or floating with a tier.
    private func separation(_ place: PlaceTable.Place, _ home: PlaceTable.Place?) -> PersonStatus {
        guard let home else { return [.separated, .tier(.unknown)] }
        if place.isDistrict, home.isDistrict, place.county / 100 == home.county / 100 {
            return [.separated, .intraDistrict]
        }
        let tier: OriginTier =
            place.county == home.county
            ? .ownCounty
            : place.county / 100 == home.county / 100
                ? .ownPrefecture
                : place.county / 10_000 == home.county / 10_000 ? .ownProvince : .otherProvince
        return [.separated, .tier(tier)]
    }
}
