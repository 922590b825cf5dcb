import PopulationAggregate
import PopulationFigures
import PopulationModel
import PopulationPublish

/// One published number down to what it was made from: units, classes, the edition that held, the
/// sources and their rows. Made of a published folder alone; nothing personal is in it.
public struct FigureExplanation: Sendable, Equatable {
    public let table: String
    /// Column and value, in the order of the table.
    public let key: [Field]
    public let column: String
    /// As published; empty = not applicable.
    public let value: String
    public let unit: String
    public let meaning: String
    public let rule: String
    /// The rest of the row.
    public let others: [Field]
    /// The division table that held at the date; `nil` for rows without a date.
    public let edition: String?
    /// `nil` for numbers that are not counted per unit.
    public let counts: Counts?
    public let sources: [SourceRows]
    /// Equations of the run that hold at the date of the row.
    public let balances: [String]
    public let planDigest: String
    public let programVersion: String

    /// A column and what stands in it.
    public struct Field: Sendable, Equatable {
        public let column: String
        public let value: String
    }

    /// People counted per unit.
    public struct Counts: Sendable, Equatable {
        public let persons: Int
        /// Ascending by class.
        public let classes: [ClassPart]
        /// Ascending by code; units that add nobody are left out.
        public let units: [UnitPart]
    }

    /// The units of one class.
    public struct ClassPart: Sendable, Equatable {
        public let unitClass: String
        public let name: String
        public let unitCount: Int
        public let persons: Int
    }

    /// One unit.
    public struct UnitPart: Sendable, Equatable {
        public let code: String
        public let name: String
        public let unitClass: String
        public let persons: Int
    }

    /// The rows of one source by what became of them.
    public struct SourceRows: Sendable, Equatable {
        public let source: String
        public let fileCount: Int
        /// `read`, `rejected` … of the table quality, in the order of SPEC 3.
        public let rows: [(measure: String, rows: Int)]

        public static func == (lhs: Self, rhs: Self) -> Bool {
            lhs.source == rhs.source && lhs.fileCount == rhs.fileCount
                && lhs.rows.elementsEqual(rhs.rows, by: ==)
        }
    }
}

extension Explain {
    /// Explains one number of a published table. `run` is the output folder of a run or its plan;
    /// `words` are values of the table's key in any order, as many as tell the row.
    public static func figure(run: String, table: String, words: [String], column: String)
        throws(PopstatErrors) -> FigureExplanation
    {
        let folder = try RunFolder.read(run)
        guard let name = TableName(rawValue: table), let meaning = DataDictionary.meaning(of: table)
        else {
            throw PopstatErrors(
                .noTable(table: table, known: TableName.allCases.map(\.rawValue)))
        }
        guard let columnMeaning = meaning.columns.first(where: { $0.name == column && !$0.isKey })
        else {
            throw PopstatErrors(
                .noColumn(
                    table: table, column: column,
                    known: meaning.columns.filter { !$0.isKey }.map(\.name)))
        }
        let published = try PublishedRow.find(words, in: meaning, of: folder)
        let row = Dictionary(
            uniqueKeysWithValues: zip(meaning.columns.map(\.name), published))
        let fields = zip(meaning.columns, published)
        let date = row["reference_date"] ?? row["year"].map { "\($0)-12-31" }
        let rollUp = CubeFigures.rollUp(
            folder.cube.cube, folder.cube.territory, folder.cube.targets,
            tierNames: folder.cube.cube.counties.layout.placeholderTiers)
        let counts = CountedCell(table: name, row: row, column: column).map {
            FigureExplanation.Counts(rollUp.parts(of: $0))
        }
        try check(counts, against: row, column, meaning, folder)
        return FigureExplanation(
            table: table,
            key: fields.filter { $0.0.isKey }.map { .init(column: $0.0.name, value: $0.1) },
            column: column, value: row[column] ?? "", unit: columnMeaning.unit,
            meaning: columnMeaning.meaning, rule: columnMeaning.rule,
            others: fields.filter { !$0.0.isKey && $0.0.name != column }.map {
                .init(column: $0.0.name, value: $0.1)
            },
            edition: date.flatMap { CalendarDate(iso: $0) }
                .flatMap { rollUp.editionDate(at: $0)?.description },
            counts: counts, sources: try PublishedRow.sources(of: folder),
            balances: folder.manifest.balances.filter { balance in
                date.map { balance.equation.hasPrefix("\($0): ") } ?? false
            }.map(\.text), planDigest: folder.manifest.planDigest,
            programVersion: folder.manifest.programVersion)
    }

    /// The units have to come to the number that was published: the cube may be of another run.
    private static func check(
        _ counts: FigureExplanation.Counts?, against row: [String: String], _ column: String,
        _ meaning: DataDictionary.TableMeaning, _ folder: RunFolder
    ) throws(PopstatErrors) {
        guard let counts else { return }
        // A rate, a test and a shortfall stand for the urban persons beside them.
        let counted = row[column].flatMap(Int.init).map { _ in column } ?? "urban"
        let published = row[column == "urban_short" ? "urban" : counted] ?? ""
        guard Int(published) == counts.persons else {
            throw PopstatErrors(
                .otherTable(path: "\(folder.path)/\(RunFolder.cubeName)", table: meaning.name))
        }
    }
}

extension FigureExplanation.Counts {
    init(_ parts: [CountedCell.Part]) {
        let classes = Dictionary(grouping: parts, by: \.unitClass)
        self.init(
            persons: parts.reduce(0) { $0 + $1.persons },
            classes: classes.sorted { $0.key < $1.key }.map { unitClass, parts in
                let code = DivisionCode.padded(UInt64(unitClass), to: 3)
                return .init(
                    unitClass: code,
                    name: FigureWords.label(of: code, column: "class", table: "units").en,
                    unitCount: parts.count, persons: parts.reduce(0) { $0 + $1.persons })
            },
            units: parts.map {
                .init(
                    code: $0.unitCode, name: $0.name,
                    unitClass: DivisionCode.padded(UInt64($0.unitClass), to: 3),
                    persons: $0.persons)
            })
    }
}

extension Manifest.Balance {
    /// The equation with its numbers.
    var text: String {
        "\(equation): \(left) = " + right.map(String.init).joined(separator: " + ")
    }
}

extension CountyLayout {
    /// Names for the ladder's tiers where none is asked for.
    var placeholderTiers: [String] { (0..<tierCount).map { "tier \($0 + 1)" } }
}
