import PopulationFigures

/// By what a store tells whether it holds a publication: everything but the rows.
package struct PublicationIdentity: Sendable, Equatable {
    /// The plan's name.
    package var plan: String
    package var planDigest: String
    package var inputsDigest: String
    package var programVersion: String
    package var lastReferenceDate: String
    /// SHA-256 of the CSV files, by `name`.
    package var tables: [String: String]

    package init(
        plan: String, planDigest: String, inputsDigest: String, programVersion: String,
        lastReferenceDate: String, tables: [String: String]
    ) {
        self.plan = plan
        self.planDigest = planDigest
        self.inputsDigest = inputsDigest
        self.programVersion = programVersion
        self.lastReferenceDate = lastReferenceDate
        self.tables = tables
    }

    init(of publication: Publication) {
        self.init(
            plan: publication.plan, planDigest: publication.planDigest,
            inputsDigest: publication.inputsDigest,
            programVersion: publication.programVersion,
            lastReferenceDate: publication.referenceDates.last ?? "",
            tables: Dictionary(
                uniqueKeysWithValues: publication.tables.map {
                    (Self.name($0.table.name, $0.scope), TableDigest.of($0.table.csv))
                }))
    }

    /// A table of one scope: `internal/urbanization`.
    package static func name(_ table: String, _ scope: TableScope) -> String {
        "\(scope.rawValue)/\(table)"
    }
}
