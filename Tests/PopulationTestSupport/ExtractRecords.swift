import Foundation

/// An extract cut into its records by the naive model's splitter, each with its own line end, so
/// that they can be dealt in another order without changing what they say.
public struct ExtractRecords {
    /// Byte order mark and header.
    public let head: Data
    /// Without those of a bad quote, whose end depends on what follows.
    public var records: [Data] = []

    public init(of file: URL) throws {
        let bytes = [UInt8](try Data(contentsOf: file))
        let (encoding, start) = try detectEncoding(bytes, setting: "auto")
        var splitter = RecordSplitter(bytes: bytes, encoding: encoding, start: start)
        var starts: [(offset: Int, isRegular: Bool)] = []
        while let record = splitter.next() {
            starts.append((record.offset, record.fields != nil))
        }
        guard starts.count > 1 else { throw NaiveFault("an extract without rows") }
        head = Data(bytes[..<starts[1].offset])
        for (index, record) in starts.enumerated().dropFirst() where record.isRegular {
            let end = index + 1 < starts.count ? starts[index + 1].offset : bytes.count
            var slice = Data(bytes[record.offset..<end])
            if slice.last != 0x0A, slice.last != 0x0D { slice.append(0x0A) }
            records.append(slice)
        }
    }

    /// The extract with these records in this order.
    public var data: Data { records.reduce(into: head) { $0 += $1 } }
}
