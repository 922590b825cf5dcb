import PopulationFigures
import PopulationModel

/// The tables of a release as cells, and everything that ties them together.
///
/// The equations are those that the contract asserts and those that follow from what a column
/// means, for instance that whoever floats is resident. Before you change this: a sum that a reader can
/// know and that is not said here may give a hidden number away, whatever else is right.
struct ProtectionDraft {
    let figures: Figures
    let rule: ProtectionRule
    let maker: TableMaker
    private let publishedNames: Set<TableName>
    /// ISO dates and years of the release.
    let dates: Set<String>
    let years: Set<String>
    /// Counties of the tables, ascending.
    let counties: [String]

    var system = CountSystem()
    private(set) var tables: [PublicTableDraft] = []
    /// The settled of a year and county, by the key of their row: what other sums are made from.
    var settledCells: [String: [(key: [String], cells: [Int])]] = [:]
    /// Total and urban that a year began with, carried to its edition, by year and area; those of a
    /// base of `progress` that is not released, by date, concept and area.
    var startCells: [String: [Int]] = [:]
    /// Cells that are hidden by more than their own smallness.
    private var hiddenCells: Set<Int> = []

    init(figures: Figures, rule: ProtectionRule) {
        self.figures = figures
        self.rule = rule
        maker = TableMaker(figures: figures)
        publishedNames = Set(TableMaker.names(of: figures))
        dates = Set(rule.releaseDates.map(\.description))
        years = Set(
            rule.releaseDates.filter {
                $0.components.month == 12 && $0.components.day == 31
            }.map { "\($0.components.year)" })
        counties = Set(figures.migration.map(\.countyCode)).sorted()
    }

    /// All tables but `units`: villages of a few dozen people would be hidden nearly all, and hide
    /// the townships with them.
    mutating func addTables() {
        addUrbanization()
        addPopulation()
        addMigration()
        addHouseholds()
        addPermits()
        addSettlement()
        addServices()
        addBalance58()
        addLadder()
        addEligibility()
        addTransfer()
        addLand()
        addDecomposition()
        addProgress()
        addOfficial()
        addTasks()
        addQuality()
        let order = TableName.allCases.map(\.rawValue)
        tables.sort { (order.firstIndex(of: $0.name) ?? 0) < (order.firstIndex(of: $1.name) ?? 0) }
    }

    var isHidden: [Bool] {
        var flags = [Bool](repeating: false, count: system.cellCount)
        for cell in hiddenCells { flags[cell] = true }
        return flags
    }

    mutating func hide(_ cell: Int) { hiddenCells.insert(cell) }

    func isSmall(_ count: Int) -> Bool { count > 0 && count < rule.threshold }

    /// The internal table, when the run publishes it.
    func table(_ name: TableName) -> Table? {
        publishedNames.contains(name) ? maker.table(name) : nil
    }

    mutating func add(_ draft: PublicTableDraft) {
        var draft = draft
        draft.sort()
        tables.append(draft)
    }

    /// Rows of the internal table by key, for tables in which rows of zeros are left out.
    static func byKey(_ rows: [[String]], keyCount: Int) -> [[String]: [String]] {
        Dictionary(
            rows.map { (Array($0.prefix(keyCount)), Array($0.dropFirst(keyCount))) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The cell of a population count.
    static func name(_ date: String, _ concept: String, _ area: String, _ measure: String) -> String
    {
        "\(date) \(concept) \(area) \(measure)"
    }

    /// The last day of a year.
    static func end(ofYear year: String) -> String { "\(year)-12-31" }
}
