import Foundation
import PopulationFigures
import PopulationStore
import PopulationTestSupport
import Testing

/// Stores as a server reads them for months, while runs and administrators put others in their place.
@Suite struct ServedStoreTests {
    /// From a backup, or by a run that began anew.
    @Test func anotherFileInThePlaceOfAStoreIsRead() throws {
        try TemporaryFolder.with { folder in
            let path = folder.path + "/city-store/figures.sqlite"
            _ = try SQLiteStore(writing: path).publish(try SamplePublication.make(), at: "t1")
            let served = try ReopenedStore(path: path)
            #expect(try served.editions().map(\.validFrom) == ["t1"])
            try FileManager.default.removeItem(atPath: folder.path + "/city-store")
            #expect(SQLiteStoreTests.code { _ = try served.editions() } == "STORE-001")
            let second = try SamplePublication.make(revision: 2)
            _ = try SQLiteStore(writing: path).publish(second, at: "t2")
            #expect(try served.editions().map(\.validFrom) == ["t2"])
            #expect(try FigureReading.differences(served, edition: 1, second) == [])
        }
    }

    /// A request that began with one folder ends with it, or learns that it has to ask again; it is
    /// never given a table without rows.
    @Test func aFolderThatIsReplacedIsReadToTheEnd() throws {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("figures")
            func replace() throws {
                // The manifest of another file, as each run writes one.
                let next = folder.appendingPathComponent("next")
                try FileManager.default.copyItem(
                    atPath: PackageFolder.root + "/Reports/sample", toPath: next.path)
                if FileManager.default.fileExists(atPath: output.path) {
                    try FileManager.default.moveItem(
                        at: output, to: folder.appendingPathComponent(UUID().uuidString))
                }
                try FileManager.default.moveItem(at: next, to: output)
            }
            try replace()
            let reader = try PublishedFolderFigures(folder: output.path)
            let query = FigureQuery(table: "transfer", scope: .internal, edition: 1)
            let rows = try FigureReading.rows(reader, query)
            #expect(!rows.isEmpty)
            try replace()
            #expect(try reader.editions().map(\.id) == [2])
            #expect(try FigureReading.rows(reader, query) == rows)
            #expect(try !reader.tables(ofEdition: 1).isEmpty)
            try replace()
            #expect(try reader.editions().map(\.id) == [3])
            #expect(
                SQLiteStoreTests.code { _ = try FigureReading.rows(reader, query) } == "STORE-005")
            #expect(SQLiteStoreTests.code { _ = try reader.tables(ofEdition: 1) } == "STORE-005")
        }
    }
}
