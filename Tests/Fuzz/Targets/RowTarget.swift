import PopulationIngest
import PopulationModel

/// One row with a quoted field per line of the input: it is one row whatever stands in it, unless a
/// field holds so many line ends that its quote counts as one left open; and without quotes it is the
/// same row where nothing in it needs them.
enum RowTarget {
    static func finding(_ input: inout FuzzInput) -> String? {
        let choices = input.choice()
        var settings = IngestedBytes.Settings()
        settings.encoding = choices & 1 == 0 ? "utf-8" : "gb18030"
        settings.source = choices & 2 == 0 ? .registration : .residency
        let columns = Column.all(of: settings.source)
        var fields = input.lines.prefix(columns.count).map(Array.init)
        while fields.count < columns.count { fields.append([]) }
        let header = Array((columns.map(\.name).joined(separator: ",") + "\n").utf8)
        let quoted = header + joined(fields.map(Self.quoted))
        if let finding = ExtractTarget.finding(quoted, settings) { return finding }
        do throws(PopstatErrors) {
            let row = try IngestedBytes(quoted, settings)
            let counts = row.extract.counts
            guard !fields.contains(where: Self.hasTooManyLineEnds) else {
                let rowShape = counts.rejected[Int(RejectReason.rowShape.rawValue)]
                return rowShape > 0 ? nil : "a field of too many line ends is taken"
            }
            guard counts.read == 1 else { return "a row is not one row" }
            guard fields.allSatisfy(Self.isPlain) else { return nil }
            let plain = try IngestedBytes(header + joined(fields), settings)
            if plain.extract.counts != counts { return "quotes change the counts" }
            return plain.records == row.records ? nil : "quotes change the record"
        } catch {
            return "a well-formed row is refused: \(error)"
        }
    }

    private static func joined(_ fields: [[UInt8]]) -> [UInt8] {
        Array(fields.joined(separator: [0x2C])) + [0x0A]
    }

    private static func quoted(_ field: [UInt8]) -> [UInt8] {
        [0x22] + field.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] } + [0x22]
    }

    /// Lines of the input hold no line feed, so each carriage return ends a line of its own.
    private static func hasTooManyLineEnds(_ field: [UInt8]) -> Bool {
        field.count { $0 == 0x0D } >= LibCSVReader.quotedLineEndsMax
    }

    /// Means the same without quotes: holds no separator or line end, and begins with no quote,
    /// neither at once nor behind a blank of any width.
    private static func isPlain(_ field: [UInt8]) -> Bool {
        guard let first = field.first else { return true }
        return ![0x22, 0x20, 0x09, 0xE3, 0xA1].contains(first)
            && !field.contains { $0 == 0x2C || $0 == 0x0D || $0 == 0x0A }
    }
}
