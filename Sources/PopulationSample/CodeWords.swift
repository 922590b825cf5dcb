import PopulationModel

/// The words of the code lists as bytes, by raw value; the first of those that begin with 1 is the
/// empty word of a code that is not given.
package struct CodeWords: Sendable {
    package let events = Self.packed(RegistrationEvent.allCases.map(\.word))
    package let causes = Self.packed([""] + SettlementCause.allCases.map(\.word))
    package let householdTypes = Self.packed([""] + HouseholdType.allCases.map(\.word))
    package let titles = Self.packed([""] + ProfessionalTitle.allCases.map(\.word))
    package let dwellings = Self.packed([""] + Dwelling.allCases.map(\.word))

    private static func packed(_ words: [String]) -> [PackedWord] {
        words.map { PackedWord(bytes: Array($0.utf8)) }
    }
}

/// Up to 16 bytes that are copied by two stores.
package struct PackedWord: Sendable {
    package let low: UInt64
    package let high: UInt64
    package let length: Int

    /// The bytes in order, for a buffer that grows.
    package func append(to bytes: inout [UInt8]) {
        for position in 0..<length {
            let part = position < 8 ? low >> (8 * position) : high >> (8 * (position - 8))
            bytes.append(UInt8(truncatingIfNeeded: part))
        }
    }

    package init(bytes: [UInt8]) {
        precondition(bytes.count <= 16, "a word of a code list is longer than 16 bytes")
        func packed(_ part: ArraySlice<UInt8>) -> UInt64 {
            part.reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        low = packed(bytes.prefix(8))
        high = packed(bytes.dropFirst(8))
        length = bytes.count
    }
}
