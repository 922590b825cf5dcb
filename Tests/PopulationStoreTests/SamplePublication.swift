import Foundation
import PopulationFigures
import PopulationTestSupport
import Testing

/// The published tables of the sample, as a publication; and public forms of them.
enum SamplePublication {
    static func make(revision: Int = 1) throws -> Publication {
        var tables = try DataDictionary.tables.map { meaning in
            PublishedTable(try table(meaning, revision: revision), scope: .internal)
        }
        for name in ["urbanization", "permits"] {
            let table = try #require(tables.first { $0.table.name == name }?.table)
            tables.append(PublishedTable(hiding(table), scope: .public))
        }
        return Publication(
            plan: "sample", area: "4499", planDigest: "aa", inputsDigest: "inputs \(revision)",
            programVersion: "1", referenceDates: ["2019-12-31", "2020-12-31"], tables: tables)
    }

    /// A later revision has one more person in the first row of `population`.
    private static func table(_ meaning: DataDictionary.TableMeaning, revision: Int) throws -> Table
    {
        let path = PackageFolder.root + "/Reports/sample/internal/\(meaning.name).csv"
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        let table = try #require(
            Table(name: meaning.name, keyCount: meaning.keyCount, csv: bytes))
        guard meaning.name == "population", revision > 1 else { return table }
        var rows = table.rows
        rows[0][rows[0].count - 1] = "\(1_000 + revision)"
        return Table(
            name: table.name, columns: table.columns, keyCount: table.keyCount, rows: rows)
    }

    /// Every third row with its last number hidden, and one with two.
    private static func hiding(_ table: Table) -> Table {
        let meaning = DataDictionary.meaning(of: table.name)!
        let numbers = meaning.columns.indices.filter {
            !meaning.columns[$0].isKey && meaning.columns[$0].kind.isNumber
        }
        let rows = table.rows.enumerated().map { index, row in
            var row = row
            if index % 3 == 0 { row[numbers.last!] = TableScope.hidden }
            if index % 6 == 0 { row[numbers.first!] = TableScope.hidden }
            return row + [index % 3 == 0 ? "Q" : "A"]
        }
        return Table(
            name: table.name, columns: table.columns + [TableScope.statusColumn],
            keyCount: table.keyCount, rows: rows)
    }
}

extension FigureReading {
    /// Every table of an edition that does not come back byte for byte.
    static func differences(
        _ reader: any FigureReader, edition: Int, _ publication: Publication
    ) throws -> [String] {
        try publication.tables.compactMap { published in
            let table = published.table
            let bytes = try csv(reader, edition, table.name, published.scope)
            return bytes == table.csv ? nil : "\(published.scope)/\(table.name)"
        }
    }
}
