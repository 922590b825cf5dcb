import Foundation
import PopulationTestSupport
import Testing

/// A purge that does not come to its end: the audit log tells of what it removed.
@Suite(.enabled(if: FaultLibrary.compiler != nil, "there is no C compiler"))
struct PurgeFaultTests {
    /// A city that ran once, and what of it a purge is to remove, in its order.
    private struct Scene {
        let city: SampleCity
        let library: URL
        let folder: URL

        init(in folder: URL) throws {
            self.folder = folder
            library = try FaultLibrary.build(in: folder)
            city = try SampleCity(in: folder, citizens: 300)
            try #require(try city.run().status == 0)
        }

        func purge(_ variables: [String: String]) throws -> BuiltProgram.Outcome {
            try BuiltProgram.run(
                [
                    "purge", city.plan.path, "--work", city.work.path, "--older-than", "0d",
                    "--audit", city.output.path + "-audit",
                ],
                environment: variables.merging([
                    "LD_PRELOAD": library.path, "FAULT_ROOT": folder.path,
                ]) { $1 })
        }

        /// A purge whose third removal is spoilt.
        func spoiltPurge(_ kind: String) throws -> BuiltProgram.Outcome {
            let (point, nth) = try thirdRemoval()
            return try purge([
                "FAULT_POINT": point, "FAULT_NTH": "\(nth)", "FAULT_KIND": kind,
            ])
        }

        /// The third file that a purge removes, as the library calls it, and how many that are.
        private func thirdRemoval() throws -> (point: String, nth: Int) {
            let record = folder.appendingPathComponent("recorded")
            try #require(try purge(["FAULT_RECORD": record.path]).status == 0)
            try #require(try city.run().status == 0)
            let removals = try String(contentsOf: record, encoding: .utf8).split(separator: "\n")
                .filter { $0.hasPrefix("unlink work/") }
            try #require(removals.count > 5)
            let point = removals[2]
            return (String(point), removals[...2].count { $0 == point })
        }

        func audit(_ command: String) throws -> String {
            let outcome = try BuiltProgram.run(["audit", command, city.output.path])
            #expect(outcome.status == 0, "\(outcome.errors)")
            return outcome.output
        }
    }

    @Test func recordsWhatItRemovedBeforeItFailed() throws {
        try TemporaryFolder.with { folder in
            let scene = try Scene(in: folder)
            let outcome = try scene.spoiltPurge("\(EACCES)")
            #expect(outcome.status == 73, "\(outcome.errors)")
            let last = try #require(try scene.audit("list").split(separator: "\n").last)
            #expect(last.contains("\tpurged\t"))
            #expect(last.contains("; files=2; "), "\(last)")
            #expect(last.contains("; outcome=failed"), "\(last)")
            #expect(!(try scene.audit("verify").contains("has no end")))
        }
    }

    @Test func isKnownWhenItIsKilled() throws {
        try TemporaryFolder.with { folder in
            let scene = try Scene(in: folder)
            #expect(try scene.spoiltPurge("kill").status == -SIGKILL)
            #expect(try scene.audit("verify").contains("the purge begun"))
            #expect(try scene.purge([:]).status == 0)
            let last = try #require(try scene.audit("list").split(separator: "\n").last)
            #expect(last.contains("\tpurged\t") && !last.contains("outcome"), "\(last)")
        }
    }
}
