import Foundation
import PopulationModel
import PopulationPipeline

/// A temporary folder with empty input files and a plan, taken away when the test ends.
final class PlanFixture {
    let folder: URL

    init(files: [String] = PlanFixture.inputs) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("popstat-plan-\(UUID().uuidString)")
        for file in files {
            let url = folder.appendingPathComponent(file)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: url)
        }
    }

    deinit {
        // A folder that cannot be taken away is the system's to clean up; the test has ended.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Every file that `full` names.
    static let inputs = [
        "data/registration-1.csv", "data/registration-2.csv", "data/residency-1.csv",
        "data/divisions-2015.csv", "data/divisions-2020.csv", "data/changes.csv",
        "data/counties.csv", "data/targets.csv", "data/official.csv", "data/factors.csv",
    ]

    /// A plan that gives every key.
    static let full = """
        plan: full
        area: "4499"
        reference-dates: [2020-12-31, 2015-12-31]
        known-at: 2021-01-31 08:05
        ingest:
          registration:
            files: [data/registration-*.csv]
            encoding: gb18030
            rejected-share-max: 0.025
            columns: { citizen_id: 证件号 }
            values: { event: { "105": move_in }, sex: { 9: 女 } }
          residency: { files: [data/residency-1.csv], encoding: utf-8 }
        deduplicate: { residence-months: 7, stay-gap-days: 30 }
        classify:
          divisions:
            - { edition: 2020-06-30, file: data/divisions-2020.csv }
            - { edition: '2015-06-30', file: data/divisions-2015.csv }
          changes: data/changes.csv
          unclassified-share-max: 0.002
        aggregate: { counties: data/counties.csv }
        publish:
          output: out
          targets: data/targets.csv
          official: data/official.csv
          ladder:
            residence: { points: 3, cap: 30 }
            insurance: { points: 2.5, cap: 20 }
            fixed: { own_dwelling: 10 }
            alternatives: { education: { college: 10, bachelor: 20, postgraduate: 30 } }
            tiers: [ { name: basic, from: 0 }, { name: full, from: 50 } ]
          transfer:
            factors: data/factors.csv
            pool: 97800
            unit: wan_yuan
            weights: { own_prefecture: 1, own_province: 1.5, other_province: 2 }
            decay: 0.5
            years-back: 3
            permit-weight: 0.1
            children-weight: 0.000001
          land: { bands: [ { up-to: 100, standard: 100 }, { standard: 50 } ], adjustment: -0.1 }
          protection: { threshold: 6, release-dates: [2020-12-31] }
        gates:
          - { name: bad, rule: rejected-share, source: residency, max: 0.005, reason: cut lines }
          - { name: units, rule: unclassified-share, concept: resident, max: 0, reason: codes }
          - { name: names, rule: conflict-share, max: 0.1, reason: two names }
          - { name: stays, rule: conflict-share, source: residency, max: 0.2, reason: two stays }
          - { name: jump, rule: total-change, concept: resident, max: 0.05, reason: a jump }
          - { name: county, rule: county-missing, concept: registered, reason: a county }
          - { name: age, rule: extract-age, source: registration, max: 7, severity: warn, reason: old }
          - { name: cut, rule: extract-shrink, source: registration, max: 0.02, reason: 'a "cut"' }

        """

    /// A plan with required keys only.
    static let short = """
        plan: short
        area: 4499
        reference-dates: [2020-12-31]
        ingest:
          registration: { files: [data/registration-1.csv] }
          residency: { files: [data/residency-1.csv] }
        classify: { divisions: [ { edition: 2020-06-30, file: data/divisions-2020.csv } ] }
        publish: { output: out }

        """

    func read(_ text: String, name: String = "plan.yaml") throws(PopstatErrors) -> Plan {
        try read(Data(text.utf8), name: name)
    }

    func read(_ bytes: Data, name: String = "plan.yaml") throws(PopstatErrors) -> Plan {
        let url = folder.appendingPathComponent(name)
        do {
            try bytes.write(to: url)
        } catch {
            preconditionFailure("the plan of a test cannot be written: \(error)")
        }
        return try PlanReader.read(file: url.path)
    }

    /// The faults of a plan as `line:column CODE message`, in their order.
    func faults(_ text: String) -> [String] { faults(Data(text.utf8)) }

    func faults(_ bytes: Data) -> [String] {
        do throws(PopstatErrors) {
            _ = try read(bytes)
            return []
        } catch {
            return error.errors.map { error in
                let line = error.place?.line.map(String.init) ?? "-"
                return "\(line):\(error.place?.column ?? "-") \(error.code) \(error.message.en)"
            }
        }
    }

    /// `line:column CODE` of the faults of a plan in which `^` marks the place of the only
    /// fault, and what is expected there.
    func places(_ marked: String, code: String) -> (found: [String], expected: [String]) {
        let before = marked.prefix { $0 != "^" }
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        let column = (lines.last?.unicodeScalars.count ?? 0) + 1
        let found = faults(marked.replacingOccurrences(of: "^", with: "")).map { fault in
            fault.split(separator: " ").prefix(2).joined(separator: " ")
        }
        return (found, ["\(lines.count):\(column) \(code)"])
    }

    /// `short` with one text replaced by another; the first must occur.
    static func short(_ old: String, _ new: String) -> String { replace(old, new, in: short) }

    /// `full` with one text replaced by another; the first must occur.
    static func full(_ old: String, _ new: String) -> String { replace(old, new, in: full) }

    private static func replace(_ old: String, _ new: String, in text: String) -> String {
        precondition(text.contains(old), "the plan of the test does not hold '\(old)'")
        return text.replacingOccurrences(of: old, with: new)
    }
}
