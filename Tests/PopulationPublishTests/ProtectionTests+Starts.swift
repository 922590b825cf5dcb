import PopulationFigures
import PopulationModel
import Testing

@testable import PopulationPublish

/// Rates of dates that are not released, which `decomposition` and `progress` begin with.
extension ProtectionTests {
    /// The areas whose rate at the start of 2020 is hidden.
    private static func hiddenStarts(
        area: String, starts: [(code: String, total: Int, urban: Int)],
        urbanization: [(code: String, total: Int, urban: Int)], dates: [CalendarDate]
    ) throws -> [String] {
        var figures = Self.figures()
        figures.area = try #require(Area(code: area))
        figures.urbanization.removeAll { $0.date == Self.ends[0] && $0.level != .township }
        for (code, total, urban) in urbanization {
            figures.urbanization.append(
                UrbanizationFigure(
                    date: Self.ends[0], level: code.count == 4 ? .prefecture : .county,
                    areaCode: code, concept: .resident, areaName: "", total: total, urban: urban,
                    rural: total - urban, unclassified: 0, target: nil))
        }
        for (code, total, urban) in starts {
            figures.decomposition.append(
                DecompositionFigure(
                    year: 2020, areaCode: code, start: Rate(urban: urban, total: total),
                    rateEnd: Fraction(1, 2), reclassification: Fraction(0),
                    natural: Fraction(0),
                    migration: Fraction(1, 2) - Fraction(urban, total)))
        }
        let table = try #require(
            Self.outcome(figures, dates: dates).tables.first { $0.table.name == "decomposition" }
        ).table
        let start = try #require(table.columns.firstIndex(of: "rate_start"))
        let hidden = table.rows.filter { $0[0] == "2020" && $0[start] == "[c]" }
        // The end and the change would tell the start.
        for row in hidden { #expect(row[start + 2] == "[c]") }
        return hidden.map { $0[1] }
    }

    /// A rate of six decimals tells total and urban of its date, released or not: of few people it is
    /// hidden, and another one with it, so that no difference from the whole area is left.
    @Test func aRateAtADateThatIsNotReleasedTellsNobody() throws {
        let starts = [
            (code: "4499", total: 163, urban: 93), (code: "449901", total: 90, urban: 40),
            (code: "449902", total: 70, urban: 50), (code: "449903", total: 3, urban: 3),
        ]
        let hidden = try Self.hiddenStarts(
            area: "4499", starts: starts, urbanization: starts, dates: [Self.ends[1]])
        #expect(hidden.contains("449903") && hidden.count > 1)
        // The whole area is what a release is read for.
        #expect(!hidden.contains("4499"))
    }

    /// `decomposition` has a province and its counties, and nothing between.
    @Test func aProvinceIsTheSumOfItsCounties() throws {
        let starts = [
            (code: "44", total: 163, urban: 93), (code: "440101", total: 90, urban: 40),
            (code: "440201", total: 70, urban: 50), (code: "440203", total: 3, urban: 3),
        ]
        let hidden = try Self.hiddenStarts(
            area: "44", starts: starts, urbanization: [], dates: [Self.ends[1]])
        #expect(hidden.contains("440203") && hidden.count > 1)
    }

    /// Three people lived in a county that is there no more: the whole less the others.
    @Test func aCountyThatIsGoneIsNotTheDifference() throws {
        let starts = [
            (code: "4499", total: 163, urban: 93), (code: "449901", total: 90, urban: 40),
            (code: "449902", total: 70, urban: 50),
        ]
        let hidden = try Self.hiddenStarts(
            area: "4499", starts: starts, urbanization: starts, dates: [Self.ends[1]])
        #expect(!hidden.isEmpty)
    }

    /// A county that lost nearly all its units to another one: carried to the later edition it
    /// began with three people, though its own date, which is released, has eighty.
    @Test func aStartIsNotWhatItsDateHad() throws {
        let before = [
            (code: "4499", total: 240, urban: 120), (code: "449901", total: 90, urban: 40),
            (code: "449902", total: 70, urban: 40), (code: "449903", total: 80, urban: 40),
        ]
        let starts = [
            (code: "4499", total: 240, urban: 120), (code: "449901", total: 90, urban: 40),
            (code: "449902", total: 147, urban: 77), (code: "449903", total: 3, urban: 3),
        ]
        let hidden = try Self.hiddenStarts(
            area: "4499", starts: starts, urbanization: before, dates: Self.ends)
        #expect(hidden.contains("449903") && hidden.count > 1)
    }

    /// A township of three people at the date that `progress` begins with, which is not released: its
    /// base is hidden, and no difference between its county and the other township tells it.
    @Test func aTownshipWithATargetKeepsItsBase() throws {
        let bases = [
            (code: "4499", total: 163, urban: 93), (code: "449901", total: 93, urban: 43),
            (code: "449901001", total: 90, urban: 40), (code: "449901101", total: 3, urban: 3),
            (code: "449902", total: 70, urban: 50), (code: "449902001", total: 40, urban: 25),
            (code: "449902101", total: 30, urban: 25),
        ]
        var figures = Self.figures()
        figures.urbanization.removeAll { $0.date == Self.ends[0] }
        for (code, total, urban) in bases {
            let level: AreaLevel =
                code.count == 4 ? .prefecture : code.count == 6 ? .county : .township
            figures.urbanization.append(
                UrbanizationFigure(
                    date: Self.ends[0], level: level, areaCode: code, concept: .resident,
                    areaName: "", total: total, urban: urban, rural: total - urban,
                    unclassified: 0, target: nil))
            let latest = try #require(
                figures.urbanization.first {
                    $0.date == Self.ends[1] && $0.areaCode == code && $0.concept == .resident
                })
            figures.progress.append(
                ProgressFigure(
                    date: Self.ends[1], areaCode: code, concept: .resident,
                    target: Target(
                        concept: .resident, areaCode: code, percentHundredths: 5_000,
                        date: day(2025), source: ""), baseDate: Self.ends[0],
                    base: Rate(urban: urban, total: total),
                    latest: Rate(urban: latest.urban, total: latest.total), paceRequired: "",
                    paceObserved: "", ratioPercent: "", status: .onTrack, neededPerYear: "",
                    projectedLinear: "", projectedURGD: "", crossingYear: ""))
        }
        let table = try #require(
            Self.outcome(figures, dates: [Self.ends[1]]).tables.first {
                $0.table.name == "progress"
            }
        ).table
        let hidden = table.rows.filter { $0[4] == "[c]" }.map { $0[1] }
        #expect(hidden.contains("449901101"))
        #expect(hidden.contains("449901") || hidden.contains("449901001"))
        // Where nobody is few, a township's base is shown.
        #expect(!hidden.contains("449902001") && !hidden.contains("4499"))
        #expect(table.rowCount == bases.count)
    }
}
