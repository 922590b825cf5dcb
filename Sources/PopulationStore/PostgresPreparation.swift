import PopulationModel

/// What `popstat store init` does in a database: schema, named migrations, tables, views, and two
/// group roles that nobody can log in as. Run again, it brings an older schema to this version.
struct PostgresPreparation {
    let session: PostgresSession

    static let writer = "popstat_writer"
    static let reader = "popstat_reader"

    private var schema: StoreSchema { StoreSchema(dialect: .postgres) }

    func run(_ place: String) throws {
        try session.execute("SELECT pg_advisory_xact_lock(hashtext('popstat'))")
        for role in [Self.writer, Self.reader] { try makeRole(role) }
        try session.execute("CREATE SCHEMA IF NOT EXISTS popstat")
        try session.execute(
            """
            CREATE TABLE IF NOT EXISTS migrations (
                name text PRIMARY KEY, position integer NOT NULL UNIQUE
            )
            """)
        try migrate(place)
        try schema.follow(session)
        try grant()
    }

    private func migrate(_ place: String) throws {
        let taken = try session.rows("SELECT name FROM migrations ORDER BY position")
            .compactMap { $0[0] }
        let known = schema.migrations.map(\.name)
        guard known.starts(with: taken) else {
            throw StoreFault.otherVersion(place: place, found: Bilingual("较新的版本", "a newer one"))
                .error
        }
        for (position, migration) in schema.migrations.enumerated().dropFirst(taken.count) {
            for statement in migration.statements { try session.execute(statement) }
            try session.execute(
                "INSERT INTO migrations (name, position) VALUES (?, ?)",
                [migration.name, "\(position)"])
        }
    }

    private func makeRole(_ role: String) throws {
        guard try session.value("SELECT 1 FROM pg_roles WHERE rolname = ?", [role]) == nil else {
            return
        }
        try session.execute("CREATE ROLE \(role) NOLOGIN")
    }

    /// Writers add rows and never change one; readers see views, not tables.
    private func grant() throws {
        let views = schema.views.map { TableLayout.quoted($0.name) }.joined(separator: ", ")
        let bookkeeping = [
            "editions", "edition_tables", "deliveries", "delivery_differences",
        ]
        let written = (TableLayout.all.map(\.name) + bookkeeping).joined(separator: ", ")
        for statement in [
            "GRANT USAGE ON SCHEMA popstat TO \(Self.writer), \(Self.reader)",
            "GRANT SELECT, INSERT ON \(written) TO \(Self.writer)",
            "GRANT SELECT ON figure_layout, \(views) TO \(Self.writer)",
            "GRANT SELECT ON migrations TO \(Self.writer), \(Self.reader)",
            "GRANT SELECT ON \(views) TO \(Self.reader)",
        ] { try session.execute(statement) }
    }
}
