import Glibc

/// GB 18030 to UTF-8: the two-byte plane and the four-byte part of the basic plane as tables that
/// the C library's iconv fills once; the supplementary planes by arithmetic.
package final class GB18030: Sendable {
    /// Code points of lead 81–FE × trail 40–FE; 0 where there is none.
    private let twoByte: [UInt16]
    /// Code points of the four-byte index 0…39419.
    private let fourByte: [UInt16]

    static let leadCount = 126
    static let trailCount = 191
    static let basicPlaneCount = 39_420
    static let supplementaryStart = 189_000
    static let supplementaryEnd = 1_237_575

    /// `nil` when the C library has no GB18030.
    package init?() {
        guard let descriptor = iconv_open("UTF-16LE", "GB18030"),
            Int(bitPattern: descriptor) != -1
        else { return nil }
        defer { iconv_close(descriptor) }
        var two = [UInt16](repeating: 0, count: Self.leadCount * Self.trailCount)
        for lead in 0..<Self.leadCount {
            for trail in 0..<Self.trailCount where trail != 0x3F {
                two[lead * Self.trailCount + trail] = Self.convert(
                    [UInt8(0x81 + lead), UInt8(0x40 + trail)], descriptor)
            }
        }
        var four = [UInt16](repeating: 0, count: Self.basicPlaneCount)
        for index in 0..<Self.basicPlaneCount {
            four[index] = Self.convert(Self.fourBytes(index), descriptor)
        }
        twoByte = two
        fourByte = four
    }

    private static func convert(_ bytes: [UInt8], _ descriptor: iconv_t) -> UInt16 {
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
                guard status != -1, toCount == 6 else { return 0 }
                return UInt16(UInt8(bitPattern: target[0]))
                    | UInt16(UInt8(bitPattern: target[1])) << 8
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
            let value = twoByte[(Int(p[0]) - 0x81) * Self.trailCount + Int(p[1]) - 0x40]
            return value == 0 ? nil : Unicode.Scalar(value)
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
