import Foundation

/// Seeds of property tests: the same ones every time, more with `POPSTAT_SEEDS=400`, one alone with
/// `POPSTAT_SEED=17`, which a failure prints.
public enum Seeds {
    public static func list(upTo count: Int) -> [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let one = environment["POPSTAT_SEED"].flatMap(UInt64.init) { return [one] }
        let wanted = environment["POPSTAT_SEEDS"].flatMap(Int.init) ?? count
        return (1...UInt64(wanted)).map { $0 }
    }
}

/// A folder that is gone after the test.
public enum TemporaryFolder {
    public static func with<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("popstat-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }  // Nothing depends on it.
        return try body(folder)
    }
}

/// Where two tables differ, in few words. Keys only: tables hold no personal value.
public struct TableDifference: CustomStringConvertible {
    public let missing: [String]
    public let additional: [String]
    private let isOtherOrder: Bool

    public init(expected: String, found: String) {
        let (a, b) = (expected.split(separator: "\n"), found.split(separator: "\n"))
        let (setA, setB) = (Set(a), Set(b))
        missing = a.filter { !setB.contains($0) }.map(String.init)
        additional = b.filter { !setA.contains($0) }.map(String.init)
        isOtherOrder = missing.isEmpty && additional.isEmpty && expected != found
    }

    public var isEmpty: Bool { missing.isEmpty && additional.isEmpty && !isOtherOrder }

    public var description: String {
        if isOtherOrder { return "the same rows in another order" }
        return "\(missing.count) rows missing, \(additional.count) too many: "
            + "expected \(missing.prefix(3)), found \(additional.prefix(3))"
    }
}

/// The rejected rows in a work folder, without their original lines.
public enum RejectedFile {
    public struct Row: Equatable, Sendable {
        public var file: String
        public var row: Int
        public var line: Int
        public var byteOffset: Int
        public var reason: String

        public init(_ rejected: NaiveRejected) {
            file = rejected.file
            row = rejected.row
            line = rejected.line
            byteOffset = rejected.byteOffset
            reason = rejected.reason
        }

        init?(_ fields: [Substring]) {
            guard fields.count >= 6, let row = Int(fields[1]), let line = Int(fields[2]),
                let offset = Int(fields[3])
            else { return nil }
            file = String(fields[0])
            self.row = row
            self.line = line
            byteOffset = offset
            reason = String(fields[5])
        }
    }

    /// Registration, then residency, in the order of the files.
    public static func read(_ work: URL) throws -> [Row] {
        try ["registration", "residency"].flatMap { source -> [Row] in
            let url = work.appendingPathComponent("rejected-\(source).csv")
            let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
            return records(text).dropFirst().compactMap {
                Row($0.split(separator: ",", omittingEmptySubsequences: false))
            }
        }
    }

    /// Records of a file whose last field is quoted and may hold line ends.
    private static func records(_ text: String) -> [Substring] {
        var records: [Substring] = []
        var start = text.utf8.startIndex
        var isQuoted = false
        for index in text.utf8.indices {
            let byte = text.utf8[index]
            if byte == 0x22 { isQuoted.toggle() }
            if byte == 0x0A, !isQuoted {
                records.append(text[start..<index])
                start = text.utf8.index(after: index)
            }
        }
        return records
    }
}
