internal import PopulationModel

/// When two spellings are one name (SPEC 4): full-width letters and digits, blanks and the kinds of
/// middle dot make no difference.
package enum NameFolding {
    /// The folded name; names are the same when these are equal scalar by scalar.
    package static func fold(_ bytes: UnsafeRawBufferPointer) -> [Unicode.Scalar] {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.compactMap { scalar in
            if scalar.properties.isWhitespace { return nil }
            return switch scalar.value {
            // Middle dots: the dot itself, bullet, hyphenation point, bullet operator, dot
            // operator, katakana dots.
            case 0xB7, 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65: "\u{B7}"
            case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
            default: scalar
            }
        }
    }

    /// Whether two accepted rows of a citizen bear names that are neither empty nor the same.
    static func conflict(
        _ registrations: borrowing ReusedList<PackedRecordView>,
        _ residencies: borrowing ReusedList<PackedRecordView>
    ) -> Bool {
        var first: UnsafeRawBufferPointer?
        if areAllEqual(registrations, to: &first), areAllEqual(residencies, to: &first) {
            return false
        }
        let rows = Array(registrations.buffer) + Array(residencies.buffer)
        return conflict(in: rows.filter { !$0.isRevoked }.map(\.name))
    }

    /// Every name is empty or has the bytes of the first one: what nearly all citizens' names are.
    @inline(__always)
    private static func areAllEqual(
        _ rows: borrowing ReusedList<PackedRecordView>, to first: inout UnsafeRawBufferPointer?
    ) -> Bool {
        for index in 0..<rows.count where !rows[index].isRevoked {
            let name = rows[index].name
            if name.isEmpty { continue }
            guard let first else {
                first = name
                continue
            }
            if !RecordOrder.areSameBytes(first, name) { return false }
        }
        return true
    }

    /// Whether two of the names are neither empty nor the same.
    package static func conflict(in names: [UnsafeRawBufferPointer]) -> Bool {
        var firstName: UnsafeRawBufferPointer?
        var firstFolded: [Unicode.Scalar]?
        for name in names where !name.isEmpty {
            guard let first = firstName else {
                firstName = name
                continue
            }
            if RecordOrder.areSameBytes(first, name) { continue }
            let folded = fold(name)
            if folded.isEmpty { continue }
            let reference = firstFolded ?? fold(first)
            firstFolded = reference
            if reference.isEmpty {
                firstName = name
                firstFolded = folded
            } else if folded != reference {
                return true
            }
        }
        return false
    }
}
