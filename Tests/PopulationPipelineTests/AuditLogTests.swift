import Foundation
import PopulationModel
import PopulationTestSupport
import Testing

@testable import PopulationPipeline

/// What was written into the log and was touched afterwards is found, whatever was touched.
@Suite struct AuditLogTests {
    private static func withLog(_ body: (AuditLog) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let log = AuditLog(folder: folder.appendingPathComponent("audit").path)
            for number in 1...6 {
                let given = try log.append(.purged, ["files": "\(number)", "by": "\"a\" 某"])
                #expect(given == number)
            }
            try body(log)
        }
    }

    private static func lines(_ log: AuditLog) throws -> [String] {
        try String(contentsOfFile: log.file, encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    private static func write(_ lines: [String], to log: AuditLog) throws {
        try write(lines, toFile: log.file)
    }

    private static func write(_ lines: [String], toFile path: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
        try file.close()
    }

    private static func code(_ log: AuditLog, expected: String? = nil) -> String? {
        do throws(PopstatErrors) {
            _ = try log.verify(expected: expected)
            return nil
        } catch { return error.errors[0].code }
    }

    @Test func readsBackWhatWasWritten() throws {
        try Self.withLog { log in
            let entries = try log.verify()
            #expect(entries.map(\.number) == Array(1...6))
            #expect(entries.map { $0.details["files"] } == (1...6).map { "\($0)" })
            #expect(entries[0].previous == String(repeating: "0", count: 64))
        }
    }

    /// Every byte of the log matters.
    @Test func findsAChangeOfAnyByte() throws {
        try Self.withLog { log in
            let whole = try Data(contentsOf: URL(fileURLWithPath: log.file))
            for index in stride(from: 0, to: whole.count, by: TestLength.isLong ? 1 : 7) {
                var changed = whole
                changed[index] ^= 1
                try changed.write(to: URL(fileURLWithPath: log.file))
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o600], ofItemAtPath: log.file)
                #expect(Self.code(log) != nil, "byte \(index)")
            }
        }
    }

    @Test func findsAnEntryTakenOutPutInOrMoved() throws {
        try Self.withLog { log in
            let lines = try Self.lines(log)
            for index in 0..<5 {
                var fewer = lines
                fewer.remove(at: index)
                try Self.write(fewer, to: log)
                #expect(Self.code(log) == "AUDIT-005", "without entry \(index + 1)")
                var moved = lines
                moved.swapAt(index, index + 1)
                try Self.write(moved, to: log)
                #expect(Self.code(log) == "AUDIT-005", "entry \(index + 1) moved")
                try Self.write(Array(lines[...index]) + Array(lines[index...]), to: log)
                #expect(Self.code(log) == "AUDIT-005", "entry \(index + 1) twice")
            }
        }
    }

    /// Without the head a log that lost its end would be a whole one.
    @Test func findsAMissingEnd() throws {
        try Self.withLog { log in
            let lines = try Self.lines(log)
            for count in 0..<6 {
                try Self.write(Array(lines[..<count]), to: log)
                #expect(Self.code(log) == "AUDIT-007", "\(count) entries left")
                #expect(throws: PopstatErrors.self) { try log.append(.purged, [:]) }
            }
            try Self.write(lines, to: log)
            try FileManager.default.removeItem(atPath: log.folder + "/head")
            #expect(Self.code(log) == "AUDIT-008")
        }
    }

    /// A change with a digest made anew is whole in itself: the next entry tells, and what was noted
    /// elsewhere tells of the last one.
    @Test func findsAnEntryMadeAnew() throws {
        try Self.withLog { log in
            let noted = try #require(try log.lastDigest())
            #expect(Self.code(log, expected: noted) == nil)
            let lines = try Self.lines(log)
            for index in lines.indices {
                var forged = lines
                let entry = lines[index].dropFirst(9).dropLast(77)
                    .replacingOccurrences(of: "\"files\":\"", with: "\"files\":\"9")
                let digest = InputDigest.of(Array(entry.utf8))
                forged[index] = "{\"entry\":\(entry),\"sha256\":\"\(digest)\"}"
                try Self.write(forged, to: log)
                #expect(Self.code(log) == (index == 5 ? "AUDIT-007" : "AUDIT-005"))
                // Whoever may write the log may write the head as well.
                let head = URL(fileURLWithPath: log.folder + "/head")
                if index == 5 {
                    try Data("6 \(digest)\n".utf8).write(to: head)
                    try FileManager.default.setAttributes(
                        [.posixPermissions: 0o600], ofItemAtPath: head.path)
                    #expect(Self.code(log) == nil)
                    #expect(Self.code(log, expected: noted) == "AUDIT-009")
                }
            }
        }
    }

    /// A crash between entry and head, or within an entry, is no crime.
    @Test func goesOnAfterACrash() throws {
        try Self.withLog { log in
            let head = URL(fileURLWithPath: log.folder + "/head")
            let before = try Data(contentsOf: head)
            try log.append(.purged, [:])
            let words = String(decoding: before, as: UTF8.self).split(separator: "\n")
            try Self.write(words.map(String.init), toFile: head.path)
            #expect(try log.verify().count == 7)
            try log.append(.purged, [:])
            #expect(try log.verify().count == 8)
            // Twice in a row, as on a full disk.
            try Self.write(words.map(String.init), toFile: head.path)
            #expect(try log.verify().count == 8)
            try log.append(.purged, [:])
            #expect(try log.verify().count == 9)

            let end = try #require(FileHandle(forWritingAtPath: log.file))
            try end.seekToEnd()
            try end.write(contentsOf: Data("{\"entry\":{\"deta".utf8))
            try end.close()
            #expect(Self.code(log) == "AUDIT-006")
            try log.append(.purged, [:])
            #expect(try log.verify().count == 10)
        }
    }

    @Test func refusesALogThatOthersMayOpen() throws {
        try Self.withLog { log in
            for (path, mode) in [(log.file, 0o640), (log.folder, 0o755)] {
                try FileManager.default.setAttributes(
                    [.posixPermissions: mode], ofItemAtPath: path)
                #expect(Self.code(log) == "AUDIT-003")
                #expect(throws: PopstatErrors.self) { try log.append(.purged, [:]) }
                try FileManager.default.setAttributes(
                    [.posixPermissions: mode & 0o700], ofItemAtPath: path)
            }
            #expect(Self.code(log) == nil)
        }
    }

    @Test func keepsEntriesOfManyWritersApart() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("popstat-audit-\(UUID().uuidString)")
            defer {
                // What cannot be removed is the system's to clear.
                try? FileManager.default.removeItem(at: folder)
            }
            for writer in 0..<8 {
                group.addTask {
                    for _ in 0..<5 {
                        try AuditLog(folder: folder.path).append(.purged, ["by": "\(writer)"])
                    }
                }
            }
            try await group.waitForAll()
            #expect(try AuditLog(folder: folder.path).verify().count == 40)
        }
    }
}
