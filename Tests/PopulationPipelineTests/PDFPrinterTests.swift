import Foundation
import PopulationModel
import PopulationTestSupport
import Testing

@testable import PopulationPipeline

@Suite struct PDFPrinterTests {
    @Test(.enabled(if: TestTool.pdf.isUsed, Comment(rawValue: TestTool.pdf.absence)))
    func theSamePageGivesTheSameBytes() throws {
        let page = Array(
            """
            <!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>题</title></head>
            <body><h1>人口报告</h1></body></html>
            """.utf8)
        let first = try PDFPrinter().pdf(of: page)
        #expect(first.starts(with: "%PDF-".utf8))
        // A clock in the document would have moved on.
        Thread.sleep(forTimeInterval: 1.1)
        let second = try PDFPrinter().pdf(of: page)
        #expect(first == second)
    }
}
