import Foundation
import PopulationFigures
import PopulationStore
import PopulationTestSupport

/// A folder with a city, its published folder, store and work folder, that is put back after every
/// fault. Several benches can be used at once.
final class FaultBench: Sendable {
    let city: SampleCity
    private let root: URL
    private let library: URL
    private let values: PersonalValues
    /// Bytes of the city's files.
    private let inputs: FolderContents
    private let folders: [FaultCommand: URL]
    let before: [FaultCommand: FaultState]
    let after: [FaultCommand: FaultState]

    var tokens: URL { root.appendingPathComponent("tokens/tokens.json") }
    private static let parts = ["out", "work", "tokens"]

    init(in folder: URL, library: URL) throws {
        root = folder.appendingPathComponent("bench")
        self.library = library
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        let city = try SampleCity(in: root, citizens: 1_000)
        self.city = city
        values = try PersonalValues(
            of: ["registration", "residency"].flatMap { source in
                try city.names(of: source).map { city.extracts.appendingPathComponent($0) }
            })
        try Self.prepare(city)
        var folders: [FaultCommand: URL] = [:]
        var before: [FaultCommand: FaultState] = [:]
        var after: [FaultCommand: FaultState] = [:]
        let whole = try city.read("registration-1.csv")
        for command in FaultCommand.allCases {
            if command == .run { try Self.halve("registration-1.csv", of: city) }
            for earlier in command.earlier {
                try Self.mustSucceed(Self.perform(earlier, city, root: root))
                if earlier == .firstRun, command == .run {
                    try city.write(whole, to: "registration-1.csv")
                    try Self.touchPacked(city)
                }
            }
            let kept = folder.appendingPathComponent("kept-\(command)")
            try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
            for part in Self.parts {
                let source = root.appendingPathComponent(part)
                guard FileManager.default.fileExists(atPath: source.path) else { continue }
                try FileManager.default.copyItem(at: source, to: kept.appendingPathComponent(part))
            }
            folders[command] = kept
            before[command] = try FaultState(of: root)
            try Self.mustSucceed(Self.perform(command, city, root: root))
            after[command] = try FaultState(of: root)
            try Self.clear(root)
        }
        (self.folders, self.before, self.after) = (folders, before, after)
        inputs = try FolderContents(of: city.extracts)
    }

    /// A plan that is quick to run; one of its extracts is packed.
    private static func prepare(_ city: SampleCity) throws {
        let dates = "2015-12-31, 2016-12-31, 2017-12-31, 2018-12-31, 2019-12-31, 2020-12-31"
        try city.changePlan("[\(dates)]", to: "[2019-12-31, 2020-12-31]")
        if !TestLength.isLong {
            try city.changePlan(
                "  protection: { threshold: 5, release-dates: [2020-12-31] }\n", to: "")
        }
        try city.changePlan("[registration-*.csv]", to: "[registration-*.csv, registration-*.gz]")
        let gzip = try ChildProgram([
            "gzip", "-n", city.extracts.appendingPathComponent("registration-2.csv").path,
        ])
        guard gzip.wait() == 0 else { throw SetUpFailure(words: "gzip failed") }
    }

    private static func halve(_ name: String, of city: SampleCity) throws {
        let (header, records) = try city.lines(of: name)
        let half = [header] + records.dropLast(records.count / 2)
        try city.write(half.joined(separator: "\n") + "\n", to: name)
    }

    /// A new file of the same bytes: it is read again.
    private static func touchPacked(_ city: SampleCity) throws {
        let file = city.extracts.appendingPathComponent("registration-2.csv.gz")
        try Data(contentsOf: file).write(to: file, options: .atomic)
    }

    /// What a bench needs did not work without a fault.
    struct SetUpFailure: Error, CustomStringConvertible {
        let words: String
        var description: String { words }
    }

    private static func mustSucceed(_ outcome: BuiltProgram.Outcome) throws {
        guard outcome.status == 0 else { throw SetUpFailure(words: outcome.errors) }
    }

    private static func clear(_ root: URL) throws {
        for part in parts {
            let folder = root.appendingPathComponent(part)
            guard FileManager.default.fileExists(atPath: folder.path) else { continue }
            try FileManager.default.removeItem(at: folder)
        }
        try FileManager.default.createDirectory(
            at: root.appendingPathComponent("tokens"), withIntermediateDirectories: true)
    }

    /// A hanging command is killed, which no fault may end in.
    private static let secondsMax = 60.0

    private static func perform(
        _ command: FaultCommand, _ city: SampleCity, root: URL,
        environment: [String: String] = [:]
    ) throws -> BuiltProgram.Outcome {
        let file = root.appendingPathComponent("tokens/tokens.json").path
        try FileManager.default.createDirectory(
            at: root.appendingPathComponent("tokens"), withIntermediateDirectories: true)
        let arguments: [String]
        switch command {
        case .firstRun, .run:
            arguments = [
                "run", city.plan.path, "--output", city.output.path, "--work", city.work.path,
                "--threads", "2", "--workbook", "--json",
            ]
        case .deliver:
            arguments = ["deliver", "2020", "--to", "finance", "--run", city.output.path, "--json"]
        case .tokenAdd:
            arguments = ["token", "add", "bureau", "--scope", "finance", "--file", file]
        case .tokenList: arguments = ["token", "list", "--file", file]
        case .tokenRevoke: arguments = ["token", "revoke", "bureau", "--file", file]
        }
        return try BuiltProgram.run(arguments, environment: environment, killAfter: secondsMax)
    }

    /// Everything as it is before the command.
    func reset(for command: FaultCommand) throws {
        try Self.clear(root)
        for part in Self.parts {
            let source = folders[command]!.appendingPathComponent(part)
            let target = root.appendingPathComponent(part)
            guard FileManager.default.fileExists(atPath: source.path) else { continue }
            if FileManager.default.fileExists(atPath: target.path) {
                try FileManager.default.removeItem(at: target)
            }
            try FileManager.default.copyItem(at: source, to: target)
        }
    }

    /// Puts back the city's files that a fault changed.
    func restoreInputs() throws {
        let found = try FolderContents(of: city.extracts)
        for (name, bytes) in inputs.files where found.files[name] != bytes {
            try bytes.write(to: city.extracts.appendingPathComponent(name), options: .atomic)
        }
    }

    /// The command without a fault.
    func perform(_ command: FaultCommand) throws -> BuiltProgram.Outcome {
        try Self.perform(command, city, root: root)
    }

    /// The command with a fault, and whether it struck.
    func perform(_ pair: FaultPair) throws -> (outcome: BuiltProgram.Outcome, isStruck: Bool) {
        let mark = root.deletingLastPathComponent().appendingPathComponent("struck")
        try? FileManager.default.removeItem(at: mark)  // Most often there is none.
        let outcome = try Self.perform(
            pair.command, city, root: root,
            environment: interposing([
                "FAULT_POINT": pair.point.line, "FAULT_NTH": "\(pair.call)",
                "FAULT_KIND": pair.fault.kind, "FAULT_MARK": mark.path,
            ]))
        return (outcome, FileManager.default.fileExists(atPath: mark.path))
    }

    /// The command until its nth file operation.
    func perform(_ command: FaultCommand, killAt operation: Int) throws -> BuiltProgram.Outcome {
        try Self.perform(
            command, city, root: root, environment: interposing(["FAULT_KILL": "\(operation)"]))
    }

    /// Every file operation of the command, in order.
    func record(_ command: FaultCommand) throws -> [FaultPoint] {
        try reset(for: command)
        let file = root.deletingLastPathComponent().appendingPathComponent("recorded-\(command)")
        let outcome = try Self.perform(
            command, city, root: root, environment: interposing(["FAULT_RECORD": file.path]))
        try Self.mustSucceed(outcome)
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .compactMap { FaultPoint(line: $0) }
    }

    private func interposing(_ variables: [String: String]) -> [String: String] {
        variables.merging(["LD_PRELOAD": library.path, "FAULT_ROOT": root.path]) { $1 }
    }

    func state() throws -> FaultState { try FaultState(of: root) }

    /// How many personal values a text holds.
    func personalValues(in text: String) -> Int { values.occurrences(in: Data(text.utf8)) }
}

extension FaultCommand {
    /// What was done before.
    fileprivate var earlier: [FaultCommand] {
        switch self {
        case .firstRun, .tokenAdd: []
        case .run, .deliver: [.firstRun]
        case .tokenList, .tokenRevoke: [.tokenAdd]
        }
    }
}

/// What a reader of a bench sees.
struct FaultState: Equatable, Sendable {
    var published: FolderContents
    /// Editions and deliveries without their times.
    var store: [String]
    /// Names of tokens and whether they are in force.
    var tokens: [String]
    /// Every path but those of the city.
    var names: Set<String>

    init(of root: URL) throws {
        published = try FolderContents(of: root.appendingPathComponent("out/city"))
        store = try Self.editions(root.appendingPathComponent("out/city-store"))
        tokens = try Self.tokens(root.appendingPathComponent("tokens/tokens.json"))
        let all = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
        names = Set((all ?? []).filter { !$0.hasPrefix("city") })
    }

    /// Read from a copy, because reading mends what a dead writer left.
    private static func editions(_ folder: URL) throws -> [String] {
        guard
            FileManager.default.fileExists(
                atPath: folder.appendingPathComponent("figures.sqlite").path)
        else { return [] }
        return try TemporaryFolder.with { copy in
            for name in ["figures.sqlite", "figures.sqlite-wal"] {
                let file = folder.appendingPathComponent(name)
                guard FileManager.default.fileExists(atPath: file.path) else { continue }
                try FileManager.default.copyItem(at: file, to: copy.appendingPathComponent(name))
            }
            let path = copy.appendingPathComponent("figures.sqlite").path
            let store = try SQLiteStore(writing: path)
            return try store.editions().map { edition in
                var rows = 0
                for table in try store.tables(ofEdition: edition.id) {
                    var count = 0
                    let query = FigureQuery(
                        table: table.name, scope: table.scope, edition: edition.id)
                    try store.read(query) { _ in count += 1 }
                    rows += count == table.rowCount ? count : -1_000_000_000
                }
                let deliveries = edition.deliveries.map {
                    "\($0.recipient) \($0.year) \($0.transferRevision) \($0.sha256)"
                }
                return "\(edition.id) \(edition.revision) \(edition.planDigest) "
                    + "\(edition.inputsDigest) \(rows) \(deliveries)"
            }
        }
    }

    private static func tokens(_ file: URL) throws -> [String] {
        guard FileManager.default.fileExists(atPath: file.path) else { return [] }
        return try TokenFile(path: file.path).tokens().map {
            "\($0.name) \($0.revoked == nil)"
        }
    }
}
