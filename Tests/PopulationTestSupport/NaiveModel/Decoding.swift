import Glibc

/// The two encodings of SPEC 2.4.
enum Encoding {
    case utf8
    case gb18030
}

let utf8BOM: [UInt8] = [0xEF, 0xBB, 0xBF]
let gb18030BOM: [UInt8] = [0x84, 0x31, 0x95, 0x33]

/// The encoding of a file and the number of bytes of its BOM (SPEC 2.4).
func detectEncoding(_ bytes: [UInt8], setting: String) throws -> (Encoding, Int) {
    let startsUTF8 = bytes.starts(with: utf8BOM)
    let startsGB18030 = bytes.starts(with: gb18030BOM)
    switch setting {
    case "utf-8":
        return (.utf8, startsUTF8 ? 3 : 0)
    case "gb18030":
        return (.gb18030, startsGB18030 ? 4 : 0)
    case "auto":
        if startsUTF8 { return (.utf8, 3) }
        if startsGB18030 { return (.gb18030, 4) }
        let head = Array(bytes.prefix(4 * 1024 * 1024))
        return (isUTF8IgnoringCutTail(head) ? .utf8 : .gb18030, 0)
    default:
        throw NaiveFault("unknown encoding \(setting)")
    }
}

func isUTF8IgnoringCutTail(_ bytes: [UInt8]) -> Bool {
    if String(validating: bytes, as: UTF8.self) != nil { return true }
    for cut in 1...3 where cut <= bytes.count {
        let lead = bytes[bytes.count - cut]
        let needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
        if lead > 0xF4 || needed <= cut { continue }
        let tail = bytes.suffix(cut - 1)
        if !tail.allSatisfy({ $0 >= 0x80 && $0 <= 0xBF }) { continue }
        if String(validating: bytes.dropLast(cut), as: UTF8.self) != nil { return true }
    }
    return false
}

/// Turns the bytes of one field into text; nil when they are not valid (SPEC 2.4, 3 `encoding`).
final class Decoder {
    let encoding: Encoding
    private var converter: iconv_t?

    init(_ encoding: Encoding) throws {
        self.encoding = encoding
        if encoding == .gb18030 {
            converter = iconv_open("UTF-8", "GB18030")
            if converter == iconv_t(bitPattern: -1) {
                throw NaiveFault("iconv knows no GB18030")
            }
        }
    }

    deinit {
        if let converter { iconv_close(converter) }
    }

    func text(_ bytes: [UInt8]) -> String? {
        if encoding == .utf8 || bytes.allSatisfy({ $0 < 0x80 }) {
            return String(validating: bytes, as: UTF8.self)
        }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
        let room = output.count
        let written: Int? = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var from: UnsafeMutablePointer<CChar>? = source.baseAddress
                var to: UnsafeMutablePointer<CChar>? = target.baseAddress
                var fromLeft = source.count
                var toLeft = target.count
                iconv(converter, nil, nil, nil, nil)
                let result = iconv(converter, &from, &fromLeft, &to, &toLeft)
                if result == Int(bitPattern: UInt.max) || fromLeft != 0 { return nil }
                return room - toLeft
            }
        }
        guard let written else { return nil }
        let unicode = output.prefix(written).map { UInt8(bitPattern: $0) }
        return String(validating: unicode, as: UTF8.self)
    }
}
