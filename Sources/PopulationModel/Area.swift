/// The territory of a plan: a prefix of 2, 4 or 6 digits of division codes (SPEC 1).
public struct Area: Hashable, Sendable {
    /// The digits, such as `4499`.
    public let code: String
    /// What a 12-digit code is divided by to compare it with `prefix`.
    public let divisor: UInt64
    /// The digits as a number.
    public let prefix: UInt64

    /// `nil` unless the code has 2, 4 or 6 digits.
    public init?(code: String) {
        guard [2, 4, 6].contains(code.utf8.count),
            code.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let prefix = UInt64(code)
        else { return nil }
        self.code = code
        self.prefix = prefix
        divisor = (code.utf8.count..<12).reduce(1) { product, _ in product * 10 }
    }

    public func contains(_ code: DivisionCode) -> Bool { code.digits / divisor == prefix }

    /// The levels that are published for an area of this size, outermost first (SPEC 6).
    public var levels: [AreaLevel] {
        switch code.utf8.count {
        case 2: [.province, .prefecture, .county, .township]
        case 4: [.prefecture, .county, .township]
        default: [.county, .township]
        }
    }
}

/// A level of the administrative hierarchy above the statistical unit.
public enum AreaLevel: String, CaseIterable, Sendable {
    case province, prefecture, county, township

    /// Digits of a code of this level.
    public var digitCount: Int {
        switch self {
        case .province: 2
        case .prefecture: 4
        case .county: 6
        case .township: 9
        }
    }
}

/// A 12-digit statistical division code (统计用区划代码), or a shorter one padded with zeros.
@frozen
public struct DivisionCode: Hashable, Comparable, Sendable {
    /// The 12 digits as a number; leading zeros are kept by `text`.
    public let digits: UInt64

    @inlinable public init(digits: UInt64) { self.digits = digits }

    /// First nine digits.
    @inlinable public var township: UInt64 { digits / 1_000 }
    /// First six digits.
    @inlinable public var county: UInt64 { digits / 1_000_000 }

    /// Hong Kong, Macau, Taiwan, a foreign country, or no place at all (SPEC 2.2).
    @inlinable public var isAbroad: Bool {
        let province = digits / 10_000_000_000
        return province == 71 || province == 81 || province == 82 || province >= 90
            || digits < 1_000_000
    }

    @inlinable public static func < (lhs: DivisionCode, rhs: DivisionCode) -> Bool {
        lhs.digits < rhs.digits
    }

    /// All 12 digits.
    public var text: String { Self.padded(digits, to: 12) }
    /// The first `count` digits.
    public func prefix(_ count: Int) -> String { String(text.prefix(count)) }

    /// A number with leading zeros up to a width.
    public static func padded(_ number: UInt64, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

/// Residents (常住人口) or registered population (户籍人口).
public enum Concept: String, CaseIterable, Sendable {
    case registered, resident

    /// As a sentence names its people.
    public var words: Bilingual {
        switch self {
        case .registered: Bilingual("户籍人口", "registered persons")
        case .resident: Bilingual("常住人口", "resident persons")
        }
    }
}
