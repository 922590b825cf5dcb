internal import PopulationModel

/// Brings the records of one partition together by citizen: a hash table of chains, made for a
/// partition that fits into the cache of a core.
struct CitizenGroups: ~Copyable {
    private var slots: UnsafeMutablePointer<Slot>
    private var slotCapacity = 1 << 12
    private(set) var slotCount = 0
    private var entries: UnsafeMutablePointer<Entry>
    private var entryCapacity = 1 << 12
    private var entryCount = 0

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
        entries = .allocate(capacity: entryCapacity)
    }

    deinit {
        slots.deallocate()
        entries.deallocate()
    }

    /// Forgets what was there and makes room for so many records.
    mutating func reset(recordCount count: Int) {
        entryCount = 0
        if count > entryCapacity {
            entries.deallocate()
            entryCapacity = count + count / 4
            entries = .allocate(capacity: entryCapacity)
        }
        slotCount = 1 << 6
        while slotCount < count * 2 { slotCount *= 2 }
        if slotCount > slotCapacity {
            slots.deallocate()
            slotCapacity = slotCount
            slots = .allocate(capacity: slotCapacity)
        }
        slots.initialize(repeating: Slot(id: 0, head: -1), count: slotCount)
    }

    mutating func add(_ payload: UnsafeRawBufferPointer, recordCount count: Int) {
        guard var start = payload.baseAddress else { return }
        let mask = slotCount &- 1
        for _ in 0..<count {
            let record = PackedRecordView(start: start)
            let id = record.id
            // Other bits of the hash than those that chose the partition.
            var slot = Int(truncatingIfNeeded: (id &* 0x9E37_79B9_7F4A_7C15) >> 22) & mask
            while slots[slot].head >= 0, slots[slot].id != id { slot = (slot &+ 1) & mask }
            entries[entryCount] = Entry(start: start, next: slots[slot].head)
            slots[slot] = Slot(id: id, head: Int32(truncatingIfNeeded: entryCount))
            entryCount &+= 1
            start += record.byteCount
        }
    }

    /// Fills the lists with the rows of the citizen of a slot; `nil` when the slot is free.
    @inline(__always)
    func collect(
        _ slot: Int, registrations: inout ReusedList<PackedRecordView>,
        residencies: inout ReusedList<PackedRecordView>
    ) -> CitizenID? {
        var index = slots[slot].head
        if index < 0 { return nil }
        registrations.removeAll()
        residencies.removeAll()
        repeat {
            let entry = entries[Int(index)]
            let record = PackedRecordView(start: entry.start)
            if record.isResidency {
                residencies.append(record)
            } else {
                registrations.append(record)
            }
            index = entry.next
        } while index >= 0
        return CitizenID(first17: slots[slot].id)
    }
}
