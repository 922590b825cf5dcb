import Foundation
import PopulationTestSupport
import Testing

/// The built programs as they are used: `popstat serve`, `popstat token`, and curl.
@Suite(
    .enabled(
        if: TestTool.program("curl") != nil && TestTool.program("openssl") != nil,
        "curl or openssl is not there"), .serialized)
struct ServerProcessTests {
    private static let sample = PackageFolder.root + "/Reports/sample"

    private static func addToken(_ name: String, scope: String, file: String) throws -> String {
        let outcome = try BuiltProgram.run(["token", "add", name, "--scope", scope, "--file", file])
        #expect(outcome.status == 0)
        return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func servesFinanceUntilItsTokenIsRevoked() throws {
        try TemporaryFolder.with { folder in
            let tokens = folder.appendingPathComponent("tokens.json").path
            let finance = try Self.addToken("finance-bureau", scope: "finance", file: tokens)
            #expect(finance.hasPrefix("pst_") && finance.utf8.count == 68)
            let server = try ServerProcess(
                ["--store", Self.sample, "--tokens", tokens], in: folder)
            let answer = try server.curl("/figures/transfer.csv", token: finance)
            #expect(answer.status == 200)
            let file = try Data(
                contentsOf: URL(fileURLWithPath: Self.sample + "/internal/transfer.csv"))
            #expect(answer.body == file)
            let tag = try #require(answer.field("ETag"))
            let same = try server.curl(
                "/figures/transfer.csv", token: finance, ["-H", "If-None-Match: \(tag)"])
            #expect(same.status == 304)
            #expect(same.body.isEmpty)

            let nobody = try ["transfer.csv?delivered=2020", "units.csv", "nothing.csv"].map {
                try server.curl("/figures/\($0)")
            }
            #expect(nobody.allSatisfy { $0.status == 401 })
            #expect(Set(nobody.map(\.text)).count == 1)
            let denied = try ["population.csv?delivered=2020", "units.csv", "nothing.csv"].map {
                try server.curl("/figures/\($0)", token: finance)
            }
            #expect(denied.allSatisfy { $0.status == 403 })
            #expect(Set(denied.map(\.text)).count == 1)

            // A token that is made while the server runs holds at once; a revoked one no more.
            let bureau = try Self.addToken("bureau", scope: "statistics", file: tokens)
            #expect(try server.curl("/figures/units.csv", token: bureau).status == 200)
            let revoking = try BuiltProgram.run([
                "token", "revoke", "finance-bureau", "--file", tokens,
            ])
            #expect(revoking.status == 0)
            #expect(try server.curl("/figures/transfer.csv", token: finance).status == 401)
            #expect(try server.curl("/figures/units.csv", token: bureau).status == 200)

            #expect(server.end() == 0)
            let log = try server.logText
            #expect(log.contains("token=finance-bureau"))
            #expect(!log.contains("pst_"))
            #expect(log.hasSuffix(" ended\n"))
        }
    }

    /// Clients of others against the server as it is run, without a token: protected tables.
    @Test(
        .enabled(if: TestTool.sdmx.isUsed, Comment(rawValue: TestTool.sdmx.absence)),
        arguments: ["sdmx1_client", "pysdmx_client", "public_client"])
    func servesSDMXToThePublic(script: String) throws {
        try TemporaryFolder.with { folder in
            let server = try ServerProcess(["--store", Self.sample], in: folder)
            let output = try SDMXServer.process(script, server.base, scope: "public")
            #expect(output.status == 0, "\(output.text.suffix(1_500))")
            let flows = try server.curl("/rest/dataflow/POPSTAT", ["-H", "Accept-Encoding: gzip"])
            #expect(flows.status == 200)
            #expect(flows.field("Content-Encoding") == "gzip")
            #expect(try server.curl("/v2/data/dataflow/POPSTAT/UNITS").status == 404)
        }
    }

    @Test func givesWorkbooks() throws {
        try TemporaryFolder.with { folder in
            let server = try ServerProcess(["--store", Self.sample], in: folder)
            let path = "/figures/urbanization.xlsx?concept=resident&area_code=4499"
            let first = try server.curl(path, ["-H", "Accept-Encoding: gzip"])
            #expect(first.status == 200)
            #expect(first.field("Content-Encoding") == nil)
            #expect(first.field("Content-Type")?.hasSuffix("spreadsheetml.sheet") == true)
            #expect(try server.curl(path).body == first.body)
            let file = folder.appendingPathComponent("figures.xlsx")
            try first.body.write(to: file)
            let script = """
                import sys, zipfile
                book = zipfile.ZipFile(sys.argv[1])
                assert book.testzip() is None
                parts = [book.read(name).decode() for name in book.namelist()]
                assert any(">13730<" in part for part in parts)
                """
            #expect(try ServerProcess.run("python3", ["-c", script, file.path]) == 0)
            #expect(try server.curl("/figures/urbanization.ods").status == 404)
        }
    }

    @Test func packsAnswersForWhoTakesThem() throws {
        try TemporaryFolder.with { folder in
            let tokens = folder.appendingPathComponent("tokens.json").path
            let bureau = try Self.addToken("bureau", scope: "statistics", file: tokens)
            let server = try ServerProcess(
                ["--store", Self.sample, "--tokens", tokens], in: folder)
            let path = "/figures/population.csv"
            let plain = try server.curl(path, token: bureau)
            let packed = try server.curl(path, token: bureau, ["-H", "Accept-Encoding: gzip"])
            #expect(packed.field("Content-Encoding") == "gzip")
            #expect(packed.body.count * 3 < plain.body.count)
            #expect(packed.field("ETag") != plain.field("ETag"))
            let unpacked = try server.curl(path, token: bureau, ["--compressed"])
            #expect(unpacked.body == plain.body)
            let head = try server.curl(path, token: bureau, ["-I"])
            #expect(head.status == 200)
            #expect(head.field("Content-Length") == "\(plain.body.count)")
            let units = try server.curl("/figures/units.csv?unit_code=449901001001", token: bureau)
            #expect(units.text.split(separator: "\n").count == 7)
            #expect(server.end() == 0)
        }
    }

    @Test func refusesWhatIsNoReading() throws {
        try TemporaryFolder.with { folder in
            let server = try ServerProcess(["--store", Self.sample], in: folder)
            #expect(try server.curl("/", ["-X", "POST", "-d", "x"]).status == 405)
            #expect(try server.curl("/", ["-X", "GET", "-d", "x"]).status == 413)
            let long = String(repeating: "a", count: 9_000)
            #expect(try server.curl("/figures?plan=\(long)").status == 414)
            let field = "X-Long: " + String(repeating: "a", count: 40_000)
            #expect(try server.curl("/", ["-H", field]).status == 400)
            #expect(try server.curl("/figures/transfer.csv", ["-u", "a:b"]).status == 401)
            #expect(try server.curl("/health").text.contains("\"ok\""))
            #expect(server.end() == 0)
        }
    }

    @Test func speaksTLS() throws {
        try TemporaryFolder.with { folder in
            let certificate = folder.appendingPathComponent("certificate.pem").path
            let key = folder.appendingPathComponent("key.pem").path
            let made = try ServerProcess.run(
                "openssl",
                [
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                    "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key,
                    "-out", certificate,
                ])
            #expect(made == 0)
            let server = try ServerProcess(
                ["--store", Self.sample, "--certificate", certificate, "--private-key", key],
                in: folder)
            #expect(server.base.hasPrefix("https://"))
            let answer = try server.curl("/health", ["--cacert", certificate])
            #expect(answer.status == 200)
            // 60: curl does not know who signed it.
            #expect(try server.curl("/health").status == -60)
            #expect(try server.curl("/health", ["-k", "--tls-max", "1.1"]).status < 0)
            #expect(server.end() == 0)
        }
    }

    @Test(arguments: [
        (["--store", "/nowhere/figures.sqlite"], 66, "SERVE-014"),
        (["--store", sample, "--tokens", "/nowhere/tokens.json"], 66, "TOKEN-001"),
        (["--store", sample, "--certificate", "a.pem"], 64, "SERVE-010"),
        (["--store", sample, "--certificate", "a.pem", "--private-key", "b.pem"], 64, "SERVE-011"),
        (["--store", sample, "--report", "/nowhere"], 66, "SERVE-013"),
        (["--store", sample, "--port", "70000"], 64, "--port"),
        (["--store", sample, "--host", "192.0.2.1"], 73, "SERVE-012"),
    ])
    func saysWhyItDoesNotStart(arguments: [String], status: Int32, words: String) throws {
        let outcome = try BuiltProgram.run(["serve"] + arguments, killAfter: 30)
        #expect(outcome.status == status)
        #expect(outcome.errors.contains(words))
    }

    /// Behind links that lead to each other, as behind a folder that the account may not enter.
    @Test func saysThatItCannotTellWhatIsThere() throws {
        try TemporaryFolder.with { folder in
            let (one, other) = (folder.path + "/one", folder.path + "/other")
            try FileManager.default.createSymbolicLink(atPath: one, withDestinationPath: other)
            try FileManager.default.createSymbolicLink(atPath: other, withDestinationPath: one)
            for arguments in [
                ["--store", one + "/figures.sqlite"], ["--store", Self.sample, "--report", one],
            ] {
                let outcome = try BuiltProgram.run(["serve"] + arguments, killAfter: 30)
                #expect(outcome.status == 74)
                #expect(outcome.errors.contains("SERVE-016"), "\(outcome.errors)")
            }
        }
    }

    @Test func keepsTokensOutOfSight() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("tokens.json").path
            let text = try Self.addToken("press", scope: "public", file: file)
            #expect(try FolderContents.modes(of: folder)["tokens.json"] == 0o600)
            #expect(try !String(contentsOfFile: file, encoding: .utf8).contains(text))
            let list = try BuiltProgram.run(["token", "list", "--file", file])
            #expect(list.output.contains("press\tpublic\t"))
            #expect(!list.output.contains("pst_"))
            let again = try BuiltProgram.run([
                "token", "add", "press", "--scope", "public", "--file", file,
            ])
            #expect(again.status == 64)
            #expect(again.errors.contains("TOKEN-007"))
            let scope = try BuiltProgram.run([
                "token", "add", "x", "--scope", "everything", "--file", file,
            ])
            #expect(scope.status == 64)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
            let open = try BuiltProgram.run(["token", "list", "--file", file])
            #expect(open.status == 64)
            #expect(open.errors.contains("TOKEN-003"))
        }
    }
}

extension ServerProcess {
    fileprivate func curl(_ path: String, _ options: [String]) throws -> Answer {
        try curl(path, token: nil, options)
    }
}
