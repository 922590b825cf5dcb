import PopulationIngest
import PopulationModel

/// What `popstat init` guessed and wrote, for the terminal. Holds no value of a row, only forms.
package struct PlanDraftAccount: Sendable {
    package let plan: String
    package let targets: String?
    package let work: String?
    package let groups: [Group]

    /// Extracts with the same header.
    package struct Group: Sendable {
        package let labels: [String]
        package let source: Source
        package let encodings: [String]
        package let rowCount: Int
        package let headers: [Header]
        package let unknownWords: [UnknownWords]
    }

    /// A header, and what it was taken for.
    package struct Header: Sendable {
        package let header: String
        /// `nil` when it stands for no column.
        package let column: String?
        /// How that was told: given, name or content.
        package let basis: String
        /// Of the rows that were looked at.
        package let filledCount: Int
        /// The most frequent forms of its values.
        package let forms: [MaskedValue]
    }

    static func unknownWords(of guessed: [PlanDraft.Guessed]) -> [UnknownWords] {
        var found: [UnknownWords] = []
        for entry in guessed {
            let rows = entry.guess.preview.rows
            let names = entry.guess.match(of: "name").map { match in
                Set(rows.map { $0[match.field] })
            }
            for match in entry.guess.matches where !match.column.values.isEmpty {
                if let words = UnknownWords(of: match, in: rows, names: names ?? []) {
                    found.append(words)
                }
            }
        }
        return found
    }
}

extension PlanDraftAccount.Group {
    private static let formCountMax = 2

    init(_ guessed: PlanDraft.Guessed) {
        let guess = guessed.guess
        labels = guessed.group.labels
        source = guess.source
        encodings = guessed.group.encodings.sorted()
        rowCount = guess.preview.rows.count
        unknownWords = PlanDraftAccount.unknownWords(of: [guessed])
        headers = guess.preview.headers.indices.map { field in
            let match = guess.matches.first { $0.field == field }
            let values = guess.preview.rows.lazy.map { $0[field] }.filter { !$0.isEmpty }
            var counts: [MaskedValue: Int] = [:]
            for value in values { counts[MaskedValue(value), default: 0] += 1 }
            let forms = counts.sorted {
                ($1.value, $0.key.description) < ($0.value, $1.key.description)
            }
            return PlanDraftAccount.Header(
                header: HeaderText.shown(guess.preview.headers[field]),
                column: match?.column.name, basis: match?.basis.rawValue ?? "",
                filledCount: counts.values.reduce(0, +),
                forms: forms.prefix(Self.formCountMax).map(\.key))
        }
    }
}
