internal import Crypto
import Foundation
import PopulationFigures
import PopulationModel
import PopulationPublish
import PopulationStore

/// The rows of an answer as a workbook of one table, made as `report.xlsx` is made.
enum WorkbookAnswer {
    static func bytes(of table: Table, _ choice: FigureCatalog.Choice) throws -> [UInt8] {
        let edition = choice.edition
        // A table of another version of the program has no titles and units here.
        guard DataDictionary.meaning(of: table.name) != nil,
            CalendarDate(iso: edition.lastReferenceDate) != nil
        else { throw Refusal.noSuchFormat }
        let publication = Publication(
            plan: edition.plan, area: edition.area, planDigest: edition.planDigest,
            inputsDigest: edition.inputsDigest, programVersion: edition.programVersion,
            referenceDates: [edition.lastReferenceDate],
            tables: [PublishedTable(table, scope: choice.table.scope)])
        let digest = Hexadecimal.text(SHA256.hash(data: Data(table.csv)))
        let files = FileManager.default
        // Private: the library writes files, and not every table is for everybody.
        let folder = files.temporaryDirectory.appendingPathComponent("popstat-\(UUID().uuidString)")
        try files.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        // What cannot be removed is the system's to clear.
        defer { try? files.removeItem(at: folder) }
        let file = folder.appendingPathComponent("\(table.name).xlsx")
        try Workbook(publication, areaName: edition.plan, digests: [table.name: digest])
            .write(to: file.path)
        return [UInt8](try Data(contentsOf: file))
    }
}
