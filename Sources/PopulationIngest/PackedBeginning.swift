import Glibc
internal import PopulationModel

/// Reads the first bytes of an extract into memory and unpacks a gzip file on the way.
struct PackedBeginning: ~Copyable {
    private let isPacked: Bool
    private let label: String
    private var unpacker = GzipUnpacker()

    init(isPacked: Bool, label: String) {
        self.isPacked = isPacked
        self.label = label
    }

    /// Fills as much of the memory as the file gives; `isWhole` when it gives no more.
    mutating func fill(_ memory: UnsafeMutableRawBufferPointer, from descriptor: Int32)
        throws(PopstatErrors) -> (count: Int, isWhole: Bool)
    {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { piece.deallocate() }
        var count = 0
        while true {
            let got = read(descriptor, piece.baseAddress!, piece.count)
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw PopstatErrors(.cannotRead(label: label, errno: errno)) }
            if got == 0 {
                guard !isPacked || unpacker.isAtEnd else {
                    throw PopstatErrors(.damagedGzip(label: label))
                }
                return (count, true)
            }
            let bytes = UnsafeRawBufferPointer(rebasing: piece[..<got])
            guard try take(bytes, into: memory, &count) else { return (count, false) }
        }
    }

    /// False when something did not find room.
    private mutating func take(
        _ piece: UnsafeRawBufferPointer, into memory: UnsafeMutableRawBufferPointer,
        _ count: inout Int
    ) throws(PopstatErrors) -> Bool {
        var isEnough = false
        func keep(_ bytes: UnsafeRawBufferPointer) {
            let room = min(bytes.count, memory.count - count)
            if room > 0 {
                UnsafeMutableRawBufferPointer(rebasing: memory[count..<(count + room)])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<room]))
            }
            count += room
            isEnough = isEnough || room < bytes.count
        }
        guard isPacked else {
            keep(piece)
            return !isEnough
        }
        do throws(GzipUnpacker.Fault) {
            try unpacker.add(piece) { bytes throws(SystemFailure) in keep(bytes) }
        } catch {
            throw PopstatErrors(.damagedGzip(label: label))
        }
        return !isEnough
    }
}
