import PopulationModel

// The one place where faults of a plan are put into words.
extension PlanFault {
    /// The error that leaves the target: code, kind, words and place.
    package func error(file: String, mark: PlanMark?) -> PopstatError {
        let place = Place(file: file, line: mark?.line, column: mark.map { "\($0.column)" })
        let (code, message, remedy) = wording
        return PopstatError(
            code: code.rawValue, kind: kind, message: message, remedy: remedy, place: place)
    }

    typealias Wording = (code: Code, message: Bilingual, remedy: Bilingual)

    private var kind: PopstatError.Kind {
        switch self {
        case .planMissing, .fileMissing, .notAFile, .fileUnreadable, .patternWithoutMatch:
            .inputMissing
        case .planUnreadable: .readOrWriteFailed
        default: .usage
        }
    }

    private var wording: Wording {
        wordingOfFile ?? wordingOfKey ?? wordingOfValue ?? wordingOfRelation ?? wordingOfInput
    }

    private var wordingOfFile: Wording? {
        switch self {
        case .planMissing:
            (
                .planMissing, Bilingual("没有这个计划", "there is no such plan"),
                Bilingual("请检查计划的路径。", "Check the path of the plan.")
            )
        case .planUnreadable(let reason):
            (
                .planUnreadable,
                Bilingual("计划无法读取：\(reason)", "the plan cannot be read: \(reason)"),
                Bilingual(
                    "请确认它是文件，且您有权读取。", "Check that it is a file and that you may read it.")
            )
        case .planIsAFolder:
            (
                .planIsAFolder,
                Bilingual("这是文件夹，应为计划", "this is a folder, a plan is expected"),
                Bilingual("请给出计划，即一个 YAML 文件。", "Name the plan, a YAML file.")
            )
        case .planTooLong(let byteCountMax):
            (
                .planTooLong,
                Bilingual(
                    "文件超过 \(byteCountMax) 字节，计划不会这样长",
                    "the file is longer than \(byteCountMax) bytes, which no plan is"),
                Bilingual(
                    "请给出计划，即一个 YAML 文件，而不是数据文件。",
                    "Name the plan, a YAML file, not an extract.")
            )
        case .planNotUTF8:
            (
                .planNotUTF8, Bilingual("计划不是有效的 UTF-8", "the plan is not valid UTF-8"),
                Bilingual("请将计划另存为 UTF-8。", "Save the plan as UTF-8.")
            )
        case .planEmpty:
            (
                .planEmpty, Bilingual("计划是空的", "the plan is empty"),
                Bilingual(
                    "请从 Pipelines/sample.yaml 的副本开始。",
                    "Start from a copy of Pipelines/sample.yaml.")
            )
        case .syntax(let problem):
            (
                .syntax,
                Bilingual("这不是有效的 YAML：\(problem)", "this is not valid YAML: \(problem)"),
                Bilingual(
                    "请检查本行和上一行的缩进（只用空格，不用制表符）、括号和引号；标点须为半角。",
                    "Check indentation (blanks, no tabs), brackets and quotes here and on the line "
                        + "before; punctuation must not be full-width.")
            )
        case .starWithoutQuotes:
            (
                .starWithoutQuotes,
                Bilingual(
                    "以 * 开头的文字没有加引号", "a text that begins with * stands without quotes"),
                Bilingual(
                    "请写成带引号的 '*.csv'；YAML 把不带引号的 * 当作别名。",
                    "Write '*.csv' in quotes; YAML takes a bare * for an alias.")
            )
        default: nil
        }
    }

    private var wordingOfKey: Wording? {
        switch self {
        case .unknownKey(let key, let nearest, let known):
            (
                .unknownKey, Bilingual("不认识键 \(key)", "the key \(key) is not known"),
                suggestion(nearest, known, Bilingual("键", "keys"))
            )
        case .keyTwice(let key, let firstLine):
            (
                .keyTwice,
                Bilingual(
                    "键 \(key) 出现两次，首次在第 \(firstLine) 行",
                    "the key \(key) is given twice, first on line \(firstLine)"),
                Self.keepOne
            )
        case .keyMissing(let key):
            (
                .keyMissing, Bilingual("缺少键 \(key)", "the key \(key) is missing"),
                Bilingual(
                    "请补上；写法见 Pipelines/README.md。", "Add it; Pipelines/README.md says how.")
            )
        case .wrongForm(let key, let expected, let found):
            (
                .wrongForm,
                Bilingual(
                    "\(key.zh) 是\(found.zh)，应为\(expected.zh)",
                    "\(key.en) is \(found.en), \(expected.en) is expected"),
                Bilingual(
                    "请写\(expected.zh)；例子见 Pipelines/README.md。",
                    "Write \(expected.en); Pipelines/README.md shows one.")
            )
        case .emptyList(let key):
            (
                .emptyList, Bilingual("\(key) 是空列表", "\(key) is an empty list"),
                Bilingual("请至少写一项。", "Name at least one.")
            )
        default: nil
        }
    }

    private var wordingOfValue: Wording? {
        switch self {
        case .badText(let key, let found):
            (
                .badText,
                Self.isNot(
                    key, found, Bilingual("应为一行文字", "one line of text is expected")),
                Bilingual("请写不含控制字符的文字。", "Write a text without control characters.")
            )
        case .badArea(let found):
            (
                .badArea,
                Self.isNot(
                    "area", found, Bilingual("应为 2、4 或 6 位数字", "2, 4 or 6 digits are expected")),
                Bilingual(
                    "请写省、地或县的代码，例如 \"4499\"。",
                    "Write the code of a province, prefecture or county, such as \"4499\".")
            )
        case .badDate(let key, let found):
            (
                .badDate,
                Self.isNot(
                    key, found,
                    Bilingual(
                        "应为 1850-01-01 至 2099-12-31 之间的日期",
                        "a day between 1850-01-01 and 2099-12-31 is expected")),
                Bilingual("请将日期写成 yyyy-mm-dd。", "Write the date as yyyy-mm-dd.")
            )
        case .badTime(let key, let found):
            (
                .badTime,
                Self.isNot(
                    key, found,
                    Bilingual("应为日期或日期和时间", "a date or a date and time is expected")),
                Bilingual(
                    "请写成 yyyy-mm-dd 或 yyyy-mm-dd hh:mm:ss，不带时区。",
                    "Write yyyy-mm-dd or yyyy-mm-dd hh:mm:ss, without a time zone.")
            )
        case .badTimeOfDay(let key, let found):
            (
                .badTimeOfDay,
                Self.isNot(key, found, Bilingual("应为一天中的时刻", "a time of day is expected")),
                Bilingual(
                    "请按当地时间写成 hh:mm，例如 \"01:00\"。",
                    "Write hh:mm in local time, such as \"01:00\".")
            )
        default: wordingOfNumber
        }
    }

    private var wordingOfNumber: Wording? {
        switch self {
        case .badInteger(let key, let found, let range):
            (
                .badInteger,
                Self.isNot(
                    key, found,
                    Bilingual(
                        "应为 \(range.lowerBound) 至 \(range.upperBound) 的整数",
                        "a whole number from \(range.lowerBound) to \(range.upperBound) is expected"
                    )),
                Bilingual("请只写数字。", "Write digits only.")
            )
        case .badDecimal(let key, let found, let range):
            (
                .badDecimal,
                Self.isNot(
                    key, found,
                    Bilingual(
                        "应为 \(range.lowerBound) 至 \(range.upperBound)、至多 6 位小数的数",
                        "a number from \(range.lowerBound) to \(range.upperBound) with at most 6 "
                            + "decimal places is expected")),
                Bilingual("请写普通小数，例如 0.25。", "Write a plain decimal, such as 0.25.")
            )
        case .unknownWord(let key, let found, let nearest, let known):
            (
                .unknownWord,
                Self.isNot(key, found, Bilingual("这里没有这个词", "which is no word for it")),
                suggestion(nearest, known, Bilingual("词", "words"))
            )
        default: nil
        }
    }

    private var wordingOfRelation: Wording? {
        switch self {
        case .dateTwice(let key, let date, let firstLine):
            (
                .dateTwice,
                Bilingual(
                    "\(key) 两次写到 \(date)，首次在第 \(firstLine) 行",
                    "\(key) names \(date) twice, first on line \(firstLine)"),
                Self.keepOne
            )
        case .nameTwice(let key, let name, let firstLine):
            (
                .nameTwice,
                Bilingual(
                    "\(key) 两次使用名称“\(Self.shown(name))”，首次在第 \(firstLine) 行",
                    "\(key) uses the name '\(Self.shown(name))' twice, first on line "
                        + "\(firstLine)"),
                Bilingual("请各取各的名称。", "Give each its own name.")
            )
        case .gateNameTaken(let name):
            (
                .gateNameTaken,
                Bilingual(
                    "每个计划都已有质量规则 \(name)", "every plan has a gate \(name) already"),
                Bilingual("请为这一条另取名称。", "Give this one a name of its own.")
            )
        case .notAscending(let key, let found, let previous):
            (
                .notAscending,
                Bilingual(
                    "\(key) 为 \(found)，前一个为 \(previous)，应为更大的数",
                    "\(key) is \(found) after \(previous), a larger number is expected"),
                Bilingual("请按升序排列，每个只写一次。", "Put them in ascending order, each once.")
            )
        case .passwordInPlan(let key):
            (
                .passwordInPlan,
                Bilingual(
                    "\(key) 含有密码，而计划会被他人读到",
                    "\(key) holds a password, and plans are read by others"),
                Bilingual(
                    "请把它放在 PGPASSFILE 或 PGSERVICEFILE 所指的文件中。",
                    "Keep it in the file that PGPASSFILE or PGSERVICEFILE names.")
            )
        default: wordingOfBand
        }
    }

    private var wordingOfBand: Wording? {
        switch self {
        case .bandOpenBeforeLast(let key):
            (
                .bandOpenBeforeLast,
                Bilingual(
                    "\(key) 没有 up-to，却不是最后一档",
                    "\(key) has no up-to, and is not the last band"),
                Bilingual(
                    "请补上 up-to，或将没有上限的一档移到最后。",
                    "Add up-to, or move the open band to the end.")
            )
        case .lastBandClosed(let key):
            (
                .lastBandClosed,
                Bilingual(
                    "\(key) 是最后一档，却有 up-to",
                    "\(key) is the last band and has an up-to"),
                Bilingual(
                    "请以没有 up-to 的一档结尾，它适用于所有更大的值。",
                    "End with a band without up-to, which holds for all larger values.")
            )
        case .releaseDateNotReference(let key, let date):
            (
                .releaseDateNotReference,
                Bilingual(
                    "\(key) 写到 \(date)，它不是统计时点",
                    "\(key) names \(date), which is no reference date"),
                Bilingual(
                    "只能公布 reference-dates 中的时点。",
                    "Release only dates that reference-dates names.")
            )
        default: nil
        }
    }

    private static let keepOne = Bilingual("请只保留一个。", "Keep one of the two.")

    private static func isNot(_ key: String, _ found: String, _ expected: Bilingual) -> Bilingual {
        Bilingual(
            "\(key) 为“\(shown(found))”，\(expected.zh)",
            "\(key) is '\(shown(found))', \(expected.en)")
    }

    /// What to write instead: the nearest word, or all of them.
    func suggestion(_ nearest: String?, _ known: [String], _ noun: Bilingual) -> Bilingual {
        if let nearest { return Bilingual("是指 \(nearest) 吗？", "Did you mean \(nearest)?") }
        return Bilingual(
            "可用的\(noun.zh)：\(known.joined(separator: "、"))。",
            "Known \(noun.en): \(known.joined(separator: ", ")).")
    }

    /// Cut after 40 characters, control characters replaced: a file named as a plan by mistake must
    /// not fill the terminal.
    static func shown(_ text: String) -> String {
        let shown = text.unicodeScalars.prefix(40).map { scalar in
            scalar.properties.generalCategory == .control ? " " : String(scalar)
        }
        return shown.joined() + (text.unicodeScalars.count > 40 ? "…" : "")
    }
}
