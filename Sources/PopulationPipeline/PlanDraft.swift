import Foundation
import Glibc
import PopulationFigures
import PopulationIngest
import PopulationModel
import PopulationPublish

/// Drafts a plan from what is known before the first run: takes area, folders, reference files and
/// extracts; gives a plan that `popstat check` accepts, and an account of what was guessed; writes
/// nothing when a needed column is not found or the check finds a fault.
package struct PlanDraft {
    /// What the command line says, as it stands there.
    package struct Request: Sendable {
        package var plan: String?
        package var name: String?
        package var area: String?
        package var output: String?
        package var work: String?
        package var extracts: [String] = []
        package var registration: [String] = []
        package var residency: [String] = []
        package var referenceDates: String?
        package var releaseDates: String?
        package var divisions: [String] = []
        package var changes: String?
        package var counties: String?
        package var official: String?
        package var targets: String?
        package var target: String?
        package var by: String?
        package var columns: [String] = []
        package var isForced = false

        package init() {}
    }

    struct Extract {
        var path: String
        var label: String
        var source: Source?
    }

    let request: Request
    let values: PlanDraftValues
    let folder: PlanFolder

    package init(_ request: Request) throws(PopstatErrors) {
        self.request = request
        values = try PlanDraftValues(request)
        folder = PlanFolder(ofPlan: values.plan)
    }

    /// Writes the plan, and the targets file when a target was given.
    package func write() throws(PopstatErrors) -> PlanDraftAccount {
        try checkReplaceable(values.plan, marks: ["plan:", "# Drafted by popstat init"])
        if let targetsPath { try checkReplaceable(targetsPath, marks: ["concept,"]) }
        try PublishedFolder.checkReplaceable(values.output, besides: values.work ?? "-")
        let groups = try ExtractGroup.groups(of: extracts)
        let guessed = try guess(groups)
        let columns = try columns(guessed)
        let text = PlanDraftText(draft: self, guessed: guessed, columns: columns)
        try check(text)
        if let targetsPath { try write(targetsText, to: targetsPath) }
        try write(text.text(targets: targetsPath), to: values.plan)
        return PlanDraftAccount(
            plan: values.plan, targets: targetsPath, work: values.work,
            groups: guessed.map(PlanDraftAccount.Group.init))
    }

    /// A path given by mistake shall not cost an extract: only what begins a line with one of
    /// `marks` is replaced, and an empty file.
    private func checkReplaceable(_ path: String, marks: [String]) throws(PopstatErrors) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard request.isForced else { throw PopstatErrors(.fileExists(path: path)) }
        // What cannot be read cannot be known either.
        let beginning = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            .read(upToCount: 1 << 16)
        let lines = beginning.map {
            String(decoding: $0, as: UTF8.self).replacing("\u{FEFF}", with: "")
                .split(whereSeparator: \.isNewline)
        }
        guard
            status.st_size == 0
                || lines?.contains(where: { line in marks.contains { line.hasPrefix($0) } }) == true
        else { throw PopstatErrors(.notReplaced(path: path)) }
    }

    /// A group of extracts with the guess that was made of it.
    struct Guessed {
        var group: ExtractGroup
        var guess: HeaderGuess
    }

    /// In the order of their labels, as a plan sorts them.
    private var extracts: [Extract] {
        let named =
            request.extracts.map { ($0, nil) }
            + request.registration.map { ($0, Source.registration) }
            + request.residency.map { ($0, Source.residency) }
        return named.map { path, source in
            let path = PlanDraftValues.absolute(path)
            return Extract(path: path, label: folder.resolve(path).label, source: source)
        }.sorted { $0.label.utf8.lexicographicallyPrecedes($1.label.utf8) }
    }

    /// All faults of all extracts at once.
    private func guess(_ groups: [ExtractGroup]) throws(PopstatErrors) -> [Guessed] {
        var guessed: [Guessed] = []
        var faults: [PopstatError] = []
        for group in groups {
            do throws(PopstatErrors) {
                let guess = try group.guess(area: values.area, given: values.columns)
                if let fault = Self.missing(guess, label: group.labels[0]) {
                    faults.append(fault.error)
                }
                guessed.append(Guessed(group: group, guess: guess))
            } catch { faults += error.errors }
        }
        for (column, header) in values.columns {
            let isFound = guessed.contains { entry in
                entry.guess.match(of: column).map {
                    entry.guess.preview.headers[$0.field].lowercased() == header.lowercased()
                } ?? false
            }
            if !isFound, faults.isEmpty {
                faults.append(
                    PlanDraftFault.headerNotFound(column: column, header: header).error)
            }
        }
        for source in Source.allCases where faults.isEmpty {
            if !guessed.contains(where: { $0.guess.source == source }) {
                faults.append(PlanDraftFault.noExtract(of: source).error)
            }
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        return guessed
    }

    private static func missing(_ guess: HeaderGuess, label: String) -> PlanDraftFault? {
        let missing = guess.missing
        guard !missing.isEmpty else { return nil }
        let headers = guess.preview.headers
        return .columnsMissing(
            label: label, source: guess.source,
            missing: missing.map { column in
                PlanDraftFault.Missing(
                    column: column.name,
                    candidates: (guess.doubtful[column.name] ?? []).map { headers[$0] })
            }, others: guess.others.map { headers[$0] })
    }

    /// What the plan has to name: headers that ingest does not know by itself.
    private func columns(_ guessed: [Guessed]) throws(PopstatErrors)
        -> [Source: [String: PlanDraftText.Named]]
    {
        var columns: [Source: [String: PlanDraftText.Named]] = [:]
        for entry in guessed {
            let source = entry.guess.source
            for match in entry.guess.matches {
                let header = entry.guess.preview.headers[match.field]
                let known = [match.column.name] + match.column.aliases
                if known.contains(where: { $0.lowercased() == header.lowercased() }) { continue }
                let named = PlanDraftText.Named(
                    header: header, basis: match.basis, label: entry.group.labels[0])
                if let first = columns[source]?[match.column.name],
                    first.header.lowercased() != header.lowercased()
                {
                    throw PopstatErrors(
                        .twoNames(
                            column: match.column.name, source: source,
                            first: .init(header: first.header, label: first.label),
                            second: .init(header: header, label: named.label)))
                }
                columns[source, default: [:]][match.column.name] = named
            }
        }
        return columns
    }
}

// Files.
extension PlanDraft {
    var targetsPath: String? {
        guard values.target != nil else { return nil }
        let stem = (values.plan as NSString).deletingPathExtension
        return "\(stem)-targets.csv"
    }

    private var targetsText: String {
        guard let target = values.target else { return "" }
        return "concept,area_code,percent,date,source\n"
            + "resident,\(values.area.code),\(target.percent),\(target.date),popstat init\n"
    }

    /// The plan aside, as `popstat check` sees it; nothing of it stays.
    private func check(_ text: PlanDraftText) throws(PopstatErrors) {
        let aside = values.plan + ".new"
        let targetsAside = targetsPath.map { $0 + ".new" }
        defer {
            unlink(aside)
            if let targetsAside { unlink(targetsAside) }
        }
        if let targetsAside { try write(targetsText, to: targetsAside) }
        try write(text.text(targets: targetsAside), to: aside)
        do throws(PopstatErrors) { try Pipeline.check(PlanReader.read(file: aside)) } catch {
            throw PopstatErrors(
                error.errors.map { fault in
                    guard fault.place?.file == aside else { return fault }
                    // No line of a file that will not be there.
                    return PopstatError(
                        code: fault.code, kind: fault.kind, message: fault.message,
                        remedy: fault.remedy, place: Place(file: values.plan))
                })
        }
    }

    private func write(_ text: String, to path: String) throws(PopstatErrors) {
        do throws(SystemFailure) {
            try WholeFile.write(
                Array(text.utf8), to: path, aside: path + ".tmp", mode: 0o644, isLasting: true)
        } catch { throw PopstatErrors(.cannotWritePlan(path: path, reason: error.reason)) }
    }
}
