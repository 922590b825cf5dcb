import Foundation
import PopulationModel
import PopulationTestSupport
import Testing

@testable import PopulationPublish

/// What a full disk makes of a workbook is found after it was written.
@Suite struct WorkbookArchiveTests {
    private static func workbook(in folder: URL) throws -> URL {
        let file = folder.appendingPathComponent("report.xlsx")
        let book = try WorkbookFile(path: file.path, title: "t", created: 0, isSparing: false)
        let sheet = book.addSheet("one")
        for row in 0..<200 {
            sheet.write("text \(row) & \"more\" <\(row)>", row, 0)
        }
        try book.close()
        return file
    }

    @Test func believesAWholeOne() throws {
        try TemporaryFolder.with { folder in
            let file = try Self.workbook(in: folder)
            #expect(try WorkbookArchive.isWhole(file.path))
        }
    }

    @Test func findsAnyCutAndAnyChangeOfAPart() throws {
        try TemporaryFolder.with { folder in
            let file = try Self.workbook(in: folder)
            let whole = try Data(contentsOf: file)
            for count in stride(from: 0, to: whole.count, by: 97) {
                try whole.prefix(count).write(to: file)
                #expect(try !WorkbookArchive.isWhole(file.path), "\(count) bytes")
            }
            let name = try #require(whole.range(of: Data("xl/worksheets/sheet1.xml".utf8)))
            for place in stride(from: name.upperBound, to: name.upperBound + 400, by: 13) {
                var changed = whole
                changed[place] ^= 0x10
                try changed.write(to: file)
                #expect(try !WorkbookArchive.isWhole(file.path), "byte \(place)")
            }
        }
    }

    @Test(arguments: [
        ("<?xml version=\"1.0\"?>\n<a><b c=\"1 &gt; '2'\"/><d>x</d></a>", true),
        ("<a><b>1</b><b>2</b></a>\n", true), ("<a/>", true),
        ("<a><b>1</b><b>2", false), ("<a><b>1</b>", false), ("<a><b>1</b></c></a>", false),
        ("<a><b>1</a></b>", false), ("<a><b c=\"1</b></a>", false), ("", false),
        ("<a></a><a></a>", false), ("<a><b 1<b>2</b></a>", false), ("no tag", false),
    ])
    func wantsEveryTagClosed(text: String, isBalanced: Bool) {
        #expect(MarkupBalance.isBalanced(Array(text.utf8)) == isBalanced)
    }
}
