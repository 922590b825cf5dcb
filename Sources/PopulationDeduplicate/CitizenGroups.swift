internal import PopulationModel

/// Brings the records of one partition together by citizen: a hash table that fits into the cache
/// of a core, and a chain of records per citizen.
///
/// Citizens come out in the order of their first records. So the rows of nearly all of them are read
/// one behind the other, as they lie in memory, and not in the order of their hashes.
struct CitizenGroups: ~Copyable {
    private var slots: UnsafeMutablePointer<Slot>
    private var slotCapacity = 1 << 12
    private var slotMask = 0

    /// Per record: where it is, and the citizen's next one; -1 = none.
    private var starts: UnsafeMutablePointer<UnsafeRawPointer>
    private var nexts: UnsafeMutablePointer<Int32>
    private var chains: UnsafeMutablePointer<Chain>
    private var recordCapacity = 1 << 12
    private var recordCount = 0
    /// Citizens met so far.
    private(set) var count = 0

    private struct Slot {
        /// Upper bits of the hash.
        var tag: UInt32
        /// -1 = free.
        var citizen: Int32
    }

    private struct Chain {
        var first: Int32
        var last: Int32
    }

    init() {
        slots = .allocate(capacity: slotCapacity)
        starts = .allocate(capacity: recordCapacity)
        nexts = .allocate(capacity: recordCapacity)
        chains = .allocate(capacity: recordCapacity)
    }

    deinit {
        slots.deallocate()
        starts.deallocate()
        nexts.deallocate()
        chains.deallocate()
    }

    /// Forgets what was there and makes room for so many records.
    mutating func reset(recordCount wanted: Int) {
        precondition(wanted < Int32.max, "a partition holds too many records")
        recordCount = 0
        count = 0
        if wanted > recordCapacity {
            recordCapacity = wanted + wanted / 4
            starts.deallocate()
            nexts.deallocate()
            chains.deallocate()
            starts = .allocate(capacity: recordCapacity)
            nexts = .allocate(capacity: recordCapacity)
            chains = .allocate(capacity: recordCapacity)
        }
        var slotCount = 1 << 6
        while slotCount < wanted * 2 { slotCount *= 2 }
        if slotCount > slotCapacity {
            slots.deallocate()
            slotCapacity = slotCount
            slots = .allocate(capacity: slotCapacity)
        }
        slotMask = slotCount - 1
        slots.initialize(repeating: Slot(tag: 0, citizen: -1), count: slotCount)
    }

    mutating func add(_ payload: UnsafeRawBufferPointer, recordCount count: Int) {
        guard var start = payload.baseAddress else { return }
        for _ in 0..<count {
            let record = PackedRecordView(start: start)
            add(record, id: record.id)
            start += record.byteCount
        }
    }

    @inline(__always)
    private mutating func add(_ record: PackedRecordView, id: UInt64) {
        // The top bits chose the partition: the others choose slot and tag.
        let hash = id &* 0x9E37_79B9_7F4A_7C15
        let tag = UInt32(truncatingIfNeeded: hash >> 20)
        var slot = Int(truncatingIfNeeded: (hash ^ (hash >> 32)) >> 8) & slotMask
        let index = Int32(truncatingIfNeeded: recordCount)
        while true {
            let entry = slots[slot]
            if entry.citizen < 0 {
                slots[slot] = Slot(tag: tag, citizen: Int32(truncatingIfNeeded: count))
                chains[count] = Chain(first: index, last: index)
                count &+= 1
                break
            }
            let citizen = Int(entry.citizen)
            if entry.tag == tag, self.id(ofCitizen: citizen) == id {
                nexts[Int(chains[citizen].last)] = index
                chains[citizen].last = index
                break
            }
            slot = (slot &+ 1) & slotMask
        }
        starts[recordCount] = record.start
        nexts[recordCount] = -1
        recordCount &+= 1
    }

    @inline(__always)
    private func id(ofCitizen citizen: Int) -> UInt64 {
        PackedRecordView(start: starts[Int(chains[citizen].first)]).id
    }

    /// The record of a citizen who has only one, of registration; `nil` for others.
    @inline(__always)
    func onlyRegistration(ofCitizen citizen: Int) -> PackedRecordView? {
        let chain = chains[citizen]
        guard chain.first == chain.last else { return nil }
        let record = PackedRecordView(start: starts[Int(chain.first)])
        return record.isResidency ? nil : record
    }

    /// Fills the lists with the rows of a citizen.
    @inline(__always)
    func collect(
        _ citizen: Int, registrations: inout ReusedList<PackedRecordView>,
        residencies: inout ReusedList<PackedRecordView>
    ) {
        registrations.removeAll()
        residencies.removeAll()
        var index = chains[citizen].first
        repeat {
            let record = PackedRecordView(start: starts[Int(index)])
            if record.isResidency {
                residencies.append(record)
            } else {
                registrations.append(record)
            }
            index = nexts[Int(index)]
        } while index >= 0
    }
}
