import Foundation
import PopulationFigures
import PopulationModel
import PopulationPublish

/// What a run came to, for the terminal, `--json` and the ledger. Holds no personal value.
public struct RunSummary: Sendable {
    public let plan: String
    public let output: String
    public let work: String
    public internal(set) var extractCount = 0
    public internal(set) var reusedCount = 0
    public internal(set) var rows: [Source: RowCounts] = [:]
    public internal(set) var stageSeconds: [StageName: Double] = [:]
    public internal(set) var seconds = 0.0
    public internal(set) var remarks: [Bilingual] = []
    /// The area's rates at every date; empty before `publish`.
    public internal(set) var rates: [UrbanizationFigure] = []
    public internal(set) var isPublished = false
    /// What a person looks for in the output folder, in the order of a glance.
    public internal(set) var publishedFiles: [PublishedFile] = []
    /// The store and the edition in it that holds these figures; `nil` when there is none.
    public internal(set) var edition: Edition?
    /// Gates that were broken and did not stop the run, or could not be told.
    public internal(set) var gates: [GateOutcome] = []
    var balances = Balances()
    let log: RunLog

    /// A file or folder of the output folder, and what it is.
    public struct PublishedFile: Sendable {
        public let what: Bilingual
        /// Below the output folder.
        public let path: String

        static let all = [
            PublishedFile(what: Bilingual("报告", "report"), path: "report.html"),
            PublishedFile(what: Bilingual("PDF", "print"), path: "report.pdf"),
            PublishedFile(what: Bilingual("工作簿", "workbook"), path: "report.xlsx"),
            PublishedFile(what: Bilingual("表", "tables"), path: "internal/"),
            PublishedFile(what: Bilingual("公开表", "public tables"), path: "public/"),
        ]
    }

    /// An edition of the store.
    public struct Edition: Sendable, Equatable {
        public let store: String
        public let id: Int
        public let revision: Int
        /// Whether this run made it; a run with the same figures does not.
        public let isNew: Bool
    }

    init(plan: Plan, output: String, work: String, log: RunLog) {
        self.log = log
        self.plan = plan.name
        self.output = output
        self.work = work
    }

    /// The equations that were asserted, with their numbers.
    public var balanceLines: [String] {
        balances.checked.map { balance in
            let sum = balance.right.map(String.init).joined(separator: " + ")
            return "\(balance.equation): \(balance.left) = \(sum)"
        }
    }

    mutating func take(_ outcome: IngestOutcome) {
        extractCount = outcome.extracts.count
        reusedCount = outcome.reusedCount
        for source in Source.allCases { rows[source] = outcome.counts(of: source) }
    }

    mutating func take(_ figures: Figures) {
        rates = figures.urbanization.filter { $0.areaCode == figures.area.code }
        isPublished = true
    }

    func ended(_ start: ContinuousClock.Instant, _ clock: ContinuousClock) -> RunSummary {
        var summary = self
        summary.seconds = Pipeline.seconds(clock.now - start)
        return summary
    }

    /// One line of JSON for `--json`.
    public var json: String {
        var object: [String: Any] = [
            "plan": plan, "output": output, "work": work, "published": isPublished,
            "extracts": extractCount, "extracts_reused": reusedCount, "seconds": rounded(seconds),
            "balances": balanceLines, "remarks": remarks.map(\.en),
        ]
        object["stage_seconds"] = Dictionary(
            uniqueKeysWithValues: stageSeconds.map { ($0.key.rawValue, rounded($0.value)) })
        object["rows"] = Dictionary(
            uniqueKeysWithValues: rows.map { source, counts in
                (
                    source.rawValue,
                    [
                        "read": counts.read, "rejected": counts.rejectedTotal,
                        "out_of_scope": counts.outOfScope, "revoked": counts.revoked,
                        "accepted": counts.accepted, "read_by_libcsv": counts.readByLibCSV,
                    ]
                )
            })
        if let edition {
            object["edition"] =
                [
                    "store": edition.store, "id": edition.id, "revision": edition.revision,
                    "new": edition.isNew,
                ] as [String: Any]
        }
        object["gates"] = gates.map { gate in
            [
                "gate": gate.gate, "result": gate.result.rawValue, "found": gate.found.en,
                "reason": gate.reason ?? "",
            ]
        }
        object["rates"] = rates.map { figure in
            [
                "date": figure.date.description, "concept": figure.concept.rawValue,
                "total": figure.total, "urban": figure.urban,
                "rate_percent": figure.rate.percentText,
            ] as [String: Any]
        }
        return Self.line(object)
    }

    var ledgerLine: String {
        Self.line([
            "plan": plan, "output": output, "extracts": extractCount,
            "extracts_reused": reusedCount, "version": ProgramVersion.text,
            "read": rows.values.reduce(0) { $0 + $1.read },
        ])
    }

    private func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }

    private static func line(_ object: [String: Any]) -> String {
        // The objects above hold only strings, numbers, arrays and dictionaries.
        let data = try? JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

extension Plan {
    /// Beside the plan, one folder per plan, so that nights do not ingest again what is unchanged.
    var defaultWorkFolder: String {
        let folder = (URL(fileURLWithPath: file).standardizedFileURL.path as NSString)
            .deletingLastPathComponent
        // A name may hold what a folder's name must not.
        let plain = name.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" }
        return "\(folder)/.popstat/\(String(plain))"
    }
}

extension PlanPath {
    /// Without `..` and doubled slashes.
    var standardizedPath: String { URL(fileURLWithPath: path).standardizedFileURL.path }
}

extension Share {
    /// The share as a decimal number: 0.01.
    var text: String {
        var digits = String(millionths % 1_000_000)
        digits = String(repeating: "0", count: 6 - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(millionths / 1_000_000)" + (digits.isEmpty ? "" : ".\(digits)")
    }
}
