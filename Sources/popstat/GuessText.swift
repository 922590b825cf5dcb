import PopulationPipeline

/// What `popstat init` guessed, in words for a terminal.
enum GuessText {
    static func lines(of account: PlanDraftAccount) -> [String] {
        var lines: [String] = []
        for group in account.groups { lines += Self.lines(of: group) + [""] }
        if let targets = account.targets { lines.append("\(targets) is written.") }
        lines.append(
            "\(account.plan) is written, and `popstat check` finds no fault in it. Look at the "
                + "columns above, then run:")
        lines.append(
            "  popstat run \(shell(account.plan))"
                + (account.work.map {
                    " --work \(shell($0))"
                } ?? ""))
        return lines
    }

    private static func lines(of group: PlanDraftAccount.Group) -> [String] {
        let count = group.labels.count
        let files = count == 1 ? group.labels[0] : "\(group.labels[0]) and \(count - 1) more"
        var lines = [
            "\(files): \(group.source.rawValue), \(group.encodings.joined(separator: " and ")), "
                + "\(group.headers.count) headers, the first \(group.rowCount) rows looked at"
        ]
        var table = TerminalTable(
            headers: [["header", "column", "told by", "filled", "form of the values"]],
            [.left, .left, .left, .right, .left])
        for header in group.headers {
            let percent =
                group.rowCount == 0 ? "" : "\(header.filledCount * 100 / group.rowCount) %"
            table.append([
                header.header, header.column ?? "-", header.basis, percent,
                header.forms.map(\.description).joined(separator: " | "),
            ])
        }
        lines += table.lines.map { "  \($0)" }
        if group.headers.contains(where: { $0.column == nil }) {
            lines.append(
                "  Headers with - stand for no column and are not read; --column COLUMN=HEADER "
                    + "names one.")
        }
        for words in group.unknownWords {
            let list = (words.shown + words.masked).map { "\($0.text) (\($0.count) rows)" }
            lines.append("  \(words.column): not known: \(list.joined(separator: ", "))")
        }
        if !group.unknownWords.isEmpty {
            lines.append("  The plan has lines under `values` for them, as comments: fill them in.")
        }
        return lines
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
