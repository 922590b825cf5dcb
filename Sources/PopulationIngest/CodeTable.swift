/// The values of one code column: bytes as extracts write them → the code of a packed record.
///
/// Up to 16 bytes are compared as two words; longer values take a plain search.
struct CodeTable {
    static let none: UInt8 = 255

    private var first: [UInt64]
    private var second: [UInt64]
    private var lengths: [UInt8]
    private var codes: [UInt8]
    private var longer: [(bytes: [UInt8], code: UInt8)] = []
    private let slotMask: Int

    /// Values must be distinct.
    init(_ values: [(bytes: [UInt8], code: UInt8)]) {
        var slotCount = 16
        while slotCount < values.count * 4 { slotCount *= 2 }
        slotMask = slotCount - 1
        first = Array(repeating: 0, count: slotCount)
        second = Array(repeating: 0, count: slotCount)
        lengths = Array(repeating: 0, count: slotCount)
        codes = Array(repeating: Self.none, count: slotCount)
        for (bytes, code) in values {
            guard !bytes.isEmpty else { continue }
            guard bytes.count <= 16 else {
                longer.append((bytes, code))
                continue
            }
            let padded = bytes + [UInt8](repeating: 0, count: 64)
            let (a, b) = padded.withUnsafeBufferPointer {
                Self.words(FieldBytes($0.baseAddress!, bytes.count))
            }
            var slot = Self.hash(a, b) & slotMask
            while lengths[slot] != 0 { slot = (slot + 1) & slotMask }
            first[slot] = a
            second[slot] = b
            lengths[slot] = UInt8(bytes.count)
            codes[slot] = code
        }
    }

    /// The code of a value that is not empty; `none` for an unknown one.
    @inline(__always)
    func code(_ field: FieldBytes) -> UInt8 {
        guard field.count <= 16 else { return codeOfLonger(field) }
        let (a, b) = Self.words(field)
        var slot = Self.hash(a, b) & slotMask
        while true {
            let length = lengths[slot]
            if length == 0 { return Self.none }
            if first[slot] == a, second[slot] == b, Int(length) == field.count {
                return codes[slot]
            }
            slot = (slot &+ 1) & slotMask
        }
    }

    private func codeOfLonger(_ field: FieldBytes) -> UInt8 {
        longer.first { $0.bytes.elementsEqual(field.buffer) }?.code ?? Self.none
    }

    @inline(__always)
    private static func words(_ field: FieldBytes) -> (UInt64, UInt64) {
        let count = field.count
        if count >= 8 {
            let rest = count &- 8
            let b = rest == 8 ? field.word(8) : field.word(8) & ((1 << UInt64(rest &* 8)) &- 1)
            return (field.word(0), b)
        }
        return (field.word(0) & ((1 << UInt64(count &* 8)) &- 1), 0)
    }

    @inline(__always)
    private static func hash(_ a: UInt64, _ b: UInt64) -> Int {
        let x = (a ^ (b &* 0x9E37_79B9_7F4A_7C15)) &* 0xC2B2_AE3D_27D4_EB4F
        return Int(truncatingIfNeeded: x >> 40)
    }
}
