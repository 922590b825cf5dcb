import Foundation
import PopulationFigures
import PopulationModel
import PopulationStore
import PopulationTestSupport
import Synchronization
import Testing

/// The same store in PostgreSQL, in a server that the test starts.
@Suite(.enabled(if: TestTool.postgres.isUsed, Comment(rawValue: TestTool.postgres.absence)))
struct PostgresStoreTests {
    private static let accounts = """
        CREATE ROLE nightly LOGIN; GRANT popstat_writer TO nightly;
        CREATE ROLE finance LOGIN; GRANT popstat_reader TO finance; CREATE ROLE stranger LOGIN;
        """

    private static func withStore(_ body: (PostgresServer) throws -> Void) throws {
        try PostgresServer.with { server in
            _ = try PostgresStore(preparing: server.connection())
            try server.query(accounts)
            try body(server)
        }
    }

    @Test func givesEveryTableBackByteForByteToAReader() throws {
        try Self.withStore { server in
            let publication = try SamplePublication.make()
            let writer = try PostgresStore(writing: server.connection(user: "nightly"))
            #expect(try writer.publish(publication, at: "t1").isNew)
            #expect(try !writer.publish(publication, at: "t2").isNew)
            let reader = try PostgresStore(reading: server.connection(user: "finance"))
            #expect(try FigureReading.differences(reader, edition: 1, publication) == [])
            for query in FigureReading.queries {
                let table = try #require(
                    publication.tables.first {
                        $0.table.name == query.table && $0.scope == query.scope
                    }?.table)
                let expected = FigureReading.expected(table, query)
                #expect(try FigureReading.rows(reader, query) == expected, "\(query)")
            }
            // Prepared once more, everything is as it was.
            _ = try PostgresStore(preparing: server.connection())
            #expect(try FigureReading.differences(reader, edition: 1, publication) == [])
        }
    }

    @Test func readersSeeViewsAndNoTable() throws {
        try Self.withStore { server in
            let writer = try PostgresStore(writing: server.connection(user: "nightly"))
            _ = try writer.publish(try SamplePublication.make(), at: "t1")
            #expect(
                try server.query(
                    "SELECT count(*) > 0 FROM popstat.urbanization_current", user: "finance")
                    == "t")
            for table in ["internal_urbanization", "editions", "figure_layout"] {
                #expect(throws: PostgresServer.Failure.self) {
                    try server.query("SELECT * FROM popstat.\(table)", user: "finance")
                }
            }
            for statement in [
                "DELETE FROM popstat.editions", "UPDATE popstat.internal_land SET settled = 0",
            ] {
                #expect(throws: PostgresServer.Failure.self) {
                    try server.query(statement, user: "nightly")
                }
            }
        }
    }

    /// The server ends the connection while a COPY waits in the middle of a publication.
    @Test func aPublicationThatIsCutShortLeavesNothing() throws {
        try Self.withStore { server in
            let first = try SamplePublication.make()
            let second = try SamplePublication.make(revision: 2)
            let writer = try PostgresStore(writing: server.connection(user: "nightly"))
            _ = try writer.publish(first, at: "t1")
            let blocker = try server.session(
                "BEGIN; LOCK TABLE popstat.internal_quality; SELECT pg_sleep(60)")
            try server.query(PostgresWaiting.until("wait_event = 'PgSleep'"))
            let outcome = Outcome()
            let thread = Thread {
                outcome.end(
                    with: SQLiteStoreTests.code { _ = try writer.publish(second, at: "t2") })
            }
            thread.start()
            try server.query(
                PostgresWaiting.until("query LIKE 'COPY internal_quality%'", terminating: true))
            #expect(outcome.wait() == "STORE-010")
            blocker.end()
            let reader = try PostgresStore(reading: server.connection(user: "finance"))
            #expect(try reader.editions().map(\.id) == [1])
            #expect(
                try server.query(
                    "SELECT count(*) FROM popstat.internal_population WHERE edition = 2")
                    == "0")
            #expect(try FigureReading.differences(reader, edition: 1, first) == [])
            #expect(try writer.publish(second, at: "t3").record.id == 2)
            #expect(try FigureReading.differences(reader, edition: 2, second) == [])
        }
    }

    /// Each waits for the one before, and numbers on from what he wrote.
    @Test func writersAtOnceAreOneAfterTheOther() throws {
        try Self.withStore { server in
            let publication = try SamplePublication.make()
            let writers = try (1...4).map { _ in
                try PostgresStore(writing: server.connection(user: "nightly"))
            }
            let codes = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: writers.count) { index in
                var own = publication
                own.plan = "plan \(index)"
                let code = SQLiteStoreTests.code {
                    _ = try writers[index].publish(own, at: "t\(index)")
                }
                codes.withLock { $0.append(code) }
            }
            #expect(codes.withLock { $0 } == Array(repeating: "no error", count: 4))
            let reader = try PostgresStore(reading: server.connection(user: "finance"))
            #expect(try reader.editions().map(\.id) == [1, 2, 3, 4])
            #expect(Set(try reader.editions().map(\.plan)).count == 4)
        }
    }

    /// A restart of the database ends connections that nobody uses at the time.
    @Test func aRestartCostsNoAnswer() throws {
        try Self.withStore { server in
            let writer = try PostgresStore(writing: server.connection(user: "nightly"))
            _ = try writer.publish(try SamplePublication.make(), at: "t1")
            let reader = try PostgresStore(reading: server.connection(user: "finance"))
            #expect(try reader.editions().count == 1)
            try server.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'finance'")
            #expect(try reader.editions().count == 1)
        }
    }

    @Test func saysWhatIsWrongWithAServer() throws {
        try PostgresServer.with { server in
            let owner = server.connection()
            #expect(SQLiteStoreTests.code { _ = try PostgresStore(writing: owner) } == "STORE-007")
            _ = try PostgresStore(preparing: owner)
            try server.query(Self.accounts)
            for (user, code) in [("stranger", "STORE-009"), ("nobody", "STORE-008")] {
                let connection = server.connection(user: user)
                #expect(
                    SQLiteStoreTests.code { _ = try PostgresStore(reading: connection) } == code,
                    "\(user)")
            }
            #expect(
                SQLiteStoreTests.code {
                    try StoreLocation.postgres(connection: server.connection(user: "finance"))
                        .check()
                } == "STORE-009")
            try server.query("INSERT INTO popstat.migrations VALUES ('later', 99)")
            #expect(SQLiteStoreTests.code { _ = try PostgresStore(writing: owner) } == "STORE-006")
            try server.query("DELETE FROM popstat.migrations WHERE name <> 'editions'")
            #expect(SQLiteStoreTests.code { _ = try PostgresStore(reading: owner) } == "STORE-006")
            server.stop()
            #expect(SQLiteStoreTests.code { _ = try PostgresStore(reading: owner) } == "STORE-008")
        }
    }

    /// How a thread ended.
    private final class Outcome: @unchecked Sendable {
        private let ended = DispatchSemaphore(value: 0)
        private var code = ""

        func end(with code: String) {
            self.code = code
            ended.signal()
        }

        func wait() -> String {
            ended.wait()
            return code
        }
    }
}
