internal import PopulationFigures
internal import PopulationModel

/// Households of the registered as runs of reference dates, spread over buckets by hash: the members
/// of a household lie in many partitions, and are counted as one only at the end.
struct HouseholdRuns: Sendable {
    /// A household at some dates in a row; 16 bytes, one per registered row of most citizens.
    struct Run: Sendable {
        var hash: UInt64
        /// County in the upper 30 bits, type in the lower 2.
        var countyAndType: UInt32
        var first: UInt16
        var last: UInt16
    }

    static let bucketCountLog2 = 10
    private(set) var buckets = [[Run]](repeating: [], count: 1 << bucketCountLog2)
    private var open: Run?

    /// Adds one state; consecutive dates of one household grow one run.
    @inline(__always)
    mutating func add(_ state: PersonState, county: UInt32) {
        if var run = open, run.hash == state.household {
            if state.date == run.last &+ 1 {
                run.last = state.date
                open = run
                return
            }
            if state.date >= run.first, state.date <= run.last { return }
        }
        close()
        open = Run(
            hash: state.household, countyAndType: county << 2 | UInt32(state.householdType),
            first: state.date, last: state.date)
    }

    mutating func close() {
        guard let run = open else { return }
        buckets[Int(run.hash >> UInt64(64 - Self.bucketCountLog2))].append(run)
        open = nil
    }

    /// Distinct households per date, county and type over all workers' runs.
    static func count(_ parts: [HouseholdRuns], dateCount: Int, threads: Int)
        -> [Cube.HouseholdCount]
    {
        let next = Monitor((bucket: 0, counts: [UInt32: [Int]]()))
        WorkerThreads.run(count: threads) { _ in
            var table = DateTable(dateCount: dateCount)
            while let bucket = next.update({ state -> Int? in
                guard state.bucket < 1 << bucketCountLog2 else { return nil }
                defer { state.bucket += 1 }
                return state.bucket
            }) {
                // 64 dates at a time fit into a word.
                for window in stride(from: 0, to: dateCount, by: 64) {
                    table.fill(parts.map { $0.buckets[bucket] }, window: window)
                    table.count(window: window)
                }
            }
            next.update { state in
                for (key, values) in table.countsByKey {
                    state.counts[key, default: Array(repeating: 0, count: dateCount)]
                        .addEach(values)
                }
            }
        }
        return next.update { $0.counts }.sorted { $0.key < $1.key }.flatMap { key, values in
            values.enumerated().filter { $0.element > 0 }.map { date, households in
                Cube.HouseholdCount(
                    dateIndex: date, county: key >> 2, type: UInt8(key & 3),
                    households: households)
            }
        }
    }
}

/// Households of one bucket with the dates at which they exist, as bits.
private struct DateTable {
    private let dateCount: Int
    private var slots: [Slot] = []
    /// Rows of `counts` by county and type.
    private var rowOfKey: [UInt32: Int32] = [:]
    private var counts: [Int] = []

    private struct Slot {
        /// 0 = free; no household has this hash.
        var hash: UInt64 = 0
        var dates: UInt64 = 0
        var row: Int32 = 0
    }

    init(dateCount: Int) { self.dateCount = dateCount }

    mutating func fill(_ runs: [[HouseholdRuns.Run]], window: Int) {
        let count = runs.reduce(0) { $0 + $1.count }
        var slotCount = 64
        while slotCount < count * 2 { slotCount *= 2 }
        slots.removeAll(keepingCapacity: true)
        slots += repeatElement(Slot(), count: slotCount)
        let mask = slotCount - 1
        for part in runs {
            for run in part {
                let first = max(Int(run.first), window) - window
                let last = min(Int(run.last), window + 63) - window
                guard first <= last else { continue }
                let bits = (~UInt64(0) >> UInt64(63 - (last - first))) << UInt64(first)
                var slot = Int(truncatingIfNeeded: run.hash) & mask
                while slots[slot].hash != 0, slots[slot].hash != run.hash {
                    slot = (slot &+ 1) & mask
                }
                if slots[slot].hash == 0 {
                    slots[slot].hash = run.hash
                    slots[slot].row = row(of: run.countyAndType)
                }
                slots[slot].dates |= bits
            }
        }
    }

    private mutating func row(of key: UInt32) -> Int32 {
        if let row = rowOfKey[key] { return row }
        let row = Int32(rowOfKey.count)
        rowOfKey[key] = row
        counts += repeatElement(0, count: dateCount)
        return row
    }

    mutating func count(window: Int) {
        for slot in slots where slot.hash != 0 {
            var dates = slot.dates
            let start = Int(slot.row) * dateCount + window
            while dates != 0 {
                counts[start + dates.trailingZeroBitCount] += 1
                dates &= dates - 1
            }
        }
    }

    var countsByKey: [UInt32: [Int]] {
        rowOfKey.mapValues { row in
            Array(counts[Int(row) * dateCount..<(Int(row) + 1) * dateCount])
        }
    }
}

extension [Int] {
    fileprivate mutating func addEach(_ other: [Int]) {
        for index in indices { self[index] += other[index] }
    }
}
