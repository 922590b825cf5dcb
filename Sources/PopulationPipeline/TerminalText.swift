/// The width of text on a terminal, where a Chinese character takes two cells.
package enum TerminalText {
    /// Cells that a text takes.
    package static func width(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
    }

    /// As much of a text from its start as fits into so many cells.
    package static func prefix(of text: String, width: Int) -> String {
        var cells = 0
        var end = text.startIndex
        // By characters: a mark must not be parted from its letter.
        for index in text.indices {
            cells += self.width(of: String(text[index]))
            if cells > width { break }
            end = text.index(after: index)
        }
        return String(text[..<end])
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
