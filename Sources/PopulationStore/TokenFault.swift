import PopulationModel

/// What can be wrong with access tokens and their file; the wording is made here.
package enum TokenFault: Sendable, Equatable {
    case cannotRead(path: String, reason: String, isMissing: Bool)
    case cannotWrite(path: String, reason: String)
    /// Others may read or write the file, or it is none.
    case fileOpen(path: String, mode: String)
    case fileDamaged(path: String)
    case badName
    case badDate(text: String)
    case pastDate(text: String, today: String)
    case nameTaken(name: String, path: String)
    case unknownName(path: String, known: [String])

    package var error: PopstatError {
        switch self {
        case .cannotRead, .cannotWrite, .fileOpen, .fileDamaged: errorOfFile
        case .badName:
            PopstatError(
                code: "TOKEN-005", kind: .usage,
                message: Bilingual(
                    "令牌名称由 1 至 \(AccessToken.nameLengthMax) 个字母、数字、点、短横线或下划线组成",
                    "a token's name has 1 to \(AccessToken.nameLengthMax) letters, digits, "
                        + "dots, dashes or underscores"),
                remedy: Bilingual(
                    "请另取名称，例如 finance-bureau。", "Give another name, such as finance-bureau."))
        case .badDate(let text):
            PopstatError(
                code: "TOKEN-006", kind: .usage,
                message: Bilingual(
                    "\(text.prefix(32)) 不是日期，应写成 2021-12-31 的形式",
                    "\(text.prefix(32)) is no date, 2021-12-31 is the form"),
                remedy: Bilingual(
                    "请用 --expires 给出令牌有效的最后一天。",
                    "Give the last day on which the token holds with --expires."))
        case .pastDate(let text, let today):
            PopstatError(
                code: "TOKEN-009", kind: .usage,
                message: Bilingual(
                    "\(text) 已过（世界时今天是 \(today)），这样的令牌打不开任何内容",
                    "\(text) is past (today is \(today), UTC), so that the token would open nothing"
                ),
                remedy: Bilingual(
                    "请用 --expires 给出今天或以后的日期。",
                    "Give today or a later day with --expires."))
        case .nameTaken(let name, let path):
            PopstatError(
                code: "TOKEN-007", kind: .usage,
                message: Bilingual(
                    "名为 \(name) 的令牌已存在（有效或已吊销），一个名称永远只代表一个令牌",
                    "a token named \(name) is there, in force or revoked, and a name stands "
                        + "for one token for ever"),
                remedy: Bilingual(
                    "请另取名称，例如 \(name)-2。", "Give another name, such as \(name)-2."),
                place: Place(file: path))
        case .unknownName(let path, let known):
            PopstatError(
                code: "TOKEN-008", kind: .usage,
                message: Bilingual(
                    "没有此名称的令牌；"
                        + (known.isEmpty
                            ? "目前没有令牌" : "现有：" + known.joined(separator: "、")),
                    "no token has this name; there "
                        + (known.isEmpty ? "is none" : "are: " + known.joined(separator: ", "))),
                remedy: Bilingual("请查看 `popstat token list`。", "Look at `popstat token list`."),
                place: Place(file: path))
        }
    }

    private var errorOfFile: PopstatError {
        switch self {
        case .cannotRead(let path, let reason, let isMissing):
            PopstatError(
                code: "TOKEN-001", kind: isMissing ? .inputMissing : .readOrWriteFailed,
                message: Bilingual(
                    "令牌文件无法读取：\(reason)", "the token file cannot be read: \(reason)"),
                remedy: Bilingual(
                    "请检查路径和权限；`popstat token add` 会建立该文件。",
                    "Check the path and its rights; `popstat token add` makes the file."),
                place: Place(file: path))
        case .cannotWrite(let path, let reason):
            PopstatError(
                code: "TOKEN-002", kind: .cannotCreate,
                message: Bilingual(
                    "令牌文件无法写入：\(reason)", "the token file cannot be written: \(reason)"),
                remedy: Bilingual(
                    "请用 --file 给出您可以写入的文件夹中的文件。",
                    "Give a file in a folder that you may write to with --file."),
                place: Place(file: path))
        case .fileOpen(let path, let mode):
            PopstatError(
                code: "TOKEN-003", kind: .usage,
                message: Bilingual(
                    "令牌文件对他人开放，或不是文件（权限 \(mode)，应为 0600）",
                    "the token file is open to others or no file (mode \(mode), 0600 is "
                        + "needed)"),
                remedy: Bilingual(
                    "请查明谁可能改动过它，然后对它执行 `chmod 600`。",
                    "Find out who may have changed it, then run `chmod 600` on it."),
                place: Place(file: path))
        case .fileDamaged(let path):
            PopstatError(
                code: "TOKEN-004", kind: .usage,
                message: Bilingual(
                    "令牌文件不是 `popstat token` 写的",
                    "the token file is not one that `popstat token` wrote"),
                remedy: Bilingual(
                    "请从副本恢复；或将其移走，重新发放令牌。",
                    "Restore it from a copy, or take it away and give out new tokens."),
                place: Place(file: path))
        default: preconditionFailure("a fault of another kind")
        }
    }
}
