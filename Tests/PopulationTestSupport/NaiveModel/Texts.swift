/// Text of fields: blanks, full-width forms, apostrophes and ="…" (SPEC 2.4).
enum Texts {
    static let fullWidthSpace: UnicodeScalar = "\u{3000}"

    static func isBlank(_ scalar: UnicodeScalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == fullWidthSpace
    }

    /// Without the blanks round the text.
    static func trimmed(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        while let last = scalars.last, isBlank(last) { scalars.removeLast() }
        while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
        return string(scalars)
    }

    /// Full-width letters, digits, signs and the full-width space as their ASCII forms.
    static func halfWidth(_ text: String) -> String {
        string(
            text.unicodeScalars.map { scalar in
                if scalar == fullWidthSpace { return " " }
                if scalar.value >= 0xFF01, scalar.value <= 0xFF5E {
                    return UnicodeScalar(scalar.value - 0xFEE0)!
                }
                return scalar
            })
    }

    /// A number, code, date or time without its wrapping: `'123`, `="123"`, `１２３` → `123`.
    static func plain(_ text: String) -> String {
        var scalars = Array(halfWidth(trimmed(text)).unicodeScalars)
        while true {
            if scalars.first == "'" {
                scalars.removeFirst()
            } else if scalars.count >= 3, scalars.starts(with: ["=", "\""]), scalars.last == "\"" {
                scalars = Array(scalars[2..<(scalars.count - 1)])
            } else {
                return string(scalars)
            }
            scalars = Array(trimmed(string(scalars)).unicodeScalars)
        }
    }

    /// An identity number: plain, without inner blanks, letters in upper case.
    static func identity(_ text: String) -> String {
        string(plain(text).unicodeScalars.filter { !isBlank($0) }).uppercased()
    }

    /// A name for `name_conflict`: half-width, no blanks, one middle dot (SPEC 4).
    static func foldedName(_ text: String) -> [UInt32] {
        let middleDots: Set<UInt32> = [0xB7, 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65]
        return halfWidth(text).unicodeScalars
            .filter { !$0.properties.isWhitespace }
            .map { middleDots.contains($0.value) ? 0xB7 : $0.value }
    }

    static func string(_ scalars: [UnicodeScalar]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    static func isDigits(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    /// Order of texts by their UTF-8 bytes: negative, 0 or positive.
    static func compare(_ a: String, _ b: String) -> Int {
        if Array(a.utf8) == Array(b.utf8) { return 0 }
        return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
    }
}
