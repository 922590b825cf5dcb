import PopulationModel
import PopulationStore
import PopulationTestSupport
import Testing

/// Every fault of a store in its final words and with its exit status.
@Suite struct StoreFaultMessageTests {
    private static let file = "figures.sqlite"
    private static let server = "postgres:figures"

    static let rows: [(fault: StoreFault, status: Int32, text: String)] = [
        (
            .missing(place: file), 66,
            "figures.sqlite: there is no store (STORE-001). Run the plan first, or name the store "
                + "that it writes."
        ),
        (
            .cannotOpen(place: file, reason: "Permission denied"), 73,
            "figures.sqlite: the store cannot be opened: Permission denied (STORE-002). Mend the "
                + "rights of the file and its folder, or name another one in publish.store."
        ),
        (
            .damaged(place: file, reason: Bilingual(both: "file is not a database")), 74,
            "figures.sqlite: the store is damaged: file is not a database (STORE-003). Put it aside "
                + "and restore a copy; popstat never repairs a store by itself."
        ),
        (
            .failed(place: file, reason: "disk full"), 74,
            "figures.sqlite: reading or writing the store failed: disk full (STORE-004). Free space "
                + "or mend the rights, and run again: editions that were in it still are."
        ),
        (
            .busy(place: file), 75,
            "figures.sqlite: another process writes to the store (STORE-005). Wait for it to end, "
                + "and run again."
        ),
        (
            .otherVersion(place: server, found: Bilingual("较新的版本", "a newer one")), 69,
            "postgres:figures: the store is of another version of popstat: a newer one (STORE-006). "
                + "Use the newest popstat everywhere; with PostgreSQL run `popstat store init` with "
                + "it."
        ),
        (
            .notPrepared(place: server), 69,
            "postgres:figures: the database has no schema popstat (STORE-007). Let its owner run "
                + "`popstat store init --postgres …` once."
        ),
        (
            .unreachable(place: server, reason: "timeout expired"), 69,
            "postgres:figures: the database server cannot be reached: timeout expired (STORE-008). "
                + "Check server, network, PGSERVICEFILE and PGPASSFILE, and run again."
        ),
        (
            .noRight(
                place: server,
                reason: Bilingual(both: "permission denied for schema popstat")), 69,
            "postgres:figures: the account may not do this: permission denied for schema popstat "
                + "(STORE-009). Grant popstat_writer to who publishes, popstat_reader to who reads."
        ),
        (
            .lost(place: server, reason: "server closed the connection"), 69,
            "postgres:figures: the connection was lost: server closed the connection (STORE-010). "
                + "Run again: nothing was half written."
        ),
        (
            .timedOut(place: server, seconds: 30), 69,
            "postgres:figures: the database did not answer within 30 s (STORE-011). Look who holds "
                + "locks or load there, and run again: nothing was half written."
        ),
        (
            .noEdition(place: file, id: 7, known: [1, 2]), 64,
            "figures.sqlite: there is no edition 7; there are: 1, 2 (STORE-012). `popstat editions` "
                + "lists them."
        ),
        (
            .noTable(place: file, edition: 1, table: "land", scope: "public"), 64,
            "figures.sqlite: edition 1 holds no public table land (STORE-013). Ask for a table that "
                + "it holds."
        ),
        (
            .noColumn(table: "land", column: "owner"), 64,
            "the table land has no column owner (STORE-014). Ask for a column of the table; "
                + "Reports/dictionary.md names them."
        ),
        (
            .passwordGiven, 64,
            "the connection string holds a password, and others could read it there (STORE-015). "
                + "Keep the password in the file that PGPASSFILE or PGSERVICEFILE names."
        ),
        (
            .newerEdition(place: file, plan: "nightly"), 64,
            "figures.sqlite: the store does not hold what the plan nightly published last "
                + "(STORE-016). Run the plan again, which completes the store."
        ),
        (
            .unexpectedCell(table: "land", column: "settled", row: 3), 70,
            "row 3 of the table land holds in settled what is not of the column's kind (STORE-017). "
                + "This is a fault of popstat: report it with this line. The store is unchanged."
        ),
        (
            .unexpectedTable(table: "land"), 70,
            "the table land is not as the data dictionary says (STORE-018). This is a fault of "
                + "popstat: report it with this line. The store is unchanged."
        ),
    ]

    @Test(arguments: rows.indices)
    func saysWhatIsWrongAndWhatToDo(index: Int) {
        let (fault, status, text) = Self.rows[index]
        #expect(fault.error.description == text)
        #expect(
            ChineseWording.problems(
                fault.error.line(in: .zh), beside: text, values: ChineseWording.values(of: fault))
                == [])
        #expect(fault.error.exitStatus == status)
    }

    /// Every code once: a case without a row would leave a gap.
    @Test func coversEveryCode() {
        let codes = Self.rows.map(\.fault.error.code)
        #expect(Set(codes).count == 18)
        #expect(codes.count == 18)
    }

    @Test(arguments: [
        ("host=db password=x", true), ("host=db passfile=/etc/x", false),
        ("postgresql://a:b@db/figures", true), ("postgresql://a@db:5432/figures", false),
        ("figures", false), ("postgresql://db/figures?password=x", true),
        ("postgresql://db/figures?user=a&p%61ssword=x", true), ("host=db passwd=x", true),
        ("host=db pass word=x", true), ("postgresql://a%3Ax@db/figures", true),
        ("postgresql://bureau:S3cret%@db/figures", true),
        ("host=db dbname=figures user=night", false), ("host=db sslpassword=x", true),
    ])
    func findsAPassword(connection: String, holds: Bool) {
        #expect(StoreLocation.postgres(connection: connection).holdsPassword == holds)
    }
}
