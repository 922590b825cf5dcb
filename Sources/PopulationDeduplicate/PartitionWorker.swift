internal import CPrefetch
internal import PopulationModel

/// Works through one partition after another; each thread has its own.
struct PartitionWorker: ~Copyable {
    private let places: PlaceTable
    private let rules: ResidenceRules
    private let counting: CountingRows
    private let lastDay: Int32
    /// Rows updated later do not exist.
    private let knownAt: Int64
    private(set) var counts = DeduplicateCounts()

    private let buffer = PartitionBuffer()
    private var groups = CitizenGroups()
    private var registrations = ReusedList<PackedRecordView>()
    private var residencies = ReusedList<PackedRecordView>()
    private var citizen = Citizen()
    private var spans = ReusedList<PersonSpan>(capacity: batchCount)
    private var transitions: TransitionFinder
    private var stays: StayFinder
    private let countsHouseholds: Bool
    /// Citizens whose spans, one or two each, are handed on together: they stay in the core's cache.
    private static let batchCount = 256
    /// So many citizens before his turn the memory that a citizen's rows lead to is asked for.
    private static var citizensAhead: Int { 8 }
    /// So many before it what is known of the place that these name.
    private static var citizensNear: Int { 3 }
    /// So many before it the record is asked for that leads to this memory.
    private static var citizensAnnounced: Int { 24 }

    init(places: PlaceTable, settings: DeduplicateSettings) {
        self.places = places
        let rules = ResidenceRules(
            places: places, residenceMonths: settings.residenceMonths,
            stayGapDays: settings.stayGapDays)
        self.rules = rules
        transitions = TransitionFinder(places: places, isDue: !settings.onlyMainTables)
        stays = StayFinder(places: places, rules: rules, isDue: !settings.onlyMainTables)
        countsHouseholds = !settings.onlyMainTables
        lastDay = places.territory.dates.last!.dayNumber
        knownAt = settings.knownAt?.seconds ?? .max
        counting = CountingRows(knownAt: settings.knownAt?.seconds)
    }

    /// `make bench-counts` finds it by its name.
    @inline(never)
    mutating func process<Consumer: PersonConsumer & ~Copyable>(
        _ partition: Int, of reader: PartitionReader, into consumer: inout Consumer
    ) throws(PopstatErrors) {
        var payloads: [(bytes: UnsafeRawBufferPointer, recordCount: Int)] = []
        try reader.load(partition, into: buffer) { payloads.append(($0, $1)) }
        groups.reset(recordCount: payloads.reduce(0) { $0 + $1.recordCount })
        for payload in payloads { groups.add(payload.bytes, recordCount: payload.recordCount) }
        for start in stride(from: 0, to: groups.count, by: Self.batchCount) {
            take(citizens: start..<min(start + Self.batchCount, groups.count))
            handOn(to: &consumer)
        }
    }

    private mutating func handOn<Consumer: PersonConsumer & ~Copyable>(
        to consumer: inout Consumer
    ) {
        consumer.take(UnsafeBufferPointer(spans.buffer))
        spans.removeAll()
        if !transitions.found.isEmpty {
            consumer.take(UnsafeBufferPointer(transitions.found.buffer))
            transitions.removeAll()
        }
        if !stays.found.isEmpty {
            consumer.take(UnsafeBufferPointer(stays.found.buffer))
            stays.removeAll()
        }
    }

    private mutating func take(citizens: Range<Int>) {
        for citizen in citizens {
            groups.announce(citizen: citizen &+ Self.citizensAnnounced)
            groups.prepare(citizen: citizen &+ Self.citizensAhead, places: places)
            groups.preparePlace(citizen: citizen &+ Self.citizensNear, places: places)
            if let row = groups.onlyRegistration(ofCitizen: citizen) {
                take(only: row)
            } else {
                groups.collect(
                    citizen, registrations: &registrations, residencies: &residencies)
                takeCollected()
            }
        }
    }

    /// What all rules come to for most citizens: one row of registration and no stay. He lives where
    /// he is registered, from the date of the row on.
    @inline(__always)
    private mutating func take(only row: PackedRecordView) {
        if row.isRevoked { return }
        let day = row.date
        if day > lastDay || row.updatedAt > knownAt {
            counts.registration.future += 1
            return
        }
        counts.registration.inForce += 1
        guard Citizen.isActive(row.event) else { return }
        let place = places.place(of: row.code)
        if transitions.isDue { transitions.take(only: row, day: day, place: place) }
        var status: PersonStatus = .registeredResident
        if Qualification(registration: row).isTalent { status.insert(.talentAtHome) }
        var open: Int32 = -1
        for period in UnsafeBufferPointer(rules.periods) {
            if rules.moments[period.last].day < day { continue }
            let standing = places.standing(for: place, inEdition: period.edition)
            if standing == open {
                spans.extendLast(to: period.last)
                continue
            }
            open = -1
            guard places[standing].isInArea else { continue }
            open = standing
            var first = period.first
            while rules.moments[first].day < day { first &+= 1 }
            let state = ResidenceState(
                registered: standing, resident: standing, status: status)
            begin(state, row: row, at: first)
            spans.extendLast(to: period.last)
        }
    }

    @inline(__always)
    private mutating func takeCollected() {
        if registrations.count &+ residencies.count > 1,
            NameFolding.conflict(registrations, residencies)
        {
            counts.nameConflict += 1
        }
        counting.reduce(&registrations, source: .registration, counts: &counts.registration)
        counting.reduce(&residencies, source: .residency, counts: &counts.residency)
        citizen.setRegistrations(
            &registrations, places: places, lastDay: lastDay, counts: &counts.registration)
        citizen.setStays(&residencies, places: places, lastDay: lastDay, counts: &counts.residency)
        if citizen.registrations.isEmpty, citizen.stays.isEmpty { return }
        decideAllDates()
    }

    /// Dates ascend, so the rows in force are found by going on from those of the date before; what
    /// does not change from one date to the next is one span.
    private mutating func decideAllDates() {
        let moments = UnsafeBufferPointer(rules.moments)
        var ground = ResidenceRules.Ground()
        var before = (ground: ground, state: ResidenceState(), awaySince: Int32.max)
        stays.begin()
        for index in 0..<moments.count {
            let moment = moments[index]
            while ground.registration &+ 1 < citizen.registrations.count,
                citizen.registrations[ground.registration &+ 1].day <= moment.day
            { ground.registration &+= 1 }
            while ground.stay &+ 1 < citizen.stays.count,
                citizen.stays[ground.stay &+ 1].arrival <= moment.day
            { ground.stay &+= 1 }
            ground.edition = moment.edition
            ground.isPresent =
                ground.stay >= 0 && citizen.stays[ground.stay].isPresent(at: moment.day)
            if ground == before.ground, before.awaySince > moment.awayCutoff {
                if before.state.isCounted { spans.extendLast(to: index) }
                stays.goOn(to: index)
                noteYearly(ground, before.state, at: index)
                continue
            }
            var (state, awaySince) = rules.state(of: citizen, on: ground, at: moment)
            if state.registered >= 0, state.registered == state.resident,
                citizen.qualification(on: ground).isTalent
            {
                state.status.insert(.talentAtHome)
            }
            stays.take(citizen, on: ground, state, at: index)
            noteYearly(ground, state, at: index)
            let isSame =
                state == before.state && ground.registration == before.ground.registration
            before = (ground, state, awaySince)
            guard state.isCounted else { continue }
            if isSame {
                spans.extendLast(to: index)
            } else {
                let row =
                    ground.registration >= 0
                    ? citizen.registrations[ground.registration].row
                    : citizen.stays[ground.stay].row
                begin(state, row: row, at: index)
            }
        }
        if ground.isPresent, ground.registration >= 0,
            citizen.registrations[ground.registration].isClosed
        {
            counts.closedButPresent += 1
        }
    }

    @inline(__always)
    private mutating func noteYearly(
        _ ground: ResidenceRules.Ground, _ state: ResidenceState, at date: Int
    ) {
        if transitions.isDue {
            transitions.take(citizen, registration: ground.registration, state, at: date)
        }
    }

    /// Begins a span; `row` is the citizen's registration in force, or a stay when he has none.
    @inline(__always)
    private mutating func begin(_ state: ResidenceState, row: PackedRecordView, at date: Int) {
        let index = UInt16(truncatingIfNeeded: date)
        let id = CitizenID(first17: row.id)
        var span = PersonSpan(
            birth: Int32(truncatingIfNeeded: id.birthYYYYMMDD), sex: id.sex.rawValue,
            first: index, last: index)
        span.registered = state.registered
        span.resident = state.resident
        span.presentAt = state.presentAt
        span.status = state.status
        if state.registered >= 0 {
            span.householdType = row.householdType
            if countsHouseholds {
                span.household = HouseholdHash.of(
                    number: row.thirdText, unit: places[state.registered].code,
                    type: row.householdType)
            }
        }
        spans.append(span)
    }
}

extension ReusedList<PersonSpan> {
    /// The last span holds at the dates up to this one as well.
    @inline(__always)
    fileprivate mutating func extendLast(to date: Int) {
        start[count &- 1].last = UInt16(truncatingIfNeeded: date)
    }
}
