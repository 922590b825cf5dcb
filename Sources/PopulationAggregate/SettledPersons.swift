internal import PopulationFigures
internal import PopulationModel

/// The settled of all workers, joined by household: who settled with another member of it.
enum SettledPersons {
    /// A settled citizen as a run of households: the kind shifted up by one with `isTalent` below,
    /// the pair in place of the dates. `number` tells those without a household number apart.
    static func run(
        kind: SettledKind, pair: Int, household: UInt64, isTalent: Bool, number: UInt64
    ) -> HouseholdRuns.Run {
        // Spread over the buckets; such a run is nobody's family whatever its hash.
        let hash = household == 0 ? (number &+ 1) &* 0x9E37_79B9_7F4A_7C15 : household
        return HouseholdRuns.Run(
            hash: hash, countyAndType: kind.rawValue << 1 | (isTalent ? 1 : 0),
            first: UInt16(truncatingIfNeeded: pair), last: household == 0 ? 0 : 1)
    }

    /// By pair and kind, in their order.
    static func counts(_ parts: [HouseholdRuns], threads: Int) throws(PopstatErrors)
        -> [SettledCount]
    {
        let sums = try WorkerThreads.map(count: HouseholdRuns.bucketCount, threads: threads) {
            bucket throws(PopstatErrors) -> [Key: Sum] in
            var runs: [HouseholdRuns.Run] = []
            for part in parts { try part.forEachRun(inBucket: bucket) { runs += $0 } }
            return sum(&runs)
        }
        var all: [Key: Sum] = [:]
        for sums in sums {
            for (key, sum) in sums { all[key, default: Sum()].add(sum) }
        }
        return all.sorted { $0.key < $1.key }.map { key, sum in
            SettledCount(
                pair: Int(key.pair), kind: key.kind, persons: sum.persons,
                withFamily: sum.withFamily, withCollegeOrTitle: sum.talents)
        }
    }

    private struct Key: Hashable, Comparable {
        var pair: UInt16
        var kind: SettledKind

        static func < (lhs: Self, rhs: Self) -> Bool {
            (lhs.pair, lhs.kind) < (rhs.pair, rhs.kind)
        }
    }

    private struct Sum {
        var persons = 0
        var withFamily = 0
        var talents = 0

        mutating func add(_ other: Sum) {
            persons += other.persons
            withFamily += other.withFamily
            talents += other.talents
        }
    }

    /// Members of one household and pair stand together once the runs are sorted.
    private static func sum(_ runs: inout [HouseholdRuns.Run]) -> [Key: Sum] {
        runs.sort { ($0.last, $0.hash, $0.first) < ($1.last, $1.hash, $1.first) }
        func isFamily(_ a: Int, _ b: Int) -> Bool {
            runs.indices.contains(a) && runs.indices.contains(b) && runs[a].last == 1
                && runs[b].last == 1 && runs[a].hash == runs[b].hash
                && runs[a].first == runs[b].first
        }
        var sums: [Key: Sum] = [:]
        for (index, run) in runs.enumerated() {
            let kind = SettledKind(rawValue: run.countyAndType >> 1)
            let isWithFamily = isFamily(index - 1, index) || isFamily(index, index + 1)
            sums[Key(pair: run.first, kind: kind), default: Sum()].add(
                Sum(
                    persons: 1, withFamily: isWithFamily ? 1 : 0,
                    talents: Int(run.countyAndType & 1)))
        }
        return sums
    }
}
