import PopulationFigures

/// Published figures at rest, as readers see them: editions, and rows of one table of one edition.
///
/// Every call sees whole editions only; one that is being written is not there yet.
package protocol FigureReader: Sendable {
    /// Every edition, oldest first.
    func editions() throws -> [EditionRecord]

    /// The tables of an edition, with the number of their rows.
    func tables(ofEdition id: Int) throws -> [StoredTable]

    /// Calls `row` for each row that the query takes, in the order of the table's key, with one cell
    /// per column in the order of the table: the very text of the published CSV file.
    func read(_ query: FigureQuery, row: ([String]) throws -> Void) throws
}

/// One published run in the store. Editions are never changed and never renumbered.
package struct EditionRecord: Sendable, Equatable, Codable {
    /// Counts up from 1 in a store.
    package var id: Int
    /// The plan's name.
    package var plan: String
    /// The code of the plan's area.
    package var area: String
    /// From 1 for each plan and last reference date.
    package var revision: Int
    /// When it was published: `2021-01-05T03:12:44Z`.
    package var validFrom: String
    package var lastReferenceDate: String
    package var planDigest: String
    package var inputsDigest: String
    package var programVersion: String
    /// To whom it was delivered and for which year, oldest first.
    package var deliveries: [Delivery]

    /// A delivery freezes an edition: the recipient pulls these figures whatever comes later.
    package struct Delivery: Sendable, Equatable, Codable {
        package var recipient: String
        package var year: Int
        /// As `validFrom`.
        package var deliveredAt: String
        /// The revision of the year's transfer, from 1.
        package var transferRevision: Int
        /// The delivered file in the published folder, and its SHA-256.
        package var file: String
        package var sha256: String

        package init(
            recipient: String, year: Int, deliveredAt: String, transferRevision: Int = 1,
            file: String = "", sha256: String = ""
        ) {
            self.recipient = recipient
            self.year = year
            self.deliveredAt = deliveredAt
            self.transferRevision = transferRevision
            self.file = file
            self.sha256 = sha256
        }
    }

    package init(
        id: Int, plan: String, area: String, revision: Int, validFrom: String,
        lastReferenceDate: String, planDigest: String, inputsDigest: String,
        programVersion: String, deliveries: [Delivery] = []
    ) {
        self.id = id
        self.plan = plan
        self.area = area
        self.revision = revision
        self.validFrom = validFrom
        self.lastReferenceDate = lastReferenceDate
        self.planDigest = planDigest
        self.inputsDigest = inputsDigest
        self.programVersion = programVersion
        self.deliveries = deliveries
    }
}

extension EditionRecord {
    /// What tells an edition from one of the same number in a store that was begun anew, or came from
    /// a backup.
    package struct Identity: Sendable, Hashable {
        var id: Int
        var validFrom: String
        var planDigest: String
        var inputsDigest: String
    }

    package var identity: Identity {
        Identity(
            id: id, validFrom: validFrom, planDigest: planDigest, inputsDigest: inputsDigest)
    }
}

/// A table that an edition holds.
package struct StoredTable: Sendable, Equatable {
    package var name: String
    package var scope: TableScope
    /// In the order of the published file; a public table ends with `OBS_STATUS`.
    package var columns: [String]
    package var keyCount: Int
    package var rowCount: Int
    /// SHA-256 of the published file; empty where it is not known.
    package var sha256: String

    /// A longer table stays out of the store. Only `units` of a large city is as long: 700,000
    /// units at six dates are 4.2 million rows and half a gigabyte for each night, and nobody pulls
    /// the units of a whole prefecture row by row; they are in `internal/units.csv`.
    package static let rowCountMax = 1_000_000

    package init(
        name: String, scope: TableScope, columns: [String], keyCount: Int, rowCount: Int,
        sha256: String = ""
    ) {
        self.name = name
        self.scope = scope
        self.columns = columns
        self.keyCount = keyCount
        self.rowCount = rowCount
        self.sha256 = sha256
    }
}

/// Which rows of a table are asked for.
package struct FigureQuery: Sendable, Equatable {
    package var table: String
    package var scope: TableScope
    package var edition: Int
    /// Every one of them must hold; an unknown column is an error of the caller.
    package var conditions: [Condition] = []
    /// Rows to leave out at the start, and at most so many rows.
    package var offset = 0
    package var limit: Int?

    /// What a column's text must be; texts are compared by bytes, as the tables are sorted.
    package enum Condition: Sendable, Equatable {
        case oneOf(column: String, values: [String])
        case atLeast(column: String, value: String)
        case atMost(column: String, value: String)
    }

    package init(table: String, scope: TableScope, edition: Int) {
        self.table = table
        self.scope = scope
        self.edition = edition
    }
}
