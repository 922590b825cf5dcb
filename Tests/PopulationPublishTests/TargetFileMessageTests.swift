import PopulationFigures
import PopulationModel
import PopulationPublish
import PopulationTestSupport
import Testing

/// Every fault of a targets file in its final words.
@Suite struct TargetFileMessageTests {
    private static let header = "concept,area_code,percent,date,source\n"

    private func faults(_ text: String) -> [String] {
        do throws(PopstatErrors) {
            _ = try TargetFile.read(Array(text.utf8), label: "targets.csv")
            return []
        } catch {
            #expect(error.exitStatus == 64)
            let rows = text.split(separator: "\n").dropFirst().joined(separator: ",")
            for fault in error.errors { Self.checkChinese(fault, of: rows) }
            return error.errors.map(\.description)
        }
    }

    static let rows: [(line: String, text: String)] = [
        (
            "urban,4499,50,2020-12-31,plan",
            "targets.csv, line 2, column concept: 'urban' is not `resident` or `registered` "
                + "(PUBLISH-111). Mend the row of the targets file."
        ),
        (
            "resident,44990,50,2020-12-31,plan",
            "targets.csv, line 2, column area_code: '44990' is not an area code of 2, 4, 6 or 9 "
                + "digits (PUBLISH-112). Mend the row of the targets file."
        ),
        (
            "resident,4499,50.125,2020-12-31,plan",
            "targets.csv, line 2, column percent: '50.125' is not a percentage from 0 to 100 with "
                + "at most 2 decimals (PUBLISH-113). Mend the row of the targets file."
        ),
        (
            "resident,4499,50,2020-02-30,plan",
            "targets.csv, line 2, column date: '2020-02-30' is not a date yyyy-mm-dd "
                + "(PUBLISH-114). Mend the row of the targets file."
        ),
    ]

    @Test(arguments: rows.indices)
    func saysWhatIsWrongAndWhatToDo(index: Int) {
        let (line, text) = Self.rows[index]
        #expect(faults(Self.header + line + "\n") == [text])
    }

    @Test func refusesASecondTargetOfOneDay() {
        let lines = "resident,4499,50,2020-12-31,a\nresident,4499,51.5,2020-12-31,b\n"
        #expect(
            faults(Self.header + lines) == [
                "targets.csv, line 3, column date: '2020-12-31' is not the only target of this "
                    + "concept, area and date (PUBLISH-115). Mend the row of the targets file."
            ])
    }

    @Test func namesAllFaultsAtOnce() {
        #expect(faults(Self.header + "a,b,c,d,e\nresident,4499,101,2020-12-31,x\n").count == 5)
    }

    @Test(arguments: ["-1", "100.01", "50.", ".5", "5e1", "", "1000", "50,5"])
    func refusesAPercentThatIsNone(percent: String) {
        let line = "resident,4499,\"\(percent)\",2020-12-31,x\n"
        #expect(faults(Self.header + line).count == 1)
    }

    @Test func readsPercentsOfUpToTwoDecimals() throws {
        let lines = ["0", "50", "50.5", "50.05", "100.00"].enumerated().map {
            "resident,4499,\($1),20\($0 + 10)-12-31,x\n"
        }
        let targets = try TargetFile.read(
            Array((Self.header + lines.joined()).utf8), label: "targets.csv")
        #expect(targets.map(\.percentHundredths) == [0, 5_000, 5_050, 5_005, 10_000])
    }

    @Test func namesTheColumnsThatAreMissing() {
        let found = faults("concept,area_code,percent\n")
        #expect(found.count == 1)
        #expect(found.first?.contains("date") == true)
        #expect(found.first?.contains("(PUBLISH-") == true)
    }

    private static func checkChinese(_ fault: PopstatError, of line: String) {
        let fields = line.split { ",\n\"".contains($0) }.map(String.init)
            .filter { $0.count > 1 }
        #expect(
            ChineseWording.problems(
                fault.line(in: .zh), beside: fault.description,
                values: fields + [fault.place?.column ?? ""].filter { !$0.isEmpty },
                columns: ["concept", "date", "percent"]) == [])
    }
}
