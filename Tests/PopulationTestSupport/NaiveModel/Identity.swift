/// What the identity number of a row is (SPEC 1, 2.4 and the id rules of 3).
enum IdentityVerdict: Equatable {
    case rejected(String)
    case outOfScope
    case citizen(String)
}

enum Identity {
    static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    static let checks = Array("10X98765432".utf8)

    /// The check character of 17 digits, ISO 7064 MOD 11-2.
    static func check(_ digits: ArraySlice<UInt8>) -> UInt8 {
        let sum = zip(digits, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
        return checks[sum % 11]
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39
    }

    /// The rules `id-missing` … `id-birth-date` in their order. `updatedAt` is the row's time when
    /// it can be read.
    static func judge(_ field: String, updatedAt: String?) -> IdentityVerdict {
        let text = Texts.identity(field)
        var s = Array(text.utf8)
        if s.isEmpty { return .rejected("id-missing") }
        if isScientific(s) || isCutByExcel(s) { return .rejected("id-damaged") }
        if isForeignCard(s) { return .outOfScope }
        if s.count == 15, s.allSatisfy(isDigit) { s = upgraded(s) }
        let last = s.last!
        guard s.count == 18, s.prefix(17).allSatisfy(isDigit),
            isDigit(last) || last == UInt8(ascii: "X")
        else { return .rejected("id-format") }
        if check(s[0..<17]) != last { return .rejected("id-check") }
        let number = String(decoding: s, as: UTF8.self)
        if ["81", "82", "83", "9"].contains(where: { number.hasPrefix($0) }) { return .outOfScope }
        let born = birth(number)
        let (y, m, d) = Dates.parts(born)
        guard Dates.isCalendarDate(y, m, d), y >= 1850 else { return .rejected("id-birth-date") }
        if let updatedAt, born > String(updatedAt.prefix(10)) { return .rejected("id-birth-date") }
        return .citizen(number)
    }

    /// `^\d(\.\d+)?[Ee]\+?\d\d$` (after letters were put in upper case).
    private static func isScientific(_ s: [UInt8]) -> Bool {
        guard let e = s.firstIndex(of: UInt8(ascii: "E")) else { return false }
        let mantissa = Array(s[..<e])
        var exponent = Array(s[(e + 1)...])
        if exponent.first == UInt8(ascii: "+") { exponent.removeFirst() }
        guard exponent.count == 2, exponent.allSatisfy(isDigit) else { return false }
        guard let first = mantissa.first, isDigit(first) else { return false }
        if mantissa.count == 1 { return true }
        return mantissa[1] == UInt8(ascii: ".") && mantissa.count > 2
            && mantissa[2...].allSatisfy(isDigit)
    }

    private static func isCutByExcel(_ s: [UInt8]) -> Bool {
        s.count == 18 && s.allSatisfy(isDigit) && s.suffix(3) == [0x30, 0x30, 0x30]
            && check(s[0..<17]) != s[17]
    }

    private static func isForeignCard(_ s: [UInt8]) -> Bool {
        s.count == 15 && s.prefix(3).allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
            && s.suffix(12).allSatisfy(isDigit)
    }

    /// 15 digits to 18: century 19, or 18 for the sequences 996-999.
    private static func upgraded(_ s: [UInt8]) -> [UInt8] {
        let sequence = String(decoding: s[12..<15], as: UTF8.self)
        let century = Int(sequence)! >= 996 ? "18" : "19"
        let digits = Array(s[0..<6]) + Array(century.utf8) + Array(s[6..<15])
        return digits + [check(digits[0..<17])]
    }

    /// Birth date yyyy-mm-dd of an 18-character number.
    static func birth(_ number: String) -> String {
        let s = Array(number.utf8)[6..<14].map { String(UnicodeScalar($0)) }
        return s[0..<4].joined() + "-" + s[4..<6].joined() + "-" + s[6..<8].joined()
    }

    /// `male` or `female` by the 17th digit.
    static func sex(_ number: String) -> String {
        (Array(number.utf8)[16] - 0x30) % 2 == 1 ? "male" : "female"
    }
}
