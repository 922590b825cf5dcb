import Foundation
import PopulationModel

/// Prints a page as PDF by WeasyPrint, a program of its own: the same page gives the same bytes,
/// because the date of the document is fixed and the page asks no network for anything.
struct PDFPrinter {
    private let program: String

    /// Looks for the program, so that its absence is told before a run begins.
    init() throws(PopstatErrors) {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let found = folders.map { "\($0)/weasyprint" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let found else { throw PopstatErrors(.noPrinter) }
        program = found
    }

    func pdf(of page: [UInt8]) throws(PopstatErrors) -> [UInt8] {
        do { return try run(on: page) } catch let faults as PopstatErrors { throw faults } catch {
            throw PopstatErrors(
                .printFailed(reason: Bilingual(both: (error as NSError).localizedDescription)))
        }
    }

    private func run(on page: [UInt8]) throws -> [UInt8] {
        let files = FileManager.default
        // Private: an internal report must not lie open even for a moment.
        let folder = files.temporaryDirectory.appendingPathComponent("popstat-\(UUID().uuidString)")
        try files.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        // What cannot be removed is the system's to clear.
        defer { try? files.removeItem(at: folder) }
        let (html, pdf) = (folder.appendingPathComponent("report.html"), "report.pdf")
        try Data(page).write(to: html)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.currentDirectoryURL = folder
        process.arguments = ["--quiet", "--encoding", "utf-8", "report.html", pdf]
        // 1 January 2000: no clock in the document.
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["SOURCE_DATE_EPOCH": "946684800", "TZ": "UTC", "LC_ALL": "C.UTF-8"]
        ) { $1 }
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let said = String(
            decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let last =
                said.split(separator: "\n").last.map { Bilingual(both: String($0)) }
                ?? Bilingual("没有说明原因", "no word of why")
            throw PopstatErrors(
                .printFailed(
                    reason: Bilingual(
                        "退出状态 \(process.terminationStatus)：\(last.zh)",
                        "status \(process.terminationStatus): \(last.en)")))
        }
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent(pdf)))
    }
}
