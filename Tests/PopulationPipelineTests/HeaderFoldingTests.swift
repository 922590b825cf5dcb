import PopulationModel
import Testing

@testable import PopulationPipeline

@Suite struct HeaderFoldingTests {
    @Test(arguments: [
        ("GMSFHM", "gmsfhm"), ("ＳＦＺＨＭ", "sfzhm"), ("czrk.GMSFHM", "gmsfhm"),
        ("ry_xm_1", "xm"), ("HJDZ_XZQH", "hjdzxzqh"), ("出生日期（yyyymmdd）", "出生日期"),
        ("户籍地（区划代码）", "户籍地区划代码"), ("公民姓名", "姓名"), ("性别代码", "性别"), ("xb_dm", "xb"),
        ("　Date of\u{3000}Birth ", "dateofbirth"),
    ])
    func findsTheWord(header: String, word: String) {
        #expect(HeaderFolding.forms(of: header).contains(word))
    }

    /// A father's number is not the citizen's.
    @Test(arguments: ["父亲身份证号码", "mq_gmsfhm", "户主姓名", "posfhm", "spouse name"])
    func leavesOtherPeopleAlone(header: String) {
        let words = Source.allCases.flatMap { source in
            Column.all(of: source).flatMap { HeaderWords.words(of: $0, source: source) }
        }
        #expect(Set(HeaderFolding.forms(of: header)).isDisjoint(with: words))
    }

    /// No word of a source stands for two of its columns, but for one of a lower rank.
    @Test(arguments: Source.allCases)
    func knowsEachWordOnce(source: Source) {
        var owners: [String: String] = [:]
        for column in Column.all(of: source) {
            for word in Set(HeaderWords.words(of: column, source: source)) {
                #expect(owners[word] == nil, "\(word)")
                owners[word] = column.name
            }
        }
        #expect(owners.count > 150)
    }
}
