import Foundation
import PopulationModel
import PopulationPipeline
import Testing

@Suite struct PlanFileTests {
    @Test func doesNotTakeCompressedFilesForCSV() throws {
        let fixture = try PlanFixture(
            files: PlanFixture.inputs + ["data/registration-3.csv.gz", "data/.registration-4.csv"])
        let text = PlanFixture.short("registration-1.csv", "*registration-*.csv")
        #expect(
            try fixture.read(text).ingest.registration.files.map(\.label)
                == ["data/registration-1.csv", "data/registration-2.csv"])
        let both = PlanFixture.short(
            "data/registration-1.csv", "'data/registration-*.gz', data/registration-1.csv")
        #expect(
            try fixture.read(both).ingest.registration.files.map(\.label)
                == ["data/registration-1.csv", "data/registration-3.csv.gz"])
    }

    @Test func sortsFilesByBytes() throws {
        let names = ["b/r.csv", "B/r.csv", "a/r.csv", "市/r.csv", "a10/r.csv", "a9/r.csv"]
        let fixture = try PlanFixture(files: PlanFixture.inputs + names)
        let text = PlanFixture.short("data/registration-1.csv", "./*/r.csv")
        #expect(
            try fixture.read(text).ingest.registration.files.map(\.label)
                == ["B/r.csv", "a/r.csv", "a10/r.csv", "a9/r.csv", "b/r.csv", "市/r.csv"])
    }

    @Test func takesALiteralNameBeforeAPattern() throws {
        let fixture = try PlanFixture(files: PlanFixture.inputs + ["data/r[1].csv", "data/r1.csv"])
        let text = PlanFixture.short("data/registration-1.csv", "'data/r[1].csv'")
        #expect(
            try fixture.read(text).ingest.registration.files.map(\.label) == ["data/r[1].csv"])
    }

    @Test func namesAFileGivenTwiceByPatternLinkOrSource() throws {
        let fixture = try PlanFixture()
        try FileManager.default.createSymbolicLink(
            atPath: fixture.folder.path + "/data/link.csv", withDestinationPath: "residency-1.csv")
        #expect(
            fixture.faults(
                PlanFixture.short(
                    "[data/registration-1.csv]",
                    "[data/registration-1.csv, data/registration-*.csv]")) == [
                    "5:52 PLAN-033 data/registration-1.csv is a file of the plan already, as "
                        + "data/registration-1.csv on line 5"
                ])
        #expect(
            fixture.faults(PlanFixture.short("data/registration-1.csv", "data/link.csv")) == [
                "6:24 PLAN-033 data/residency-1.csv is a file of the plan already, as "
                    + "data/link.csv on line 5"
            ])
    }

    @Test(arguments: [
        ("data/divisions-2020.csv", "data/divisions-2021.csv", "PLAN-028", 66),
        ("data/divisions-2020.csv", "data", "PLAN-029", 66),
        ("data/divisions-2020.csv", "data/divisions-*.csv", "PLAN-032", 64),
        ("data/divisions-2020.csv", "'data/d[xyz]*.csv'", "PLAN-031", 66),
        ("data/divisions-2020.csv", "none/*.csv", "PLAN-031", 66),
        ("output: out", "output: data/counties.csv", "PLAN-035", 64),
        ("output: out", "output: data", "PLAN-036", 64),
        ("output: out", "output: .", "PLAN-036", 64),
        ("output: out", "output: data/../", "PLAN-036", 64),
    ])
    func namesAFaultOfAPath(old: String, new: String, code: String, status: Int32) throws {
        let fixture = try PlanFixture()
        do throws(PopstatErrors) {
            _ = try fixture.read(PlanFixture.short(old, new))
            Issue.record("a wrong path was accepted")
        } catch {
            #expect(error.errors.map(\.code) == [code])
            #expect(error.exitStatus == status)
            #expect(error.errors.allSatisfy { $0.place?.line != nil })
        }
    }

    @Test func namesAFileWhoseNameIsNotUTF8() throws {
        let fixture = try PlanFixture()
        let name =
            Array(fixture.folder.path.utf8) + Array("/data/r-".utf8) + [0xCA, 0xD0, 0x2E, 0x63, 0]
        let file = name.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { fopen($0.baseAddress!, "w") }
        }
        let opened = try #require(file)
        fclose(opened)
        #expect(
            fixture.faults(PlanFixture.short("data/registration-1.csv", "data/r-*.c"))
                == ["5:27 PLAN-034 data/r-*.c matches a file whose name is not valid UTF-8"])
    }

    /// Whoever left it there meant something to be read; a folder of that name stands for itself.
    @Test func namesWhatMatchesAndIsNoFile() throws {
        let fixture = try PlanFixture()
        let start = fixture.folder.path + "/data/registration-"
        #expect(mkdir(start + "old.csv", 0o700) == 0)
        let text = PlanFixture.short("data/registration-1.csv", "data/registration-*.csv")
        #expect(fixture.faults(text) == [])
        #expect(mkfifo(start + "9.csv", 0o600) == 0)
        #expect(fixture.faults(text) == ["5:27 PLAN-029 data/registration-9.csv is not a file"])
    }

    @Test func matchesOneFileByAPattern() throws {
        let text = PlanFixture.short("data/divisions-2020.csv", "data/divisions-?02*.csv")
        let plan = try PlanFixture().read(text)
        #expect(plan.classify.divisions.map(\.file.label) == ["data/divisions-2020.csv"])
    }

    @Test func labelsAFileByItsPlaceBelowThePlanElseAsWritten() throws {
        let other = try PlanFixture()
        let fixture = try PlanFixture()
        let below = PlanFixture.short(
            "data/registration-1.csv", "\(fixture.folder.path)/data/registration-?.csv")
        #expect(
            try fixture.read(below).ingest.registration.files.map(\.label)
                == ["data/registration-1.csv", "data/registration-2.csv"])
        let elsewhere = "\(other.folder.path)/data/registration-1.csv"
        let outside = PlanFixture.short("data/registration-1.csv", elsewhere)
        #expect(
            try fixture.read(outside).ingest.registration.files.map(\.label) == [elsewhere])
    }
}

@Suite struct PlanGlobTests {
    @Test(arguments: [
        ("*.csv", "a.csv", true), ("*.csv", "a.csv.gz", false), ("*.csv", ".a.csv", false),
        (".*", ".a", true), ("a?c", "abc", true), ("a?c", "a市c", true), ("a?c", "ac", false),
        ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[^a-c]x", "dx", true),
        ("[]a]", "]", true), ("[a-]", "-", true), ("[a", "[a", true), ("[a", "a", false),
        ("*a*b", "xayab", true), ("*a*b", "xayc", false), ("**", "x", true), ("*", "x", true),
        ("[一-龥]", "市", true), ("a", "A", false), ("[]", "[]", true), ("a*", "a", true),
    ])
    func matchesAsTheShellDoes(pattern: String, name: String, expected: Bool) {
        #expect(PlanGlob(pattern).matches(name) == expected)
    }
}

@Suite struct PlanColumnTests {
    @Test(arguments: [
        ("citizen_id: 证件号", "^citizen: 证件号", "PLAN-025"),
        ("citizen_id: 证件号", "^departure_date: x", "PLAN-025"),
        ("citizen_id: 证件号", "citizen_id: 号, record_id: ^' 号'", "PLAN-027"),
        ("citizen_id: 证件号", "citizen_id: ^NAME", "PLAN-027"),
        ("citizen_id: 证件号", "citizen_id: ^[a]", "PLAN-010"),
        ("sex: { 9: 女 }", "^sexe: { 9: 女 }", "PLAN-025"),
        ("sex: { 9: 女 }", "^name: { 9: 女 }", "PLAN-026"),
        ("sex: { 9: 女 }", "sex: { 9: ^woman }", "PLAN-018"),
        ("\"105\": move_in", "\"105\": ^move_on", "PLAN-018"),
        ("encoding: gb18030", "encoding: ^gbk", "PLAN-018"),
    ])
    func namesAFaultOfColumnsAndValues(old: String, new: String, code: String) throws {
        let (found, expected) = try PlanFixture().places(PlanFixture.full(old, new), code: code)
        #expect(found == expected)
    }

    @Test func letsAPlanTakeOverADefaultAliasOfAnotherColumn() throws {
        let plan = try PlanFixture().read(PlanFixture.full("citizen_id: 证件号", "record_id: XM"))
        #expect(plan.ingest.registration.columns == ["record_id": "XM"])
    }
}

@Suite struct PlanPublishTests {
    @Test(arguments: [
        ("'2015-06-30'", "^2020-06-30", "PLAN-019"),
        ("{ name: full, from: 50 }", "{ name: ^basic, from: 50 }", "PLAN-020"),
        ("{ name: full, from: 50 }", "{ name: full, from: ^0 }", "PLAN-021"),
        ("fixed: { own_dwelling: 10 }", "fixed: { ^garden: 10 }", "PLAN-007"),
        ("college: 10", "college: ^1000001", "PLAN-017"),
        ("unit: wan_yuan", "unit: ^dollar", "PLAN-018"),
        ("pool: 97800", "pool: ^97800.5", "PLAN-016"),
        ("own_province: 1.5", "own_province: ^1.1234567", "PLAN-017"),
        ("own_province: 1.5", "own_province: ^-1", "PLAN-017"),
        ("decay: 0.5", "decay: ^1.1", "PLAN-017"),
        ("adjustment: -0.1", "adjustment: ^0.11", "PLAN-017"),
        ("{ up-to: 100, standard: 100 }", "^{ standard: 100 }", "PLAN-022"),
        ("{ standard: 50 }", "{ up-to: ^150, standard: 50 }", "PLAN-023"),
        (
            "{ up-to: 100, standard: 100 }",
            "{ up-to: 100, standard: 9 }, { up-to: ^100, standard: 8 }", "PLAN-021"
        ),
        ("release-dates: [2020-12-31]", "release-dates: ^[2019-12-31]", "PLAN-024"),
        ("threshold: 6", "threshold: ^0", "PLAN-016"),
    ])
    func namesAFaultOfPublish(old: String, new: String, code: String) throws {
        let (found, expected) = try PlanFixture().places(PlanFixture.full(old, new), code: code)
        #expect(found == expected)
    }
}

@Suite struct PlanTextTests {
    @Test(arguments: [
        ("0", 0), ("1", 1_000_000), ("1.5", 1_500_000), ("-0.1", -100_000), ("0.000001", 1),
        ("0.0100000", 10_000), ("00.5", 500_000), ("0.0000001", nil), ("", nil), (".5", nil),
        ("1.", nil), ("1e2", nil), ("+1", nil), ("1,5", nil), ("１", nil), ("--1", nil),
        ("1234567890123", nil), ("1.2.3", nil),
    ])
    func readsExactDecimals(text: String, count: Int?) {
        #expect(Millionths(planText: text)?.count == count)
    }

    @Test(arguments: [
        (0, "0"), (1_500_000, "1.5"), (-100_000, "-0.1"), (1, "0.000001"), (3_000_000, "3"),
        (10_010_000, "10.01"),
    ])
    func writesExactDecimals(count: Int, text: String) {
        #expect(Millionths(count: count).description == text)
    }

    @Test(arguments: [
        ("2021-01-31", 0), ("2021-01-31 00:00:01", 1), ("2021-01-31T23:59:59", 86_399),
        ("2021-01-31  8:05", 29_100), ("2021-01-31 24:00", nil), ("2021-01-31 8", nil),
        ("2021-01-31 08:05:00Z", nil), ("2021-01-31 08:60", nil), ("20210131", nil), ("", nil),
        ("2021-02-29", nil), ("2021-01-31 ", nil), ("2021-01-31 -1:00", nil),
    ])
    func readsMoments(text: String, second: Int?) throws {
        let day = try #require(CalendarDate(iso: "2021-01-31"))
        let expected = second.map { Timestamp(date: day, secondOfDay: Int32($0)) }
        #expect(Timestamp(planText: text) == expected)
    }
}
