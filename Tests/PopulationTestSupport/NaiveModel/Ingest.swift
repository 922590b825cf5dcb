/// What ingest of one source gives (SPEC 3).
struct Ingested {
    var source: Source
    var read = 0
    var outOfScope = 0
    var rejected: [NaiveRejected] = []
    /// Rows with the revoked mark.
    var revoked: [Row] = []
    var accepted: [Row] = []
    var warnings: [String: Int] = [:]

    init(source: Source) {
        self.source = source
    }
}

/// Reads all files of a source (SPEC 2.4, 3).
func ingest(
    _ source: Source, files: [NaiveFile], encoding setting: String, columns: [String: String],
    values: [String: [String: String]], area: String
) throws -> Ingested {
    var result = Ingested(source: source)
    for file in files {
        let (encoding, start) = try detectEncoding(file.bytes, setting: setting)
        let decoder = try Decoder(encoding)
        var splitter = RecordSplitter(bytes: file.bytes, encoding: encoding, start: start)
        guard let first = splitter.next(), let headerFields = first.fields else {
            throw NaiveFault("\(file.name): no header")
        }
        let header = headerFields.map { decoder.text($0) }
        if header.contains(nil) { throw NaiveFault("\(file.name): header not in its encoding") }
        let places = try Columns.places(
            header: header.map { $0! }, columns: Columns.of(source), extra: columns,
            file: file.name)
        let reader = RowReader(
            source: source, area: area, places: places, fieldCount: header.count,
            decoder: decoder, values: values)
        var number = 0
        while let record = splitter.next() {
            number += 1
            result.read += 1
            switch reader.read(record) {
            case .rejected(let reason):
                result.rejected.append(
                    NaiveRejected(
                        file: file.name, row: number, line: record.line,
                        byteOffset: record.offset, reason: reason))
            case .outOfScope:
                result.outOfScope += 1
            case .kept(let row) where row.isRevoked:
                result.revoked.append(row)
            case .kept(let row):
                result.accepted.append(row)
                for warning in row.warnings { result.warnings[warning, default: 0] += 1 }
            }
        }
    }
    return result
}
