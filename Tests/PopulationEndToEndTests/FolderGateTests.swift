import Foundation
import PopulationTestSupport
import Testing

/// Folders that a run refuses: open to others, held by another run, somebody else's.
@Suite struct FolderGateTests {
    @Test(arguments: [0o750, 0o701, 0o777])
    func refusesAWorkFolderThatOthersCanOpen(mode: Int) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try FileManager.default.createDirectory(
                at: city.work, withIntermediateDirectories: false,
                attributes: [.posixPermissions: mode])
            let held = city.work.appendingPathComponent("run.log")
            try Data().write(to: held)
            let outcome = try city.run()
            #expect(outcome.status == 73)
            #expect(
                outcome.errors == "popstat: \(city.work.path): the work folder is open to others "
                    + "(mode 0\(String(mode, radix: 8)), 0700 is needed), and it holds personal "
                    + "data (INGEST-021). Run `chmod 700` on it, or give another folder with "
                    + "--work.\n")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: city.work.path) == ["run.log"])
            #expect(try FolderContents(of: city.output).files.isEmpty)
        }
    }

    @Test func closesAnEmptyWorkFolderOfOurOwn() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try FileManager.default.createDirectory(
                at: city.work, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o755])
            #expect(try city.run().status == 0)
            let mode = try FileManager.default.attributesOfItem(atPath: city.work.path)[
                .posixPermissions]
            #expect(mode as? Int == 0o700)
        }
    }

    @Test func saysWhoHoldsTheLock() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try #require(try city.run().status == 0)
            let before = try FolderContents(of: city.output)
            let lock = open(city.work.path + "/lock", O_RDWR | O_CLOEXEC)
            try #require(lock >= 0 && flock(lock, LOCK_EX) == 0)
            let words = Array("process 4711\n".utf8)
            try #require(ftruncate(lock, 0) == 0 && pwrite(lock, words, words.count, 0) > 0)
            let outcome = try city.run()
            #expect(outcome.status == 75)
            #expect(
                outcome.errors == "popstat: \(city.work.path): another run holds the work folder "
                    + "(process 4711) (INGEST-022). Wait for it to end.\n")
            close(lock)
            #expect(try FolderContents(of: city.output) == before)
            #expect(try city.run().status == 0)
        }
    }

    /// Two runs would number the same revision of a transfer, and the folder keep one of the two.
    @Test func oneRunAtATimePublishesIntoAFolder() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try #require(try city.run().status == 0)
            let before = try FolderContents(of: city.output)
            let path = city.output.deletingLastPathComponent().appendingPathComponent(".city.lock")
            let lock = open(path.path, O_RDONLY | O_CLOEXEC)
            try #require(lock >= 0 && flock(lock, LOCK_EX) == 0)
            let other = folder.appendingPathComponent("other").path
            let outcome = try city.run(["--work", other])
            #expect(outcome.status == 75)
            #expect(outcome.errors.contains("another run publishes into this folder (PUBLISH-027)"))
            #expect(try BuiltProgram.run(["report", city.output.path]).status == 75)
            #expect(try city.run(["--work", other, "--through", "aggregate"]).status == 0)
            close(lock)
            #expect(try FolderContents(of: city.output) == before)
            #expect(try city.run().status == 0)
        }
    }

    /// A mistyped --work shall not cost what lies there, nor be told to close the root of the machine.
    @Test func refusesAWorkFolderOfSomebodyElse() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try FileManager.default.createDirectory(
                at: city.work, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
            let letter = city.work.appendingPathComponent("offers.csv")
            try Data("mine".utf8).write(to: letter)
            for arguments in [["--work", city.work.path], ["--work", "/"]] {
                let outcome = try city.run(arguments)
                #expect(outcome.status == 73)
                #expect(outcome.errors.contains("(INGEST-025)"))
            }
            let purged = try BuiltProgram.run([
                "purge", city.plan.path, "--work", city.work.path, "--older-than", "0d",
            ])
            #expect(purged.status == 73)
            #expect(try String(contentsOf: letter, encoding: .utf8) == "mine")
        }
    }

    /// Among the tables as well.
    @Test func refusesAPublishedFolderWithAStrangersFileInside() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try #require(try city.run().status == 0)
            let note = city.output.appendingPathComponent("internal/notes.txt")
            try Data("mine".utf8).write(to: note)
            let outcome = try city.run()
            #expect(outcome.status == 73)
            #expect(outcome.errors.contains("internal/notes.txt"))
            #expect(outcome.errors.contains("(PUBLISH-021)"))
            try FileManager.default.removeItem(at: note)
            // What a report that was killed leaves is no stranger's.
            try Data().write(to: city.output.appendingPathComponent(".report.html.new"))
            #expect(try city.run().status == 0)
        }
    }

    @Test func refusesAnOutputFolderOfSomebodyElse() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try FileManager.default.createDirectory(
                at: city.output, withIntermediateDirectories: true)
            let letter = city.output.appendingPathComponent("letter.txt")
            try Data("Dear Sir".utf8).write(to: letter)
            let outcome = try city.run()
            #expect(outcome.status == 73)
            #expect(
                outcome.errors == "popstat: \(city.output.path): the output folder holds files "
                    + "that popstat did not publish (PUBLISH-021). Move them away, or give an empty "
                    + "or new folder with --output or publish.output.\n")
            #expect(try FolderContents(of: city.output).files.keys.sorted() == ["letter.txt"])
            try FileManager.default.removeItem(at: letter)
            #expect(try city.run().status == 0)
        }
    }

    /// The old folder is removed as a whole, so that nothing of somebody else may lie in it.
    @Test(arguments: ["letter.txt", "internal.bak", ".hidden"])
    func refusesAPublishedFolderWithAStrangersFile(name: String) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try #require(try city.run().status == 0)
            try Data("mine".utf8).write(to: city.output.appendingPathComponent(name))
            let before = try FolderContents(of: city.output)
            let held = city.work.appendingPathComponent("held")
            try Data().write(to: held)
            let outcome = try city.run()
            #expect(outcome.status == 73)
            #expect(outcome.errors.contains("(PUBLISH-021)"))
            #expect(try FolderContents(of: city.output) == before)
        }
    }

    /// The folder would take the file's place.
    @Test(arguments: ["plan.yaml", "registration-1.csv"])
    func refusesAFileAsOutput(name: String) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            let before = try city.read(name)
            let outcome = try city.run([
                "--output", city.extracts.appendingPathComponent(name).path,
            ])
            #expect(outcome.status == 73)
            #expect(outcome.errors.contains("(PUBLISH-024)"))
            #expect(try city.read(name) == before)
        }
    }

    @Test func refusesAnOutputFolderThatHoldsAnExtract() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try Data("{}".utf8).write(to: city.extracts.appendingPathComponent("manifest.json"))
            let outcome = try city.run(["--output", city.extracts.path])
            #expect(outcome.status == 73)
            #expect(outcome.errors.contains("(PUBLISH-021)"))
            #expect(try city.names(of: "registration").count == 8)
        }
    }

    @Test(arguments: [("out/city", "out/city/work"), ("work/out", "work"), ("both", "both")])
    func refusesFoldersInOneAnother(output: String, work: String) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            let outcome = try city.run([
                "--output", folder.appendingPathComponent(output).path,
                "--work", folder.appendingPathComponent(work).path,
            ])
            #expect(outcome.status == 64)
            #expect(outcome.errorLines.count == 1)
            #expect(outcome.errors.contains("(PUBLISH-022)"))
            let beside = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(beside == ["city"])
        }
    }
}
