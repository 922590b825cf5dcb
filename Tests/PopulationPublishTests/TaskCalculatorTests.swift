import PopulationFigures
import PopulationModel
import PopulationPublish
import Testing

struct TaskCalculatorTests {
    private func figure(_ number: Int, at date: CalendarDate, of figures: Figures) -> TaskFigure? {
        TaskCalculator(figures: figures).tasks(of: .embedded)
            .first { $0.number == number && $0.date == date }
    }

    /// The 24 rows of the plan; `domain.md` 10.1.
    @Test func theProgramHoldsTheTwentyFourTasks() {
        let tasks = TaskPlan.embedded.tasks
        #expect(tasks.map(\.number) == Array(1...24))
        for task in tasks {
            #expect(!task.title.zh.isEmpty && !task.title.en.isEmpty)
            #expect(!task.lead.isEmpty)
        }
        let offices = Set(tasks.flatMap { $0.lead + $0.responsible }.map(\.zh))
        #expect(offices.count == 14, "13 bureaus, and the counties and districts")
        #expect(offices.contains("县（市、区）政府（管委会）"))
        #expect(!offices.contains("市发展改革委"), "an alias of 市发展改革局 in row 24")
        // One name in English for one office, and no two of the same.
        let pairs = Set(tasks.flatMap { $0.lead + $0.responsible }.map { "\($0.zh)|\($0.en)" })
        #expect(pairs.count == 14)
        #expect(Set(pairs.map { $0.split(separator: "|")[1] }).count == 14)
        #expect(
            tasks.filter { $0.responsible.isEmpty }.map(\.number)
                == [2, 3, 4, 8, 10, 11, 12, 15, 16, 17, 18, 22])
        #expect(tasks.filter { $0.lead.count == 2 }.map(\.number) == [10, 11])
        #expect(tasks[0].responsible.count == 9)
        #expect(tasks[23].responsible.first?.zh == "市发展改革局")
    }

    @Test func fiveTasksAreTextOnlyAndSayso() {
        let figures = SampleFigures().figures
        let tasks = TaskCalculator(figures: figures).tasks(of: .embedded)
        #expect(tasks.count == 24 * 6)
        let textOnly = tasks.filter { $0.indicator == "text only" }
        #expect(Set(textOnly.map(\.number)) == [10, 11, 12, 23, 24])
        for task in textOnly { #expect(task.value + task.unit + task.status == "") }
        let indicators = Set(tasks.map(\.indicator)).subtracting(["text only"])
        #expect(indicators == Set(TaskIndicator.allCases.map(\.rawValue)))
    }

    @Test func theRateHasItsStatusAgainstTheTarget() throws {
        let figures = SampleFigures().figures
        let last = try #require(figure(1, at: day(2020), of: figures))
        #expect(last.value == "57.67")
        #expect(last.unit == "percent")
        #expect(last.status == "achieved")
        #expect(figure(1, at: day(2015), of: figures)?.status == "not_assessable")
        var without = SampleFigures()
        without.target = nil
        #expect(figure(1, at: day(2020), of: without.figures)?.status == "")
    }

    @Test func measuresWhatTheFiguresTell() throws {
        var figures = SampleFigures().figures
        figures.households = ["community", "family"].map {
            HouseholdFigure(
                date: day(2020), countyCode: "449902", householdType: $0, households: 3,
                persons: 7)
        }
        for (index, sex) in [
            (2, Sex.female), (3, .female), (9, .female), (10, .female), (5, .male),
        ] {
            figures.population.append(
                PopulationFigure(
                    date: day(2020), countyCode: "449902", unitClass: "111", concept: .resident,
                    sex: sex, ageGroup: AgeGroup(index: index), persons: 10 + index))
        }
        func value(_ number: Int) -> String? {
            figure(number, at: day(2020), of: figures)?.value
        }
        #expect(value(6) == "100.00")
        #expect(value(7) == "7")
        // 13 of 65,688 rows are rejected for their number.
        #expect(value(8) == "99.98")
        #expect(figure(8, at: day(2019), of: figures)?.value == "", "rows belong to the run")
        #expect(value(15) == "32", "15 to 49 are the fourth to the tenth group")
        #expect(value(21) == "9")
        #expect(value(22) == "100.00")
    }

    @Test func whatTheRunDoesNotTellIsEmptyAndNotZero() throws {
        var figures = SampleFigures().figures
        for number in [2, 3, 4, 5, 9, 13, 14, 16, 17, 18, 19, 20] {
            let row = try #require(figure(number, at: day(2020), of: figures))
            #expect(row.value == "", "task \(number)")
            #expect(row.unit == (number == 13 ? "ha" : "persons"))
        }
        figures.personMeasures = [
            PersonMeasureFigure(date: day(2020), measure: .settledCentralCity, persons: 0),
            PersonMeasureFigure(date: day(2020), measure: .permitHolders, persons: 12),
        ]
        #expect(figure(3, at: day(2020), of: figures)?.value == "0")
        #expect(figure(20, at: day(2020), of: figures)?.value == "12")
    }

    @Test func theQuotaOfTheAreaIsRoundedOnce() {
        var figures = SampleFigures().figures
        figures.land = ["449902", "449921"].map {
            LandFigure(
                year: 2020, countyCode: $0, settled: 1, landPerHead: Fraction(1), standard: "1",
                quota: Fraction(1, 30_000))
        }
        // 0.0000333… twice: 0.0001, and not twice 0.0000.
        #expect(figure(13, at: day(2020), of: figures)?.value == "0.0001")
        #expect(figure(13, at: day(2019), of: figures)?.value == "0.0000")
        #expect(figure(13, at: day(2015), of: figures)?.value == "", "no pair ends in 2015")
    }

    /// A county whose people settled on land that nobody told has no quota (SPEC 6.3), and so the
    /// whole has none either; where nobody settled and no land is known there is no row.
    @Test func aQuotaThatIsUnknownInOneCountyIsUnknownForTheWhole() {
        var figures = SampleFigures().figures
        let known = LandFigure(
            year: 2020, countyCode: "449902", settled: 2, landPerHead: Fraction(80),
            standard: "100", quota: Fraction(2, 100))
        let unknown = LandFigure(
            year: 2020, countyCode: "449921", settled: 3, landPerHead: nil, standard: "",
            quota: nil)
        func quota() -> String? { figure(13, at: day(2020), of: figures)?.value }
        figures.land = [known]
        #expect(quota() == "0.0200")
        figures.land = [known, unknown]
        #expect(quota() == "", "the quota of one county is not the quota of the whole")
        figures.land = [unknown]
        #expect(quota() == "", "an unknown quota is not 0")
    }

    @Test(arguments: [
        (
            "2,a,b,c,d,,",
            "tasks.csv, line 2, column number: '2' is not 1, the next number (PUBLISH-141). "
                + "Mend the row of the tasks file."
        ),
        (
            "1,a,b,c;d,e,,",
            "tasks.csv, line 2, column lead_en: 'e' is not as many offices as in Chinese "
                + "(PUBLISH-142). Mend the row of the tasks file."
        ),
        (
            "1,a,b,c,d,e,",
            "tasks.csv, line 2, column responsible_en: '' is not as many offices as in Chinese "
                + "(PUBLISH-143). Mend the row of the tasks file."
        ),
    ])
    func saysWhatIsWrongWithATask(line: String, text: String) {
        let header = "number,title_zh,title_en,lead_zh,lead_en,responsible_zh,responsible_en\n"
        let faults = #expect(throws: PopstatErrors.self) {
            _ = try TaskPlan(Array((header + line + "\n").utf8), label: "tasks.csv")
        }
        #expect(faults?.description == text)
    }
}
