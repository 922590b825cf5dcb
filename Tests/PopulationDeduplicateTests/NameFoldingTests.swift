import PopulationDeduplicate
import PopulationModel
import Testing

@Suite struct NameFoldingTests {
    private static func conflict(_ names: [String]) -> Bool {
        let rows = names.map { name in
            var row = PackedRow()
            row.name = name
            return row
        }
        return PackedRow.withViews(rows) { NameFolding.conflict(in: $0.map(\.name)) }
    }

    @Test(arguments: [
        ["甲", "甲"], ["甲 乙", "甲乙"], ["甲\u{3000}乙", "甲\u{A0}乙"], ["Ａｂ１", "Ab1"],
        ["甲·乙", "甲•乙"], ["甲·乙", "甲・乙"], ["甲‧乙", "甲･乙"], ["甲∙乙", "甲⋅乙"], ["甲", ""],
        ["", "甲", "", "甲"], [], [""], ["", ""], ["\u{2003}", "甲"],
    ])
    func spellingsOfOneNameDoNotConflict(names: [String]) {
        #expect(!Self.conflict(names))
        #expect(!Self.conflict(names.reversed()))
    }

    @Test(arguments: [
        ["甲", "乙"], ["甲", "甲乙"], ["甲乙", "甲·乙"], ["Ab", "AB"], ["甲", "", "乙"],
        ["甲", "甲", "甲 ", "乙"], ["甲-乙", "甲·乙"], ["\u{2003}", "甲", "乙"],
    ])
    func differentNamesConflict(names: [String]) {
        #expect(Self.conflict(names))
        #expect(Self.conflict(names.reversed()))
    }
}

@Suite struct ResidenceRulesTests {
    /// The last day is the last one of which the definition holds, and it holds of all before.
    @Test(arguments: [0, 1, 5, 6, 7, 12])
    func theCutoffIsTheDefinitionDayByDay(months: Int32) throws {
        for text in [
            "2020-02-28", "2020-02-29", "2019-02-28", "2020-03-01", "2020-06-30", "2020-12-31",
            "2021-08-31", "2019-08-30", "2099-12-31", "2000-01-01", "2021-05-31",
        ] {
            let date = try #require(CalendarDate(iso: text))
            let cutoff = ResidenceRules.awayCutoff(at: date, months: months)
            for day in (date.dayNumber - 800)...min(date.dayNumber + 40, 91_311) {
                let later = CalendarDate(dayNumber: day).adding(months: months)
                let isLongEnough = later.map { $0 <= date } ?? false
                #expect(isLongEnough == (day <= cutoff), "\(text), day \(day - date.dayNumber)")
            }
        }
    }

    @Test func nothingIsLongEnoughAtTheBeginningOfTime() throws {
        let date = try #require(CalendarDate(iso: "1850-03-01"))
        #expect(ResidenceRules.awayCutoff(at: date, months: 6) == 0)
    }
}
