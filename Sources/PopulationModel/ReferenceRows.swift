/// The rows of a CSV file of reference data, one after another: UTF-8, commas, double quotes, one header
/// row. What is not wanted of a national table takes no memory.
///
/// Extracts go through ingest; these files are kept by the bureau itself, so anything odd in them
/// is a fault with its line rather than a row to set aside.
public struct ReferenceRows {
    /// What messages call the file.
    public let label: String
    let columns: ReferenceColumns
    private var splitter: FieldSplitter
    private let stage: StageName
    private var faults: [ReferenceFault] = []

    /// `stage` gives the prefix of error codes.
    public init(
        _ bytes: [UInt8], label: String, needing expected: [String], stage: StageName
    ) throws(PopstatErrors) {
        self.label = label
        self.stage = stage
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw PopstatErrors([ReferenceFault.notUTF8.error(stage, label)])
        }
        let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        var splitter = FieldSplitter(bytes, from: isMarked ? 3 : 0)
        let header =
            splitter.next()
            ? splitter.fields.map { String(decoding: splitter.text[$0], as: UTF8.self) } : []
        let columns = ReferenceColumns(header)
        self.columns = columns
        self.splitter = splitter
        guard expected.allSatisfy({ columns.place(of: $0).index != nil }) else {
            let fault = ReferenceFault.missingColumns(expected: expected, found: header)
            throw PopstatErrors([fault.error(stage, label)])
        }
    }

    /// Goes on to the next row; `false` when there is none. Rows with another number of fields than the
    /// header are passed over, and told by `checkForm`.
    public mutating func next() -> Bool {
        while splitter.next() {
            if splitter.fields.count == columns.names.count { return true }
            faults.append(
                .fieldCount(
                    line: splitter.line, expected: columns.names.count,
                    found: splitter.fields.count))
        }
        return false
    }

    /// Throws when rows were passed over, and names them all.
    public func checkForm() throws(PopstatErrors) {
        if !faults.isEmpty { throw PopstatErrors(faults.map { $0.error(stage, label) }) }
    }

    /// The line that the row at hand begins on, 1-based.
    public var line: Int { splitter.line }

    /// Where a column stands; the first of its name.
    public func column(_ name: String) -> ReferenceColumns.Place { columns.place(of: name) }

    /// Where a field of the row at hand stands in `text`; nowhere when the file has no such column.
    public func range(_ column: ReferenceColumns.Place) -> Range<Int> {
        column.index.map { splitter.fields[$0] } ?? 0..<0
    }

    /// A field of the row at hand, in UTF-8.
    public func utf8(_ column: ReferenceColumns.Place) -> ArraySlice<UInt8> { text[range(column)] }

    /// What fields are ranges of.
    public var text: [UInt8] { splitter.text }

    var fields: [Range<Int>] { splitter.fields }
}

/// The columns that the header of a reference file names.
public struct ReferenceColumns: Sendable {
    /// In lower case. Few and short: looking through them is faster than hashing a name for each row.
    let names: [String]

    /// Where a column stands in a row, or that it is not there.
    public struct Place: Sendable {
        let index: Int?
    }

    init(_ header: [String]) { names = header.map { $0.lowercased() } }

    func place(of name: String) -> Place { Place(index: names.firstIndex(of: name)) }
}
