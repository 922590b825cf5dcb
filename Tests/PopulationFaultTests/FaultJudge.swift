import Foundation
import PopulationTestSupport

/// What became of a command with a fault.
struct FaultVerdict: Sendable {
    let pair: FaultPair
    /// In few words, for the list.
    let outcome: String
    /// What should not have happened.
    let failures: [String]
}

extension FaultBench {
    private static let statuses: Set<Int32> = [65, 66, 73, 74, 75]

    /// Runs the command with the fault, looks at what is left, and runs it again without.
    func judge(_ pair: FaultPair) throws -> FaultVerdict {
        try reset(for: pair.command)
        let (outcome, isStruck) = try perform(pair)
        guard isStruck else {
            try restoreInputs()
            return FaultVerdict(pair: pair, outcome: "not reached", failures: [])
        }
        var failures = wordFaults(outcome, pair)
        let (before, after) = (self.before[pair.command]!, self.after[pair.command]!)
        let seen: FaultState
        do { seen = try state() } catch {
            return FaultVerdict(
                pair: pair, outcome: "unreadable", failures: failures + ["\(error)"])
        }
        if outcome.status == 0, pair.fault.isChange, seen.published != after.published {
            failures += try changeFaults(seen, pair)
            try restoreInputs()
            return FaultVerdict(pair: pair, outcome: "as the changed file", failures: failures)
        }
        if outcome.status == 0 { failures += seen.published.differences(from: after.published) }
        failures += Self.tornParts(seen, before, after)
        try restoreInputs()
        failures += try recoveryFaults(pair.command, seen, after)
        return FaultVerdict(pair: pair, outcome: Self.outcome(outcome), failures: failures)
    }

    /// What is neither as before nor as after.
    private static func tornParts(_ seen: FaultState, _ before: FaultState, _ after: FaultState)
        -> [String]
    {
        var torn: [String] = []
        if ![before.published, after.published].contains(seen.published) {
            torn.append("the published folder is torn")
        }
        if ![before.store, after.store].contains(seen.store) { torn.append("the store is torn") }
        if ![before.tokens, after.tokens].contains(seen.tokens) {
            torn.append("the tokens are torn")
        }
        return torn
    }

    /// Kills the command before its nth file operation, and runs it again.
    func judgeKill(of command: FaultCommand, at operation: Int) throws
        -> (isKilled: Bool, failures: [String])
    {
        try reset(for: command)
        let outcome = try perform(command, killAt: operation)
        let (before, after) = (self.before[command]!, self.after[command]!)
        var failures: [String] = []
        if ![0, -SIGKILL].contains(outcome.status) {
            failures.append("status \(outcome.status): \(outcome.errors)")
        }
        let seen: FaultState
        do { seen = try state() } catch { return (outcome.status != 0, failures + ["\(error)"]) }
        failures += Self.tornParts(seen, before, after)
        failures += try recoveryFaults(command, seen, after)
        return (outcome.status != 0, failures)
    }

    private static func outcome(_ outcome: BuiltProgram.Outcome) -> String {
        guard outcome.status != 0 else { return "as undisturbed" }
        return "\(outcome.status) \(code(outcome.errors) ?? "-")"
    }

    private static func code(_ text: String) -> String? {
        text.range(of: "\\([A-Z]+-[0-9]{3}\\)\\. .", options: .regularExpression)
            .map { String(text[$0].dropFirst().dropLast(4)) }
    }

    /// Status and words: what can be said without looking at the files.
    private func wordFaults(_ outcome: BuiltProgram.Outcome, _ pair: FaultPair) -> [String] {
        var failures: [String] = []
        if personalValues(in: outcome.errors) > 0 { failures.append("a personal value is printed") }
        if outcome.status == 0 {
            if pair.point.isExtract, pair.fault.isChange {
                failures.append("the change of an extract went unseen")
            }
            return failures
        }
        let lines = outcome.errorLines
        let said = lines.first.map { String($0.prefix(300)) } ?? ""
        if pair.fault.mustSucceed(at: pair.point) {
            failures.append("it must succeed: \(outcome.status) \(said)")
        }
        // A plan or a reference file that ends in its middle is a wrong one, and all faults of it
        // are named at once.
        let isWrongInput =
            pair.point.isInput && !pair.point.isExtract
            && (pair.fault.isChange || pair.fault == .cut)
        // Another process may hold a lock of the store.
        let isLock = pair.point.operation == "fcntl-lock" && outcome.status == 69
        if !Self.statuses.contains(outcome.status), !isLock,
            !(isWrongInput && outcome.status == 64)
        {
            failures.append("status \(outcome.status): \(said)")
        }
        // One line for each file at fault.
        if outcome.status > 0, lines.isEmpty { failures.append("no word") }
        failures += lines.filter { Self.code(String($0)) == nil }.map {
            "no code: \($0.prefix(300))"
        }
        return failures
    }

    /// A reference file changed before it was read: then the figures are those of the new one.
    private func changeFaults(_ seen: FaultState, _ pair: FaultPair) throws -> [String] {
        let again = try perform(pair.command)
        guard again.status == 0 else { return ["the changed file is refused: \(again.errors)"] }
        return try state().published.differences(from: seen.published)
    }

    /// The next command has to end as if nothing had happened.
    private func recoveryFaults(_ command: FaultCommand, _ seen: FaultState, _ after: FaultState)
        throws -> [String]
    {
        // A name is given to a token once.
        if command == .tokenAdd, seen.tokens == after.tokens { return [] }
        let next = try perform(command)
        guard next.status == 0 else { return ["next run: \(next.status) \(next.errors)"] }
        let end = try state()
        var failures = end.published.differences(from: after.published).map { "next run: \($0)" }
        if end.store != after.store { failures.append("next run: the store differs") }
        if end.tokens != after.tokens { failures.append("next run: the tokens differ") }
        failures += end.names.subtracting(after.names).sorted().prefix(5).map { "left over: \($0)" }
        failures += after.names.subtracting(end.names).sorted().prefix(5).map { "missing: \($0)" }
        return failures
    }
}
