import PopulationModel
import PopulationPipeline

/// What `popstat init` guessed, in words for a terminal.
struct GuessText {
    private let language: MessageLanguage

    init(_ language: MessageLanguage) { self.language = language }

    func lines(of account: PlanDraftAccount) -> [String] {
        var lines: [String] = []
        for group in account.groups { lines += self.lines(of: group) + [""] }
        if let targets = account.targets {
            lines.append(Bilingual("\(targets) 已写出。", "\(targets) is written.")[language])
        }
        lines.append(
            Bilingual(
                "\(account.plan) 已写出，`popstat check` 没有发现错误。请查看上面各列，然后运行：",
                "\(account.plan) is written, and `popstat check` finds no fault in it. Look at the "
                    + "columns above, then run:")[language])
        let work = account.work.map { " --work \(Self.shell($0))" } ?? ""
        lines.append("  popstat run \(Self.shell(account.plan))\(work)")
        return lines
    }

    private func lines(of group: PlanDraftAccount.Group) -> [String] {
        var lines = [head(of: group)[language]]
        lines += table(of: group).lines.map { "  \($0)" }
        if group.headers.contains(where: { $0.column == nil }) {
            lines.append(
                Bilingual(
                    "  标 - 的表头不代表任何列，不读入；可用 --column COLUMN=HEADER 指定。",
                    "  Headers with - stand for no column and are not read; --column COLUMN=HEADER "
                        + "names one.")[language])
        }
        for words in group.unknownWords {
            let list = (words.shown + words.masked).map { word in
                Bilingual("\(word.text)（\(word.count) 行）", "\(word.text) (\(word.count) rows)")
            }
            lines.append(
                Bilingual(
                    "  \(words.column)：不认识的词：\(list.map(\.zh).joined(separator: "、"))",
                    "  \(words.column): not known: \(list.map(\.en).joined(separator: ", "))")[
                        language])
        }
        if !group.unknownWords.isEmpty {
            lines.append(
                Bilingual(
                    "  计划的 `values` 下有它们的注释行：请填写。",
                    "  The plan has lines under `values` for them, as comments: fill them in.")[
                        language])
        }
        return lines
    }

    private func head(of group: PlanDraftAccount.Group) -> Bilingual {
        let (first, more) = (group.labels[0], group.labels.count - 1)
        let files =
            more == 0
            ? Bilingual(both: first)
            : Bilingual("\(first) 等 \(more + 1) 个文件", "\(first) and \(more) more")
        let count = group.headers.count
        return Bilingual(
            "\(files.zh)：\(group.source.words.zh)，\(group.encodings.joined(separator: " 和 "))，"
                + "\(count) 个表头，查看了前 \(group.rowCount) 行",
            "\(files.en): \(group.source.words.en), \(group.encodings.joined(separator: " and ")), "
                + "\(count) headers, the first \(group.rowCount) rows looked at")
    }

    private func table(of group: PlanDraftAccount.Group) -> TerminalTable {
        var table = TerminalTable(
            headers: [Self.headers], in: language, [.left, .left, .left, .right, .left])
        for header in group.headers {
            let percent =
                group.rowCount == 0 ? "" : "\(header.filledCount * 100 / group.rowCount) %"
            table.append([
                header.header, header.column ?? "-", Self.basis(header.basis)[language], percent,
                header.forms.map(\.description).joined(separator: " | "),
            ])
        }
        return table
    }

    private static let headers = [
        Bilingual("表头", "header"), Bilingual("列", "column"), Bilingual("依据", "told by"),
        Bilingual("填写", "filled"), Bilingual("取值的形式", "form of the values"),
    ]

    private static func basis(_ word: String) -> Bilingual {
        let words = ["given": "指定", "name": "名称", "content": "内容"]
        return Bilingual(words[word] ?? word, word)
    }

    /// As a shell takes it.
    private static func shell(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            byte >= 0x80 || byte == 0x2E || byte == 0x2F || byte == 0x2D || byte == 0x5F
                || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte)
        }
        return isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'"
    }
}
