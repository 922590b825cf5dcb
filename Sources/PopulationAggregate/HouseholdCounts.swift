internal import PopulationFigures
internal import PopulationModel

/// Distinct households per date, county and type, from the runs of all workers.
enum HouseholdCounts {
    static func of(_ parts: [HouseholdRuns], dateCount: Int, threads: Int) throws(PopstatErrors)
        -> [Cube.HouseholdCount]
    {
        let state = Monitor(State())
        WorkerThreads.run(count: threads) { _ in
            var table = HouseholdTable(dateCount: dateCount)
            while let bucket = state.update({ $0.take() }) {
                do throws(PopstatErrors) {
                    // 64 dates at a time fit into a word.
                    for window in stride(from: 0, to: dateCount, by: 64) {
                        table.reset(
                            runCount: parts.reduce(0) { $0 + $1.runCount(inBucket: bucket) })
                        for part in parts {
                            try part.forEachRun(inBucket: bucket) {
                                table.add($0, window: window)
                            }
                        }
                        table.count(window: window)
                    }
                } catch {
                    state.update { $0.failures += error.errors }
                }
            }
            state.update { $0.add(table.countsByKey, dateCount: dateCount) }
        }
        let end = state.read { $0 }
        if !end.failures.isEmpty { throw PopstatErrors(end.failures) }
        return end.counts.sorted { $0.key < $1.key }.flatMap { key, values in
            values.enumerated().filter { $0.element > 0 }.map { date, households in
                Cube.HouseholdCount(
                    dateIndex: date, county: key >> 2, type: UInt8(key & 3),
                    households: households)
            }
        }
    }

    private struct State {
        var nextBucket = 0
        /// By county and type, then by date.
        var counts: [UInt32: [Int]] = [:]
        var failures: [PopstatError] = []

        mutating func take() -> Int? {
            guard nextBucket < HouseholdRuns.bucketCount, failures.isEmpty else { return nil }
            defer { nextBucket += 1 }
            return nextBucket
        }

        mutating func add(_ other: [UInt32: [Int]], dateCount: Int) {
            for (key, values) in other {
                var sum = counts[key] ?? Array(repeating: 0, count: dateCount)
                for index in values.indices { sum[index] += values[index] }
                counts[key] = sum
            }
        }
    }
}

/// Households of one bucket with the dates at which they exist, as bits.
private struct HouseholdTable: ~Copyable {
    private let dateCount: Int
    private var slots: UnsafeMutablePointer<Slot>
    private var slotCapacity = 1 << 10
    private var slotMask = 0
    private var householdCount = 0
    /// Rows of `counts` by county and type.
    private var rowOfKey: [UInt32: Int32] = [:]
    /// Keys that were met lately with their rows, each in the slot of its hash: a city has some forty.
    private let recent: UnsafeMutablePointer<(key: UInt32, row: Int32)>
    private static let recentCountLog2: UInt32 = 8
    private var counts: [Int] = []

    private struct Slot {
        /// 0 = free; no household has this hash.
        var hash: UInt64 = 0
        var dates: UInt64 = 0
        var row: Int32 = 0
    }

    init(dateCount: Int) {
        self.dateCount = dateCount
        slots = .allocate(capacity: slotCapacity)
        recent = .allocate(capacity: 1 << Self.recentCountLog2)
        // No key has all bits set.
        recent.initialize(repeating: (.max, 0), count: 1 << Self.recentCountLog2)
    }

    deinit {
        slots.deallocate()
        recent.deallocate()
    }

    /// Forgets all households; makes room for those of so many runs, of which a household has two
    /// or more as a rule.
    mutating func reset(runCount: Int) {
        var slotCount = 64
        while slotCount < runCount / 2 { slotCount *= 2 }
        if slotCount > slotCapacity {
            slots.deallocate()
            slotCapacity = slotCount
            slots = .allocate(capacity: slotCapacity)
        }
        slots.initialize(repeating: Slot(), count: slotCount)
        slotMask = slotCount - 1
        householdCount = 0
    }

    mutating func add(_ runs: UnsafeBufferPointer<HouseholdRuns.Run>, window: Int) {
        for run in runs {
            let first = max(Int(run.first), window) - window
            let last = min(Int(run.last), window + 63) - window
            guard first <= last else { continue }
            let bits = (~UInt64(0) >> UInt64(63 - (last - first))) << UInt64(first)
            let slot = slot(of: run.hash)
            if slots[slot].hash == 0 {
                insert(run, dates: bits, into: slot)
            } else {
                slots[slot].dates |= bits
            }
        }
    }

    /// The household's slot, or the free one that it would take.
    @inline(__always)
    private func slot(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & slotMask
        while slots[slot].hash != 0, slots[slot].hash != hash { slot = (slot &+ 1) & slotMask }
        return slot
    }

    private mutating func insert(_ run: HouseholdRuns.Run, dates: UInt64, into slot: Int) {
        slots[slot] = Slot(hash: run.hash, dates: dates, row: row(of: run.countyAndType))
        householdCount += 1
        if householdCount * 4 > slotMask * 3 { grow() }
    }

    private mutating func grow() {
        let old = UnsafeMutableBufferPointer(start: slots, count: slotMask + 1)
        slotCapacity = max(slotCapacity, old.count * 2)
        slots = .allocate(capacity: slotCapacity)
        slotMask = old.count * 2 - 1
        slots.initialize(repeating: Slot(), count: slotMask + 1)
        for household in old where household.hash != 0 {
            slots[slot(of: household.hash)] = household
        }
        old.deallocate()
    }

    @inline(__always)
    private mutating func row(of key: UInt32) -> Int32 {
        let slot = recent + Int((key &* 0x9E37_79B1) >> (32 - Self.recentCountLog2))
        if slot.pointee.key != key { slot.pointee = (key, rowLookedUp(for: key)) }
        return slot.pointee.row
    }

    private mutating func rowLookedUp(for key: UInt32) -> Int32 {
        if let row = rowOfKey[key] { return row }
        let row = Int32(rowOfKey.count)
        rowOfKey[key] = row
        counts += repeatElement(0, count: dateCount)
        return row
    }

    mutating func count(window: Int) {
        counts.withUnsafeMutableBufferPointer { counts in
            for slot in UnsafeBufferPointer(start: slots, count: slotMask + 1)
            where slot.hash != 0 {
                var dates = slot.dates
                let start = Int(slot.row) * dateCount + window
                while dates != 0 {
                    counts[start + dates.trailingZeroBitCount] += 1
                    dates &= dates - 1
                }
            }
        }
    }

    var countsByKey: [UInt32: [Int]] {
        rowOfKey.mapValues { row in
            Array(counts[Int(row) * dateCount..<(Int(row) + 1) * dateCount])
        }
    }
}
