import Foundation
import PopulationFigures
import PopulationModel
import PopulationPublish
import Testing

struct HTMLReportTests {
    /// What a page can be made of; every one must hold the rules below.
    static let samples: [(name: String, figures: SampleFigures)] = [
        ("six dates", SampleFigures()),
        ("one date", SampleFigures(dates: [day(2020)])),
        ("no target", SampleFigures(target: nil)),
        ("nobody", SampleFigures(persons: 0)),
        ("an empty county", SampleFigures(emptyCounty: 2)),
        ("no names", SampleFigures(areaName: "", countyNames: ["", "", ""])),
        (
            "hostile names",
            SampleFigures(
                areaName: "<script>alert('x')</script>&\"云\"",
                countyNames: ["<b>", "a & b", "\"><img src=x onerror=alert(1)>"])
        ),
        ("twenty dates", SampleFigures(dates: (2001...2020).map { day($0) })),
        ("money and land", SampleFigures(hasFinance: true)),
    ]

    @Test(arguments: samples.indices)
    func isSelfContained(index: Int) throws {
        let page = try Self.samples[index].figures.page
        for banned in [
            "<script", "http:", "https:", "<link", "@import", "url(", "<img", "<iframe",
            " onerror=\"", "javascript:",
        ] { #expect(!page.contains(banned), "\(Self.samples[index].name): \(banned)") }
    }

    @Test(arguments: samples.indices)
    func everyDrawingHasTitleAndDescription(index: Int) throws {
        let page = try Self.samples[index].figures.page
        var ids: Set<String> = []
        let drawings = page.components(separatedBy: "<svg ").dropFirst()
        for drawing in drawings {
            let start = drawing.prefix(while: { $0 != ">" })
            #expect(start.contains("role=\"img\""))
            let label = try #require(start.firstMatch(of: /aria-labelledby="(\S+) (\S+)"/))
            #expect(drawing.contains("<title id=\"\(label.1)\">"))
            #expect(drawing.contains("<desc id=\"\(label.2)\">"))
            #expect(ids.insert(String(label.1)).inserted, "an id stands twice")
        }
    }

    /// Opened tags are closed in order: an unescaped name would show here.
    @Test(arguments: samples.indices)
    func isWellFormed(index: Int) throws {
        let page = try Self.samples[index].figures.page
        let void: Set<String> = ["meta", "line", "circle", "rect", "path", "polyline"]
        var open: [String] = []
        let body = page.drop(while: { $0 != "\n" })
        for match in body.matches(of: /<(\/?)([a-zA-Z0-9]+)[^>]*>/) {
            let tag = String(match.2)
            if void.contains(tag) || tag == "style" { continue }
            if match.1.isEmpty { open.append(tag) } else { #expect(open.popLast() == tag) }
        }
        #expect(open.isEmpty)
    }

    @Test(arguments: samples.indices)
    func idsAreUniqueAndLinksFindThem(index: Int) throws {
        let page = try Self.samples[index].figures.page
        let ids = page.matches(of: /\ id="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        for link in page.matches(of: /\ href="#([^"]+)"/) { #expect(ids.contains(String(link.1))) }
        for label in page.matches(of: /\ aria-labelledby="([^"]+)"/) {
            for id in label.1.split(separator: " ") { #expect(ids.contains(String(id))) }
        }
    }

    @Test func sameFiguresGiveTheSameBytes() throws {
        let (first, second) = (try SampleFigures().page, try SampleFigures().page)
        #expect(first == second)
    }

    @Test func escapesNames() throws {
        let page = try SampleFigures(countyNames: ["甲<乙", "a & b", "\"q\"'"]).page
        #expect(page.contains("甲&lt;乙"))
        #expect(page.contains("a &amp; b"))
        #expect(page.contains("&quot;q&quot;&#39;"))
        #expect(!page.contains("甲<乙"))
    }

    @Test func saysBothLanguagesAndMarksThem() throws {
        let page = try SampleFigures().page
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"zh-Hans\">"))
        #expect(page.contains("<span class=\"zh\" lang=\"zh-Hans\">"))
        #expect(page.contains("<p class=\"en\" lang=\"en\">"))
        #expect(page.contains("纵轴不从零开始"))
        #expect(page.contains("57.67"))
    }

    @Test func hasOneHeadingOfTheFirstRankAndNoRankSkipped() throws {
        let page = try SampleFigures().page
        let ranks = page.matches(of: /<h([1-6])>/).map { Int($0.1)! }
        #expect(ranks.filter { $0 == 1 }.count == 1)
        #expect(ranks.first == 1)
        #expect(zip(ranks, ranks.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    }

    /// No blank cells: a cell without a number says why.
    @Test(arguments: samples.indices)
    func hasNoBlankCells(index: Int) throws {
        let page = try Self.samples[index].figures.page
        #expect(page.firstMatch(of: /<t[dh][^>]*>\s*<\/t[dh]>/) == nil)
    }

    @Test func aHundredCountiesAreSplitIntoPanelsOfOneScale() throws {
        var figures = Figures(
            area: Area(code: "44")!, areaName: "省", referenceDates: [day(2020)])
        func add(_ level: AreaLevel, _ code: String, _ urban: Int, _ total: Int) {
            for concept in Concept.allCases {
                figures.urbanization.append(
                    UrbanizationFigure(
                        date: day(2020), level: level, areaCode: code, concept: concept,
                        areaName: "市\(code)", total: total, urban: urban, rural: total - urban,
                        unclassified: 0, target: nil))
            }
        }
        add(.province, "44", 5_000, 10_000)
        for index in 0..<100 { add(.prefecture, "44\(index + 100)", index, 100) }
        let report = YearlyReportMaker(figures: figures, provenance: SampleFigures.provenance)
            .report
        guard case .rank(let panels)? = report.regions?.chart else {
            Issue.record("no ranking")
            return
        }
        #expect(panels.map(\.rows.count) == [36, 36, 28])
        #expect(Set(panels.map(\.lowest)) == [0])
        let page = try HTMLReport().page(report)
        #expect(page.components(separatedBy: "<svg ").count == 1 + 1 + 1 + 3)
    }
}
