import Foundation
import PopulationTestSupport
import Testing

/// What goes wrong around a run: streams that lead nowhere, paths given by mistake, files that lack
/// a line.
@Suite struct OperationTests {
    private static func withCity(_ body: (SampleCity) throws -> Void) throws {
        try TemporaryFolder.with { try body(try SampleCity(in: $0, citizens: 1_000)) }
    }

    /// Exit status of the program with its streams as the shell's words say.
    private static func status(_ arguments: [String], _ streams: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments =
            ["-c", "exec \"$0\" \"$@\" \(streams)", BuiltProgram.file.path] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -1
    }

    @Test(arguments: ["2>&-", "2>/dev/full"])
    func aFaultThatNobodyHearsKeepsItsStatus(streams: String) throws {
        #expect(try Self.status(["run", "/nowhere.yaml"], streams) == 66)
    }

    @Test func anAnswerThatDoesNotArriveIsAFault() throws {
        try Self.withCity { city in
            for (streams, expected) in [(">/dev/full", 74), (">&-", 74), ("", 0)] {
                let status = try Self.status(["check", city.plan.path], streams)
                #expect(status == expected, "\(streams)")
            }
        }
    }

    @Test func aReportTakesThePlaceOfReportsOnly() throws {
        try Self.withCity { city in
            #expect(try city.run().status == 0)
            let plan = try Data(contentsOf: city.plan)
            let report = ["report", city.output.path, "--output"]
            let refused = try BuiltProgram.run(report + [city.plan.path])
            #expect(refused.status == 73)
            #expect(refused.errors.contains("PUBLISH-088"))
            #expect(try Data(contentsOf: city.plan) == plan)
            let page = city.folder.appendingPathComponent("page.html").path
            for _ in 0..<2 { #expect(try BuiltProgram.run(report + [page]).status == 0) }
        }
    }

    @Test func anOutputBehindALinkIsRefused() throws {
        try Self.withCity { city in
            #expect(try city.run().status == 0)
            let links = ["figures": city.output, "private": city.work]
            for (name, place) in links {
                try FileManager.default.createSymbolicLink(
                    at: city.folder.appendingPathComponent(name), withDestinationURL: place)
            }
            let link = try city.run(["--output", city.folder.path + "/figures"])
            #expect(link.status == 73)
            #expect(link.errors.contains("PUBLISH-025"))
            let inside = try city.run(["--output", city.folder.path + "/private/figures"])
            #expect(inside.status == 64)
            #expect(inside.errors.contains("PUBLISH-022"))
        }
    }

    @Test func countiesWithoutAKindAreNamed() throws {
        try Self.withCity { city in
            let kept = try city.read("counties.csv").split(separator: "\n")
                .filter { !$0.hasPrefix("449902,") }
            try city.write(kept.joined(separator: "\n") + "\n", to: "counties.csv")
            let words = "remark: the counties file does not name 449902:"
            let checked = try BuiltProgram.run(["check", city.plan.path])
            #expect(checked.output.contains(words))
            let outcome = try city.run()
            #expect(outcome.output.contains(words))
        }
    }

    @Test func aSourceWithoutARowIsNamed() throws {
        try Self.withCity { city in
            for number in 1...4 {
                let name = "residency-\(number).csv"
                try city.write(try city.lines(of: name).header + "\n", to: name)
            }
            let outcome = try city.run()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("remark: not one residency row was accepted"))
        }
    }

    /// A year that is mistyped, and a percentage that is written as a share, are told of.
    @Test func slipsOfThePenAreNamed() throws {
        try Self.withCity { city in
            let words = ["has not come", "a target is 0.50 %"]
            let before = try BuiltProgram.run(["check", city.plan.path])
            #expect(before.status == 0)
            for text in words { #expect(!before.output.contains(text)) }
            try city.changePlan("2020-12-31]\n", to: "2020-12-31, 2099-12-31]\n")
            try city.write(
                try city.read("targets.csv").replacingOccurrences(of: ",50,", with: ",0.5,"),
                to: "targets.csv")
            let checked = try BuiltProgram.run(["check", city.plan.path])
            #expect(checked.status == 0)
            for text in words { #expect(checked.output.contains(text)) }
            #expect(try city.run().status == 0)
            let log = try String(
                contentsOf: city.work.appendingPathComponent("run.log"), encoding: .utf8)
            for text in words { #expect(log.contains(text)) }
            // What is a slip today is none when the day has come, and the bytes are the same.
            let manifest = try String(
                contentsOf: city.output.appendingPathComponent("manifest.json"), encoding: .utf8)
            for text in words { #expect(!manifest.contains(text)) }
        }
    }

    /// Nobody writes to the pipe, and nobody waits for him.
    @Test func aPipeIsNoPlan() throws {
        try TemporaryFolder.with { folder in
            let pipe = folder.appendingPathComponent("plan.yaml").path
            try #require(mkfifo(pipe, 0o600) == 0)
            let outcome = try BuiltProgram.run(["check", pipe])
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("(PLAN-005)"))
        }
    }

    /// A key that is not known does not hide a header.
    @Test func allFaultsAreToldAtOnce() throws {
        try Self.withCity { city in
            try city.changePlan("stay-gap-days", to: "stay-gapdays")
            try city.write("a,b\n1,2\n", to: "residency-2.csv")
            let outcome = try BuiltProgram.run(["check", city.plan.path])
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("PLAN-007"))
            #expect(outcome.errors.contains("residency-2.csv, line 1: columns are missing"))
        }
    }

    @Test func anotherPlanInTheFolderIsSaid() throws {
        try Self.withCity { city in
            #expect(try city.run().status == 0)
            try city.changePlan("plan: sample", to: "plan: other")
            let words = "the output folder held figures of the plan sample"
            let (first, second) = (try city.run(), try city.run())
            #expect(first.output.contains(words))
            #expect(!second.output.contains(words))
        }
    }
}
