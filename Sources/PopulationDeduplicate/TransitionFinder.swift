internal import PopulationModel

/// Finds, citizen by citizen, what happened to the registration within the yearly pairs, as far as
/// the urban population or the dead are concerned.
///
/// Before you change this: nearly all citizens have one row, in force at every date, in a unit that
/// stays what it is. Of them nothing may be looked at but the row's date and, where an edition
/// begins within a pair, one byte of the place.
struct TransitionFinder: ~Copyable {
    private let places: PlaceTable
    private let pairs: UnsafeMutableBufferPointer<Pair>
    private let dates: UnsafeMutableBufferPointer<Moment>
    /// The pairs within which an edition begins, as indexes of `pairs`.
    private let changing: UnsafeMutableBufferPointer<Int>
    private var flips: FlippingPlaces
    /// Rows after this day begin within a pair or after the last; `Int32.max` without pairs.
    private let firstStartDay: Int32
    private(set) var found = ReusedList<PersonTransition>()
    /// What the citizen at hand was at the last yearly date.
    private var before = Standing()

    private struct Pair {
        var startDay: Int32
        /// The same day as yyyymmdd.
        var start: Int32
        var endDay: Int32
        var startEdition: Int
        var endEdition: Int
        /// Its place among `changing`; -1 = no edition begins within it.
        var change = -1
    }

    /// What a reference date is to the pairs.
    private struct Moment {
        /// -1 = none ends here.
        var pair: Int32 = -1
        var isYearly = false
    }

    private struct Standing {
        var registration = -1
        var registered: Int32 = -1
        var resident: Int32 = -1
    }

    /// `isDue` is false when nobody asks.
    init(places: PlaceTable, isDue: Bool) {
        self.places = places
        let territory = places.territory
        var dates = [Moment](repeating: Moment(), count: territory.dates.count)
        for yearly in territory.yearlyDates { dates[yearly.date].isYearly = true }
        var pairs: [Pair] = []
        var changing: [Int] = []
        for (index, pair) in territory.yearlyPairs.enumerated() {
            dates[pair.end].pair = Int32(index)
            var made = Pair(
                startDay: territory.dates[pair.start].dayNumber,
                start: Int32(truncatingIfNeeded: territory.dates[pair.start].yyyymmdd),
                endDay: territory.dates[pair.end].dayNumber,
                startEdition: territory.editionOfDate[pair.start],
                endEdition: territory.editionOfDate[pair.end])
            if made.startEdition != made.endEdition {
                made.change = changing.count
                changing.append(index)
            }
            pairs.append(made)
        }
        firstStartDay = isDue ? pairs.first?.startDay ?? .max : .max
        flips = FlippingPlaces(
            places: places, changes: changing.map { (pairs[$0].startEdition, pairs[$0].endEdition) }
        )
        self.pairs = .allocate(capacity: pairs.count)
        _ = self.pairs.initialize(from: pairs)
        self.dates = .allocate(capacity: dates.count)
        _ = self.dates.initialize(from: dates)
        self.changing = .allocate(capacity: changing.count)
        _ = self.changing.initialize(from: changing)
    }

    deinit {
        pairs.deallocate()
        dates.deallocate()
        changing.deallocate()
    }

    /// Whether the plan has yearly pairs.
    var isDue: Bool {
        @inline(__always) get { firstStartDay != .max }
    }

    mutating func removeAll() { found.removeAll() }

    /// A citizen of one active row and no stay: the pair that the row begins in, and those in which
    /// its unit becomes another.
    @inline(__always)
    mutating func take(only row: PackedRecordView, day: Int32, place: Int32) {
        if day > firstStartDay { takeNew(row, day: day, place: place) }
        for change in 0..<changing.count where flips.isFlipping(place, change: change) {
            let pair = changing[change]
            if day <= pairs[pair].startDay { addSame(row, pair: pair, place: place) }
        }
    }

    private mutating func takeNew(_ row: PackedRecordView, day: Int32, place: Int32) {
        for index in 0..<pairs.count
        where pairs[index].startDay < day && day <= pairs[index].endDay {
            let edition = pairs[index].endEdition
            let standing = places.standing(for: place, inEdition: edition)
            guard places[standing].isInArea, places.isUrban(standing, inEdition: edition)
            else { continue }
            add(row, day: day, pair: index, from: Standing(), to: standing)
        }
    }

    /// One reference date of a citizen; none may be left out, and they must come in order. `row` is
    /// the index of the registration in force, -1 = none.
    @inline(__always)
    mutating func take(
        _ citizen: borrowing Citizen, registration row: Int, _ state: ResidenceState, at date: Int
    ) {
        let moment = dates[date]
        guard moment.isYearly else { return }
        if moment.pair >= 0, row >= 0 {
            if row != before.registration {
                takeOther(citizen, row, state, pair: Int(moment.pair))
            } else if pairs[Int(moment.pair)].change >= 0 {
                takeSame(citizen.registrations[row], pair: Int(moment.pair))
            }
        }
        before = Standing(
            registration: row, registered: state.registered, resident: state.resident)
    }

    private mutating func takeSame(_ row: Citizen.Registration, pair: Int) {
        guard row.isActive, flips.isFlipping(row.place, change: pairs[pair].change) else { return }
        addSame(row.row, pair: pair, place: row.place)
    }

    private mutating func takeOther(
        _ citizen: borrowing Citizen, _ index: Int, _ state: ResidenceState, pair: Int
    ) {
        let row = citizen.registrations[index]
        let isDeath = row.event == RegistrationEvent.death.rawValue && before.resident >= 0
        guard
            isDeath || places.isUrban(state.registered, inEdition: pairs[pair].endEdition)
                || places.isUrban(before.registered, inEdition: pairs[pair].startEdition)
        else { return }
        add(row.row, day: row.day, pair: pair, from: before, to: state.registered)
    }

    private mutating func addSame(_ row: PackedRecordView, pair: Int, place: Int32) {
        func standing(_ edition: Int) -> Int32 {
            let standing = places.standing(for: place, inEdition: edition)
            return places[standing].isInArea ? standing : -1
        }
        let before = Standing(registered: standing(pairs[pair].startEdition))
        add(
            row, day: row.date, pair: pair, from: before, to: standing(pairs[pair].endEdition),
            isSameRow: true)
    }

    /// `row` is in force at the end of the pair.
    private mutating func add(
        _ row: PackedRecordView, day: Int32, pair: Int, from before: Standing, to registered: Int32,
        isSameRow: Bool = false
    ) {
        let id = CitizenID(first17: row.id)
        let birth = Int32(truncatingIfNeeded: id.birthYYYYMMDD)
        var transition = PersonTransition(
            birth: birth, sex: id.sex.rawValue, pair: UInt16(truncatingIfNeeded: pair))
        transition.isSameRow = isSameRow
        transition.isEventInside = day > pairs[pair].startDay
        // A number's birth date is one of the calendar, so the order of digits is that of days.
        transition.isBornInside = birth > pairs[pair].start
        transition.event = row.event
        transition.cause = row.cause
        // The record keeps three digits as value and one, 0 for none.
        transition.originClass = UInt16(max(row.originClass, 1) - 1)
        transition.hasOriginCode = row.secondCodeLength != 0
        transition.originCode = row.originCode
        transition.isTalent = Qualification(registration: row).isTalent
        transition.registeredBefore = before.registered
        transition.residentBefore = before.resident
        transition.registered = registered
        if registered >= 0 {
            // Of any type: members are who share number and unit.
            transition.household = HouseholdHash.of(
                number: row.thirdText, unit: places[registered].code, type: 0)
        }
        found.append(transition)
    }
}

/// Places whose people move between urban and not, or between counties, without a row of their own,
/// because an edition begins within a yearly pair.
private struct FlippingPlaces: ~Copyable {
    private let places: PlaceTable
    private let changes: [(start: Int, end: Int)]
    /// Per place and change.
    private var answers = ReusedList<Answer>()

    private enum Answer: UInt8, BitwiseCopyable {
        case notAsked, no, yes
    }

    init(places: PlaceTable, changes: [(start: Int, end: Int)]) {
        self.places = places
        self.changes = changes
    }

    @inline(__always)
    mutating func isFlipping(_ place: Int32, change: Int) -> Bool {
        let index = Int(place) &* changes.count &+ change
        if index < answers.count, answers[index] != .notAsked { return answers[index] == .yes }
        return find(place, change: change, at: index)
    }

    private mutating func find(_ place: Int32, change: Int, at index: Int) -> Bool {
        let (start, end) = changes[change]
        func urban(_ edition: Int) -> Int32 {
            let standing = places.standing(for: place, inEdition: edition)
            return places[standing].isInArea && places.isUrban(standing, inEdition: edition)
                ? standing : -1
        }
        let (before, after) = (urban(start), urban(end))
        let isFlipping: Bool
        if before >= 0, after >= 0 {
            let carried = places.carried(before, toEdition: end)
            isFlipping = places[carried].county != places[after].county
        } else {
            isFlipping = before >= 0 || after >= 0
        }
        while answers.count <= index { answers.append(.notAsked) }
        answers[index] = isFlipping ? .yes : .no
        return isFlipping
    }
}
