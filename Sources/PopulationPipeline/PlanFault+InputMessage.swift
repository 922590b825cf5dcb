import PopulationModel

// The words for faults of what a plan names: columns, files, folders.
extension PlanFault {
    var wordingOfInput: Wording {
        switch self {
        case .unknownColumn(let key, let source, let found, let nearest):
            (
                .unknownColumn,
                Bilingual(
                    "\(key) 写到“\(Self.shown(found))”，它不是\(source.words.zh)的列",
                    "\(key) names '\(Self.shown(found))', which is no column of \(source.words.en)"),
                suggestion(
                    nearest, Column.all(of: source).map(\.name), Bilingual("列", "columns"))
            )
        case .columnWithoutWords(let key, let column, let coded):
            (
                .columnWithoutWords,
                Bilingual(
                    "\(key) 对应 \(column) 的取值，而该列没有词表",
                    "\(key) maps values of \(column), which has no list of words"),
                suggestion(nil, coded, Bilingual("有词表的列", "columns with a list"))
            )
        case .headerOfTwoColumns(let header, let column, let other):
            (
                .headerOfTwoColumns,
                Bilingual(
                    "表头“\(Self.shown(header))”给了 \(column)，而它代表 \(other)",
                    "the header '\(Self.shown(header))' is given to \(column) and stands for "
                        + "\(other)"),
                Bilingual("请为每列各给一个表头。", "Give each column a header of its own.")
            )
        case .outputNotAFolder(let label):
            (
                .outputNotAFolder,
                Bilingual(
                    "输出 \(label) 是文件，应为文件夹",
                    "the output \(label) is a file, a folder is expected"),
                Bilingual(
                    "请给出文件夹；每次运行会将其整体替换。",
                    "Name a folder; a run replaces it as a whole.")
            )
        case .outputHoldsInput(let label, let input):
            (
                .outputHoldsInput,
                Bilingual(
                    "输出 \(label) 正是输入 \(input) 所在的文件夹",
                    "the output \(label) is the folder of \(input), an input"),
                Bilingual(
                    "请给出单独的文件夹；每次运行会将其整体替换。",
                    "Name a folder of its own; a run replaces it as a whole.")
            )
        default: wordingOfPath
        }
    }

    private var wordingOfPath: Wording {
        switch self {
        case .fileMissing(let label):
            (
                .fileMissing, Bilingual("没有文件 \(label)", "there is no file \(label)"),
                Self.relativeRemedy
            )
        case .notAFile(let label):
            (
                .notAFile, Bilingual("\(label) 不是文件", "\(label) is not a file"),
                Bilingual(
                    "请给出文件，或用 folder/*.csv 的形式给出多个文件。",
                    "Name a file, or files as in folder/*.csv.")
            )
        case .fileUnreadable(let label, let reason):
            (
                .fileUnreadable,
                Bilingual("\(label) 无法读取：\(reason)", "\(label) cannot be read: \(reason)"),
                Bilingual(
                    "请让运行 popstat 的账户有权读取。",
                    "Let the account that runs popstat read it.")
            )
        case .patternWithoutMatch(let pattern):
            (
                .patternWithoutMatch,
                Bilingual("没有文件与 \(pattern) 匹配", "no file matches \(pattern)"),
                Self.relativeRemedy
            )
        case .patternWithManyMatches(let key, let pattern, let count):
            (
                .patternWithManyMatches,
                Bilingual(
                    "有 \(count) 个文件与 \(pattern) 匹配，\(key) 只取一个",
                    "\(count) files match \(pattern), \(key) takes one"),
                Bilingual("请只给出一个文件。", "Name one file.")
            )
        case .fileTwice(let label, let firstLabel, let firstLine):
            (
                .fileTwice,
                Bilingual(
                    "\(label) 已在计划中，即第 \(firstLine) 行的 \(firstLabel)",
                    "\(label) is a file of the plan already, as \(firstLabel) on line "
                        + "\(firstLine)"),
                Bilingual(
                    "每个数据文件只写一次，否则其各行会重复计数。",
                    "Name each extract once; its rows would count twice.")
            )
        case .fileNameNotUTF8(let pattern):
            (
                .fileNameNotUTF8,
                Bilingual(
                    "\(pattern) 匹配到文件名不是有效 UTF-8 的文件",
                    "\(pattern) matches a file whose name is not valid UTF-8"),
                Bilingual(
                    "请给该文件改名；解压 GBK 压缩包会留下这样的文件名。",
                    "Rename the file; unpacking an archive made in GBK leaves such names.")
            )
        default: preconditionFailure("a fault without words")
        }
    }

    private static let relativeRemedy = Bilingual(
        "请检查路径；它相对于计划所在的文件夹。",
        "Check the path; it is relative to the plan's folder.")
}
