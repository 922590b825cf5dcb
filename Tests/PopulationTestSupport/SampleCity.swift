import Foundation

/// A small sample of the fictitious prefecture in a folder of its own, with its plan; extracts and
/// plan may be changed by a test.
public struct SampleCity: Sendable {
    public let folder: URL
    public var output: URL { folder.appendingPathComponent("out/city") }
    public var work: URL { folder.appendingPathComponent("work") }
    public var plan: URL { extracts.appendingPathComponent("plan.yaml") }
    public var extracts: URL { folder.appendingPathComponent("city") }

    /// `isClean`: one record per line and no planted defects.
    public init(in folder: URL, citizens: Int = 2_000, seed: Int = 1, isClean: Bool = true) throws {
        self.folder = folder
        let outcome = try BuiltProgram.run(
            [
                "sample", "--citizens", "\(citizens)", "--seed", "\(seed)", "--output",
                folder.appendingPathComponent("city").path,
            ] + (isClean ? ["--clean"] : []))
        guard outcome.status == 0 else { throw Failure(words: outcome.errors) }
    }

    /// A command that had to succeed did not.
    public struct Failure: Error, CustomStringConvertible {
        let words: String
        public var description: String { words }
    }

    /// Runs the plan into `output` and `work`, or into others named by `arguments`.
    public func run(
        _ arguments: [String] = [], environment: [String: String] = [:], umask: String? = nil,
        killAfter: Double? = nil, killWhen: (() -> Bool)? = nil
    ) throws -> BuiltProgram.Outcome {
        var all = ["run", plan.path]
        if !arguments.contains("--output") { all += ["--output", output.path] }
        if !arguments.contains("--work") { all += ["--work", work.path] }
        return try BuiltProgram.run(
            all + arguments, environment: environment, umask: umask, killAfter: killAfter,
            killWhen: killWhen)
    }

    /// Replaces a text of the plan, which must be there.
    public func changePlan(_ old: String, to new: String) throws {
        let text = try String(contentsOf: plan, encoding: .utf8)
        guard text.contains(old) else { throw Failure(words: "the plan has no \(old)") }
        try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: plan)
    }

    public func read(_ name: String) throws -> String {
        try String(contentsOf: extracts.appendingPathComponent(name), encoding: .utf8)
    }

    /// A new file in the place of the old one, as a supplier delivers it.
    public func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: extracts.appendingPathComponent(name), options: .atomic)
    }

    /// Header and records of a clean extract.
    public func lines(of name: String) throws -> (header: String, records: [String]) {
        var lines = try read(name).split(separator: "\n").map(String.init)
        let header = lines.removeFirst()
        return (header, lines)
    }

    /// The extracts of a source in the order of their names.
    public func names(of source: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: extracts.path)
            .filter { $0.hasPrefix("\(source)-") && $0.hasSuffix(".csv") }.sorted()
    }
}
