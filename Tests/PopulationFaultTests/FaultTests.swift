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
                    pairs += point.faults.map {
                        FaultPair(
                            command: command, point: point, call: 1 + random.below(count),
                            fault: $0)
                    }
                }
            }
            let chosen = TestLength.isLong ? pairs : Self.sample(of: pairs, &random)
            let verdicts = try Self.judge(chosen, benches)
            try Self.report(verdicts, pointCount: points.count, pairCount: pairs.count)
            for verdict in verdicts where !verdict.failures.isEmpty {
                Issue.record("\(verdict.pair.name): \(verdict.failures.joined(separator: "; "))")
            }
            #expect(verdicts.contains { $0.outcome != "not reached" })
        }
    }

    /// At least one for every operation and fault.
    private static func sample(of pairs: [FaultPair], _ random: inout SeededRandom) -> [FaultPair] {
        let groups = Dictionary(grouping: pairs) { "\($0.point.operation) \($0.fault.name)" }
        return groups.sorted { $0.key < $1.key }.map { random.pick($0.value) }
    }

    private static func judge(_ pairs: [FaultPair], _ benches: [FaultBench]) throws
        -> [FaultVerdict]
    {
        let next = Mutex(0)
        let verdicts = Mutex<[Int: Result<FaultVerdict, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: benches.count) { index in
            while true {
                let position = next.withLock { value in
                    defer { value += 1 }
                    return value
                }
                guard position < pairs.count else { return }
                let verdict = Result { try benches[index].judge(pairs[position]) }
                verdicts.withLock { $0[position] = verdict }
            }
        }
        return try verdicts.withLock { found in
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
}
