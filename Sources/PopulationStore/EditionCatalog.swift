import PopulationFigures
import PopulationModel

/// The editions of a store through one open session; the caller holds the transaction.
struct EditionCatalog<Session: StoreSession> {
    let session: Session
    /// What messages call the store.
    let place: String

    private var schema: StoreSchema { StoreSchema(dialect: session.dialect) }

    func editions() throws -> [EditionRecord] {
        let delivered = try session.rows(
            """
            SELECT edition, recipient, year, delivered_at, transfer_revision, file, sha256
            FROM \(schema.source("deliveries")) ORDER BY id
            """)
        let deliveries = Dictionary(
            grouping: try delivered.map { row in
                (
                    edition: try number(row[0]),
                    delivery: EditionRecord.Delivery(
                        recipient: row[1] ?? "", year: try number(row[2]),
                        deliveredAt: row[3] ?? "", transferRevision: try number(row[4]),
                        file: row[5] ?? "", sha256: row[6] ?? "")
                )
            }, by: \.edition)
        let rows = try session.rows(
            """
            SELECT id, plan, area, revision, valid_from, last_reference_date, plan_digest,
                inputs_digest, program_version
            FROM \(schema.source("editions")) ORDER BY id
            """)
        return try rows.map { row in
            let id = try number(row[0])
            return EditionRecord(
                id: id, plan: row[1] ?? "", area: row[2] ?? "", revision: try number(row[3]),
                validFrom: row[4] ?? "", lastReferenceDate: row[5] ?? "",
                planDigest: row[6] ?? "", inputsDigest: row[7] ?? "",
                programVersion: row[8] ?? "", deliveries: (deliveries[id] ?? []).map(\.delivery))
        }
    }

    /// In the order in which they were published.
    func tables(ofEdition id: Int) throws -> [StoredTable] {
        let tables = try entries(ofEdition: id)
        if tables.isEmpty { try checkIsThere(id) }
        return tables
    }

    func read(_ query: FigureQuery, row: ([String]) throws -> Void) throws {
        guard
            let table = try entries(ofEdition: query.edition).first(where: {
                $0.name == query.table && $0.scope == query.scope
            }),
            let layout = TableLayout(table: query.table, scope: query.scope)
        else {
            try checkIsThere(query.edition)
            throw StoreFault.noTable(
                place: place, edition: query.edition, table: query.table,
                scope: query.scope.rawValue
            ).error
        }
        let select = try FigureSelect(
            query: query, layout: layout, columns: table.columns, schema: schema)
        try session.forEach(select.sql, select.arguments, row: row)
    }

    private func checkIsThere(_ id: Int) throws {
        let known = try editions().map(\.id)
        guard known.contains(id) else {
            throw StoreFault.noEdition(place: place, id: id, known: known).error
        }
    }

    /// In the order in which they were published.
    private func entries(ofEdition id: Int) throws -> [StoredTable] {
        let rows = try session.rows(
            """
            SELECT scope, name, columns, key_count, row_count, sha256
            FROM \(schema.source("edition_tables")) WHERE edition = ? ORDER BY position
            """, ["\(id)"])
        return try rows.map { row in
            guard let scope = row[0].flatMap(TableScope.init), let name = row[1] else {
                throw StoreFault.damaged(
                    place: place,
                    reason: Bilingual("某版本所列的不是表", "an edition lists no table")
                ).error
            }
            return StoredTable(
                name: name, scope: scope,
                columns: (row[2] ?? "").split(separator: ",").map(String.init),
                keyCount: try number(row[3]), rowCount: try number(row[4]), sha256: row[5] ?? "")
        }
    }

    private func number(_ text: String?) throws -> Int {
        guard let number = text.flatMap({ Int($0) }) else {
            throw StoreFault.damaged(
                place: place,
                reason: Bilingual("某版本的编号不是数", "a number of an edition is none")
            ).error
        }
        return number
    }
}

extension EditionCatalog {
    func publish(_ publication: Publication, at timestamp: String) throws -> StoredEdition {
        let identity = PublicationIdentity(of: publication)
        let lastDate = identity.lastReferenceDate
        let all = try editions()
        if let newest = newest(of: identity, among: all), try isSame(newest, identity) {
            return StoredEdition(record: newest, isNew: false)
        }
        let last = all.last { $0.plan == publication.plan && $0.lastReferenceDate == lastDate }
        let record = EditionRecord(
            id: (all.last?.id ?? 0) + 1, plan: publication.plan, area: publication.area,
            revision: (last?.revision ?? 0) + 1, validFrom: timestamp,
            lastReferenceDate: lastDate, planDigest: publication.planDigest,
            inputsDigest: publication.inputsDigest, programVersion: publication.programVersion)
        try session.execute(
            """
            INSERT INTO editions (id, plan, area, revision, valid_from, last_reference_date,
                reference_dates, plan_digest, inputs_digest, program_version)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                "\(record.id)", record.plan, record.area, "\(record.revision)", record.validFrom,
                record.lastReferenceDate, publication.referenceDates.joined(separator: ","),
                record.planDigest, record.inputsDigest, record.programVersion,
            ])
        for (position, published) in publication.tables.enumerated() {
            let name = PublicationIdentity.name(published.table.name, published.scope)
            try add(
                published, identity.tables[name] ?? "", to: record.id, position: position)
            try fill(published, edition: record.id)
        }
        return StoredEdition(record: record, isNew: true)
    }

    /// The edition that a publication is; `nil` unless it is the newest of its plan.
    func edition(of identity: PublicationIdentity) throws -> EditionRecord? {
        guard let newest = newest(of: identity, among: try editions()),
            try isSame(newest, identity)
        else { return nil }
        return newest
    }

    /// Whether a publication is any edition of its plan.
    func holds(_ identity: PublicationIdentity) throws -> Bool {
        for edition in try editions() where edition.plan == identity.plan {
            if try isSame(edition, identity) { return true }
        }
        return false
    }

    private func newest(of identity: PublicationIdentity, among all: [EditionRecord])
        -> EditionRecord?
    {
        all.last { $0.plan == identity.plan }
    }

    private func isSame(_ newest: EditionRecord, _ identity: PublicationIdentity) throws -> Bool {
        guard newest.lastReferenceDate == identity.lastReferenceDate,
            newest.planDigest == identity.planDigest,
            newest.inputsDigest == identity.inputsDigest,
            newest.programVersion == identity.programVersion
        else { return false }
        let held = try entries(ofEdition: newest.id)
        return held.count == identity.tables.count
            && held.allSatisfy {
                identity.tables[PublicationIdentity.name($0.name, $0.scope)] == $0.sha256
            }
    }

    private func add(
        _ published: PublishedTable, _ digest: String, to edition: Int, position: Int
    ) throws {
        let table = published.table
        try session.execute(
            """
            INSERT INTO edition_tables (edition, position, scope, name, columns, key_count,
                row_count, sha256)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                "\(edition)", "\(position)", published.scope.rawValue, table.name,
                table.columns.joined(separator: ","), "\(table.keyCount)", "\(table.rowCount)",
                digest,
            ])
    }

    private func fill(_ published: PublishedTable, edition: Int) throws {
        let table = published.table
        guard let layout = TableLayout(table: table.name, scope: published.scope),
            case let columns = table.columns.compactMap(layout.column),
            columns.count == table.columns.count
        else { throw StoreFault.unexpectedTable(table: table.name).error }
        try session.insert(into: layout.name, columns: layout.storedNames(table.columns)) { take in
            var rowNumber = 0
            try table.forEachRow { row in
                rowNumber += 1
                try take(
                    try layout.stored(row, columns, edition: edition, rowNumber: rowNumber))
            }
        }
    }

    func record(_ delivery: TransferDelivery, at timestamp: String) throws {
        try checkIsThere(delivery.edition)
        let id = Int(try session.value("SELECT max(id) FROM deliveries") ?? "0") ?? 0
        try session.execute(
            """
            INSERT INTO deliveries (id, edition, recipient, year, transfer_revision, file, sha256,
                delivered_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                "\(id + 1)", "\(delivery.edition)", delivery.recipient, "\(delivery.year)",
                "\(delivery.transferRevision)", delivery.file, delivery.sha256, timestamp,
            ])
        for (position, difference) in delivery.differences.enumerated() {
            try session.execute(
                """
                INSERT INTO delivery_differences (delivery, position, county_code, column_name,
                    before, after)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                [
                    "\(id + 1)", "\(position)", difference.countyCode, difference.column,
                    difference.before, difference.after,
                ])
        }
    }
}
