import PopulationFigures
import PopulationStore

/// What the landing page says, out of the tables that its reader may see.
struct LandingFigures: Sendable {
    /// The rates of the area under one concept, oldest first.
    struct Series: Sendable, Equatable {
        var concept: String
        var points: [Point]
    }

    /// The area at one date, as the table prints it; a hidden number is no point.
    struct Point: Sendable, Equatable {
        var date: String
        var total: String
        var urban: String
        var rate: String
        /// Empty where there is none.
        var target: String
        var reached: String
    }

    var area = ""
    var areaName = ""
    var edition: EditionRecord?
    var series: [Series] = []
    var tables: [StoredTable] = []

    init(catalog: FigureCatalog, scope: AccessScope) throws {
        let choices = try catalog.newest(for: scope)
        tables = choices.map(\.table)
        guard let choice = choices.first(where: { $0.table.name == "urbanization" }) else { return }
        edition = choice.edition
        area = choice.edition.area
        let columns = choice.table.columns
        let names = [
            "reference_date", "concept", "area_name", "total", "urban", "rate_percent",
            "target_percent", "reached",
        ]
        let places = names.compactMap { columns.firstIndex(of: $0) }
        guard places.count == names.count else { return }
        var query = FigureQuery(
            table: choice.table.name, scope: choice.table.scope, edition: choice.edition.id)
        query.conditions = [.oneOf(column: "area_code", values: [area])]
        var points: [String: [Point]] = [:]
        try catalog.reader.read(query) { cells in
            let cell = places.map { cells[$0] }
            areaName = cell[2]
            guard Double(cell[5]) != nil else { return }
            points[cell[1], default: []].append(
                Point(
                    date: cell[0], total: cell[3], urban: cell[4], rate: cell[5], target: cell[6],
                    reached: cell[7]))
        }
        series = ["resident", "registered"].compactMap { concept in
            points[concept].map {
                Series(concept: concept, points: $0.sorted { $0.date < $1.date })
            }
        }
    }
}
