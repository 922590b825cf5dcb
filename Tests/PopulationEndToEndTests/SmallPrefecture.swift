import Foundation
import PopulationModel
import PopulationPipeline
import PopulationTestSupport

/// A prefecture of ten units and a handful of people, written row by row and run in this process.
struct SmallPrefecture {
    static let city = "449901001001"
    static let cityVillage = "449901001201"
    static let otherDistrict = "449902001001"
    static let districtTown = "449901101001"
    static let districtTownVillage = "449901101201"
    static let countyCity = "449981001001"
    static let countyCityTown = "449981101001"
    static let village = "449981101201"
    static let countySeat = "449921001001"
    static let countyVillage = "449921101201"

    var registration: [String] = []
    var residency: [String] = []
    var dates = ["2019-12-31", "2020-12-31"]
    /// Class by unit; the second edition, of 2020-06-30, is the first with these changes, and ""
    /// takes a unit out.
    var classes = [
        city: "111", cityVillage: "220", otherDistrict: "112", districtTown: "121",
        districtTownVillage: "210", countyCity: "111", countyCityTown: "122", village: "220",
        countySeat: "111", countyVillage: "210",
    ]
    var newClasses: [String: String] = [:]
    var changes: [String] = []
    var registrationColumns = [
        "citizen_id", "division_code", "event", "event_date", "updated_at", "cause",
        "origin_code", "origin_class", "household_no", "education", "title",
    ]
    var residencyColumns = [
        "citizen_id", "residence_code", "arrival_date", "departure_date", "updated_at",
        "registered_code", "count_from", "permit_issued", "permit_valid_to", "employed_since",
        "insured_since", "dwelling", "education", "title",
    ]
    /// Lines below `publish`.
    var publish = [
        "ladder: { residence: { points: 3, cap: 30 }, insurance: { points: 2.5, cap: 20 }, "
            + "fixed: { own_dwelling: 10, title: 0.25 }, alternatives: { education: { college: 10, "
            + "bachelor: 20 } }, tiers: [ { name: basic, from: 0 }, { name: full, from: 25 } ] }"
    ]

    /// Adds the rows of one citizen, each `unit event date` with `column=value` behind.
    mutating func register(
        _ number: Int, born: String = "1980-01-01", isMale: Bool = true, _ rows: String...
    ) {
        for row in rows {
            let words = row.split(separator: " ").map(String.init)
            var fields = [
                "citizen_id": Self.id(number, born: born, isMale: isMale),
                "division_code": words[0], "event": words[1], "event_date": words[2],
                "updated_at": "\(words[2]) 08:00:00",
            ]
            Self.set(words.dropFirst(3), in: &fields)
            registration.append(registrationColumns.map { fields[$0] ?? "" }.joined(separator: ","))
        }
    }

    /// Adds stays, each `code arrival` with `column=value` behind.
    mutating func stay(
        _ number: Int, born: String = "1980-01-01", isMale: Bool = true, _ rows: String...
    ) {
        for row in rows {
            let words = row.split(separator: " ").map(String.init)
            var fields = [
                "citizen_id": Self.id(number, born: born, isMale: isMale),
                "residence_code": words[0], "arrival_date": words[1],
                "updated_at": "\(words[1]) 08:00:00",
            ]
            Self.set(words.dropFirst(2), in: &fields)
            residency.append(residencyColumns.map { fields[$0] ?? "" }.joined(separator: ","))
        }
    }

    private static func set(_ words: ArraySlice<String>, in fields: inout [String: String]) {
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            fields[parts[0]] = parts[1]
        }
    }

    private static func id(_ number: Int, born: String, isMale: Bool) -> String {
        let day = UInt64(born.filter { $0 != "-" })!
        let sequence = UInt64(number) * 2 + (isMale ? 1 : 0)
        return CitizenID(first17: (449_942 * 100_000_000 + day) * 1_000 + sequence).unmaskedText
    }

    /// What a run publishes.
    struct Result {
        /// By name: the lines of each table, the header first.
        var tables: [String: [String]]
        var report: String
        var log: String
        var balances: [String]

        /// The rows of a table.
        func rows(_ name: String) -> [String] { Array((tables[name] ?? []).dropFirst()) }

        /// Rows as the columns that are neither key, empty nor 0, such as `2020 449901: c1=2 c2=1`.
        func words(_ name: String, keyCount: Int) -> [String] {
            let header = (tables[name]?.first ?? "").split(separator: ",")
            return rows(name).map { row in
                let fields = row.split(separator: ",", omittingEmptySubsequences: false)
                let values = zip(header, fields).dropFirst(keyCount).filter {
                    !$0.1.isEmpty && $0.1 != "0"
                }
                return fields.prefix(keyCount).joined(separator: " ") + ":"
                    + values.map { " \($0.0)=\($0.1)" }.joined()
            }
        }
    }

    func run(threads: Int = 1) throws -> Result {
        try TemporaryFolder.with { folder in
            try write(to: folder)
            let plan = try PlanReader.read(file: folder.appendingPathComponent("plan.yaml").path)
            var options = RunOptions(threads: threads)
            options.output = folder.appendingPathComponent("out").path
            options.work = folder.appendingPathComponent("work").path
            let summary = try Pipeline(plan: plan, options: options, observer: SilentObserver())
                .run()
            var tables: [String: [String]] = [:]
            for (path, bytes) in try FolderContents.tables(of: folder.appendingPathComponent("out"))
                .files
            {
                let name = (path as NSString).lastPathComponent.replacingOccurrences(
                    of: ".csv", with: "")
                tables[name] = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
                    .map(String.init)
            }
            func text(_ path: String) throws -> String {
                try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
            }
            let log = try FileManager.default.contentsOfDirectory(
                atPath: folder.appendingPathComponent("work").path
            ).filter { $0.hasSuffix(".log") }.map { try text("work/\($0)") }.joined()
            return Result(
                tables: tables, report: try text("out/report.html"), log: log,
                balances: summary.balanceLines)
        }
    }

    private func write(to folder: URL) throws {
        func write(_ lines: [String], _ name: String) throws {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(
                to: folder.appendingPathComponent(name))
        }
        func divisions(_ classes: [String: String]) -> [String] {
            ["code,class,name"]
                + classes.filter { !$0.value.isEmpty }.map { "\($0.key),\($0.value)," }.sorted()
        }
        try write([registrationColumns.joined(separator: ",")] + registration, "registration.csv")
        try write([residencyColumns.joined(separator: ",")] + residency, "residency.csv")
        try write(divisions(classes), "divisions-2015.csv")
        try write(divisions(classes.merging(newClasses) { $1 }), "divisions-2020.csv")
        try write(["old_code,new_code,effective"] + changes, "changes.csv")
        try write(
            [
                "code,name_zh,name_en,kind", "449901,,,district", "449902,,,district",
                "449921,,,county", "449981,,,county_city",
            ], "counties.csv")
        try write(
            [
                "plan: small", "area: \"4499\"",
                "reference-dates: [\(dates.joined(separator: ", "))]", "ingest:",
                "  registration: { files: [registration.csv] }",
                "  residency: { files: [residency.csv] }", "classify:",
                "  divisions: [ { edition: 2015-06-30, file: divisions-2015.csv }, "
                    + "{ edition: 2020-06-30, file: divisions-2020.csv } ]",
                "  changes: changes.csv", "  unclassified-share-max: 1",
                "aggregate: { counties: counties.csv }", "publish:", "  output: out",
            ] + publish.map { "  \($0)" }, "plan.yaml")
    }
}
