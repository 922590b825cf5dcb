import PopulationModel

/// What keeps `popstat init` from drafting a plan, with its wording. Headers that hold a number are
/// never shown.
package enum PlanDraftFault: Equatable, Sendable {
    case optionMissing(option: String, example: String)
    case badOption(option: String, found: String, expected: Bilingual)
    case optionsExclude(first: String, second: String)
    case fileExists(path: String)
    case notReplaced(path: String)
    case sourceUnclear(label: String)
    case noExtract(of: Source)
    case columnsMissing(label: String, source: Source, missing: [Missing], others: [String])
    case twoNames(column: String, source: Source, first: Named, second: Named)
    case unknownColumn(found: String, nearest: String?)
    case headerNotFound(column: String, header: String)
    case cannotWritePlan(path: String, reason: String)

    /// A needed column, and the headers that would all do.
    package struct Missing: Equatable, Sendable {
        package var column: String
        package var candidates: [String]

        package init(column: String, candidates: [String] = []) {
            self.column = column
            self.candidates = candidates
        }
    }

    /// A header and the extract that bears it.
    package struct Named: Equatable, Sendable {
        package var header: String
        package var label: String

        package init(header: String, label: String) {
            self.header = header
            self.label = label
        }
    }

    package var error: PopstatError {
        switch self {
        case .optionMissing, .badOption, .optionsExclude, .unknownColumn, .headerNotFound:
            optionError
        case .fileExists(let path):
            Self.error(
                "004", Bilingual("文件已存在", "the file is there already"),
                Bilingual(
                    "请另给一个，或用 --force 替换。", "Give another one, or --force to replace it."),
                kind: .cannotCreate, path)
        case .notReplaced(let path):
            Self.error(
                "012",
                Bilingual(
                    "这不是计划，也不是目标文件，不予替换",
                    "this is neither a plan nor a file of targets, and is not replaced"),
                Bilingual("请另给一个。", "Give another one."), kind: .cannotCreate, path)
        case .sourceUnclear(let label):
            Self.error(
                "005",
                Bilingual(
                    "无法判断这是户籍登记还是居住登记的数据文件",
                    "it cannot be told whether this is a registration or a residency extract"),
                Bilingual(
                    "请用 --registration 或 --residency 代替 --extract 给出它。",
                    "Name it with --registration or --residency instead of --extract."), label)
        case .noExtract(let source):
            Self.error(
                "006",
                Bilingual(
                    "没有给出\(source.words.zh)数据文件，而计划需要两个来源",
                    "no \(source.words.en) extract was given, and a plan needs both sources"),
                Bilingual(
                    "请用 --\(source.rawValue) FILE 给出；只有表头行也可以。",
                    "Give it with --\(source.rawValue) FILE; a header line alone will do."))
        case .columnsMissing(let label, let source, let missing, let others):
            Self.columnsMissing(label, source, missing, others)
        case .twoNames(let column, let source, let first, let second):
            Self.twoNames(column, source, first, second)
        case .cannotWritePlan(let path, let reason):
            Self.error(
                "011",
                Bilingual("文件无法写入：\(reason)", "the file cannot be written: \(reason)"),
                Bilingual(
                    "请让 --plan 指向您可以写入的文件夹。",
                    "Give --plan in a folder that you may write to."),
                kind: .cannotCreate, path)
        }
    }

    private var optionError: PopstatError {
        switch self {
        case .optionMissing(let option, let example):
            Self.error(
                "001", Bilingual("缺少选项 \(option)", "the option \(option) is missing"),
                Bilingual("请给出，例如 \(example)。", "Give it, such as \(example)."))
        case .badOption(let option, let found, let expected):
            Self.error(
                "002",
                Bilingual(
                    "\(option) 为“\(found.prefix(40))”，应为\(expected.zh)",
                    "\(option) is '\(found.prefix(40))', expected \(expected.en)"),
                Bilingual("请改正该选项。", "Mend the option."))
        case .optionsExclude(let first, let second):
            Self.error(
                "003",
                Bilingual(
                    "\(first) 与 \(second) 不能同用", "\(first) and \(second) exclude each other"),
                Bilingual("请只给其中一个。", "Give one of them."))
        case .unknownColumn(let found, let nearest):
            Self.error(
                "009",
                Bilingual(
                    "两个来源都没有列 \(found.prefix(40))",
                    "no source has a column \(found.prefix(40))"),
                nearest.map { Bilingual("是指 \($0) 吗？", "Is \($0) meant?") }
                    ?? Bilingual(
                        "两个来源的列名见 Pipelines/README.md。",
                        "Pipelines/README.md names the columns of both sources."))
        case .headerNotFound(let column, let header):
            Self.error(
                "010",
                Bilingual(
                    "没有数据文件含 --column \(column)=… 的表头“\(Self.shown(header, .zh))”",
                    "no extract has the header '\(Self.shown(header))' of --column \(column)=…"),
                Bilingual(
                    "请按数据文件第一行的原样书写。",
                    "Write it as it stands in the first line of the extract."))
        default: preconditionFailure("no fault of an option")
        }
    }

    private static func twoNames(
        _ column: String, _ source: Source, _ first: Named, _ second: Named
    ) -> PopstatError {
        error(
            "008",
            Bilingual(
                "各\(source.words.zh)数据文件对列 \(column) 的叫法不同：\(first.label) 中为"
                    + "“\(shown(first.header, .zh))”，这里为“\(shown(second.header, .zh))”，而计划只写一个表头",
                "the \(source.words.en) extracts name the column \(column) differently: "
                    + "'\(shown(first.header))' in \(first.label), "
                    + "'\(shown(second.header))' here, and a plan names one header"),
            Bilingual("请用同一表头导出两者。", "Export both with the same header."), second.label)
    }

    private static func columnsMissing(
        _ label: String, _ source: Source, _ missing: [Missing], _ others: [String]
    ) -> PopstatError {
        let names = missing.map { missing in
            missing.candidates.isEmpty
                ? Bilingual(both: missing.column)
                : Bilingual(
                    "\(missing.column)（可能是\(list(missing.candidates, .zh))）",
                    "\(missing.column) (it may be \(list(missing.candidates, .en)))")
        }
        let needed = Bilingual(
            names.map(\.zh).joined(separator: "、"), names.map(\.en).joined(separator: ", "))
        let left =
            others.isEmpty
            ? Bilingual("无", "none") : Bilingual(list(others, .zh), list(others, .en))
        return error(
            "007",
            Bilingual(
                "\(source.words.zh)数据文件的必需列没有对应的表头：\(needed.zh)；剩余的表头：\(left.zh)",
                "no header stands for needed columns of a \(source.words.en) extract: "
                    + "\(needed.en); headers left over: \(left.en)"),
            Bilingual(
                "请说明是哪个表头，例如 --column \(missing[0].column)=HEADER；表头之上如有标题行，"
                    + "请去掉。没有写出计划。",
                "Say which header it is, such as --column \(missing[0].column)=HEADER; if title "
                    + "rows stand above the header, take them out. No plan was written."), label)
    }

    private static func list(_ headers: [String], _ language: MessageLanguage) -> String {
        language == .zh
            ? headers.map { "“\(shown($0, .zh))”" }.joined(separator: "、")
            : headers.map { "'\(shown($0))'" }.joined(separator: ", ")
    }

    /// A header as it may be shown.
    static func shown(_ header: String, _ language: MessageLanguage = .en) -> String {
        HeaderText.shown(header, in: language)
    }

    private static func error(
        _ number: String, _ message: Bilingual, _ remedy: Bilingual,
        kind: PopstatError.Kind = .usage, _ place: String? = nil
    ) -> PopstatError {
        PopstatError(
            code: "INIT-" + number, kind: kind, message: message, remedy: remedy,
            place: place.map { Place(file: $0) })
    }
}

extension PopstatErrors {
    init(_ fault: PlanDraftFault) { self.init([fault.error]) }
}
