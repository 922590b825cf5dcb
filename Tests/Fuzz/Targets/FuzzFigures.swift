import PopulationFigures
import PopulationStore

/// Two editions of a small city, exact and protected.
enum FuzzFigures {
    static let reader = FiguresInMemory([
        edition(1, at: "2021-01-05T03:12:44Z", persons: "118", delivered: true),
        edition(2, at: "2021-02-05T00:00:00Z", persons: "117", delivered: false),
    ])

    private static func edition(_ id: Int, at time: String, persons: String, delivered: Bool)
        -> FiguresInMemory.Edition
    {
        let households = [
            ["2019-12-31", "449901", "collective", "36", persons],
            ["2020-12-31", "449901", "family", "37", ""],
            ["2020-12-31", "449902", "family", "900", "2700"],
        ]
        let columns = ["reference_date", "county_code", "household_type", "households", "persons"]
        return FiguresInMemory.Edition(
            EditionRecord(
                id: id, plan: "sample", area: "4499", revision: id, validFrom: time,
                lastReferenceDate: "2020-12-31", planDigest: "", inputsDigest: "",
                programVersion: "0",
                deliveries: delivered
                    ? [.init(recipient: "finance", year: 2020, deliveredAt: time)] : []),
            tables: [
                PublishedTable(
                    Table(name: "households", columns: columns, keyCount: 3, rows: households),
                    scope: .internal),
                PublishedTable(
                    Table(
                        name: "households", columns: columns + [TableScope.statusColumn],
                        keyCount: 3, rows: households.map { $0 + ["A"] }), scope: .public),
                PublishedTable(
                    Table(
                        name: "transfer", columns: ["year", "county_code", "revision", "amount"],
                        keyCount: 3, rows: [["2020", "449901", "1", "100"]]), scope: .internal),
            ])
    }
}
