/// The values of one code column: bytes as extracts write them → the code of a packed record.
///
/// Values of up to 16 bytes are compared as two words in the one slot that their hash names: the
/// table is made so large that no two of its values share a slot. Longer values, and those that a
/// field shows only after care (see `isPlain`), take a plain search.
///
/// Owns its memory; a class, so that the row loop copies no reference with every look-up.
package final class CodeTable {
    package static let none: UInt8 = 255

    private struct Slot {
        var first: UInt64 = 0
        var second: UInt64 = 0
        /// 0 = empty; no field that is looked up is.
        var count = 0
        var code = CodeTable.none
    }

    private let slots: UnsafePointer<Slot>
    /// Codes of the values of one byte.
    private let singles: UnsafePointer<UInt8>
    private let hash: Hash
    private let others: [(bytes: [UInt8], code: UInt8)]

    /// Values must be distinct.
    package init(_ values: [(bytes: [UInt8], code: UInt8)]) {
        let isHashed = { (bytes: [UInt8]) in bytes.count <= 16 && Self.isPlain(bytes) }
        others = values.filter { !$0.bytes.isEmpty && !isHashed($0.bytes) }
        let hashed = values.filter { !$0.bytes.isEmpty && isHashed($0.bytes) }.map(Self.slot)
        hash = Hash(without: hashed.map { ($0.first, $0.second) })
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: 1 << hash.slotCountLog2)
        slots.initialize(repeating: Slot(), count: 1 << hash.slotCountLog2)
        for slot in hashed { slots[hash.slot(slot.first, slot.second)] = slot }
        self.slots = UnsafePointer(slots)
        let singles = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        singles.initialize(repeating: Self.none, count: 256)
        for value in values where value.bytes.count == 1 && Self.isPlain(value.bytes) {
            singles[Int(value.bytes[0])] = value.code
        }
        self.singles = UnsafePointer(singles)
    }

    deinit {
        slots.deallocate()
        singles.deallocate()
    }

    /// What a field may hold that nothing was taken off: no blank or quote at its ends. Without a
    /// zero byte, two values never make the same words.
    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, let last = bytes.last, !bytes.contains(0) else {
            return false
        }
        return first > 0x22 && last > 0x22 && first != 0xE3 && first != 0xA1 && last != 0x80
            && last != 0xA1
    }

    private static func slot(_ bytes: [UInt8], _ code: UInt8) -> Slot {
        (bytes + [UInt8](repeating: 0, count: 64)).withUnsafeBufferPointer {
            let (first, second) = words(FieldBytes($0.baseAddress!, bytes.count))
            return Slot(first: first, second: second, count: bytes.count, code: code)
        }
    }

    /// The code of a value that is not empty, as it stands in the extract; `none` for one that is
    /// unknown or not plain.
    @inline(__always)
    package func code(_ field: FieldBytes) -> UInt8 {
        if field.count == 1 { return singles[Int(field.start[0])] }
        let (first, second) = Self.words(field)
        let slot = slots + hash.slot(first, second)
        let differs =
            (slot.pointee.first ^ first) | (slot.pointee.second ^ second)
            | UInt64(truncatingIfNeeded: slot.pointee.count ^ field.count)
        return differs == 0 ? slot.pointee.code : Self.none
    }

    /// The code of any value.
    package func codeWithCare(_ field: FieldBytes) -> UInt8 {
        let code = field.count <= 16 && !field.isEmpty ? code(field) : Self.none
        if code != Self.none { return code }
        return others.first { $0.bytes.elementsEqual(field.buffer) }?.code ?? Self.none
    }

    /// The first 16 bytes, those of a short field in the upper ends of their words; of a longer
    /// field anything, as no value in a slot is as long.
    @inline(__always)
    private static func words(_ field: FieldBytes) -> (UInt64, UInt64) {
        // Only the lower six bits of a shift count: by 64 is by none.
        let shift = 0 &- UInt64(truncatingIfNeeded: field.count) &* 8
        return field.count <= 8
            ? (field.word(0) &<< shift, 0) : (field.word(0), field.word(8) &<< shift)
    }

    /// A multiplicative hash under which no two values of a table share a slot.
    private struct Hash {
        private(set) var slotCountLog2: UInt64 = 4
        private var multiplier: UInt64 = 0xC2B2_AE3D_27D4_EB4F

        /// Tries multipliers, then larger tables; a table of 15 words finds room in 64 slots.
        init(without words: [(UInt64, UInt64)]) {
            var attempts = 0
            while Set(words.map { slot($0, $1) }).count < words.count {
                multiplier = multiplier &* 0x9E37_79B9_7F4A_7C15
                attempts += 1
                if attempts % 64 == 0 { slotCountLog2 += 1 }
            }
        }

        @inline(__always)
        func slot(_ first: UInt64, _ second: UInt64) -> Int {
            let product = (first ^ (second &* 0x9E37_79B9_7F4A_7C15)) &* multiplier
            return Int(truncatingIfNeeded: product &>> (64 &- slotCountLog2))
        }
    }
}
