import Foundation
import PopulationModel
import PopulationPipeline
import Testing

@Suite struct PlanReaderTests {
    @Test func readsEveryKey() throws {
        let fixture = try PlanFixture()
        let plan = try fixture.read(PlanFixture.full)
        #expect(plan.name == "full")
        #expect(plan.area.code == "4499")
        #expect(plan.referenceDates.map(\.description) == ["2015-12-31", "2020-12-31"])
        #expect(plan.knownAt == Timestamp(planText: "2021-01-31 08:05:00"))
        let registration = plan.ingest.registration
        #expect(
            registration.files.map(\.label)
                == ["data/registration-1.csv", "data/registration-2.csv"])
        #expect(registration.files[0].path == fixture.folder.path + "/data/registration-1.csv")
        #expect(registration.encoding == .gb18030)
        #expect(registration.rejectedShareMax == Share(millionths: 25_000))
        #expect(registration.columns == ["citizen_id": "证件号"])
        #expect(registration.values == ["event": ["105": "move_in"], "sex": ["9": "2"]])
        #expect(plan.ingest.residency.encoding == .utf8)
        #expect(plan.deduplicate.residenceMonths == 7)
        #expect(plan.deduplicate.stayGapDays == 30)
        #expect(
            plan.classify.divisions.map(\.file.label)
                == ["data/divisions-2015.csv", "data/divisions-2020.csv"])
        #expect(plan.classify.changes?.label == "data/changes.csv")
        #expect(plan.classify.unclassifiedShareMax == Share(millionths: 2_000))
        #expect(plan.counties?.label == "data/counties.csv")
        #expect(plan.publish.output.path == fixture.folder.path + "/out")
        #expect(plan.publish.targets?.label == "data/targets.csv")
        #expect(plan.publish.official?.label == "data/official.csv")
    }

    @Test func readsLadderTransferLandAndProtection() throws {
        let publish = try PlanFixture().read(PlanFixture.full).publish
        let ladder = try #require(publish.ladder)
        #expect(ladder.residence?.points == Millionths(count: 3_000_000))
        #expect(ladder.insurance?.points == Millionths(count: 2_500_000))
        #expect(ladder.insurance?.cap == Millionths(count: 20_000_000))
        #expect(ladder.fixed.map(\.item) == [.own_dwelling])
        #expect(ladder.alternatives.map(\.name) == ["education"])
        #expect(ladder.alternatives[0].items.map(\.item) == [.college, .bachelor, .postgraduate])
        #expect(ladder.tiers.map(\.name) == ["basic", "full"])
        let transfer = try #require(publish.transfer)
        #expect(transfer.factors.label == "data/factors.csv")
        #expect(transfer.pool == 97_800)
        #expect(transfer.unit == .wan_yuan)
        #expect(transfer.weights.ownProvince == Millionths(count: 1_500_000))
        #expect(transfer.weights.unknown == Millionths(count: 0))
        #expect(transfer.yearsBack == 3)
        #expect(transfer.childrenWeight == Millionths(count: 1))
        let land = try #require(publish.land)
        #expect(land.bands.map(\.upTo) == [Millionths(count: 100_000_000), nil])
        #expect(land.adjustment == Millionths(count: -100_000))
        let protection = try #require(publish.protection)
        #expect(protection.threshold == 6)
        #expect(protection.releaseDates.map(\.description) == ["2020-12-31"])
    }

    @Test func fillsInTheDefaults() throws {
        let plan = try PlanFixture().read(PlanFixture.short)
        #expect(plan.area.code == "4499", "an area may stand without quotes")
        #expect(plan.knownAt == nil)
        #expect(plan.ingest.registration.encoding == .auto)
        #expect(plan.ingest.registration.rejectedShareMax == Share(millionths: 10_000))
        #expect(plan.ingest.registration.columns.isEmpty)
        #expect(plan.ingest.registration.values.isEmpty)
        #expect(plan.deduplicate.residenceMonths == 6)
        #expect(plan.deduplicate.stayGapDays == 31)
        #expect(plan.classify.changes == nil)
        #expect(plan.classify.unclassifiedShareMax == Share(millionths: 1_000))
        #expect(plan.counties == nil)
        #expect(plan.publish.targets == nil)
        #expect(plan.publish.transfer == nil)
    }

    @Test func namesAllFiveFaultsWithLineAndColumn() throws {
        let text = """
            plan: five
            area: "44990"
            reference-dates: [2020-12-31, 2020-02-30]
            ingest:
              registration: { files: [data/registration-1.csv], encodng: auto }
              residency: { files: [data/nothing-*.csv], rejected-share-max: 1.5 }
            classify: { divisions: [ { edition: 2020-06-30, file: data/divisions-2020.csv } ] }
            publish: { output: out }
            """
        let fixture = try PlanFixture()
        #expect(
            fixture.faults(text) == [
                "2:7 PLAN-013 area is '44990', 2, 4 or 6 digits are expected",
                "3:31 PLAN-014 reference-dates is '2020-02-30', a day between 1850-01-01 and "
                    + "2099-12-31 is expected",
                "5:53 PLAN-007 the key ingest.registration.encodng is not known",
                "6:24 PLAN-031 no file matches data/nothing-*.csv",
                "6:65 PLAN-017 ingest.residency.rejected-share-max is '1.5', a number from 0 to 1 "
                    + "with at most 6 decimal places is expected",
            ])
        #expect(throws: PopstatErrors.self) { try fixture.read(text) }
    }

    @Test func exitsWithInputMissingWhenAFileIsMissingElseWithUsage() throws {
        let fixture = try PlanFixture()
        func status(_ text: String) -> Int32? {
            do throws(PopstatErrors) {
                _ = try fixture.read(text)
                return nil
            } catch {
                return error.exitStatus
            }
        }
        #expect(status(PlanFixture.short("4499", "449")) == 64)
        #expect(status(PlanFixture.short("registration-1", "registration-9")) == 66)
        #expect(status(PlanFixture.short) == nil)
    }

    @Test func namesThePlanAsOnTheCommandLine() {
        let expected = PopstatErrors([PlanFault.planMissing.error(file: "no/such.yaml", mark: nil)])
        #expect(throws: expected) { try PlanReader.read(file: "no/such.yaml") }
        #expect(expected.exitStatus == 66)
    }

    @Test func refusesAFolderAndAnotherFileAsPlan() throws {
        let fixture = try PlanFixture()
        #expect(throws: PopstatErrors.self) { try PlanReader.read(file: fixture.folder.path) }
        let long = Data(repeating: UInt8(ascii: "a"), count: 1 << 20 + 1)
        #expect(fixture.faults(long).map { $0.prefix(12) } == ["-:- PLAN-003"])
        let extract = "citizen_id,name\n1,2\n3,4\n"
        #expect(
            fixture.faults(extract)
                == ["1:1 PLAN-010 the plan is text, a group of keys is expected"])
        #expect(fixture.faults(Data([0x61, 0x3A, 0xC4])).map { $0.prefix(12) } == ["-:- PLAN-004"])
        #expect(fixture.faults("# nothing\n").map { $0.prefix(12) } == ["-:- PLAN-005"])
    }

    @Test func readsAPlanWithByteOrderMarkAndCRLF() throws {
        let fixture = try PlanFixture()
        let crlf = PlanFixture.short.replacingOccurrences(of: "\n", with: "\r\n")
        #expect(try fixture.read("\u{FEFF}" + crlf).name == "short")
        #expect(
            fixture.faults("\u{FEFF}pla: x\r\n" + crlf).first?.prefix(13) == "1:1 PLAN-007 ")
    }
}

@Suite struct PlanKeyTests {
    @Test func namesEveryKeyGivenTwiceAndTheOtherFaultsToo() throws {
        let text = PlanFixture.short(
            "area: 4499", "area: 4499\n\"area\": 4498\narea: 44\nknown-at: never")
        #expect(
            try PlanFixture().faults(text) == [
                "3:1 PLAN-008 the key area is given twice, first on line 2",
                "4:1 PLAN-008 the key area is given twice, first on line 2",
                "5:11 PLAN-015 known-at is 'never', a date or a date and time is expected",
            ])
    }

    @Test func namesKeysGivenTwiceInFlowAndInNestedGroups() throws {
        let text = PlanFixture.full(
            "{ event: { \"105\": move_in }", "{ event: { 5: birth, '5': death }")
        #expect(
            try PlanFixture().faults(text) == [
                "11:34 PLAN-008 the key ingest.registration.values.event.5 is given twice, "
                    + "first on line 11"
            ])
        let nested = PlanFixture.full(
            "residence: { points: 3,", "residence: { points: 3, ^points: 4,")
        let (found, expected) = try PlanFixture().places(nested, code: "PLAN-008")
        #expect(found == expected)
    }

    /// Values copied out of a spreadsheet: ingest reads fields in the same way.
    @Test func readsRawValuesAsIngestReadsFields() throws {
        let text = PlanFixture.full(
            "{ event: { \"105\": move_in }",
            "{ event: { \"'105\": move_in, \" １０６\u{3000}\": birth, '=\"107\"': death }")
        #expect(
            try PlanFixture().read(text).ingest.registration.values["event"]
                == ["105": "move_in", "106": "birth", "107": "death"])
        let twice = PlanFixture.full(
            "{ event: { \"105\": move_in }", "{ event: { \"105\": move_in, ^\"１０５\": birth }")
        let (found, expected) = try PlanFixture().places(twice, code: "PLAN-008")
        #expect(found == expected)
    }

    @Test func namesMissingKeysAtTheirGroup() throws {
        #expect(
            try PlanFixture().faults("plan: x\n").map { $0.dropFirst(13) } == [
                "the key area is missing", "the key reference-dates is missing",
                "the key ingest is missing", "the key classify is missing",
                "the key publish is missing",
            ])
        let text = PlanFixture.short("{ files: [data/residency-1.csv] }", "{}")
        #expect(
            try PlanFixture().faults(text)
                == ["6:14 PLAN-009 the key ingest.residency.files is missing"])
    }

    @Test func refusesOneSourceAlone() throws {
        let text = PlanFixture.short("  residency: { files: [data/residency-1.csv] }\n", "")
        #expect(
            try PlanFixture().faults(text)
                == ["5:3 PLAN-009 the key ingest.residency is missing"])
    }

    @Test(arguments: [
        ("plan: short", "plan: ^[short]", "PLAN-010"),
        ("plan: short", "plan:^", "PLAN-010"),
        ("plan: short", "plan: ^'  '", "PLAN-012"),
        ("[2020-12-31]", "^2020-12-31", "PLAN-010"),
        ("[2020-12-31]", "^[]", "PLAN-011"),
        ("[2020-12-31]", "[^{ a: 1 }]", "PLAN-010"),
        ("[2020-12-31]", "[2020-12-31, ^'2020-12-31']", "PLAN-019"),
        ("[2020-12-31]", "[^20201231]", "PLAN-014"),
        ("{ output: out }", "^out", "PLAN-010"),
        ("{ output: out }", "{ output: out, ^~: 1 }", "PLAN-010"),
        ("plan: short", "plan: short\nknown-at: ^2021-01-31 24:00", "PLAN-015"),
        ("plan: short", "plan: short\ndeduplicate: { stay-gap-days: ^367 }", "PLAN-016"),
        ("plan: short", "plan: short\ndeduplicate: { stay-gap-days: ^-1 }", "PLAN-016"),
        ("plan: short", "plan: &p short\nknown-at: ^*q", "PLAN-037"),
        ("plan: short", "plan: ^]short", "PLAN-006"),
        ("[data/registration-1.csv]", "[^*.csv]", "PLAN-037"),
        ("plan: short", "plan: a^\u{1}b", "PLAN-006"),
        ("plan: short", "plan: ^\"a\\tb\"", "PLAN-012"),
        ("plan: short", "plan: short\n^---\nplan: other", "PLAN-006"),
    ])
    func namesAFaultOfForm(old: String, new: String, code: String) throws {
        let (found, expected) = try PlanFixture().places(PlanFixture.short(old, new), code: code)
        #expect(found == expected)
    }

    @Test func suggestsTheNearestKeyOrListsAll() {
        #expect(
            PlanFault.unknownKey(key: "a", nearest: "area", known: []).error(file: "p", mark: nil)
                .remedy.en == "Did you mean area?")
        #expect(
            PlanFault.unknownKey(key: "a", nearest: nil, known: ["b", "c"])
                .error(file: "p", mark: nil).remedy.en == "Known keys: b, c.")
    }

    @Test(arguments: [
        ("reference_dates", "reference-dates"), ("Area", "area"), ("agregate", "aggregate"),
        ("territory", nil), ("x", nil),
    ])
    func findsTheNearestKey(typed: String, nearest: String?) throws {
        let text = PlanFixture.short + "\(typed): 1\n"
        let fixture = try PlanFixture()
        do throws(PopstatErrors) {
            _ = try fixture.read(text)
            Issue.record("an unknown key was accepted")
        } catch {
            let remedy = try #require(error.errors.first).remedy.en
            #expect(nearest.map { "Did you mean \($0)?" == remedy } ?? remedy.hasPrefix("Known"))
        }
    }
}
