import Glibc

/// GB 18030 to UTF-8: the two-byte plane and the four-byte part of the basic plane as tables that
/// the C library's iconv fills once; the supplementary planes by arithmetic.
package final class GB18030: @unchecked Sendable {
    /// Code points of lead 81–FE × trail 40–FE; 0 where there is none.
    private let twoByte: [UInt16]
    /// The few two-byte characters outside the basic plane, by their place in `twoByte`.
    private let twoByteSupplementary: [Int: Unicode.Scalar]
    /// Code points of the four-byte index 0…39419.
    private let fourByte: [UInt16]
    /// By their place in `twoByte`, the characters U+4000 to U+9FFF as three bytes of UTF-8, the
    /// first lowest; 0 for others.
    let hanAsUTF8: UnsafePointer<UInt32>

    static let leadCount = 126
    static let trailCount = 191
    static let basicPlaneCount = 39_420
    static let supplementaryStart = 189_000
    static let supplementaryEnd = 1_237_575

    /// Made when the first extract needs it, which takes tens of milliseconds, for all of them;
    /// `nil` when the C library has no GB18030.
    static let shared = GB18030()

    /// `nil` when the C library has no GB18030.
    package init?() {
        guard let descriptor = iconv_open("UTF-16LE", "GB18030"),
            Int(bitPattern: descriptor) != -1
        else { return nil }
        defer { iconv_close(descriptor) }
        var two = [UInt16](repeating: 0, count: Self.leadCount * Self.trailCount)
        var supplementary: [Int: Unicode.Scalar] = [:]
        for lead in 0..<Self.leadCount {
            for trail in 0..<Self.trailCount where trail != 0x3F {
                let place = lead * Self.trailCount + trail
                let bytes = [UInt8(0x81 + lead), UInt8(0x40 + trail)]
                let units = Self.convert(bytes, descriptor)
                if units.count == 1 { two[place] = units[0] }
                if units.count == 2 {
                    supplementary[place] =
                        String(decoding: units, as: UTF16.self)
                        .unicodeScalars.first
                }
            }
        }
        var four = [UInt16](repeating: 0, count: Self.basicPlaneCount)
        for index in 0..<Self.basicPlaneCount {
            let units = Self.convert(Self.fourBytes(index), descriptor)
            if units.count == 1 { four[index] = units[0] }
        }
        twoByte = two
        twoByteSupplementary = supplementary
        fourByte = four
        let han = UnsafeMutablePointer<UInt32>.allocate(capacity: two.count)
        for (place, value) in two.enumerated() {
            let point = UInt32(value)
            let tail = (point << 2 & 0x3F00) | (point & 0x3F) << 16
            han[place] = 0x4000...0x9FFF ~= point ? 0x80_80E0 | point >> 12 | tail : 0
        }
        hanAsUTF8 = UnsafePointer(han)
    }

    deinit { hanAsUTF8.deallocate() }

    /// Where `twoByte` holds the character of two bytes; `nil` when they cannot be one.
    @inline(__always)
    static func twoBytePlace(_ lead: UInt8, _ trail: UInt8) -> Int? {
        guard lead >= 0x81, lead <= 0xFE, trail >= 0x40, trail <= 0xFE else { return nil }
        return (Int(lead) &- 0x81) &* trailCount &+ Int(trail) &- 0x40
    }

    /// The UTF-16 units of one character; none where there is no such character.
    private static func convert(_ bytes: [UInt8], _ descriptor: iconv_t) -> [UInt16] {
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: 8)
        return input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var fromCount = source.count
                var to = target.baseAddress
                var toCount = target.count
                _ = iconv(descriptor, nil, nil, nil, nil)
                let status = iconv(descriptor, &from, &fromCount, &to, &toCount)
                guard status != -1 else { return [] }
                return stride(from: 0, to: target.count - toCount, by: 2).map {
                    UInt16(UInt8(bitPattern: target[$0]))
                        | UInt16(UInt8(bitPattern: target[$0 + 1])) << 8
                }
            }
        }
    }

    private static func fourBytes(_ index: Int) -> [UInt8] {
        [
            UInt8(0x81 + index / 12_600), UInt8(0x30 + index / 1_260 % 10),
            UInt8(0x81 + index / 10 % 126), UInt8(0x30 + index % 10),
        ]
    }

    /// 1, 2 or 4 by the shape of the bytes; `nil` when no whole character stands here.
    @inline(__always)
    static func characterLength(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int? {
        let lead = p[0]
        if lead < 0x80 { return 1 }
        guard lead >= 0x81, lead <= 0xFE, count >= 2 else { return nil }
        let second = p[1]
        if second >= 0x40 { return second != 0x7F && second != 0xFF ? 2 : nil }
        guard second >= 0x30, second <= 0x39, count >= 4, p[2] >= 0x81, p[2] <= 0xFE,
            p[3] >= 0x30, p[3] <= 0x39
        else { return nil }
        return 4
    }

    /// Four-byte characters outside the two ranges that name code points are no text.
    static func isAssigned(_ p: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        guard length == 4 else { return true }
        let index = fourByteIndex(p)
        return index < basicPlaneCount
            || (index >= supplementaryStart && index <= supplementaryEnd)
    }

    private static func fourByteIndex(_ p: UnsafePointer<UInt8>) -> Int {
        ((Int(p[0]) - 0x81) * 10 + Int(p[1]) - 0x30) * 1_260 + (Int(p[2]) - 0x81) * 10
            + Int(p[3]) - 0x30
    }

    /// The text as UTF-8; a byte that is part of no character becomes U+FFFD.
    package func utf8(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 3 / 2 + 4)
        guard let p = bytes.baseAddress else { return out }
        var offset = 0
        while offset < bytes.count {
            let length = Self.characterLength(p + offset, bytes.count - offset)
            let scalar = length.flatMap { self.scalar(p + offset, $0) } ?? "\u{FFFD}"
            out.append(contentsOf: UTF8.encode(scalar)!)
            offset += length ?? 1
        }
        return out
    }

    private func scalar(_ p: UnsafePointer<UInt8>, _ length: Int) -> Unicode.Scalar? {
        switch length {
        case 1: return Unicode.Scalar(p[0])
        case 2:
            let place = (Int(p[0]) - 0x81) * Self.trailCount + Int(p[1]) - 0x40
            let value = twoByte[place]
            return value == 0 ? twoByteSupplementary[place] : Unicode.Scalar(value)
        default:
            let index = Self.fourByteIndex(p)
            if index < Self.basicPlaneCount {
                let value = fourByte[index]
                return value == 0 ? nil : Unicode.Scalar(value)
            }
            guard index >= Self.supplementaryStart, index <= Self.supplementaryEnd else {
                return nil
            }
            return Unicode.Scalar(UInt32(0x1_0000 + index - Self.supplementaryStart))
        }
    }
}
