internal import PopulationModel

/// Works through one partition after another; each thread has its own.
final class PartitionWorker {
    private let places: PlaceTable
    private let rules: ResidenceRules
    private let counting: CountingRows
    private let buffer = PartitionBuffer()
    private let groups = CitizenGroups()
    private let lastDay: Int32
    private(set) var counts = DeduplicateCounts()

    private var citizen = Citizen()
    private var states: [PersonState] = []
    /// Persons are handed on when so many states are at hand: they stay in the core's cache.
    private static let batchCount = 4_096

    init(places: PlaceTable, settings: DeduplicateSettings) {
        self.places = places
        rules = ResidenceRules(
            places: places, residenceMonths: settings.residenceMonths,
            stayGapDays: settings.stayGapDays)
        lastDay = places.territory.dates.last!.dayNumber
        counting = CountingRows(knownAt: settings.knownAt?.seconds, lastDay: lastDay)
        states.reserveCapacity(Self.batchCount + places.territory.dates.count)
    }

    func process(
        _ partition: Int, of reader: PartitionReader, into consumer: inout some PersonConsumer
    ) throws(PopstatErrors) {
        var payloads: [(UnsafeRawBufferPointer, Int)] = []
        try reader.load(partition, into: buffer) { payloads.append(($0, $1)) }
        groups.reset(recordCount: payloads.reduce(0) { $0 + $1.1 })
        for (bytes, count) in payloads { groups.add(bytes, recordCount: count) }
        groups.forEachCitizen { id, registrations, residencies in
            take(id, &registrations, &residencies)
            if states.count >= Self.batchCount { hand(to: &consumer) }
        }
        hand(to: &consumer)
    }

    private func hand(to consumer: inout some PersonConsumer) {
        if states.isEmpty { return }
        states.withUnsafeBufferPointer { consumer.take($0) }
        states.removeAll(keepingCapacity: true)
    }

    private func take(
        _ id: CitizenID, _ registrations: inout [PackedRecordView],
        _ residencies: inout [PackedRecordView]
    ) {
        if registrations.count + residencies.count > 1 {
            countNameConflict(registrations, residencies)
        }
        if !registrations.isEmpty {
            counting.reduce(&registrations, source: .registration, counts: &counts.registration)
        }
        if !residencies.isEmpty {
            counting.reduce(&residencies, source: .residency, counts: &counts.residency)
        }
        citizen.setRegistrations(
            &registrations, places: places, lastDay: lastDay, counts: &counts.registration)
        citizen.setStays(&residencies, places: places, lastDay: lastDay, counts: &counts.residency)
        if citizen.registrations.isEmpty, citizen.stays.isEmpty { return }
        decideAllDates(id)
    }

    private func countNameConflict(
        _ registrations: [PackedRecordView], _ residencies: [PackedRecordView]
    ) {
        let names =
            registrations.lazy.filter { !$0.isRevoked }.map(\.name)
            + residencies.lazy.filter { !$0.isRevoked }.map(\.name)
        if NameFolding.conflict(in: Array(names)) { counts.nameConflict += 1 }
    }

    /// Dates ascend, so the rows in force are found by going on from those of the date before.
    private func decideAllDates(_ id: CitizenID) {
        let birth = id.birthYYYYMMDD
        var registration = -1
        var stay = -1
        var household: (registration: Int, place: Int32, hash: UInt64) = (-1, -1, 0)
        for (index, moment) in rules.moments.enumerated() {
            while registration + 1 < citizen.registrations.count,
                citizen.registrations[registration + 1].day <= moment.day
            { registration += 1 }
            while stay + 1 < citizen.stays.count, citizen.stays[stay + 1].arrival <= moment.day {
                stay += 1
            }
            if registration < 0, stay < 0 { continue }
            let age = (moment.yyyymmdd - birth) / 10_000
            var state = PersonState(
                date: UInt16(truncatingIfNeeded: index), age: UInt8(clamping: age),
                sex: id.sex.rawValue)
            let isClosedButPresent = rules.decide(
                citizen, registration: registration, stay: stay, at: moment, into: &state)
            if isClosedButPresent, index + 1 == rules.moments.count {
                counts.closedButPresent += 1
            }
            if state.registered >= 0 {
                let row = citizen.registrations[registration].row
                state.householdType = row.householdType
                if household.registration != registration || household.place != state.registered {
                    household = (
                        registration, state.registered,
                        hashHousehold(row, unit: places[state.registered].code)
                    )
                }
                state.household = household.hash
            }
            if state.registered >= 0 || state.resident >= 0 || state.presentAt >= 0 {
                states.append(state)
            }
        }
    }

    /// Of unit, household number and type; 0 when there is no number.
    private func hashHousehold(_ row: PackedRecordView, unit: UInt64) -> UInt64 {
        let number = row.thirdText
        if number.isEmpty { return 0 }
        let mixed =
            (PartitionFormat.checksum(number) ^ (unit &* 0x9E37_79B9_7F4A_7C15))
            &+ UInt64(row.householdType)
        var hash = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
        hash ^= hash >> 32
        return hash == 0 ? 1 : hash
    }
}
