import PopulationModel
import Testing

/// The numbers are the samples of the standard and the fictitious vectors of domain.md 1.6.
@Suite struct CitizenIDTests {
    static let valid = [
        "11010519491231002X", "440524188001010014", "449901198002290016", "449901198002290024",
        "449901199912310156", "449902200001011237", "449903201606300083", "449981195505051218",
        "44992319700101999X", "44990119880808019X", "810000198506150012", "820000199011030023",
        "830000197707070034", "449901198202290010", "449901198013010016", "449901195505051216",
        "449901189501019963",
    ]

    @Test(arguments: valid.indices)
    func givesTheCheckCharacterOfTheStandard(index: Int) throws {
        let text = Self.valid[index]
        let id = CitizenID(first17: try #require(UInt64(text.prefix(17))))
        #expect(id.checkCharacter == text.utf8.last)
        #expect((id.unmaskedText == text) == true)
    }

    @Test func aWrongCheckCharacterDiffers() throws {
        for text in ["449901198002290017", "449901198002290000"] {
            let id = CitizenID(first17: try #require(UInt64(text.prefix(17))))
            #expect(id.checkCharacter != text.utf8.last)
        }
    }

    @Test func checkCharactersFollowTheTableOfTheStandard() {
        let table = Array("10X98765432".utf8)
        for remainder in 0..<11 {
            #expect(
                CitizenID.checkCharacter(remainder: UInt64(remainder)) == table[remainder])
        }
    }

    @Test(
        arguments: [
            (44_990_119_800_229_001, "1980-02-29", Sex.male),
            (44_990_119_800_229_002, "1980-02-29", Sex.female),
            (44_990_320_160_630_008, "2016-06-30", Sex.female),
            (44_992_319_700_101_999, "1970-01-01", Sex.male),
        ] as [(UInt64, String, Sex)])
    func saysBirthDateAndSex(first17: UInt64, birth: String, sex: Sex) {
        let id = CitizenID(first17: first17)
        #expect(id.birthDate?.description == birth)
        #expect(id.sex == sex)
        #expect(id.firstTwoDigits == 44)
    }

    @Test(
        arguments: [
            44_990_119_820_229_001, 44_990_119_801_301_001, 44_990_118_491_231_001,
            44_990_121_000_101_001, 44_990_100_000_000_001,
        ] as [UInt64])
    func hasNoBirthDateOutsideTheCalendar(first17: UInt64) {
        #expect(CitizenID(first17: first17).birthDate == nil)
    }

    @Test func keepsLeadingZeros() {
        #expect(CitizenID(first17: 1_119_800_229_001).unmaskedText.utf8.count == 18)
    }

    /// Whatever way a value is printed, no run of its digits comes out.
    @Test func isMaskedHoweverItIsPrinted() {
        struct Row {
            var id: CitizenID
            var ids: [CitizenID]
            var byID: [CitizenID: Int]
        }
        let id = CitizenID(first17: 44_990_119_800_229_001)
        let row = Row(id: id, ids: [id], byID: [id: 7])
        var dumped = ""
        let print: (Any) -> String = { String(describing: $0) }
        Swift.dump(row, to: &dumped)
        let texts = [
            id.description, id.debugDescription, "\(id)", print(id), String(reflecting: id),
            print(row), String(reflecting: row), "\(row.ids)", "\(row.byID)",
            "\(Optional(id) as Any)", dumped, print(Mirror(reflecting: id).children.count),
        ]
        let secrets = ["4499011980", "19800229", "44990119800229001", "229001"]
        for text in texts {
            #expect(!secrets.contains { text.contains($0) })
        }
        #expect(id.description == "CitizenID(masked)")
        #expect(Mirror(reflecting: id).children.isEmpty)
    }
}
