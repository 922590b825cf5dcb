import Foundation
import PopulationFigures
import PopulationModel
import PopulationStore
import PopulationTestSupport
import Testing

/// The embedded store gives back what was published, and keeps what it was given.
@Suite struct SQLiteStoreTests {
    private static func withStore<Result>(_ body: (String) throws -> Result) throws -> Result {
        try TemporaryFolder.with { try body($0.path + "/city-store/figures.sqlite") }
    }

    @Test func givesEveryTableBackByteForByte() throws {
        try Self.withStore { path in
            let publication = try SamplePublication.make()
            let stored = try SQLiteStore(writing: path).publish(publication, at: "2021-01-05")
            #expect(stored.isNew)
            let reader = try SQLiteStore(reading: path)
            #expect(try FigureReading.differences(reader, edition: 1, publication) == [])
            #expect(try reader.tables(ofEdition: 1).count == publication.tables.count)
        }
    }

    /// Links that lead to each other cannot be looked behind by anybody, not even by root.
    @Test func whatCannotBeLookedAtIsNotMissing() throws {
        try TemporaryFolder.with { folder in
            let (one, other) = (folder.path + "/one.sqlite", folder.path + "/other.sqlite")
            try FileManager.default.createSymbolicLink(atPath: one, withDestinationPath: other)
            try FileManager.default.createSymbolicLink(atPath: other, withDestinationPath: one)
            let expected = StoreFault.cannotOpen(
                place: one, reason: "Too many levels of symbolic links"
            ).error
            #expect(throws: expected) { try SQLiteStore(reading: one) }
            #expect(throws: expected) { try ReopenedStore(path: one) }
            let none = folder.path + "/none.sqlite"
            #expect(throws: StoreFault.missing(place: none).error) {
                try ReopenedStore(path: none)
            }
        }
    }

    @Test func filtersAsLookingAtEveryRowDoes() throws {
        try Self.withStore { path in
            let publication = try SamplePublication.make()
            _ = try SQLiteStore(writing: path).publish(publication, at: "2021-01-05")
            let reader = try SQLiteStore(reading: path)
            for query in FigureReading.queries {
                let table = try #require(
                    publication.tables.first {
                        $0.table.name == query.table && $0.scope == query.scope
                    }?.table)
                let expected = FigureReading.expected(table, query)
                #expect(try FigureReading.rows(reader, query) == expected, "\(query)")
            }
        }
    }

    @Test func theSameAgainIsNoEditionAndOtherFiguresAreTheNextRevision() throws {
        try Self.withStore { path in
            let store = try SQLiteStore(writing: path)
            let first = try SamplePublication.make()
            #expect(try store.publish(first, at: "t1").isNew)
            let bytes = try FigureReading.csv(store, 1, "population", .internal)
            let again = try store.publish(first, at: "t2")
            #expect(!again.isNew)
            #expect(again.record.validFrom == "t1")
            let second = try store.publish(try SamplePublication.make(revision: 2), at: "t3")
            #expect(second.record.revision == 2)
            // Back to the first figures is a third edition: the second was published.
            #expect(try store.publish(first, at: "t4").record.revision == 3)
            var older = first
            older.referenceDates = ["2019-12-31"]
            #expect(try store.publish(older, at: "t5").record.revision == 1)
            #expect(try store.editions().map(\.id) == [1, 2, 3, 4])
            #expect(try FigureReading.csv(store, 1, "population", .internal) == bytes)
            #expect(try FigureReading.csv(store, 2, "population", .internal) != bytes)
        }
    }

    @Test func keepsDeliveriesWithWhatTheyChange() throws {
        try Self.withStore { path in
            let store = try SQLiteStore(writing: path)
            _ = try store.publish(try SamplePublication.make(), at: "t1")
            try store.record(
                TransferDelivery(
                    edition: 1, recipient: "finance", year: 2020, transferRevision: 2,
                    file: "editions/a.csv", sha256: "ab",
                    differences: [
                        .init(countyCode: "449901", column: "amount", before: "1", after: "2")
                    ]), at: "t2")
            let deliveries = try SQLiteStore(reading: path).editions()[0].deliveries
            #expect(
                deliveries == [
                    .init(
                        recipient: "finance", year: 2020, deliveredAt: "t2", transferRevision: 2,
                        file: "editions/a.csv", sha256: "ab")
                ])
        }
    }

    /// A writer's transaction is open while readers look: they see whole editions only.
    @Test func readersSeeTheOldEditionWhileTheNextIsWritten() throws {
        try Self.withStore { path in
            let first = try SamplePublication.make()
            let writer = try SQLiteStore(writing: path)
            _ = try writer.publish(first, at: "t1")
            let reader = try SQLiteStore(reading: path)
            let done = DispatchSemaphore(value: 0)
            let second = try SamplePublication.make(revision: 2)
            let thread = Thread {
                // Its success is seen in the editions below.
                _ = try? writer.publish(second, at: "t2")
                done.signal()
            }
            thread.start()
            var looks = 0
            repeat {
                let ids = try reader.editions().map(\.id)
                #expect(ids == [1] || ids == [1, 2])
                #expect(try FigureReading.differences(reader, edition: 1, first) == [])
                if ids == [1, 2] {
                    #expect(try FigureReading.differences(reader, edition: 2, second) == [])
                }
                looks += 1
            } while done.wait(timeout: .now()) == .timedOut
            #expect(looks > 0)
            #expect(try reader.editions().map(\.id) == [1, 2])
        }
    }

    @Test func filesAreClosedToOthers() throws {
        try Self.withStore { path in
            _ = try SQLiteStore(writing: path).publish(try SamplePublication.make(), at: "t1")
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            for (name, mode) in try FolderContents.modes(of: folder) {
                #expect(mode & 0o007 == 0, "\(name) \(String(mode, radix: 8))")
            }
        }
    }

    @Test(arguments: [0, 4_096]) func aDamagedStoreIsOneClearError(start: Int) throws {
        try Self.withStore { path in
            _ = try SQLiteStore(writing: path).publish(try SamplePublication.make(), at: "t1")
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            try file.seek(toOffset: UInt64(start))
            try file.write(contentsOf: Data(repeating: 0x5A, count: 400_000))
            try file.close()
            #expect(throws: PopstatError.self) {
                do {
                    let store = try SQLiteStore(writing: path)
                    for table in try store.tables(ofEdition: 1) {
                        _ = try FigureReading.csv(store, 1, table.name, table.scope)
                    }
                } catch let error as PopstatError {
                    #expect(error.code == "STORE-003")
                    throw error
                }
            }
        }
    }

    @Test func saysWhatIsNotThere() throws {
        try Self.withStore { path in
            #expect(Self.code { _ = try SQLiteStore(reading: path) } == "STORE-001")
            let store = try SQLiteStore(writing: path)
            #expect(Self.code { _ = try store.tables(ofEdition: 7) } == "STORE-012")
            _ = try store.publish(try SamplePublication.make(), at: "t1")
            var query = FigureQuery(table: "land", scope: .public, edition: 1)
            #expect(Self.code { try store.read(query) { _ in } } == "STORE-013")
            query = FigureQuery(table: "land", scope: .internal, edition: 1)
            query.conditions = [.oneOf(column: "owner", values: [])]
            #expect(Self.code { try store.read(query) { _ in } } == "STORE-014")
        }
    }

    /// A number that a database would spell otherwise is no published number.
    @Test(arguments: ["007", "+1", "1e3", "-0", "x"])
    func refusesWhatCouldNotComeBack(text: String) throws {
        try Self.withStore { path in
            var publication = try SamplePublication.make()
            publication.tables = [
                PublishedTable(
                    Table(
                        name: "ladder",
                        columns: [
                            "reference_date", "county_code", "tier", "persons", "points_sum",
                        ],
                        keyCount: 3, rows: [["2020-12-31", "449901", "a", text, "1.50"]]),
                    scope: .internal)
            ]
            let store = try SQLiteStore(writing: path)
            let bad = publication
            #expect(Self.code { _ = try store.publish(bad, at: "t1") } == "STORE-017")
            #expect(try store.editions() == [])
        }
    }

    static func code(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch { return (error as? PopstatError)?.code ?? "\(error)" }
    }
}
