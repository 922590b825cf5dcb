import Foundation
import PopulationModel
import PopulationStore
import PopulationTestSupport
import Testing

struct TokenFileTests {
    private static func withFile(_ test: (TokenFile) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            try test(TokenFile(path: folder.appendingPathComponent("tokens.json").path))
        }
    }

    @Test func keepsAHashAndNoToken() throws {
        try Self.withFile { file in
            let text = try file.add(
                name: "finance", scope: .finance, on: "2021-01-05", expires: "2021-12-31")
            #expect(text.hasPrefix("pst_"))
            // 256 bits in hexadecimal.
            #expect(text.utf8.count == 4 + 64)
            #expect(try !String(contentsOfFile: file.path, encoding: .utf8).contains(text))
            let token = try #require(try file.tokens().first)
            #expect(token.name == "finance")
            #expect(token.scope == .finance)
            #expect(token.isMade(from: text))
            #expect(!token.isMade(from: text + "0"))
            #expect(!token.isMade(from: ""))
        }
    }

    @Test func holdsUntilTheLastDayOrTheRevocation() throws {
        try Self.withFile { file in
            _ = try file.add(name: "a", scope: .public, on: "2021-01-05", expires: "2021-12-31")
            _ = try file.add(name: "b", scope: .public, on: "2021-01-05", expires: nil)
            try file.revoke(name: "b", on: "2021-02-01")
            try file.revoke(name: "b", on: "2021-03-01")
            let tokens = try file.tokens()
            #expect(tokens[0].holds(on: "2021-12-31"))
            #expect(!tokens[0].holds(on: "2022-01-01"))
            #expect(!tokens[1].holds(on: "2021-01-06"))
            #expect(tokens[1].revoked == "2021-02-01")
        }
    }

    @Test func makesEveryTokenAnew() throws {
        try Self.withFile { file in
            let texts = try (0..<20).map {
                try file.add(name: "t\($0)", scope: .public, on: "2021-01-05", expires: nil)
            }
            #expect(Set(texts).count == 20)
            let tokens = try file.tokens()
            for (index, token) in tokens.enumerated() {
                #expect(texts.indices.filter { token.isMade(from: texts[$0]) } == [index])
            }
        }
    }

    @Test func losesNothingWhenTwoWriteAtOnce() throws {
        try Self.withFile { file in
            let errors = UnsafeCounter()
            DispatchQueue.concurrentPerform(iterations: 16) { index in
                do {
                    _ = try file.add(
                        name: "t\(index)", scope: .public, on: "2021-01-05", expires: nil)
                } catch { errors.add() }
            }
            #expect(errors.count == 0)
            let tokens = try file.tokens()
            #expect(tokens.count == 16)
        }
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o620]) func refusesAFileThatIsOpenToOthers(mode: Int)
        throws
    {
        try Self.withFile { file in
            _ = try file.add(name: "a", scope: .public, on: "2021-01-05", expires: nil)
            try FileManager.default.setAttributes(
                [.posixPermissions: mode], ofItemAtPath: file.path)
            let words = "mode 0\(String(mode, radix: 8)), 0600 is needed"
            for change in [
                { _ = try file.tokens() },
                { _ = try file.add(name: "b", scope: .public, on: "2021-01-05", expires: nil) },
                { try file.revoke(name: "a", on: "2021-01-05") },
            ] as [() throws -> Void] {
                let error = #expect(throws: PopstatError.self) { try change() }
                #expect(error?.code == "TOKEN-003")
                #expect(error?.description.contains(words) == true)
            }
        }
    }

    /// Errors of several threads.
    private final class UnsafeCounter: @unchecked Sendable {
        private let lock = NSLock()
        private(set) var count = 0

        func add() { lock.withLock { count += 1 } }
    }
}

/// Every fault of tokens, in its final words.
struct TokenFaultMessageTests {
    static let rows: [(fault: TokenFault, status: Int32, text: String)] = [
        (
            .cannotRead(path: "t.json", reason: "No such file or directory", isMissing: true), 66,
            "t.json: the token file cannot be read: No such file or directory (TOKEN-001). Check "
                + "the path and its rights; `popstat token add` makes the file."
        ),
        (
            .cannotRead(path: "t.json", reason: "Input/output error", isMissing: false), 74,
            "t.json: the token file cannot be read: Input/output error (TOKEN-001). Check the path "
                + "and its rights; `popstat token add` makes the file."
        ),
        (
            .cannotWrite(path: "t.json", reason: "Permission denied"), 73,
            "t.json: the token file cannot be written: Permission denied (TOKEN-002). Give a file "
                + "in a folder that you may write to with --file."
        ),
        (
            .fileOpen(path: "t.json", mode: "0644"), 64,
            "t.json: the token file is open to others or no file (mode 0644, 0600 is needed) "
                + "(TOKEN-003). Find out who may have changed it, then run `chmod 600` on it."
        ),
        (
            .fileDamaged(path: "t.json"), 64,
            "t.json: the token file is not one that `popstat token` wrote (TOKEN-004). Restore it "
                + "from a copy, or take it away and give out new tokens."
        ),
        (
            .badName, 64,
            "a token's name has 1 to 64 letters, digits, dots, dashes or underscores (TOKEN-005). "
                + "Give another name, such as finance-bureau."
        ),
        (
            .badDate(text: "31.12.2021"), 64,
            "31.12.2021 is no date, 2021-12-31 is the form (TOKEN-006). Give the last day on which "
                + "the token holds with --expires."
        ),
        (
            .pastDate(text: "2021-12-31", today: "2022-01-05"), 64,
            "2021-12-31 is past (today is 2022-01-05, UTC), so that the token would open nothing "
                + "(TOKEN-009). Give today or a later day with --expires."
        ),
        (
            .nameTaken(name: "press", path: "t.json"), 64,
            "t.json: a token named press is there, in force or revoked, and a name stands for one "
                + "token for ever (TOKEN-007). Give another name, such as press-2."
        ),
        (
            .unknownName(path: "t.json", known: ["press"]), 64,
            "t.json: no token has this name; there are: press (TOKEN-008). Look at `popstat token "
                + "list`."
        ),
        (
            .unknownName(path: "t.json", known: []), 64,
            "t.json: no token has this name; there is none (TOKEN-008). Look at `popstat token "
                + "list`."
        ),
    ]

    @Test(arguments: rows.indices) func saysWhatIsWrongAndWhatToDo(index: Int) {
        let row = Self.rows[index]
        #expect(row.fault.error.description == row.text)
        #expect(
            ChineseWording.problems(
                row.fault.error.line(in: .zh), beside: row.text,
                values: ChineseWording.values(of: row.fault))
                == [])
        #expect(row.fault.error.exitStatus == row.status)
    }

    @Test func findsTheseFaults() throws {
        try TemporaryFolder.with { folder in
            let path = folder.appendingPathComponent("t.json").path
            let file = TokenFile(path: path)
            func code(_ body: () throws -> Void) -> String? {
                #expect(throws: PopstatError.self) { try body() }?.code
            }
            #expect(code { _ = try file.tokens() } == "TOKEN-001")
            let elsewhere = TokenFile(path: folder.path + "/none/t.json")
            func add(_ name: String, _ expires: String?, _ file: TokenFile) throws {
                _ = try file.add(name: name, scope: .public, on: "2021-01-05", expires: expires)
            }
            #expect(code { try add("a", nil, elsewhere) } == "TOKEN-002")
            #expect(code { try add("a b", nil, file) } == "TOKEN-005")
            #expect(code { try add("", nil, file) } == "TOKEN-005")
            #expect(code { try add("a", "2021-02-30", file) } == "TOKEN-006")
            #expect(code { try add("a", "2021-01-04", file) } == "TOKEN-009")
            try add("last-day", "2021-01-05", file)
            try add("a", nil, file)
            #expect(code { try add("a", nil, file) } == "TOKEN-007")
            #expect(code { try file.revoke(name: "b", on: "2021-01-05") } == "TOKEN-008")
            try Data("{".utf8).write(to: URL(fileURLWithPath: path))
            #expect(code { _ = try file.tokens() } == "TOKEN-004")
        }
    }
}
