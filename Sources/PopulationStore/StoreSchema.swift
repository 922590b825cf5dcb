import PopulationFigures

/// The tables and views of a store, the same in both databases.
///
/// What is kept about editions changes by named migrations, which are never edited once released.
/// The tables of figures follow the data dictionary: `follow` adds what is missing, never takes
/// anything away, and makes the views anew.
struct StoreSchema {
    let dialect: SQLDialect

    /// A named step; a store lists those that it has taken.
    struct Migration {
        let name: String
        let statements: [String]
    }

    var migrations: [Migration] {
        [
            Migration(name: "editions", statements: editions),
            Migration(name: "deliveries", statements: deliveries),
            Migration(
                name: "figure layout",
                statements: ["CREATE TABLE figure_layout (digest text NOT NULL)"]),
        ]
    }

    private var editions: [String] {
        [
            """
            CREATE TABLE editions (
                id integer PRIMARY KEY,
                plan text NOT NULL,
                area text NOT NULL,
                revision integer NOT NULL,
                valid_from text NOT NULL,
                last_reference_date text NOT NULL,
                reference_dates text NOT NULL,
                plan_digest text NOT NULL,
                inputs_digest text NOT NULL,
                program_version text NOT NULL,
                UNIQUE (plan, last_reference_date, revision)
            )
            """,
            """
            CREATE TABLE edition_tables (
                edition integer NOT NULL REFERENCES editions (id),
                position integer NOT NULL,
                scope text NOT NULL,
                name text NOT NULL,
                columns text NOT NULL,
                key_count integer NOT NULL,
                row_count integer NOT NULL,
                sha256 text NOT NULL,
                PRIMARY KEY (edition, scope, name)
            )
            """,
        ]
    }

    private var deliveries: [String] {
        [
            """
            CREATE TABLE deliveries (
                id integer PRIMARY KEY,
                edition integer NOT NULL REFERENCES editions (id),
                recipient text NOT NULL,
                year integer NOT NULL,
                transfer_revision integer NOT NULL,
                file text NOT NULL,
                sha256 text NOT NULL,
                delivered_at text NOT NULL,
                UNIQUE (edition, recipient, year)
            )
            """,
            """
            CREATE TABLE delivery_differences (
                delivery integer NOT NULL REFERENCES deliveries (id),
                position integer NOT NULL,
                county_code text NOT NULL,
                column_name text NOT NULL,
                before text NOT NULL,
                after text NOT NULL,
                PRIMARY KEY (delivery, position)
            )
            """,
        ]
    }
}

extension StoreSchema {
    /// Brings the tables of figures and all views to what this program knows. `digest` is
    /// `layoutDigest`.
    func follow(_ session: some StoreSession) throws {
        let digest = layoutDigest
        guard try session.value("SELECT digest FROM figure_layout") != digest else { return }
        for view in views.reversed() {
            try session.execute("DROP VIEW IF EXISTS \(TableLayout.quoted(view.name))")
        }
        for layout in TableLayout.all {
            try session.execute(create(layout))
            let known = Set(try columns(of: layout.name, session))
            for column in layout.columns where !known.contains(column.name) {
                try session.execute(
                    "ALTER TABLE \(layout.name) ADD COLUMN \(definition(column))")
            }
        }
        for view in views {
            try session.execute(
                "CREATE VIEW \(TableLayout.quoted(view.name)) AS \(view.select)")
        }
        try session.execute("DELETE FROM figure_layout")
        try session.execute("INSERT INTO figure_layout (digest) VALUES (?)", [digest])
    }

    /// Names the layout of tables and views.
    var layoutDigest: String {
        let lines = TableLayout.all.map(create) + views.map { "\($0.name) \($0.select)" }
        return TableDigest.of(Array(lines.joined(separator: "\n").utf8))
    }

    private func columns(of table: String, _ session: some StoreSession) throws -> [String] {
        let sql =
            dialect == .sqlite
            ? "SELECT name FROM pragma_table_info(?)"
            : "SELECT column_name FROM information_schema.columns "
                + "WHERE table_schema = 'popstat' AND table_name = ?"
        return try session.rows(sql, [table]).compactMap { $0[0] }
    }

    private func create(_ layout: TableLayout) -> String {
        let keys = layout.columns.filter(\.isKey).map { TableLayout.quoted($0.name) }
        let lines =
            ["edition integer NOT NULL REFERENCES editions (id)", "row_number integer NOT NULL"]
            + (layout.hasHidden ? ["\(TableLayout.hidden) text"] : [])
            + layout.columns.map(definition) + [
                "PRIMARY KEY (edition, row_number)",
                "UNIQUE (edition, \(keys.joined(separator: ", ")))",
            ]
        return "CREATE TABLE IF NOT EXISTS \(layout.name) (\(lines.joined(separator: ", ")))"
            // The rows lie in the order of the published file, without a second copy of the key.
            + (dialect == .sqlite ? " WITHOUT ROWID" : "")
    }

    private func definition(_ column: TableLayout.Column) -> String {
        "\(TableLayout.quoted(column.name)) \(type(of: column.kind))"
    }

    private func type(of kind: ColumnKind) -> String {
        switch (kind, dialect) {
        case (.integer, .sqlite): "integer"
        case (.integer, .postgres): "bigint"
        // As TEXT, or SQLite would make 50.0 of 50.00.
        case (.decimal, .sqlite): "text"
        case (.decimal, .postgres): "numeric"
        case (.date, .postgres): "date"
        case (_, .sqlite): "text"
        // Compared by bytes, as the published tables are sorted.
        case (_, .postgres): "text COLLATE \"C\""
        }
    }
}

extension StoreSchema {
    /// A view: later ones may use earlier ones.
    struct View {
        let name: String
        let select: String
    }

    var views: [View] {
        [
            View(
                name: "editions_current",
                select: "SELECT * FROM editions WHERE id IN "
                    + "(SELECT max(id) FROM editions GROUP BY plan)")
        ] + TableLayout.all.map(current) + [delivered, differences]
            + (dialect == .postgres ? readerViews : [])
    }

    /// Numbers as numbers, of the newest edition of each plan.
    private func current(_ layout: TableLayout) -> View {
        let columns = layout.columns.map { "\(number($0)) AS \(TableLayout.quoted($0.name))" }
        let hidden = layout.hasHidden ? ", t.\(TableLayout.hidden)" : ""
        return View(
            name: layout.currentName,
            select: "SELECT e.plan, e.id AS edition, \(columns.joined(separator: ", "))\(hidden) "
                + "FROM \(layout.name) t JOIN editions_current e ON e.id = t.edition")
    }

    /// The transfer figures that a recipient was given, of every revision.
    private var delivered: View {
        let layout = TableLayout(table: "transfer", scope: .internal)!
        let columns = layout.columns.map { "\(number($0)) AS \(TableLayout.quoted($0.name))" }
        return View(
            name: "transfer_delivered",
            select: "SELECT d.recipient, d.delivered_at, d.sha256 AS delivered_sha256, e.plan, "
                + "d.edition, \(columns.joined(separator: ", ")) FROM deliveries d "
                + "JOIN editions e ON e.id = d.edition "
                + "JOIN \(layout.name) t ON t.edition = d.edition AND t.year = d.year "
                + "AND t.revision = d.transfer_revision")
    }

    /// What each delivery changed against the one before.
    private var differences: View {
        View(
            name: "transfer_differences",
            select: "SELECT d.recipient, d.year, d.transfer_revision, d.delivered_at, "
                + "x.county_code, x.column_name, x.before, x.after FROM delivery_differences x "
                + "JOIN deliveries d ON d.id = x.delivery")
    }

    /// What a reader may see of the tables themselves, which are not granted.
    private var readerViews: [View] {
        TableLayout.all.map {
            View(name: $0.editionsName, select: "SELECT * FROM \($0.name)")
        }
            + ["editions", "edition_tables", "deliveries"].map {
                View(name: "\($0)_all", select: "SELECT * FROM \($0)")
            }
    }

    private func number(_ column: TableLayout.Column) -> String {
        let name = "t.\(TableLayout.quoted(column.name))"
        guard case .decimal = column.kind, dialect == .sqlite else { return name }
        return "CAST(\(name) AS real)"
    }

    /// What to read from: the table, or the view that readers may see.
    func source(_ table: String) -> String {
        dialect == .sqlite ? table : table + "_all"
    }

    func source(_ layout: TableLayout) -> String {
        dialect == .sqlite ? layout.name : layout.editionsName
    }
}
