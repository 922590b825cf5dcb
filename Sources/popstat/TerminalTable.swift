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
    init(headers: [[String]], _ alignments: [Alignment]) {
        self.alignments = alignments
        rows = headers
    }

    /// A row has one cell per column.
    mutating func append(_ row: [String]) { rows.append(row) }

    var lines: [String] {
        let widths = alignments.indices.map { column in
            rows.map { Self.width(of: $0[column]) }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let blanks = String(
                    repeating: " ", count: widths[column] - Self.width(of: cell))
                if column > 0 { line += "  " }
                line += alignments[column] == .left ? cell + blanks : blanks + cell
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }

    /// Cells that a text takes.
    static func width(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
    }

    private static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: 0
        default: wide.contains { $0.contains(scalar.value) } ? 2 : 1
        }
    }

    /// East Asian wide and full-width characters, after Unicode Standard Annex 11.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FF,
        0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]
}
