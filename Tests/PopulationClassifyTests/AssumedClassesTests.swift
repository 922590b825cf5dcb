import PopulationClassify
import PopulationModel
import Testing

@Suite struct AssumedClassesTests {
    private static let known: Set<UInt64> = [449_901_001_001, 449_901_001_002]

    private func faults(
        file: String? = nil, options: [(String, String)] = []
    ) -> (classes: [UInt64: UInt16]?, faults: [String]) {
        var assumed = AssumedClasses(isKnown: Self.known.contains)
        for (code, unitClass) in options {
            assumed.take(code: code, unitClass: unitClass, option: "--class")
        }
        if let file {
            assumed.take(ClassifyStage.File(bytes: Array(file.utf8), label: "new.csv"))
        }
        do throws(PopstatErrors) {
            return (try assumed.checked(), [])
        } catch {
            return (nil, error.errors.map(\.description))
        }
    }

    @Test func takesUnitsOfOptionsAndFile() {
        let file =
            "name,class,code\n汀澜市,,4499\n青岚区,x,449901\n松洋街道,,449901001\n"
            + "甲,121,449901001001\n"
        let found = faults(file: file, options: [("449901001002", "220")])
        #expect(found.classes == [449_901_001_001: 121, 449_901_001_002: 220])
        #expect(faults().classes == [:])
    }

    @Test func namesEveryFaultWithItsLine() {
        let file =
            "code,class\n449901001001,121\n449901009009,121\n449901001001,122\n"
            + "449901001002,000\n44990100100,121\n"
        #expect(
            faults(file: file).faults == [
                "new.csv, line 3, column code: no edition of the run has the unit 449901009009 in "
                    + "its area (CLASSIFY-007). Name a unit of the table units; a new one needs a "
                    + "run with new divisions.",
                "new.csv, line 4, column code: the code 449901001001 stands twice (CLASSIFY-004). "
                    + "Keep the row that is right.",
                "new.csv, line 5, column class: '000' is no urban-rural class, expected 111, 112, "
                    + "121, 122, 123, 210 or 220 (CLASSIFY-001). Take the class from the library "
                    + "of the edition.",
                "new.csv, line 6, column code: the code does not have the right number of digits "
                    + "(CLASSIFY-002). Write all digits; leading zeros count.",
            ])
        #expect(faults(file: "code,name\n").faults.count == 1)
    }

    @Test func namesTheFaultsOfOptions() {
        let options = [
            ("449901001001", "1"), ("449901001002", "111"), ("449901001002", "112"),
            ("44990119800229001", "111"),
        ]
        #expect(
            faults(options: options).faults.map { String($0.prefix(50)) } == [
                "--class 449901001001, column class: '1' is no urba",
                "--class 449901001002, column code: the code 449901",
                "--class, column code: the code does not have the r",
            ])
    }

    @Test func refusesAUnitOfBothOptionAndFile() {
        let found = faults(
            file: "code,class\n449901001001,121\n", options: [("449901001001", "121")])
        #expect(found.faults.count == 1)
        #expect(found.faults.first?.contains("(CLASSIFY-004)") == true)
    }
}
