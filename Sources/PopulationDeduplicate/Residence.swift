package import PopulationModel

/// The residence rules of SPEC 4 at one reference date.
///
/// Source: the definition of resident population of the 2020 census (domain.md 3.1); six months and
/// 31 days are the plan's `residence-months` and `stay-gap-days`.
package struct ResidenceRules {
    let places: PlaceTable
    /// One per reference date.
    let moments: [Moment]
    let stayGapDays: Int32

    /// A reference date with what follows from it.
    struct Moment {
        var day: Int32
        var yyyymmdd: Int64
        var edition: Int
        /// Away since this day or before means away long enough.
        var awayCutoff: Int32
    }

    init(places: PlaceTable, residenceMonths: Int, stayGapDays: Int) {
        self.places = places
        self.stayGapDays = Int32(stayGapDays)
        let territory = places.territory
        moments = zip(territory.dates, territory.editionOfDate).map { date, edition in
            Moment(
                day: date.dayNumber, yyyymmdd: date.yyyymmdd, edition: edition,
                awayCutoff: Self.awayCutoff(at: date, months: Int32(residenceMonths)))
        }
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

    /// Fills in where the citizen is registered and resident; returns whether he is closed but
    /// present (rule 0).
    ///
    /// `registration` and `stay` are the indexes of the rows in force; -1 = none.
    @inline(__always)
    func decide(
        _ citizen: borrowing Citizen, registration: Int, stay: Int, at moment: Moment,
        into state: inout PersonState
    ) -> Bool {
        var registered: Int32 = -1
        var registeredPlace: Int32 = -1
        if registration >= 0 {
            let row = citizen.registrations[registration]
            if row.isClosed {
                return stay >= 0 && citizen.stays[stay].isPresent(at: moment.day)
            }
            if row.isActive {
                registeredPlace = places.standing(for: row.place, inEdition: moment.edition)
                if places[registeredPlace].isInArea { registered = registeredPlace }
            }
        }
        state.registered = registered
        guard stay >= 0 else {
            stayAtHome(registered, &state)
            return false
        }
        let inForce = citizen.stays[stay]
        if registeredPlace < 0, inForce.registeredPlace >= 0 {
            registeredPlace = places.standing(
                for: inForce.registeredPlace, inEdition: moment.edition)
        }
        guard inForce.isPresent(at: moment.day) else {
            stayAtHome(registered, &state)
            return false
        }
        decidePresent(
            citizen, stay: stay, registered: registered, registeredPlace: registeredPlace,
            at: moment, into: &state)
        return false
    }

    /// Rule 4: who is registered and not away long enough lives where he is registered.
    @inline(__always)
    private func stayAtHome(_ registered: Int32, _ state: inout PersonState) {
        guard registered >= 0 else { return }
        state.resident = registered
        state.status = .registeredResident
    }

    private func decidePresent(
        _ citizen: borrowing Citizen, stay: Int, registered: Int32, registeredPlace: Int32,
        at moment: Moment, into state: inout PersonState
    ) {
        let here = places.standing(for: citizen.stays[stay].place, inEdition: moment.edition)
        let place = places[here]
        let home = registeredPlace >= 0 ? places[registeredPlace] : nil
        // Rule 1.
        if place.isInArea, let home, home.township == place.township {
            state.resident = here
            state.status = registered >= 0 ? .registeredResident : .unregisteredLocal
            return
        }
        // Rule 2.
        if place.isAbroad { return stayAtHome(registered, &state) }
        // Rule 3.
        let since = awaySince(citizen, stay: stay, home: home, edition: moment.edition)
        if since <= moment.awayCutoff {
            guard place.isInArea else {
                if registered >= 0 { state.status = .away }
                return
            }
            state.resident = here
            state.status = separation(place, home)
            if registered >= 0 { state.status.insert(.registeredElsewhere) }
            return
        }
        // Rules 4 and 5.
        if registered >= 0 { return stayAtHome(registered, &state) }
        if place.isInArea {
            state.status = .shortStay
            state.presentAt = here
        }
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
