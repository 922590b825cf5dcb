import PopulationIngest
import PopulationModel

/// Values of a coded column that its table does not know, with how often they stand in the rows that
/// were looked at. Words are shown only where they cannot be anybody's.
package struct UnknownWords: Sendable {
    package let column: String
    /// The canonical words that a value may stand for.
    package let canonical: [String]
    package private(set) var shown: [Word] = []
    /// By their form only.
    package private(set) var masked: [Word] = []

    /// A value, or its form, and in how many rows it stands.
    package struct Word: Sendable, Equatable {
        package var text: String
        package var count: Int
        package var proposal: String?
    }

    /// A list of codes is short; what is longer may be names or numbers in the wrong column.
    private static let wordCountMax = 20
    private static let wordLengthMax = 8
    /// Words of letters that stand in fewer rows may be a name.
    private static let repeatMin = 3
    /// All of them say that a row is not revoked.
    private static let notRevoked: Set = ["0", "否", "N", "n", "false", "未撤销"]

    /// `nil` when every value is known. `names` are never shown.
    init?(of match: HeaderGuess.Match, in rows: [[String]], names: Set<String>) {
        let known = match.column.values
        column = match.column.name
        canonical = Set(known.values).sorted()
        var counts: [String: Int] = [:]
        for row in rows {
            let value = row[match.field]
            if value.isEmpty || known[value] != nil { continue }
            if column == "revoked", Self.notRevoked.contains(value) { continue }
            counts[value, default: 0] += 1
        }
        if counts.isEmpty { return nil }
        var forms: [String: Int] = [:]
        for (value, count) in counts {
            if counts.count <= Self.wordCountMax, !names.contains(value),
                Self.isCode(value, count: count)
            {
                shown.append(
                    Word(
                        text: value, count: count,
                        proposal: CodedWords.proposal(for: value, of: column)))
            } else {
                forms[MaskedValue(value).description, default: 0] += count
            }
        }
        masked = forms.map { Word(text: $0.key, count: $0.value) }
        shown.sort(by: Self.isBefore)
        masked.sort(by: Self.isBefore)
    }

    /// The most frequent first.
    private static func isBefore(_ one: Word, _ other: Word) -> Bool {
        (other.count, one.text) < (one.count, other.text)
    }

    private static func isCode(_ value: String, count: Int) -> Bool {
        guard value.count <= wordLengthMax, ExtractPreview.mayBeShown(value),
            value.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { return false }
        let isShortNumber =
            value.utf8.count <= 4 && value.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isShortNumber || count >= repeatMin
    }
}
