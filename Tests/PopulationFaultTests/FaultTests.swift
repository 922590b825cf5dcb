import Foundation
import PopulationTestSupport
import Synchronization
import Testing

/// Every file operation of the commands that write, spoilt in every way that suits it. Nothing
/// half-written is ever seen, the words say what to do, and the next run ends as if nothing had
/// happened.
@Suite(.enabled(if: FaultLibrary.compiler != nil, "there is no C compiler"), .serialized)
struct FaultTests {
    @Test func isToldOrOutlivedEverywhere() throws {
        try FaultLibrary.withBenches { benches in
            var points: Set<FaultPoint> = []
            var pairs: [FaultPair] = []
            var random = SeededRandom(seed: 1)
            for command in FaultCommand.allCases.reversed() {
                let calls = Dictionary(
                    try benches[0].record(command).map { ($0, 1) }, uniquingKeysWith: +)
                for (point, count) in calls.sorted(by: { $0.key < $1.key }) {
                    // What a first run does as any run does is spoilt once.
                    guard points.insert(point).inserted || command != .firstRun else { continue }
                    pairs += point.faults.flatMap { fault in
                        Self.calls(of: point, count, &random).map {
                            FaultPair(command: command, point: point, call: $0, fault: fault)
                        }
                    }
                }
            }
            let chosen =
                if let words = Self.wanted {
                    pairs.filter { $0.name.contains(words) }
                } else {
                    TestLength.isLong ? pairs : Self.sample(of: pairs, &random)
                }
            let verdicts = try Self.inParallel(chosen.count, benches) { index, bench in
                try bench.judge(chosen[index])
            }
            try Self.report(verdicts, pointCount: points.count, pairCount: pairs.count)
            for verdict in verdicts where !verdict.failures.isEmpty {
                Issue.record("\(verdict.pair.name): \(verdict.failures.joined(separator: "; "))")
            }
            #expect(verdicts.contains { $0.outcome != "not reached" })
        }
    }

    /// Only pairs whose name contains this, to look at one of the list again.
    private static let wanted = ProcessInfo.processInfo.environment["POPSTAT_FAULTS"]

    /// One for every operation and kind of fault; first runs are long.
    private static func sample(of pairs: [FaultPair], _ random: inout SeededRandom) -> [FaultPair] {
        let groups = Dictionary(grouping: pairs.filter { $0.command != .firstRun }) {
            "\($0.point.operation) \($0.fault.isNumber ? "number" : $0.fault.name)"
        }
        return groups.sorted { $0.key < $1.key }.map { random.pick($0.value) }
    }

    /// Which calls are spoilt: of an input up to a dozen, since an extract that is passed over in one
    /// place alone is people who are missing; of everything else one.
    private static func calls(
        of point: FaultPoint, _ count: Int, _ random: inout SeededRandom
    ) -> [Int] {
        guard TestLength.isLong, point.isInput || point.role == "city" else {
            return [1 + random.below(count)]
        }
        return Array(1...min(count, 12))
    }

    /// One bench takes one case after another.
    private static func inParallel<Answer: Sendable>(
        _ count: Int, _ benches: [FaultBench], _ body: @Sendable (Int, FaultBench) throws -> Answer
    ) throws -> [Answer] {
        let next = Mutex(0)
        let answers = Mutex<[Int: Result<Answer, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: benches.count) { index in
            while true {
                let position = next.withLock { value in
                    defer { value += 1 }
                    return value
                }
                guard position < count else { return }
                let answer = Result { try body(position, benches[index]) }
                answers.withLock { $0[position] = answer }
            }
        }
        return try answers.withLock { found in
            try found.sorted { $0.key < $1.key }.map { try $0.value.get() }
        }
    }

    /// The list of all that was tried, in a file of its own, and its totals.
    private static func report(_ verdicts: [FaultVerdict], pointCount: Int, pairCount: Int) throws {
        var lines = ["command\toperation\trole\tcall\tfault\toutcome\tfailures"]
        for verdict in verdicts {
            let pair = verdict.pair
            lines.append(
                "\(pair.command)\t\(pair.point.operation)\t\(pair.point.role)\t\(pair.call)\t"
                    + "\(pair.fault.name)\t\(verdict.outcome)\t"
                    + verdict.failures.joined(separator: "; ").replacingOccurrences(
                        of: "\n", with: " "))
        }
        let file = BuiltProgram.repository.appendingPathComponent(".build/faults.tsv")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
        let failed = verdicts.count { !$0.failures.isEmpty }
        let missed = verdicts.count { $0.outcome == "not reached" }
        print(
            "fault points: \(pointCount), pairs: \(pairCount), tried: \(verdicts.count), "
                + "not reached: \(missed), failed: \(failed); list: \(file.path)")
    }

    /// Kills before the nth file operation of a run and of a delivery: anywhere, and between the
    /// first operation on the new folder and the exchange that shows it.
    @Test func leavesAllWholeWhereverItIsKilled() throws {
        try FaultLibrary.withBenches { benches in
            let share = TestLength.isLong ? 100 : 3
            let run = try benches[0].record(.run)
            let first = try #require(run.firstIndex { $0.role.contains(".city.tmp-") })
            let last = try #require(run.lastIndex { $0.operation == "exchange" })
            let delivery = try benches[0].record(.deliver)
            let kills =
                Self.spread(share, over: 1..<run.count + 1).map { (FaultCommand.run, $0) }
                + Self.spread(share, over: first + 1..<last + 2).map { (.run, $0) }
                + Self.spread(share, over: 1..<delivery.count + 1).map { (.deliver, $0) }
            let outcomes = try Self.inParallel(kills.count, benches) { index, bench in
                try bench.judgeKill(of: kills[index].0, at: kills[index].1)
            }
            let killed = outcomes.count { $0.isKilled }
            let torn = outcomes.count { !$0.failures.isEmpty }
            print(
                "kills: \(killed), between first write and last rename: "
                    + "\(outcomes[share..<2 * share].count { $0.isKilled }), "
                    + "lost or half-published results: \(torn)")
            for (kill, outcome) in zip(kills, outcomes) where !outcome.failures.isEmpty {
                Issue.record("\(kill): \(outcome.failures.joined(separator: "; "))")
            }
            #expect(killed > outcomes.count / 2)
        }
    }

    /// Numbers at equal distances.
    private static func spread(_ count: Int, over range: Range<Int>) -> [Int] {
        (0..<count).map { range.lowerBound + ($0 * 2 + 1) * range.count / (count * 2) }
    }
}
