import PopulationModel

/// How far a stage is, on one line of a terminal that it never overflows.
package struct ProgressLine {
    package var stage: StageName
    /// Of `total`; of what the stage counts its work in.
    package var done: Int
    package var total: Int
    package var rows: Int
    /// Since the stage began.
    package var seconds: Double

    package init(stage: StageName, done: Int, total: Int, rows: Int, seconds: Double) {
        self.stage = stage
        self.done = done
        self.total = total
        self.rows = rows
        self.seconds = seconds
    }

    /// Narrower than `columns`: many terminals wrap when the last column is written. What matters
    /// less stands further back and is left out first.
    package func text(in language: MessageLanguage, columns: Int) -> String {
        let comma = Bilingual("，", ", ")[language]
        var line = Self.name(of: stage)[language]
        for part in parts {
            let longer = line + comma + part[language]
            if TerminalText.width(of: longer) >= columns { break }
            line = longer
        }
        return TerminalText.prefix(of: line, width: max(0, columns - 1))
    }

    /// The line that stays when a stage has ended.
    package func endText(in language: MessageLanguage) -> String {
        var line = Self.name(of: stage)
        if rows > 0 { line = line + Bilingual("，\(rows) 行", ", \(rows) rows") }
        let time = Self.tenths(seconds)
        return (line + Bilingual("，\(time) 秒", ", \(time) s"))[language]
    }

    private static func name(of stage: StageName) -> Bilingual {
        let count = StageName.allCases.count
        return Bilingual(both: "\(stage.number)/\(count) ") + stage.words
    }

    private var parts: [Bilingual] {
        var parts: [Bilingual] = []
        if total > 0 {
            let percent = done * 100 / total
            parts.append(Bilingual("\(percent)%", "\(percent) %"))
        }
        if rows > 0, seconds > 0 {
            let rate = Int(Double(rows) / seconds)
            parts.append(Bilingual("\(rows) 行", "\(rows) rows"))
            parts.append(Bilingual("\(rate) 行/秒", "\(rate) rows/s"))
        }
        if done > 0, total > done {
            let left = Int((seconds / Double(done) * Double(total - done)).rounded())
            parts.append(Bilingual("还需 \(left) 秒", "\(left) s left"))
        }
        return parts
    }

    private static func tenths(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
