/// The form of a value of a row without the value: each digit as 9, each Latin letter as a, each
/// Han character as 汉, other letters as 文, marks as they are.
package struct MaskedValue: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Enough to tell a number, a date or a code by its form.
    package static let lengthMax = 24

    package init(_ value: String) {
        var text = ""
        for scalar in value.unicodeScalars.prefix(Self.lengthMax) {
            text += Self.mask(scalar)
        }
        description = text
    }

    private static func mask(_ scalar: Unicode.Scalar) -> String {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber:
            return properties.isIdeographic ? "汉" : "9"
        case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator,
            .lineSeparator, .paragraphSeparator:
            return " "
        case .nonspacingMark, .spacingMark, .enclosingMark: return ""
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            if properties.isIdeographic { return "汉" }
            let isLatin =
                scalar.value < 0x250 || (0x1E00...0x1EFF).contains(scalar.value)
                || (0xFF21...0xFF5A).contains(scalar.value)
            return isLatin ? "a" : "文"
        default: return properties.isIdeographic ? "汉" : String(scalar)
        }
    }
}
