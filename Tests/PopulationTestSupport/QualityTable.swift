import Foundation

/// The published table `quality`: rows by source, measure and reason.
public struct QualityTable {
    private var rows: [[String]: Int] = [:]

    public init(of output: URL) throws {
        let file = output.appendingPathComponent("internal/quality.csv")
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
                .map(String.init)
            rows[Array(fields.prefix(3))] = Int(fields[3])
        }
    }

    public func count(_ source: String, _ measure: String, _ reason: String = "") -> Int {
        rows[[source, measure, reason]] ?? 0
    }

    /// All reasons of a measure together.
    public func total(_ source: String, _ measure: String) -> Int {
        rows.filter { $0.key[0] == source && $0.key[1] == measure }.reduce(0) { $0 + $1.value }
    }

    /// How many reasons a measure has.
    public func reasonCount(_ source: String, _ measure: String) -> Int {
        rows.filter { $0.key[0] == source && $0.key[1] == measure }.count
    }
}
