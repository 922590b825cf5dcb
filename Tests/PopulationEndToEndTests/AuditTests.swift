import Foundation
import PopulationTestSupport
import Testing

/// Everything that is done to figures, tokens and personal data is in one log, and a log that was
/// touched is found by the command.
@Suite struct AuditTests {
    private static func kinds(_ folder: URL) throws -> [String] {
        let outcome = try BuiltProgram.run(["audit", "list", folder.path])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.split(separator: "\n").dropFirst().map {
            String($0.split(separator: "\t")[3])
        }
    }

    @Test func holdsRunsDeliveriesTokensAndPurges() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            let audit = folder.appendingPathComponent("all")
            let there = ["POPSTAT_AUDIT": audit.path]
            try #require(try city.run(environment: there).status == 0)
            let tokens = folder.appendingPathComponent("tokens.json").path
            let commands = [
                ["deliver", "--to", "finance", "2020", "--run", city.output.path],
                ["token", "add", "finance-bureau", "--scope", "finance", "--file", tokens],
                ["token", "revoke", "finance-bureau", "--file", tokens],
                [
                    "purge", city.plan.path, "--work", city.work.path, "--older-than", "0d",
                ],
            ]
            for command in commands {
                let outcome = try BuiltProgram.run(command, environment: there)
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            try city.changePlan("rejected-share-max: 0.01", to: "rejected-share-max: 0")
            #expect(try city.run(environment: there).status == 65)
            #expect(
                try Self.kinds(audit) == [
                    "run-begun", "run-ended", "delivered", "token-added", "token-revoked",
                    "purge-begun", "purged", "run-begun", "run-ended",
                ])
            let list = try BuiltProgram.run(["audit", "list", audit.path]).output
            #expect(list.contains("codes=INGEST-030 INGEST-030; outcome=failed"))
            #expect(list.contains("recipient=finance"))
            // The token itself stands nowhere.
            #expect(!list.contains("pst_"))
            #expect(!FileManager.default.fileExists(atPath: city.output.path + "-audit"))
        }
    }

    @Test func liesBesideWhatItIsAbout() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try #require(try city.run().status == 0)
            for place in [city.output.path, city.output.path + "-audit"] {
                let outcome = try BuiltProgram.run(["audit", "verify", place])
                #expect(outcome.status == 0)
                #expect(outcome.output.hasPrefix("2 entries, each as it was written"))
            }
            let modes = try FolderContents.modes(
                of: URL(fileURLWithPath: city.output.path + "-audit"))
            #expect(modes == [".": 0o700, "audit.jsonl": 0o600, "head": 0o600])
        }
    }

    @Test func tellsOfARunThatWasKilled() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 20_000)
            // The head is written right after the first entry; counting has not begun by then.
            let head = city.output.path + "-audit/head"
            let killed = try city.run(killWhen: { FileManager.default.fileExists(atPath: head) })
            try #require(killed.status == -SIGKILL)
            let outcome = try BuiltProgram.run(["audit", "verify", city.output.path])
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("has no end"))
            #expect(try city.run().status == 0)
        }
    }

    /// A delivery that was killed between the store and the log is recorded by the next one.
    @Test func catchesUpOnADelivery() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try #require(try city.run().status == 0)
            let log = URL(fileURLWithPath: city.output.path + "-audit")
            let before = folder.appendingPathComponent("before")
            try FileManager.default.copyItem(at: log, to: before)
            let deliver = ["deliver", "--to", "finance", "2020", "--run", city.output.path]
            try #require(try BuiltProgram.run(deliver).status == 0)
            try FileManager.default.removeItem(at: log)
            try FileManager.default.moveItem(at: before, to: log)
            try Data().write(to: log.appendingPathComponent("head.new"))
            for _ in 1...2 {
                let again = try BuiltProgram.run(deliver)
                #expect(again.status == 0)
                #expect(again.output.hasPrefix("nothing to deliver"))
            }
            let list = try BuiltProgram.run(["audit", "list", city.output.path]).output
            #expect(list.split(separator: "\n").count { $0.contains("\tdelivered\t") } == 1)
            let names = try FolderContents.modes(of: log).keys.sorted()
            #expect(names == [".", "audit.jsonl", "head"])
        }
    }

    /// Nothing is done that cannot be recorded.
    @Test func stopsWhatCannotBeRecorded() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try #require(try city.run().status == 0)
            let log = URL(fileURLWithPath: city.output.path + "-audit/audit.jsonl")
            let file = try #require(FileHandle(forUpdatingAtPath: log.path))
            let whole = try #require(try file.readToEnd())
            try file.truncate(atOffset: UInt64(whole.count / 2))
            try file.close()
            let tokens = folder.appendingPathComponent("tokens.json").path
            let before = try FolderContents(of: city.output)
            let commands = [
                ["run", city.plan.path, "--output", city.output.path, "--work", city.work.path],
                [
                    "purge", city.plan.path, "--work", city.work.path, "--older-than", "0d",
                    "--audit", log.deletingLastPathComponent().path,
                ],
                ["audit", "verify", city.output.path],
            ]
            for command in commands {
                let outcome = try BuiltProgram.run(command)
                #expect([65, 73].contains(outcome.status), "\(command[0])")
                #expect(outcome.errorLines.count == 1)
                #expect(outcome.errors.contains("AUDIT-"), "\(outcome.errors)")
            }
            #expect(try FolderContents(of: city.output) == before)
            let partitions = try FileManager.default.contentsOfDirectory(
                atPath: city.work.appendingPathComponent("1-ingest").path)
            #expect(partitions.contains { $0.hasSuffix(".partitions") })
            let open = folder.appendingPathComponent("open").path
            try FileManager.default.createDirectory(
                atPath: open, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755])
            let token = try BuiltProgram.run([
                "token", "add", "x", "--scope", "public", "--file", tokens, "--audit", open,
            ])
            #expect(token.status == 73)
            #expect(!FileManager.default.fileExists(atPath: tokens))
        }
    }
}
