import PopulationModel

/// How one ugly extract is written: encoding, header, columns, line ends and habits.
package struct FileLayout: Sendable {
    /// What ends a record.
    package enum LineEnd { case lf, crlf, cr, mixed }
    /// In which words the columns are named.
    package enum Headers { case canonical, pinyin, chinese, ofPlan }
    /// How much stands in quotes.
    package enum Quoting { case rare, text, all }
    /// How a date is written.
    package enum DateForm { case dashes, slashes, compact, dots, dashesShort }
    /// How a time is written.
    package enum TimeForm { case blank, letterT, compact, noSeconds, fraction }
    /// How a sex is written.
    package enum SexForm { case digit, chinese, letter }

    package var encoding = FileEncoding.utf8
    package var hasMark = false
    package var lineEnd = LineEnd.lf
    package var headers = Headers.canonical
    /// Which of several Chinese headers of a column.
    package var headerVariant = 0
    package var quoting = Quoting.rare
    package var dateForm = DateForm.dashes
    package var timeForm = TimeForm.blank
    package var sexForm = SexForm.digit
    /// Words of the source system: household types in Chinese, events by the plan's codes.
    package var hasChineseTypes = false
    package var hasPlanEvents = false
    package var endsWithLineEnd = true
    package var isShuffled = false
    /// Columns left out.
    package var absent: [SampleColumn] = []
    package var unknown: [SampleColumn] = []

    /// Planted rows need all columns; rows with damaged bytes a file whose encoding is certain.
    package var takesPlanted: Bool { absent.isEmpty }
    package var takesDamagedBytes: Bool { absent.isEmpty && (hasMark || encoding == .gb18030) }

    /// The layouts of a source: file i has the layout i modulo their number.
    package static func all(of source: Source) -> [FileLayout] {
        source == .registration ? registration : residency
    }

    private static let registration: [FileLayout] = [
        FileLayout(),
        FileLayout(
            hasMark: true, lineEnd: .crlf, headers: .chinese, dateForm: .slashes,
            timeForm: .noSeconds, sexForm: .chinese, endsWithLineEnd: false, isShuffled: true,
            unknown: [.address]),
        FileLayout(
            encoding: .gb18030, headers: .pinyin, dateForm: .compact, timeForm: .compact,
            sexForm: .chinese, hasChineseTypes: true, isShuffled: true,
            unknown: [.address, .remark]),
        FileLayout(
            encoding: .gb18030, lineEnd: .crlf, headers: .chinese, headerVariant: 1,
            dateForm: .dots, sexForm: .letter, isShuffled: true,
            absent: [.relation, .education, .title], unknown: [.remark]),
        FileLayout(
            lineEnd: .cr, headers: .pinyin, quoting: .text, dateForm: .dashesShort,
            timeForm: .letterT, hasPlanEvents: true, unknown: [.address]),
        FileLayout(
            headers: .ofPlan, quoting: .all, timeForm: .fraction, absent: [.name, .revoked]),
        FileLayout(
            encoding: .gb18030, lineEnd: .mixed, headers: .chinese, headerVariant: 2,
            dateForm: .slashes, timeForm: .letterT, sexForm: .letter, isShuffled: true,
            unknown: [.address, .remark]),
        FileLayout(
            hasMark: true, headers: .pinyin, headerVariant: 1, dateForm: .compact,
            timeForm: .fraction, endsWithLineEnd: false, unknown: [.address]),
    ]

    private static let residency: [FileLayout] = [
        FileLayout(),
        FileLayout(
            encoding: .gb18030, lineEnd: .crlf, headers: .pinyin, dateForm: .slashes,
            timeForm: .compact, sexForm: .chinese, isShuffled: true, unknown: [.address]),
        FileLayout(
            hasMark: true, lineEnd: .mixed, headers: .chinese, dateForm: .compact,
            timeForm: .letterT, sexForm: .letter, endsWithLineEnd: false, isShuffled: true,
            unknown: [.address, .remark]),
        FileLayout(
            encoding: .gb18030, lineEnd: .cr, headers: .chinese, headerVariant: 1, quoting: .text,
            dateForm: .dots, timeForm: .noSeconds,
            absent: [.employedSince, .insuredSince, .permitNumber]),
    ]

    /// The columns of the file in order.
    package func columns(of source: Source, file: Int) -> [SampleColumn] {
        var columns = SampleColumn.all(of: source).filter { !absent.contains($0) } + unknown
        guard isShuffled else { return columns }
        // By the number of the file alone: another seed gives the same headers.
        var random = SplitMix64(seed: 4499, stream: .order, index: UInt64(file))
        for last in stride(from: columns.count - 1, to: 0, by: -1) {
            columns.swapAt(last, random.below(last + 1))
        }
        return columns
    }

    /// The header of a column, as this file names it.
    package func header(of column: SampleColumn, source: Source) -> String {
        switch column {
        case .address: return headers == .chinese ? "地址" : "address"
        case .remark: return headers == .chinese ? "备注" : "bz"
        default: break
        }
        let position = SampleColumn.all(of: source).firstIndex(of: column)!
        let known = Column.all(of: source)[position]
        let pinyin = known.aliases.filter { $0.utf8.first! < 0x80 }
        let chinese = known.aliases.filter { $0.utf8.first! >= 0x80 }
        switch headers {
        case .canonical: return known.name
        case .ofPlan: return column == .citizenID ? Self.planHeader : known.name
        case .pinyin where headerVariant == 1:
            return " \(pinyin[pinyin.count - 1].uppercased())"
        case .pinyin: return pinyin[0]
        case .chinese: return chinese[headerVariant % chinese.count]
        }
    }

    /// A header of citizen_id, and the code of an event, that only the plan makes known.
    package static let planHeader = "证件号"
    package static let planMoveIn = "105"
}
