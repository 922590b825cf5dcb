/// Reads the CSV files that `Table` writes: LF, quotes only where needed.
package enum TableText {
    /// Calls `body` for each record, the header of a whole file among them. What stands after the
    /// last line end is no record.
    package static func forEachRow<Failure: Error>(
        of csv: ArraySlice<UInt8>, _ body: ([String]) throws(Failure) -> Void
    ) throws(Failure) {
        var row: [String] = []
        var start = csv.startIndex
        var isQuoted = false
        for index in csv.indices {
            switch csv[index] {
            // A doubled quote closes and opens again.
            case 0x22: isQuoted.toggle()
            case 0x2C where !isQuoted:
                row.append(text(csv[start..<index]))
                start = index + 1
            case 0x0A where !isQuoted:
                row.append(text(csv[start..<index]))
                start = index + 1
                try body(row)
                row.removeAll(keepingCapacity: true)
            default: break
            }
        }
    }

    /// A field as it was before it was quoted.
    private static func text(_ field: ArraySlice<UInt8>) -> String {
        guard field.first == 0x22 else { return String(decoding: field, as: UTF8.self) }
        var text: [UInt8] = []
        var index = field.startIndex + 1
        while index < field.endIndex - 1 {
            text.append(field[index])
            index += field[index] == 0x22 ? 2 : 1
        }
        return String(decoding: text, as: UTF8.self)
    }
}
