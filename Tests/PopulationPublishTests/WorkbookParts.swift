import Foundation
import PopulationTestSupport

/// The parts of a zip file by name, unpacked by Python's `zipfile`, an independent reader.
enum ZipParts {
    static func of(_ file: URL) throws -> [String: String] {
        try TemporaryFolder.with { folder in
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["python3", "-m", "zipfile", "-e", file.path, folder.path]
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw ZipFault(file: file.path) }
            return try FolderContents(of: folder).files.mapValues {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }
}

/// A file that is no zip file.
struct ZipFault: Error {
    var file: String
}

/// The cells of one sheet, read as a spreadsheet reads them.
struct Sheet {
    let xml: String
    private let strings: [String]
    private let cells: [Substring: Substring]

    init(_ name: String, of parts: [String: String]) throws {
        let workbook = parts["xl/workbook.xml"] ?? ""
        let names = workbook.matches(of: /<sheet name="([^"]+)"/).map { String($0.1) }
        let number = (names.firstIndex(of: name) ?? -1) + 1
        xml = parts["xl/worksheets/sheet\(number).xml"] ?? ""
        strings = (parts["xl/sharedStrings.xml"] ?? "")
            .matches(of: /<si><t[^>]*>([^<]*)<\/t><\/si>/).map { String($0.1) }
        var cells: [Substring: Substring] = [:]
        for piece in xml.split(separator: "<c r=\"").dropFirst() {
            cells[piece.prefix { $0 != "\"" }] = piece
        }
        self.cells = cells
    }

    func cell(_ place: String) -> Substring? { cells[Substring(place)] }

    /// The text of a text cell; `nil` for a number.
    func text(_ place: String) -> String? {
        guard let cell = cell(place) else { return nil }
        if cell.contains("t=\"inlineStr\"") {
            return cell.firstMatch(of: /<t[^>]*>([^<]*)<\/t>/).map { String($0.1) }
        }
        guard cell.contains("t=\"s\"") else { return nil }
        return Self.value(cell).flatMap { Int($0) }.map { strings[$0] }
    }

    /// The digits of a number cell; `nil` for a text.
    func number(_ place: String) -> String? {
        guard let cell = cell(place), !cell.contains("t=\"") else { return nil }
        return Self.value(cell)
    }

    private static func value(_ cell: Substring) -> String? {
        cell.firstMatch(of: /<v>([^<]*)<\/v>/).map { String($0.1) }
    }
}
