/// What one run of a plan published, as the store keeps it: what it was made from, and its tables.
package struct Publication: Sendable {
    /// The plan's name.
    package var plan: String
    /// The code of the plan's area.
    package var area: String
    /// SHA-256 of the plan's canonical text.
    package var planDigest: String
    /// SHA-256 over role, name and digest of every input, in the order of the manifest.
    package var inputsDigest: String
    package var programVersion: String
    /// ISO dates, ascending.
    package var referenceDates: [String]
    package var tables: [PublishedTable]

    package init(
        plan: String, area: String, planDigest: String, inputsDigest: String,
        programVersion: String, referenceDates: [String], tables: [PublishedTable]
    ) {
        self.plan = plan
        self.area = area
        self.planDigest = planDigest
        self.inputsDigest = inputsDigest
        self.programVersion = programVersion
        self.referenceDates = referenceDates
        self.tables = tables
    }
}

/// A table of a publication and who may see it.
package struct PublishedTable: Sendable, Equatable {
    package var scope: TableScope
    package var table: Table

    package init(_ table: Table, scope: TableScope) {
        self.table = table
        self.scope = scope
    }
}

/// Which of the two forms of a table it is; the name of its folder.
package enum TableScope: String, CaseIterable, Sendable, Codable {
    /// Exact figures.
    case `internal`
    /// Small cells hidden (SPEC 6.4): `[c]` in place of the number, and a last column `OBS_STATUS`
    /// with `Q` in a row that hides a number, else `A`.
    case `public`

    /// What stands in place of a hidden number.
    package static let hidden = "[c]"
    /// The last column of a public table.
    package static let statusColumn = "OBS_STATUS"
}
