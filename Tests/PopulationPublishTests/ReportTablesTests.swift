import Foundation
import PopulationFigures
import PopulationModel
import PopulationPublish
import Testing

/// The report of tables in which numbers are hidden.
struct ReportTablesTests {
    /// The sample's tables as public ones, each field passed through `change(table, column, row)`.
    private static func report(
        _ sample: SampleFigures = SampleFigures(hasFinance: true),
        without absent: Set<String> = [],
        hiding: (_ table: String, _ row: [String: String]) -> Set<String> = { _, _ in [] }
    ) throws -> YearlyReport {
        let figures = sample.figures
        let published = TableMaker(figures: figures).tables.filter { !absent.contains($0.name) }
            .map { table -> PublishedTable in
                var copy = Table(
                    name: table.name, columns: table.columns + [TableScope.statusColumn],
                    keyCount: table.keyCount)
                for row in table.rows {
                    let fields = Dictionary(uniqueKeysWithValues: zip(table.columns, row))
                    let hidden = hiding(table.name, fields)
                    copy.append(
                        zip(table.columns, row).map {
                            hidden.contains($0) ? TableScope.hidden : $1
                        } + [hidden.isEmpty ? "A" : "Q"])
                }
                return PublishedTable(copy, scope: .public)
            }
        var provenance = SampleFigures.provenance
        provenance.take(figures)
        provenance.protection = ReportProtection(
            threshold: 5,
            lines: [
                .init(table: "urbanization", date: "2019-12-31", cells: 120, hidden: 6),
                .init(table: "urbanization", date: "2020-12-31", cells: 80, hidden: 4),
            ])
        return try #require(
            YearlyReportMaker(
                tables: ReportTables(published, scope: .public), provenance: provenance)
        ).report
    }

    private static func hidesOneCounty(_ table: String, _ row: [String: String]) -> Set<String> {
        table == "urbanization" && row["area_code"] == "449921"
            && row["reference_date"] == "2020-12-31" && row["concept"] == "resident"
            ? ["urban", "rural", "rate_percent"] : []
    }

    @Test func writesAHiddenNumberAsSuchAndExplainsItBeforeTheTable() throws {
        let report = try Self.report(hiding: Self.hidesOneCounty)
        let regions = try #require(report.regions)
        let row = try #require(regions.table.rows.first { $0.cells[1] == .text("449921") })
        #expect(row.cells[2] == .number("10,000"))
        #expect(row.cells[3] == .shorthand(.hidden))
        #expect(row.cells[5] == .shorthand(.hidden))
        #expect(row.cells[6] == .shorthand(.hidden), "a change would give it away")
        let page = try HTMLReport().page(report)
        let table = try #require(page.range(of: "<table id=\"table-regions\""))
        let legend = try #require(
            page[..<table.lowerBound].range(of: "<b>[c]</b>", options: .backwards))
        #expect(page.distance(from: legend.lowerBound, to: table.lowerBound) < 600)
    }

    @Test func neverDrawsAHiddenNumber() throws {
        let report = try Self.report(hiding: Self.hidesOneCounty)
        guard case .rank(let panels)? = report.regions?.chart else {
            Issue.record("no ranking")
            return
        }
        #expect(panels.flatMap(\.rows).map(\.name.zh) == ["城中区", "兴南市"])
        let change = try #require(report.sections.first { $0.id == "change" })
        guard case .dumbbell(let chart)? = change.drawings.first?.chart else {
            Issue.record("no dumbbell")
            return
        }
        #expect(!chart.rows.contains { $0.name.zh == "和平县" })
        #expect(change.sentences.first?.zh.hasPrefix("另有1个地区") == true)
        let drawing = HTMLReportDrawing.text(of: change, report)
        #expect(!drawing.contains("40.00"))
    }

    @Test func aSumWithHiddenPartsIsALowerBound() throws {
        let report = try Self.report { table, row in
            table == "migration" && row["county_code"] == "449902" ? ["floating"] : []
        }
        let migration = try #require(report.sections.first { $0.id == "migration" })
        #expect(migration.tables[0].rows[0].cells[4] == .shorthand(.hidden))
        // The headline does not make up a number, nor tell a bound of it.
        #expect(!migration.heading.zh.contains { $0.isNumber })
        #expect(!report.mainPoints.contains { $0.sentence.zh.contains("流动人口") })
    }

    @Test func hiddenMoneyHasNoBar() throws {
        let report = try Self.report { table, row in
            table == "transfer" && row["county_code"] == "449921" ? ["amount"] : []
        }
        let transfer = try #require(report.sections.first { $0.id == "transfer" })
        guard case .bars(let chart)? = transfer.drawings.first?.chart else {
            Issue.record("no bars")
            return
        }
        let bar = try #require(chart.rows.first { $0.name.zh == "和平县" }?.bars.first)
        #expect(bar.length == nil)
        #expect(bar.text == "[c]")
    }

    @Test func saysWhatWasProtectedAndWhatItCost() throws {
        let report = try Self.report()
        #expect(!report.scope.isInternal)
        #expect(report.scope.sentence.zh.contains("小于5人"))
        let cells = try #require(report.scope.protection?.rows.first?.cells)
        #expect(cells[1...] == [.number("2"), .number("200"), .number("10"), .number("5.00")])
        #expect(report.data.allSatisfy { $0.path.hasPrefix("public/") })
    }

    @Test func aReportOfExactTablesSaysThatItIsInternal() throws {
        let report = SampleFigures().report
        #expect(report.scope.isInternal)
        let page = try HTMLReport().page(report)
        #expect(page.contains("内部资料，不得公开"))
        #expect(page.contains("Internal, not for publication"))
        #expect(report.data.allSatisfy { $0.path.hasPrefix("internal/") })
    }

    @Test func aSectionWithoutItsTableSaysWhy() throws {
        let report = try Self.report(without: ["ladder", "households", "quality"])
        let ladder = try #require(report.sections.first { $0.id == "ladder" })
        #expect(ladder.absence?.zh == "未编制“公共服务阶梯（按积分）”表：计划未要求。")
        let households = try #require(report.sections.first { $0.id == "households" })
        #expect(
            households.absence?.en
                == "This publication has no table “Households of the registered”.")
        #expect(report.quality == nil)
        #expect(try HTMLReport().page(report).contains("本次发布没有“数据质量”表"))
    }

    @Test func thereIsNoReportWithoutADate() {
        let empty = ReportTables([], scope: .public)
        #expect(YearlyReportMaker(tables: empty, provenance: SampleFigures.provenance) == nil)
    }
}

/// The drawings of one section as they stand on the page.
enum HTMLReportDrawing {
    static func text(of section: ReportSection, _ report: YearlyReport) -> String {
        // A page that cannot be made fails the test that looks for its text.
        let page = (try? HTMLReport().page(report)) ?? ""
        let start = page.range(of: "<section id=\"\(section.id)\">")?.upperBound
        let rest = start.map { page[$0...] } ?? ""
        return rest.components(separatedBy: "</section>").first?
            .components(separatedBy: "<svg ").dropFirst()
            .map { $0.components(separatedBy: "</svg>")[0] }.joined() ?? ""
    }
}
