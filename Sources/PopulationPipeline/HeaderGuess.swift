import PopulationIngest
import PopulationModel

/// Which header of an extract stands for which column, taken as one source, and how that was told:
/// by what the user gave, by its name, else by what the first rows hold.
struct HeaderGuess {
    /// How a header came to its column.
    enum Basis: String {
        case given, name, content
    }

    /// A header and its column.
    struct Match {
        let column: Column
        let field: Int
        let basis: Basis
    }

    let source: Source
    let preview: ExtractPreview
    private(set) var matches: [Match] = []
    /// Columns for which several headers would do, with these.
    private(set) var doubtful: [String: [Int]] = [:]

    /// `given`: column and header, as the user names them.
    init(
        _ preview: ExtractPreview, source: Source, area: Area,
        given: [(column: String, header: String)]
    ) {
        self.preview = preview
        self.source = source
        matchGiven(given)
        matchKnownNames()
        matchNames()
        matchContents(area: area)
        matches.sort { $0.field < $1.field }
    }

    var missing: [Column] {
        Column.all(of: source).filter { $0.isNeeded && match(of: $0.name) == nil }
    }

    func match(of column: String) -> Match? { matches.first { $0.column.name == column } }

    /// Headers that stand for no column.
    var others: [Int] {
        let taken = Set(matches.map(\.field))
        return preview.headers.indices.filter {
            !taken.contains($0) && !preview.headers[$0].isEmpty
        }
    }

    /// Matches of columns that the other source does not have: they tell the source.
    var ownCount: Int {
        let other = Set(
            Column.all(of: source == .registration ? .residency : .registration).map(\.name))
        return matches.count { !other.contains($0.column.name) }
    }

    var nameCount: Int { matches.count { $0.basis != .content } }

    mutating func take(_ column: Column, _ field: Int, _ basis: Basis) {
        matches.append(Match(column: column, field: field, basis: basis))
    }

    mutating func doubt(_ column: Column, _ fields: [Int]) { doubtful[column.name] = fields }

    private mutating func matchGiven(_ given: [(column: String, header: String)]) {
        let columns = Column.all(of: source)
        for (name, header) in given {
            guard let column = columns.first(where: { $0.name == name }), match(of: name) == nil,
                let field = preview.headers.firstIndex(where: {
                    $0.lowercased() == header.lowercased()
                })
            else { continue }
            take(column, field, .given)
        }
    }

    /// Names that ingest itself knows: it will match them whatever is guessed here.
    private mutating func matchKnownNames() {
        for field in others {
            let header = preview.headers[field].lowercased()
            let column = Column.all(of: source).first {
                ([$0.name] + $0.aliases).contains { $0.lowercased() == header }
            }
            if let column, match(of: column.name) == nil { take(column, field, .name) }
        }
    }

    private mutating func matchNames() {
        for column in Column.all(of: source) where match(of: column.name) == nil {
            let words = HeaderWords.words(of: column, source: source)
            let ranked = others.filter(canBeNamed).compactMap { field -> (Int, Int)? in
                let forms = HeaderFolding.forms(of: preview.headers[field])
                for form in forms {
                    if let rank = words.firstIndex(of: form) { return (rank, field) }
                }
                return nil
            }
            guard let best = ranked.map(\.0).min() else { continue }
            let fields = ranked.filter { $0.0 == best }.map(\.1)
            if fields.count == 1 { take(column, fields[0], .name) } else { doubt(column, fields) }
        }
    }

    /// A plan names headers of one line only.
    func canBeNamed(_ field: Int) -> Bool {
        preview.headers[field].unicodeScalars.allSatisfy {
            $0.properties.generalCategory != .control
        }
    }
}
