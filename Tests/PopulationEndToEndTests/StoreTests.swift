import Foundation
import PopulationFigures
import PopulationStore
import PopulationTestSupport
import Testing

/// The store as a user meets it: runs, editions, deliveries, comparisons, and what happens when a run
/// dies.
@Suite struct StoreTests {
    private static func withCity(_ body: (SampleCity) throws -> Void) throws {
        try TemporaryFolder.with { try body(try SampleCity(in: $0, citizens: 1_000)) }
    }

    private static func store(of city: SampleCity) -> String {
        city.output.path + "-store/figures.sqlite"
    }

    private static func log(of city: SampleCity) throws -> String {
        try String(contentsOf: city.work.appendingPathComponent("run.log"), encoding: .utf8)
    }

    private static func hasLand(of year: String, _ city: SampleCity) throws -> Bool {
        let file = city.output.appendingPathComponent("internal/land.csv")
        return try String(contentsOf: file, encoding: .utf8).contains("\n\(year),")
    }

    /// Every table of an edition that is not the published file byte for byte.
    private static func differences(_ reader: any FigureReader, _ edition: Int, _ output: URL)
        throws -> [String]
    {
        let held = try reader.tables(ofEdition: edition)
        let files = try FileManager.default.contentsOfDirectory(
            atPath: output.path + "/internal"
        ).filter { $0.hasSuffix(".csv") }
        let names = held.filter { $0.scope == .internal }.map { "\($0.name).csv" }
        #expect(Set(names) == Set(files))
        return try held.filter { $0.scope == .internal }.compactMap { stored in
            var table = Table(
                name: stored.name, columns: stored.columns, keyCount: stored.keyCount)
            try reader.read(
                FigureQuery(table: stored.name, scope: .internal, edition: edition)
            ) { table.append($0) }
            let file = output.appendingPathComponent("internal/\(stored.name).csv")
            return Data(table.csv) == (try Data(contentsOf: file)) ? nil : stored.name
        }
    }

    @Test func aRunIsAnEditionAndTheSameRunAgainIsNone() throws {
        try Self.withCity { city in
            #expect(try city.run().status == 0)
            let reader = try SQLiteStore(reading: Self.store(of: city))
            #expect(try Self.differences(reader, 1, city.output) == [])
            let again = try city.run(["--json"]).json()["edition"] as? [String: Any]
            #expect(again?["new"] as? Bool == false)
            #expect(again?["id"] as? Int == 1)
            #expect(try reader.editions().count == 1)
        }
    }

    @Test func noStoreIsMadeWhereThePlanSaysNone() throws {
        try Self.withCity { city in
            try city.changePlan("publish:\n", to: "publish:\n  store: none\n")
            let outcome = try city.run()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: city.output.path + "-store"))
        }
    }

    /// A correction is a revision beside the delivered one, whose bytes stay.
    @Test func whatWasDeliveredStaysAfterACorrection() throws {
        try Self.withCity { city in
            #expect(try city.run().status == 0)
            let deliver = [
                "deliver", "--to", "finance", "2020", "--run", city.output.path, "--json",
            ]
            let first = try BuiltProgram.run(deliver)
            #expect(first.status == 0, "\(first.errors)")
            #expect(try first.json()["new"] as? Bool == true)
            let file = try #require(try first.json()["file"] as? String)
            let delivered = try Data(contentsOf: city.output.appendingPathComponent(file))
            #expect(try BuiltProgram.run(deliver).json()["new"] as? Bool == false)
            try city.changePlan("pool: 97800", to: "pool: 98800")
            #expect(try city.run().status == 0)
            let second = try BuiltProgram.run(deliver).json()
            #expect(second["revision"] as? Int == 2)
            #expect((second["differences"] as? [Any])?.isEmpty == false)
            #expect(try Data(contentsOf: city.output.appendingPathComponent(file)) == delivered)
            let list = try BuiltProgram.run(["editions", city.output.path])
            #expect(list.output.contains("finance 2020 r1"))
            #expect(list.output.contains("finance 2020 r2"))
            let compared = try BuiltProgram.run([
                "compare", "1", "2", "--store", Self.store(of: city), "--table", "transfer",
            ])
            #expect(compared.output.contains("internal/transfer: "))
            #expect(compared.output.contains("amount"))
            let amounts = compared.output.split(separator: "\n").filter { $0.contains(" amount ") }
            let form = try Regex("[0-9]+ +[+-][0-9]+ +[+-][0-9]+\\.[0-9]{2}$")
            #expect(!amounts.isEmpty && amounts.allSatisfy { $0.contains(form) })
            #expect(
                try BuiltProgram.run(["compare", "1", "1", "--store", Self.store(of: city)]).output
                    == "no difference\n")
        }
    }

    /// A folder that was lost begins anew with revision 1, and what was delivered had that number.
    @Test func aRevisionIsDeliveredWithOneSetOfFigures() throws {
        try Self.withCity { city in
            let deliver = ["deliver", "--to", "finance", "2020", "--run", city.output.path]
            #expect(try city.run().status == 0)
            #expect(try BuiltProgram.run(deliver).status == 0)
            let kept = city.output.deletingLastPathComponent().appendingPathComponent("kept")
            try FileManager.default.moveItem(at: city.output, to: kept)
            try city.changePlan("pool: 97800", to: "pool: 98800")
            #expect(try city.run().status == 0)
            let refused = try BuiltProgram.run(deliver)
            #expect(refused.status == 73)
            #expect(refused.errors.contains("PUBLISH-056"))
            // With the editions of the delivery it is the second revision.
            try FileManager.default.removeItem(at: city.output)
            try FileManager.default.moveItem(at: kept, to: city.output)
            #expect(try city.run().status == 0)
            let second = try BuiltProgram.run(deliver + ["--json"]).json()
            #expect(second["revision"] as? Int == 2)
        }
    }

    /// Without the folder that went on from it, a run begins anew with the first revision.
    @Test func noRevisionIsDeliveredAfterALaterOne() throws {
        try Self.withCity { city in
            let deliver = ["deliver", "--to", "finance", "2020", "--run", city.output.path]
            #expect(try city.run().status == 0)
            #expect(try BuiltProgram.run(deliver).status == 0)
            try city.changePlan("pool: 97800", to: "pool: 98800")
            #expect(try city.run().status == 0)
            #expect(try BuiltProgram.run(deliver).status == 0)
            try FileManager.default.removeItem(at: city.output)
            try city.changePlan("pool: 98800", to: "pool: 97800")
            #expect(try city.run().status == 0)
            let refused = try BuiltProgram.run(deliver)
            #expect(refused.status == 73)
            #expect(refused.errors.contains("PUBLISH-057"))
        }
    }

    /// The revisions of before are in the folder, and none of them is of this run.
    @Test func withoutATransferNothingIsDelivered() throws {
        try Self.withCity { city in
            #expect(try city.run().status == 0)
            let plan = try String(contentsOf: city.plan, encoding: .utf8).split(separator: "\n")
                .filter { !$0.hasPrefix("  transfer:") && !$0.hasPrefix("  land:") }
            try Data((plan.joined(separator: "\n") + "\n").utf8).write(to: city.plan)
            #expect(try city.run().status == 0)
            let refused = try BuiltProgram.run([
                "deliver", "--to", "finance", "2020", "--run", city.output.path,
            ])
            #expect(refused.status == 64)
            #expect(refused.errors.contains("PUBLISH-058"))
        }
    }

    /// The revisions of a year that this run leaves out are of the people of another night.
    @Test func publicTablesAreOfThisRunAlone() throws {
        try Self.withCity { city in
            try city.changePlan("release-dates: [2020-12-31]", to: "release-dates: [2019-12-31]")
            #expect(try city.run().status == 0)
            try city.changePlan("2018-12-31, ", to: "")
            let (header, records) = try city.lines(of: "registration-1.csv")
            try city.write(
                ([header] + records.dropLast(records.count / 2)).joined(separator: "\n") + "\n",
                to: "registration-1.csv")
            #expect(try city.run().status == 0)
            let fresh = city.folder.appendingPathComponent("fresh/city")
            let work = city.folder.appendingPathComponent("fresh-work").path
            #expect(try city.run(["--output", fresh.path, "--work", work]).status == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: fresh.path + "/public")
            #expect(names.count > 10)
            for name in names where name.hasSuffix(".csv") {
                #expect(
                    FileManager.default.contentsEqual(
                        atPath: "\(city.output.path)/public/\(name)",
                        andPath: "\(fresh.path)/public/\(name)"), "\(name)")
            }
        }
    }

    /// The urban land of a county moves no payment and all the same a quota.
    @Test func aCorrectionOfLandAloneIsDelivered() throws {
        try Self.withCity { city in
            #expect(try city.run().status == 0)
            let deliver = [
                "deliver", "--to", "finance", "2020", "--run", city.output.path, "--json",
            ]
            #expect(try BuiltProgram.run(deliver).json()["new"] as? Bool == true)
            let factors = try city.read("finance-factors.csv").split(separator: "\n").map { line in
                guard line.hasPrefix("449901,2020,") else { return String(line) }
                return line.split(separator: ",").dropLast().joined(separator: ",") + ",9999"
            }
            try city.write(factors.joined(separator: "\n") + "\n", to: "finance-factors.csv")
            #expect(try city.run().status == 0)
            let second = try BuiltProgram.run(deliver).json()
            #expect(second["new"] as? Bool == true)
            #expect(second["edition"] as? Int == 2)
            #expect(second["revision"] as? Int == 1)
            let differences = try #require(second["differences"] as? [[String: Any]])
            let columns = differences.compactMap { $0["column"] as? String }
            #expect(columns.contains("land.land_per_head_m2"))
            #expect(columns.allSatisfy { $0.hasPrefix("land.") })
            let again = try BuiltProgram.run(deliver).json()
            #expect(again["new"] as? Bool == false)
            #expect(again["edition"] as? Int == 2)
        }
    }

    /// A run that no longer answers a year takes nothing away from what was delivered of it.
    @Test func theLandOfAYearThatIsNotAnsweredStaysDelivered() throws {
        try Self.withCity { city in
            let deliver = [
                "deliver", "--to", "finance", "2020", "--run", city.output.path, "--json",
            ]
            #expect(try city.run().status == 0)
            #expect(try BuiltProgram.run(deliver).json()["new"] as? Bool == true)
            let dates = ["2019-12-31, 2020-12-31]", "release-dates: [2020-12-31]"]
            let fewer = ["2019-12-31]", "release-dates: [2019-12-31]"]
            for (all, less) in zip(dates, fewer) { try city.changePlan(all, to: less) }
            #expect(try city.run().status == 0)
            #expect(try !Self.hasLand(of: "2020", city))
            let without = try BuiltProgram.run(deliver).json()
            #expect(without["new"] as? Bool == false)
            #expect(without["edition"] as? Int == 1)
            // Another recipient gets what the folder holds, though a later edition holds less.
            for (all, less) in zip(dates, fewer).reversed() { try city.changePlan(less, to: all) }
            #expect(try city.run().status == 0)
            #expect(try Self.hasLand(of: "2020", city))
            #expect(try BuiltProgram.run(deliver).json()["new"] as? Bool == false)
            let other = try BuiltProgram.run(
                deliver.map { $0 == "finance" ? "statistics" : $0 }
            ).json()
            #expect(other["edition"] as? Int == 3)
        }
    }

    /// Killed anywhere, the store holds whole editions; the same run again completes it.
    @Test func aRunThatIsKilledIsCompletedByTheNext() throws {
        try Self.withCity { city in
            let whole = try city.run()
            try #require(whole.status == 0, "\(whole.errors)")
            let parts = TestLength.isLong ? 40 : 6
            for part in 0..<parts {
                try city.changePlan("pool: 97\(800 + part)", to: "pool: 97\(801 + part)")
                // Publishing is the end of a run.
                let share = 0.5 + 0.5 * Double(part) / Double(parts)
                _ = try city.run(killAfter: whole.seconds * share)
                #expect(try city.run().status == 0)
                let reader = try SQLiteStore(reading: Self.store(of: city))
                let editions = try reader.editions()
                #expect(editions.map(\.id) == Array(1...editions.count))
                #expect(try Self.differences(reader, editions.count, city.output) == [])
            }
        }
    }

    /// The run after one that died between folder and store may have other figures.
    @Test func whatADyingRunPublishedIsKeptBeforeItIsReplaced() throws {
        try Self.withCity { city in
            #expect(try city.run().status == 0)
            let store = URL(fileURLWithPath: Self.store(of: city)).deletingLastPathComponent()
            let before = city.output.deletingLastPathComponent().appendingPathComponent("before")
            try FileManager.default.copyItem(at: store, to: before)
            try city.changePlan("pool: 97800", to: "pool: 98800")
            #expect(try city.run().status == 0)
            let published = before.deletingLastPathComponent().appendingPathComponent("published")
            try FileManager.default.copyItem(at: city.output, to: published)
            // As the kill leaves it: the folder is new, and the store does not know it.
            try FileManager.default.removeItem(at: store)
            try FileManager.default.moveItem(at: before, to: store)
            try city.changePlan("pool: 98800", to: "pool: 99800")
            #expect(try city.run().status == 0)
            #expect(try Self.log(of: city).contains("edition 2 now"))
            let reader = try SQLiteStore(reading: Self.store(of: city))
            #expect(try reader.editions().map(\.id) == [1, 2, 3])
            #expect(try Self.differences(reader, 2, published) == [])
            #expect(try Self.differences(reader, 3, city.output) == [])
            // Nothing is missing now.
            try city.changePlan("pool: 99800", to: "pool: 99900")
            #expect(try city.run().status == 0)
            #expect(try !Self.log(of: city).contains("edition 3 now"))
            #expect(try reader.editions().count == 4)
        }
    }

    /// A trial into a folder of its own may stand in the same store; it takes nothing from it.
    @Test func whatTheStoreHoldsIsNotKeptAgain() throws {
        try Self.withCity { city in
            let store = city.folder.appendingPathComponent("figures.sqlite").path
            try city.changePlan(
                "publish:\n", to: "publish:\n  store: { sqlite: ../figures.sqlite }\n")
            #expect(try city.run().status == 0)
            try city.changePlan("pool: 97800", to: "pool: 98800")
            let trial = city.folder.appendingPathComponent("trial/city").path
            #expect(try city.run(["--output", trial]).status == 0)
            try city.changePlan("pool: 98800", to: "pool: 99800")
            #expect(try city.run().status == 0)
            #expect(try SQLiteStore(reading: store).editions().map(\.id) == [1, 2, 3])
            #expect(try !Self.log(of: city).contains("were not in the store"))
        }
    }

    /// What was published and then changed by hand is not what was published.
    @Test func figuresChangedSinceAreNotKept() throws {
        try Self.withCity { city in
            #expect(try city.run().status == 0)
            try FileManager.default.removeItem(
                at: URL(fileURLWithPath: Self.store(of: city)).deletingLastPathComponent())
            let table = city.output.appendingPathComponent("internal/units.csv")
            try Data((try String(contentsOf: table, encoding: .utf8) + "\n").utf8).write(to: table)
            try city.changePlan("pool: 97800", to: "pool: 98800")
            #expect(try city.run().status == 0)
            #expect(try Self.log(of: city).contains("cannot be kept in the store"))
            let reader = try SQLiteStore(reading: Self.store(of: city))
            #expect(try reader.editions().count == 1)
        }
    }

    @Test func aDamagedStoreStopsTheRunBeforeItBegins() throws {
        try Self.withCity { city in
            let path = Self.store(of: city)
            try FileManager.default.createDirectory(
                atPath: city.output.path + "-store", withIntermediateDirectories: true)
            try Data("this is no store, and long enough to be taken for one".utf8)
                .write(to: URL(fileURLWithPath: path))
            let outcome = try city.run()
            #expect(outcome.status == 74)
            #expect(outcome.errorLines.count == 1)
            #expect(outcome.errors.contains("(STORE-003)"))
            #expect(!FileManager.default.fileExists(atPath: city.output.path))
        }
    }

    /// kill -9 while the publication waits in the middle of a COPY.
    @Test(
        .enabled(if: TestTool.postgres.isUsed, Comment(rawValue: TestTool.postgres.absence)))
    func aKilledPublicationLeavesPostgresAsItWas() throws {
        try PostgresServer.with { server in
            try Self.withCity { city in
                let prepared = try BuiltProgram.run([
                    "store", "init", "--postgres", server.connection(),
                ])
                #expect(prepared.status == 0, "\(prepared.errors)")
                try server.query(
                    "CREATE ROLE nightly LOGIN; GRANT popstat_writer TO nightly; "
                        + "CREATE ROLE finance LOGIN; GRANT popstat_reader TO finance")
                let connection = server.connection(user: "nightly")
                try city.changePlan(
                    "publish:\n", to: "publish:\n  store: { postgres: \"\(connection)\" }\n")
                let first = try city.run()
                try #require(first.status == 0, "\(first.errors)")
                let reader = try PostgresStore(reading: server.connection(user: "finance"))
                #expect(try Self.differences(reader, 1, city.output) == [])

                try city.changePlan("pool: 97800", to: "pool: 98800")
                let blocker = try server.session(
                    "BEGIN; LOCK TABLE popstat.internal_quality; SELECT pg_sleep(60)")
                try server.query(PostgresWaiting.until("wait_event = 'PgSleep'"))
                // The run waits for the lock; it is killed long after it came there.
                let killed = try city.run(killAfter: first.seconds + 3)
                #expect(killed.status == -9)
                #expect(
                    try server.query(
                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY %'") != "")
                #expect(try reader.editions().map(\.id) == [1])
                blocker.end()
                try server.query(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        + "WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()")
                #expect(try city.run().status == 0)
                #expect(try reader.editions().map(\.id) == [1, 2])
                #expect(try Self.differences(reader, 2, city.output) == [])
                #expect(
                    try server.query(
                        "SELECT count(DISTINCT edition) FROM popstat.internal_population") == "2")
            }
        }
    }
}
