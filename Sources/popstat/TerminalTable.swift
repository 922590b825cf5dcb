import PopulationModel
import PopulationPipeline

/// Rows of text in columns for a terminal: as wide as the widest cell, counted in cells of the
/// terminal, of which a Chinese character takes two. Plain text, the same in a pipe.
struct TerminalTable {
    /// Where the text of a column stands.
    enum Alignment {
        case left, right
    }

    private let alignments: [Alignment]
    private var rows: [[String]]

    /// Headers may take several rows.
    init(headers: [[Bilingual]], in language: MessageLanguage, _ alignments: [Alignment]) {
        self.alignments = alignments
        rows = headers.map { $0.map { $0[language] } }
    }

    /// A row has one cell per column.
    mutating func append(_ row: [String]) { rows.append(row) }

    var lines: [String] {
        let widths = alignments.indices.map { column in
            rows.map { TerminalText.width(of: $0[column]) }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let blanks = String(
                    repeating: " ", count: widths[column] - TerminalText.width(of: cell))
                if column > 0 { line += "  " }
                line += alignments[column] == .left ? cell + blanks : blanks + cell
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }
}
