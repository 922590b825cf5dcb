internal import CZlib
import Glibc
import PopulationModel

/// A workbook looked at again after it was written: a ZIP archive of XML parts.
///
/// Takes the path of one; gives whether every part unpacks to what its checksum says and every tag in
/// it is closed; reads the whole file into memory. Only what libxlsxwriter writes is known here: no
/// comment, and no part of 4 GiB or more.
enum WorkbookArchive {
    static let library = LinkedLibrary(name: "zlib", version: String(cString: zlibVersion()))

    static func isWhole(_ path: String) throws(SystemFailure) -> Bool {
        let bytes = try WholeFile.read(path)
        let endBytes = 22
        guard bytes.count >= endBytes else { return false }
        let end = bytes.count - endBytes
        guard number(bytes, end, 4) == 0x0605_4B50 else { return false }
        var place = number(bytes, end + 16, 4)
        let count = number(bytes, end + 10, 2)
        for _ in 0..<count {
            guard let part = Part(bytes, at: place), part.isWhole(in: bytes) else { return false }
            place = part.next
        }
        return count > 0 && place == end
    }

    /// An entry of the archive's directory.
    private struct Part {
        let method: Int
        let checksum: Int
        let packedCount: Int
        let count: Int
        let start: Int
        let next: Int

        init?(_ bytes: [UInt8], at place: Int) {
            let headerBytes = 46
            guard place >= 0, place + headerBytes <= bytes.count,
                number(bytes, place, 4) == 0x0201_4B50
            else { return nil }
            method = number(bytes, place + 10, 2)
            checksum = number(bytes, place + 16, 4)
            packedCount = number(bytes, place + 20, 4)
            count = number(bytes, place + 24, 4)
            let own = number(bytes, place + 42, 4)
            next =
                place + headerBytes + number(bytes, place + 28, 2) + number(bytes, place + 30, 2)
                + number(bytes, place + 32, 2)
            guard own + 30 <= bytes.count, number(bytes, own, 4) == 0x0403_4B50 else { return nil }
            start = own + 30 + number(bytes, own + 26, 2) + number(bytes, own + 28, 2)
            guard start + packedCount <= bytes.count else { return nil }
        }

        func isWhole(in bytes: [UInt8]) -> Bool {
            let packed = bytes[start..<(start + packedCount)]
            guard let text = method == 0 ? Array(packed) : unpacked(Array(packed)),
                text.count == count
            else { return false }
            let sum = text.withUnsafeBufferPointer {
                crc32(0, $0.baseAddress, UInt32($0.count))
            }
            return Int(sum) == checksum && MarkupBalance.isBalanced(text)
        }

        private func unpacked(_ packed: [UInt8]) -> [UInt8]? {
            var stream = z_stream()
            // Negative: the bare stream, without zlib's own frame.
            guard
                inflateInit2_(
                    &stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
            else { return nil }
            defer { inflateEnd(&stream) }
            var packed = packed
            var status: Int32 = Z_OK
            let text = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
                packed.withUnsafeMutableBufferPointer { source in
                    stream.next_in = source.baseAddress
                    stream.avail_in = UInt32(source.count)
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(count)
                    status = inflate(&stream, Z_FINISH)
                }
                filled = count - Int(stream.avail_out)
            }
            return status == Z_STREAM_END ? text : nil
        }
    }

    private static func number(_ bytes: [UInt8], _ place: Int, _ width: Int) -> Int {
        (0..<width).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
}

/// Whether every tag of a text of XML is closed in its order: what a hole in a file breaks.
enum MarkupBalance {
    static func isBalanced(_ text: [UInt8]) -> Bool {
        var open: [ArraySlice<UInt8>] = []
        var place = 0
        var isFirst = true
        while let start = text[place...].firstIndex(of: 0x3C) {
            guard isFirst || !open.isEmpty, let end = end(of: text, from: start) else {
                return false
            }
            let tag = text[(start + 1)..<end]
            place = end + 1
            guard let first = tag.first else { return false }
            // A declaration or a comment.
            if first == 0x3F || first == 0x21 { continue }
            if first == 0x2F {
                guard let last = open.popLast(), last == name(tag.dropFirst()) else {
                    return false
                }
            } else if tag.last != 0x2F {
                open.append(name(tag))
            }
            isFirst = false
        }
        return open.isEmpty && !isFirst && text[place...].allSatisfy { $0 <= 0x20 }
    }

    private static func name(_ tag: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        tag.prefix { $0 > 0x20 && $0 != 0x2F }
    }

    /// The end of the tag that begins there; one within quotes is none.
    private static func end(of text: [UInt8], from start: Int) -> Int? {
        var quote: UInt8?
        for index in (start + 1)..<text.count {
            let byte = text[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == 0x22 || byte == 0x27 {
                quote = byte
            } else if byte == 0x3E {
                return index
            } else if byte == 0x3C {
                return nil
            }
        }
        return nil
    }
}
