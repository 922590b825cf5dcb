internal import PopulationModel

/// Brings the records of one partition together by citizen: a hash table of chains, made for a
/// partition that fits into the cache of a core.
final class CitizenGroups {
    private var slots: UnsafeMutablePointer<Slot>
    private var slotCapacity = 1 << 12
    private var slotMask = 0
    private var records: UnsafeMutablePointer<Entry>
    private var recordCapacity = 1 << 12
    private var recordCount = 0

    private struct Slot {
        var id: UInt64
        /// Index of the last record of the citizen; -1 = free.
        var head: Int32
    }

    private struct Entry {
        var start: UnsafeRawPointer
        var next: Int32
    }

    init() {
        slots = .allocate(capacity: slotCapacity)
        records = .allocate(capacity: recordCapacity)
    }

    deinit {
        slots.deallocate()
        records.deallocate()
    }

    /// Forgets what was there and makes room for so many records.
    func reset(recordCount count: Int) {
        recordCount = 0
        if count > recordCapacity {
            records.deallocate()
            recordCapacity = count + count / 4
            records = .allocate(capacity: recordCapacity)
        }
        var wanted = 1 << 6
        while wanted < count * 2 { wanted *= 2 }
        if wanted > slotCapacity {
            slots.deallocate()
            slotCapacity = wanted
            slots = .allocate(capacity: slotCapacity)
        }
        slotMask = wanted - 1
        slots.initialize(repeating: Slot(id: 0, head: -1), count: wanted)
    }

    func add(_ payload: UnsafeRawBufferPointer, recordCount count: Int) {
        guard var start = payload.baseAddress else { return }
        for _ in 0..<count {
            let record = PackedRecordView(start: start)
            let id = record.id
            // Other bits of the hash than those that chose the partition.
            var slot =
                Int(truncatingIfNeeded: (id &* 0x9E37_79B9_7F4A_7C15) >> 22) & slotMask
            while slots[slot].head >= 0, slots[slot].id != id { slot = (slot &+ 1) & slotMask }
            records[recordCount] = Entry(start: start, next: slots[slot].head)
            slots[slot] = Slot(id: id, head: Int32(truncatingIfNeeded: recordCount))
            recordCount &+= 1
            start += record.byteCount
        }
    }

    /// Calls `body` once per citizen with the rows of each source.
    func forEachCitizen(
        _ body: (
            _ id: CitizenID, _ registrations: inout [PackedRecordView],
            _ residencies: inout [PackedRecordView]
        ) -> Void
    ) {
        var registrations: [PackedRecordView] = []
        var residencies: [PackedRecordView] = []
        for slot in 0...slotMask where slots[slot].head >= 0 {
            registrations.removeAll(keepingCapacity: true)
            residencies.removeAll(keepingCapacity: true)
            var index = slots[slot].head
            while index >= 0 {
                let entry = records[Int(index)]
                let record = PackedRecordView(start: entry.start)
                if record.isResidency {
                    residencies.append(record)
                } else {
                    registrations.append(record)
                }
                index = entry.next
            }
            body(CitizenID(first17: slots[slot].id), &registrations, &residencies)
        }
    }
}
