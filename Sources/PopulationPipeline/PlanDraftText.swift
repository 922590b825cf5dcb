import PopulationIngest
import PopulationModel

/// The words of a drafted plan: every guess with how it was made, and as comments what a reader has
/// still to decide.
struct PlanDraftText {
    /// A header that the plan names for a column.
    struct Named {
        var header: String
        var basis: HeaderGuess.Basis
        var label: String
    }

    let draft: PlanDraft
    let guessed: [PlanDraft.Guessed]
    let columns: [Source: [String: Named]]

    func text(targets: String?) -> String {
        let values = draft.values
        var lines = [
            "# Drafted by popstat init. Look at the columns, then run",
            "#   popstat run \(Self.quoted(values.plan))"
                + (values.work.map { " --work \(Self.quoted($0))" } ?? ""),
            "plan: \(Self.quoted(values.name))",
            "area: \(Self.quoted(values.area.code))",
            "reference-dates: [\(Self.list(values.referenceDates))]",
            "ingest:",
        ]
        for source in Source.allCases { lines += self.lines(of: source) }
        lines += ["classify:", "  divisions:"]
        lines += values.divisions.map {
            "    - { edition: \($0.date), file: \(path($0.file)) }"
        }
        lines += key("changes", draft.request.changes)
        if let counties = draft.request.counties {
            lines += ["aggregate:"] + key("counties", counties)
        }
        lines += ["publish:", "  output: \(path(values.output))"]
        lines += key("targets", targets ?? draft.request.targets)
        lines += key("official", draft.request.official)
        if !values.releaseDates.isEmpty {
            lines.append("  protection: { release-dates: [\(Self.list(values.releaseDates))] }")
        }
        lines += gates
        return lines.joined(separator: "\n") + "\n"
    }

    /// An extract that did not arrive would be published as people who are gone.
    private var gates: [String] {
        let rules = Source.allCases.map {
            "  - { name: \($0.rawValue)-shrank, rule: extract-shrink, source: \($0.rawValue), "
                + "max: 0.05, reason: an extract did not arrive or was cut off }"
        }
        return ["# Rules that stop a run before anything is published.", "gates:"] + rules
    }

    private func key(_ key: String, _ file: String?) -> [String] {
        file.map { ["  \(key): \(path($0))"] } ?? []
    }

    private func lines(of source: Source) -> [String] {
        let own = guessed.filter { $0.guess.source == source }
        var lines = ["  \(source.rawValue):", "    files:"]
        lines += own.flatMap(\.group.labels)
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .map { "      - \(Self.quoted($0))" }
        let named = columns[source] ?? [:]
        if !named.isEmpty { lines.append("    columns:") }
        for column in Column.all(of: source) {
            guard let entry = named[column.name] else { continue }
            lines.append(
                "      \(column.name): \(Self.quoted(entry.header)) # \(Self.words(entry.basis))")
        }
        return lines + comments(on: own, source)
    }

    static func words(_ basis: HeaderGuess.Basis) -> String {
        switch basis {
        case .given: "as given"
        case .name: "guessed by its name"
        case .content: "guessed by what it holds"
        }
    }

    private func comments(on own: [PlanDraft.Guessed], _ source: Source) -> [String] {
        var lines: [String] = []
        let others = own.flatMap { entry in
            entry.guess.others.map { HeaderText.shown(entry.guess.preview.headers[$0]) }
        }
        if !others.isEmpty {
            let names = Set(others).sorted().joined(separator: ", ")
            lines.append("    # Headers that stand for no column: \(names)")
        }
        let found = Set(own.flatMap { $0.guess.matches.map(\.column.name) })
        let absent = Column.all(of: source).map(\.name).filter { !found.contains($0) }
        if !absent.isEmpty {
            lines.append("    # Columns without a header: \(absent.joined(separator: ", "))")
            lines.append("    # If one of the headers is one of them, add it under columns.")
        }
        return lines + openValues(PlanDraftAccount.unknownWords(of: own))
    }

    private func openValues(_ unknown: [UnknownWords]) -> [String] {
        guard !unknown.isEmpty else { return [] }
        var lines = [
            "    # Values that popstat does not know: give each its word, and take the marks off.",
            "    # values:",
        ]
        for words in unknown {
            lines.append("    #   \(words.column): # \(words.canonical.joined(separator: " "))")
            for word in words.shown {
                lines.append(
                    "    #     \(Self.quoted(word.text)): \(word.proposal ?? "…") "
                        + "# \(word.count) rows")
            }
            for word in words.masked {
                lines.append("    #     a value of the form \(word.text): … # \(word.count) rows")
            }
        }
        return lines
    }

    /// Below the plan's folder by the path from there, so that both can be moved together.
    private func path(_ path: String) -> String {
        Self.quoted(draft.folder.resolve(PlanDraftValues.absolute(path)).label)
    }

    private static func list(_ dates: [CalendarDate]) -> String {
        dates.map(\.description).joined(separator: ", ")
    }

    /// A double-quoted scalar of YAML.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            default:
                let isPlain = scalar.properties.generalCategory != .control
                quoted += isPlain ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return quoted + "\""
    }
}
