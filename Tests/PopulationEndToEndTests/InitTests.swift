import Foundation
import PopulationTestSupport
import Testing

/// A plan drafted from the headers of extracts is one that `check` accepts and `run` counts the same
/// from; what cannot be told is asked for, and nothing half-made is written.
@Suite struct InitTests {
    /// A way in which a supplier names columns and writes files.
    struct Supplier: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var registration: String
        var residency: String
        var isGB18030 = false
        var hasByteOrderMark = false
    }

    static let suppliers = [
        Supplier(
            testDescription: "pinyin in GB 18030",
            registration: "SFZHM,LSH,XM,XB,CSRQ,HUHAO,HLX,YHZGX,HJDZ_XZQH,BDLX,BDRQ,BDYY,"
                + "QCD_XZQH,QCD_CXFLDM,XL,ZC,CXBZ,SLSJ",
            residency: "ZJHM,LSH,XM,XB,CSRQ,CXBZ,GXSJ,HJDZ_XZQH,JZDZ_SQCJDM,QLRRQ,QLCRQ,"
                + "jznxjsQsrq,JZZHM,FZRQ,YXQZRQ,JYQSRQ,CBQSRQ,ZZLXDM,XL,ZC", isGB18030: true),
        Supplier(
            testDescription: "English with a byte order mark",
            registration: "ID Number,Serial No.,Full Name,Gender,Date of Birth,Household Number,"
                + "Household Type,Relationship,Village Code,Event Type,Event Date,Change Reason,"
                + "Previous Code,Previous Class,Schooling,Professional Title,Cancelled,"
                + "Last Updated",
            residency: "ID Number,Serial No.,Full Name,Gender,Date of Birth,Cancelled,"
                + "Last Updated,Home Division Code,Current Address Code,Arrival Date,"
                + "Departure Date,Residence Years From,Permit No.,Issue Date,Valid Until,"
                + "Employment Start,Insurance Start,Housing Type,Schooling,Professional Title",
            hasByteOrderMark: true),
        Supplier(
            testDescription: "Chinese with brackets, blanks and full width",
            registration: "公民身份证号码（18位）,流水号,人员姓名,性别（1男2女）,出生年月日,户编号,"
                + "户类别,户主关系,户籍地行政区划（代码）,变动类别,变动时间[年月日],落户原因,"
                + "迁出地行政区划代码,迁出地城乡分类,学历,专业技术职称,是否撤销,　最后更新时间",
            residency: "证件号码,流水号,人员姓名,性别（1男2女）,出生年月日,是否撤销,最后更新时间,"
                + "户籍地行政区划代码,居住地行政区划代码,来本地日期,搬离日期,居住年限起始日期,"
                + "居住证编号,发证日期,有效期止,就业开始日期,参保开始日期,住房类型,学历,职称"),
        Supplier(
            testDescription: "names that say nothing",
            registration: "x1,record_id,name,sex,x2,household_no,household_type,relation,x3,x4,"
                + "x5,cause,origin_code,origin_class,education,title,revoked,x6",
            residency: "y1,record_id,name,sex,y2,revoked,y3,registered_code,y4,y5,"
                + "departure_date,count_from,permit_no,permit_issued,permit_valid_to,"
                + "employed_since,insured_since,dwelling,education,title"),
    ]

    @Test(arguments: suppliers)
    func drafts(supplier: Supplier) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_200)
            try #require(try city.run().status == 0)
            let files = try Self.extracts(of: supplier, city)
            let outcome = try Self.draft(city, files.flatMap { ["--extract", $0] })
            #expect(outcome.errors == "")
            try #require(outcome.status == 0)
            #expect(outcome.output.contains("`popstat check` finds no fault"))

            let plan = folder.appendingPathComponent("drafted.yaml").path
            #expect(try BuiltProgram.run(["check", plan]).status == 0)
            let run = try BuiltProgram.run([
                "run", plan, "--work", folder.appendingPathComponent("private").path,
            ])
            #expect(run.status == 0)
            for table in ["urbanization", "population", "settlement_detail"] {
                let name = "internal/\(table).csv"
                let figures = folder.appendingPathComponent("figures/\(name)")
                guard
                    let wanted = try? Data(  // A table that the sample has not is not compared.
                        contentsOf: city.output.appendingPathComponent(name))
                else { continue }
                #expect(try Data(contentsOf: figures) == wanted, "\(name)")
            }
            #expect(
                FileManager.default.fileExists(
                    atPath: city.output.appendingPathComponent("internal/urbanization.csv").path))

            let values = try PersonalValues(
                of: files.map { URL(fileURLWithPath: $0) },
                headers: [
                    "sfzhm", "zjhm", "id number", "公民身份证号码（18位）", "证件号码", "x1", "y1",
                ])
            #expect(values.count > 1_000)
            let shown = outcome.output + (try String(contentsOfFile: plan, encoding: .utf8))
            #expect(values.occurrences(in: Data(shown.utf8)) == 0)
            #expect(shown.contains("999999999999999999"))
            #expect(shown.contains("汉汉"))
        }
    }

    /// The same options give the same bytes; a plan that is there stays, unless told.
    @Test func writesTheSameAgainAndReplacesNothing() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let files = try Self.extracts(of: Self.suppliers[0], city)
            let options = files.flatMap { ["--extract", $0] } + ["--target", "55", "--by", "2025"]
            let first = try Self.draft(city, options, targets: false)
            #expect(first.status == 0)
            let plan = folder.appendingPathComponent("drafted.yaml")
            let bytes = try Data(contentsOf: plan)
            let targets = folder.appendingPathComponent("drafted-targets.csv")
            #expect(
                try String(contentsOf: targets, encoding: .utf8)
                    == "concept,area_code,percent,date,source\n"
                    + "resident,4499,55,2025-12-31,popstat init\n")
            let again = try Self.draft(city, options, targets: false)
            #expect(again.status == 73)
            #expect(again.errors.contains("drafted.yaml: the file is there already (INIT-004)"))
            let forced = try Self.draft(city, options + ["--force"], targets: false)
            #expect(forced.status == 0)
            #expect(forced.output == first.output)
            // A path given by mistake costs no extract.
            let extract = city.extracts.appendingPathComponent("registration-1.csv").path
            let before = try city.read("registration-1.csv")
            let refused = try Self.draft(
                city, options + ["--force", "--plan", extract], targets: false)
            #expect(refused.status == 73)
            #expect(refused.errors.contains("(INIT-012)"))
            #expect(try city.read("registration-1.csv") == before)
            #expect(try Data(contentsOf: plan) == bytes)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(left == ["city", "drafted-targets.csv", "drafted.yaml", "foreign"])
        }
    }

    @Test func asksForWhatCannotBeTold() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            var supplier = Self.suppliers[0]
            supplier.registration = supplier.registration.replacing("BDRQ", with: "Q1")
                .replacing("CSRQ", with: "Q2")
                .replacing("SFZHM", with: "Q3").replacing("BDLX", with: "Q4")
            var files = try Self.extracts(of: supplier, city)
            // Only a header: nothing can be told by content.
            for file in files where file.contains("registration") {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
                try bytes.prefix(through: bytes.firstIndex(of: 0x0A)!)
                    .write(to: URL(fileURLWithPath: file))
            }
            let options = files.flatMap { ["--extract", $0] }
            let asked = try Self.draft(city, options)
            #expect(asked.status == 64)
            #expect(asked.errorLines.count == 1)
            #expect(asked.errors.contains("extract: citizen_id, event, event_date; headers"))
            #expect(asked.errors.contains("such as --column citizen_id=HEADER"))
            let plan = folder.appendingPathComponent("drafted.yaml").path
            #expect(!FileManager.default.fileExists(atPath: plan))
            let told = try Self.draft(
                city,
                options + ["--column", "citizen_id=q3", "--column", "event=Q4"]
                    + ["--column", "event_date=Q1"])
            #expect(told.status == 0)
            #expect(
                try String(contentsOfFile: plan, encoding: .utf8).contains(
                    "event_date: \"Q1\" # as given"))

            files = files.filter { $0.contains("residency") }
            let half = try Self.draft(city, files.flatMap { ["--extract", $0] } + ["--force"])
            #expect(half.status == 64)
            #expect(half.errors.contains("no registration extract was given"))
        }
    }

    /// Codes that are nobody's are shown with their number; what may be a name is not.
    @Test func proposesWordsForUnknownCodes() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            for name in try city.names(of: "registration") {
                let text = try city.read(name)
                try city.write(text.replacing(",move_in,", with: ",105,"), to: name)
            }
            let files = try ["registration", "residency"].flatMap { try city.names(of: $0) }.map {
                city.extracts.appendingPathComponent($0).path
            }
            let outcome = try Self.draft(city, files.flatMap { ["--extract", $0] })
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("event: not known: 105 ("))
            let plan = try String(
                contentsOf: folder.appendingPathComponent("drafted.yaml"), encoding: .utf8)
            #expect(plan.contains("    #     \"105\": move_in # "))
        }
    }

    /// Before there is a work folder to unpack it in.
    @Test func readsTheHeaderOfAPackedExtract() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let files = try Self.extracts(of: Self.suppliers[0], city)
            try #require(try ChildProgram(["gzip", files[0], files.last!]).wait() == 0)
            let packed = ["\(files[0]).gz"] + files.dropFirst().dropLast() + ["\(files.last!).gz"]
            let outcome = try Self.draft(city, packed.flatMap { ["--extract", $0] })
            #expect(outcome.errors == "")
            #expect(outcome.status == 0)
            let plan = folder.appendingPathComponent("drafted.yaml").path
            #expect(try BuiltProgram.run(["check", plan]).status == 0)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left.sorted() == ["city", "drafted.yaml", "foreign"])
            // Cut short, it is told at once.
            let file = URL(fileURLWithPath: packed[0])
            try Data(contentsOf: file).dropLast(9).write(to: file)
            let cut = try BuiltProgram.run(["check", plan])
            #expect(cut.status == 74)
            #expect(cut.errors.contains("(INGEST-008)"))
        }
    }

    @Test func saysEveryOptionThatIsWrong() throws {
        let none = try BuiltProgram.run(["init"])
        #expect(none.status == 64)
        #expect(none.errorLines.count == 6)
        #expect(none.errorLines.allSatisfy { $0.contains("(INIT-001)") })
        let bad = try BuiltProgram.run([
            "init", "--plan", "p.yaml", "--area", "44", "--output", "o", "--extract", "a.csv",
            "--reference-dates", "2020-02-30", "--divisions", "d.csv", "--column", "citizenid=x",
            "--target", "101", "--targets", "t.csv",
        ])
        #expect(bad.status == 64)
        let codes = bad.errorLines.compactMap { $0.firstMatch(of: /INIT-\d+/)?.output }
        #expect(codes == ["INIT-002", "INIT-002", "INIT-009", "INIT-003", "INIT-002"])
    }

    /// A first line that is a row gets into no message.
    @Test func showsNoRowThatStandsWhereTheHeaderShould() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let values = try PersonalValues(
                of: city.names(of: "registration").map {
                    city.extracts.appendingPathComponent($0)
                })
            let name = "registration-1.csv"
            try city.write(
                try city.lines(of: name).records.joined(separator: "\n") + "\n", to: name)
            let outcome = try Self.draft(
                city, ["--extract", city.extracts.appendingPathComponent(name).path])
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("has no header line (INGEST-004)"))
            #expect(values.occurrences(in: Data((outcome.errors + outcome.output).utf8)) == 0)
        }
    }

    private static func draft(
        _ city: SampleCity, _ options: [String], targets: Bool = true
    ) throws -> BuiltProgram.Outcome {
        func file(_ name: String) -> String { city.extracts.appendingPathComponent(name).path }
        return try BuiltProgram.run(
            [
                "init", "--plan", city.folder.appendingPathComponent("drafted.yaml").path,
                "--area", "4499", "--output", city.folder.appendingPathComponent("figures").path,
                "--divisions", "2015-06-30=\(file("divisions-2015.csv"))",
                "--divisions", "2020-06-30=\(file("divisions-2020.csv"))",
                "--changes", file("division-changes.csv"), "--counties", file("counties.csv"),
                "--reference-dates",
                "2015-12-31,2016-12-31,2017-12-31,2018-12-31,2019-12-31,2020-12-31",
            ] + (targets ? ["--targets", file("targets.csv")] : []) + options)
    }

    /// The city's extracts with the supplier's headers, in a folder of their own.
    private static func extracts(of supplier: Supplier, _ city: SampleCity) throws -> [String] {
        let folder = city.folder.appendingPathComponent("foreign")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var files: [String] = []
        for (source, header) in [
            ("registration", supplier.registration), ("residency", supplier.residency),
        ] {
            for name in try city.names(of: source) {
                let records = try city.lines(of: name).records.joined(separator: "\n")
                let file = folder.appendingPathComponent(name)
                let text = "\(supplier.hasByteOrderMark ? "\u{FEFF}" : "")\(header)\n\(records)\n"
                try Data(text.utf8).write(to: file)
                if supplier.isGB18030 {
                    let converted = file.path + ".gb"
                    let status = try ChildProgram([
                        "iconv", "-f", "UTF-8", "-t", "GB18030", "-o", converted, file.path,
                    ]).wait()
                    try #require(status == 0)
                    try FileManager.default.removeItem(at: file)
                    try FileManager.default.moveItem(atPath: converted, toPath: file.path)
                }
                files.append(file.path)
            }
        }
        return files
    }
}
