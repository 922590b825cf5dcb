internal import PopulationModel

/// Finds, citizen by citizen, the dates at which a stay matters for more than where he lives: as a
/// guest who may hold a permit, or as a resident elsewhere than where he is registered.
struct StayFinder: ~Copyable {
    private let places: PlaceTable
    private let rules: ResidenceRules
    private(set) var found = ReusedList<StaySpan>()
    /// The last span may go on at the next date.
    private var isOpen = false
    private let isDue: Bool

    /// `isDue` is false when nobody asks.
    init(places: PlaceTable, rules: ResidenceRules, isDue: Bool) {
        self.isDue = isDue
        self.places = places
        self.rules = rules
    }

    mutating func removeAll() { found.removeAll() }

    /// Before the first date of a citizen.
    @inline(__always)
    mutating func begin() { isOpen = false }

    /// Nothing that counts has changed since the date before.
    @inline(__always)
    mutating func goOn(to date: Int) {
        if isOpen { found.start[found.count &- 1].last = UInt16(truncatingIfNeeded: date) }
    }

    /// A reference date of a citizen at which something may have changed.
    @inline(__always)
    mutating func take(
        _ citizen: borrowing Citizen, on ground: ResidenceRules.Ground, _ state: ResidenceState,
        at date: Int
    ) {
        isOpen = false
        guard ground.stay >= 0, isDue else { return }
        let isElsewhere = state.resident >= 0 && state.resident != state.registered
        let guestAt = guestPlace(citizen, on: ground, state)
        if isElsewhere || guestAt >= 0 {
            add(citizen, on: ground, state, guestAt: guestAt, at: date)
        }
    }

    /// Present in the area, not registered in it and not closed (SPEC 6.2); else -1.
    @inline(__always)
    private func guestPlace(
        _ citizen: borrowing Citizen, on ground: ResidenceRules.Ground, _ state: ResidenceState
    ) -> Int32 {
        guard ground.isPresent, state.registered < 0 else { return -1 }
        if ground.registration >= 0, citizen.registrations[ground.registration].isClosed {
            return -1
        }
        let place = places.standing(
            for: citizen.stays[ground.stay].place, inEdition: Int(ground.edition))
        return places[place].isInArea ? place : -1
    }

    private mutating func add(
        _ citizen: borrowing Citizen, on ground: ResidenceRules.Ground, _ state: ResidenceState,
        guestAt: Int32, at date: Int
    ) {
        let stay = citizen.stays[ground.stay]
        let row = stay.row
        let id = CitizenID(first17: row.id)
        let index = UInt16(truncatingIfNeeded: date)
        var span = StaySpan(
            birth: Int32(truncatingIfNeeded: id.birthYYYYMMDD), sex: id.sex.rawValue, first: index,
            last: index)
        span.qualification = citizen.qualification(on: ground)
        span.dwelling = row.dwelling
        span.resident = state.resident == state.registered ? -1 : state.resident
        span.registeredPlace = rules.registeredPlace(of: citizen, on: ground)
        span.guestAt = guestAt
        span.residentSince = row.countFrom != 0 ? row.countFrom : stay.arrival
        span.insuredSince = Int32(truncatingIfNeeded: row.insuredSince)
        span.employedSince = Int32(truncatingIfNeeded: row.employedSince)
        span.permitIssued = Int32(truncatingIfNeeded: row.permitIssued)
        span.permitValidTo = Int32(truncatingIfNeeded: row.permitValidTo)
        found.append(span)
        isOpen = true
    }
}

extension Citizen {
    /// Of the registration row and the stay in force: the better of the two (SPEC 6.2).
    @inline(__always)
    func qualification(on ground: ResidenceRules.Ground) -> Qualification {
        var qualification = Qualification()
        if ground.registration >= 0 {
            qualification = Qualification(registration: registrations[ground.registration].row)
        }
        if ground.stay >= 0 {
            qualification = qualification.better(
                with: Qualification(residency: stays[ground.stay].row))
        }
        return qualification
    }
}
