package import PopulationModel

/// What can be wrong with the files of divisions, changes and counties, with its wording.
package enum ClassifyFault: Equatable {
    case unknownClass(label: String, line: Int?, found: String)
    case badCode(label: String, line: Int?, column: String)
    case badDate(label: String, line: Int, column: String)
    case codeTwice(label: String, line: Int?, code: String)
    case badKind(label: String, line: Int, found: String)
    case noUnits(label: String)
    case noUnitsInArea(label: String, area: String)
    case tooManyUnits(label: String, countMax: Int)
    case unknownUnit(label: String, line: Int?, code: String)

    package var error: PopstatError {
        let (code, label, line, column, message, remedy) = wording
        return PopstatError(
            code: "CLASSIFY-\(code)", kind: .usage, message: message, remedy: remedy,
            place: Place(file: label, line: line, column: column))
    }

    private typealias Wording = (
        code: String, label: String, line: Int?, column: String?, message: Bilingual,
        remedy: Bilingual
    )

    private var wording: Wording {
        switch self {
        case .unknownClass(let label, let line, let found):
            ("001", label, line, "class", Self.noClass(found), Self.takeTheClass)
        case .badCode(let label, let line, let column):
            (
                "002", label, line, column,
                Bilingual("代码位数不对", "the code does not have the right number of digits"),
                Bilingual("请写全各位数字，开头的零也算。", "Write all digits; leading zeros count.")
            )
        case .badDate(let label, let line, let column):
            (
                "003", label, line, column,
                Bilingual("这不是日期，应为 yyyy-mm-dd", "this is no date, expected yyyy-mm-dd"),
                Bilingual("请写变更生效的日期。", "Write the day from which the change holds.")
            )
        case .codeTwice(let label, let line, let code):
            (
                "004", label, line, "code",
                Bilingual("代码 \(code) 出现两次", "the code \(code) stands twice"),
                Bilingual("请保留正确的一行。", "Keep the row that is right.")
            )
        case .badKind(let label, let line, let found):
            (
                "005", label, line, "kind",
                Bilingual(
                    "“\(found)”不是县级单位类型，应为 district、county_city 或 county",
                    "'\(found)' is no kind, expected district, county_city or county"),
                Bilingual("请写明该县级单位的类型。", "Write what the county is.")
            )
        case .noUnits(let label):
            (
                "006", label, nil, nil,
                Bilingual(
                    "该区划版本没有 12 位代码的单位",
                    "the edition has no unit with a 12-digit code"),
                Bilingual("请提供该版本的全部单位。", "Give the full list of units of the edition.")
            )
        case .noUnitsInArea(let label, let area):
            (
                "008", label, nil, nil,
                Bilingual(
                    "计划的区域 \(area) 内没有任何区划版本的单位",
                    "no edition has a unit in the plan's area \(area)"),
                Bilingual(
                    "请改正计划中的区域代码，或提供该区域的区划代码。",
                    "Correct the area in the plan, or give the divisions of that area.")
            )
        case .tooManyUnits(let label, let countMax):
            (
                "009", label, nil, nil,
                Bilingual(
                    "该区划版本的单位多于 \(countMax) 个",
                    "the edition has more than \(countMax) units"),
                Bilingual(
                    "请只保留国家统计局发布的统计用单位。",
                    "Keep the units of the statistics bureau's list only.")
            )
        case .unknownUnit(let label, let line, let code):
            (
                "007", label, line, "code",
                Bilingual(
                    "本次运行的各区划版本在其区域内都没有单位 \(code)",
                    "no edition of the run has the unit \(code) in its area"),
                Bilingual(
                    "请写 units 表中的单位；新单位须用新的区划代码重新运行。",
                    "Name a unit of the table units; a new one needs a run with new divisions.")
            )
        }
    }

    private static let takeTheClass = Bilingual(
        "请采用该版本区划代码库中的城乡分类代码。", "Take the class from the library of the edition.")

    private static func noClass(_ found: String) -> Bilingual {
        let name = shown(found)
        return Bilingual(
            "\(name.zh)不是城乡分类代码，应为 111、112、121、122、123、210 或 220",
            "\(name.en) is no urban-rural class, expected 111, 112, 121, 122, 123, 210 or 220")
    }

    /// A text that is no longer than a class; of a longer one nobody knows what it is, so it is not
    /// repeated.
    private static func shown(_ text: String) -> Bilingual {
        text.count <= 3
            ? Bilingual("“\(text)”", "'\(text)'")
            : Bilingual("\(text.count) 个字符的文字", "a text of \(text.count) characters")
    }
}
