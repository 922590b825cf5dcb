internal import CPrefetch
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
        // Citizens are two thirds of the records or less, so half of the slots stay free.
        var slotCount = 1 << 6
        while slotCount < wanted + wanted / 4 { slotCount *= 2 }
        if slotCount > slotCapacity {
            slots.deallocate()
            slotCapacity = slotCount
            slots = .allocate(capacity: slotCapacity)
        }
        slotMask = slotCount - 1
        slots.initialize(repeating: Slot(tag: 0, citizen: -1), count: slotCount)
    }

    /// Records are met in no order of slots, so those of a few records are asked for before the
    /// first of them is looked at.
    mutating func add(_ payload: UnsafeRawBufferPointer, recordCount count: Int) {
        guard var start = payload.baseAddress else { return }
        var rest = count
        while rest > 0 {
            let batch = min(rest, Self.batchCount)
            let first = recordCount
            for index in first..<(first &+ batch) {
                let record = PackedRecordView(start: start)
                starts[index] = start
                prefetch_for_writing(slots + Self.slot(of: Self.hash(record.id), mask: slotMask))
                start += record.byteCount
            }
            for _ in 0..<batch { addNext() }
            rest &-= batch
        }
    }

    private static var batchCount: Int { 16 }

    @inline(__always)
    private static func hash(_ id: UInt64) -> UInt64 { id &* 0x9E37_79B9_7F4A_7C15 }

    /// The top bits chose the partition: the others choose slot and tag.
    @inline(__always)
    private static func slot(of hash: UInt64, mask: Int) -> Int {
        Int(truncatingIfNeeded: (hash ^ (hash >> 32)) >> 8) & mask
    }

    /// The record whose start was noted behind the last one.
    @inline(__always)
    private mutating func addNext() {
        let id = PackedRecordView(start: starts[recordCount]).id
        let hash = Self.hash(id)
        let tag = UInt32(truncatingIfNeeded: hash >> 20)
        var slot = Self.slot(of: hash, mask: slotMask)
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
        nexts[recordCount] = -1
        recordCount &+= 1
    }

    @inline(__always)
    private func id(ofCitizen citizen: Int) -> UInt64 {
        PackedRecordView(start: starts[Int(chains[citizen].first)]).id
    }

    /// Asks for a citizen's first record, and for where the one that follows it is noted; nothing
    /// happens behind the last citizen.
    @inline(__always)
    func announce(citizen: Int) {
        guard citizen < count else { return }
        let chain = chains[citizen]
        let first = starts[Int(chain.first)]
        prefetch_for_reading(first)
        prefetch_for_reading(first + 64)
        if chain.first != chain.last {
            prefetch_for_reading(starts + Int(nexts[Int(chain.first)]))
        }
    }

    /// Asks for what the place of a citizen's first record is looked up in, and for the record that
    /// follows it; nothing happens behind the last citizen.
    @inline(__always)
    func prepare(citizen: Int, places: PlaceTable) {
        guard citizen < count else { return }
        let chain = chains[citizen]
        let first = PackedRecordView(start: starts[Int(chain.first)])
        prefetch_for_reading(places.slotAddress(of: first.code))
        if chain.first != chain.last {
            prefetch_for_reading(starts[Int(nexts[Int(chain.first)])])
        }
    }

    /// Asks for what is known of the place of a citizen's first record.
    @inline(__always)
    func preparePlace(citizen: Int, places: PlaceTable) {
        guard citizen < count else { return }
        let first = PackedRecordView(start: starts[Int(chains[citizen].first)])
        guard let known = places.addresses(of: first.code) else { return }
        prefetch_for_reading(known.place)
        prefetch_for_reading(known.standings)
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
