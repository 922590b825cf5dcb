/// The forms of SPEC 2.4 in which one right value may stand in an extract.
struct UglyForms {
    var random: UglyRandom

    mutating func written(_ value: String, kind: ColumnKind) -> String {
        if value.isEmpty { return "" }
        switch kind {
        case .identity: return wrapped(identity(value))
        case .date: return wrapped(date(value))
        case .time: return wrapped(time(value))
        case .code: return random.chance(12) ? wrapped(value) : value
        case .word, .text: return value
        }
    }

    private mutating func wrapped(_ text: String) -> String {
        switch random.below(20) {
        case 0: return "'" + text
        case 1: return "=\"" + text + "\""
        case 2: return fullWidthDigits(text)
        case 3: return "'" + fullWidthDigits(text)
        default: return text
        }
    }

    private func fullWidthDigits(_ text: String) -> String {
        Texts.string(
            text.unicodeScalars.map { scalar in
                scalar.value >= 0x30 && scalar.value <= 0x39
                    ? UnicodeScalar(scalar.value + 0xFEE0)! : scalar
            })
    }

    /// 18 or, where the upgrade leads back to it, 15 characters; x or X; inner spaces.
    private mutating func identity(_ number: String) -> String {
        let s = Array(number.utf8).map { String(UnicodeScalar($0)) }
        let year = s[6..<8].joined()
        let isSpecial = Int(s[14..<17].joined())! >= 996
        var text = number
        if random.chance(15), year == (isSpecial ? "18" : "19") {
            text = s[0..<6].joined() + s[8..<17].joined()
        }
        if random.chance(50) { text = text.replacing("X", with: "x") }
        if random.chance(6) { text = text.prefix(6) + " " + text.dropFirst(6) }
        if random.chance(3) { text = text.prefix(10) + "  " + text.dropFirst(10) }
        return text
    }

    private mutating func date(_ value: String) -> String {
        let text = bareDate(value)
        if !random.chance(10) { return text }
        if random.chance(20) { return value.replacing("-", with: "") + "093000" }
        return text + random.pick([" 00:00:00", "T08:30", " 8:30:15", " 23:59:59.999", " 1:00"])
    }

    private mutating func bareDate(_ value: String) -> String {
        let (y, m, d) = Dates.parts(value)
        switch random.below(8) {
        case 0: return value.replacing("-", with: "")
        case 1: return value.replacing("-", with: "/")
        case 2: return value.replacing("-", with: ".")
        case 3: return "\(y)-\(m)-\(d)"
        case 4: return "\(y)/\(m)/\(d)"
        default: return value
        }
    }

    private mutating func time(_ value: String) -> String {
        let day = bareDate(String(value.prefix(10)))
        let clock = String(value.suffix(8))
        if clock == "00:00:00", random.chance(60) { return day }
        switch random.below(8) {
        case 0:
            return value.replacing("-", with: "").replacing(" ", with: "").replacing(":", with: "")
        case 1: return day + "T" + clock
        case 2: return day + " " + clock + random.pick([".0", ".123456"])
        case 3 where clock.hasSuffix(":00"): return day + " " + clock.dropLast(3)
        case 4 where clock.hasPrefix("0"): return day + " " + clock.dropFirst()
        default: return day + " " + clock
        }
    }
}
