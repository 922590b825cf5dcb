/// A table on its way to CSV (SPEC 6, last paragraph).
struct Table {
    let header: [String]
    let keys: Int
    var rows: [[String]] = []

    init(_ header: String, keys: Int) {
        self.header = header.split(separator: ",").map { String($0) }
        self.keys = keys
    }

    /// The whole text: LF, one header row, rows sorted by key as text by bytes; `ageColumn` is
    /// sorted by the number that it starts with.
    func text(ageColumn: Int? = nil) -> String {
        let keyed = rows.map { row in
            (0..<keys).map { $0 == ageColumn ? Table.ageKey(row[$0]) : row[$0] }
        }
        let order = rows.indices.sorted { a, b in
            for (x, y) in zip(keyed[a], keyed[b]) {
                let result = Texts.compare(x, y)
                if result != 0 { return result < 0 }
            }
            return false
        }
        var lines = [header.joined(separator: ",")]
        for index in order { lines.append(rows[index].map(Table.field).joined(separator: ",")) }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func ageKey(_ group: String) -> String {
        let lower = group.unicodeScalars.prefix { $0 != "-" && $0 != "+" }
        return Dates.pad(Int(Texts.string(Array(lower)))!, 3)
    }

    private static func field(_ text: String) -> String {
        let special = text.unicodeScalars.contains {
            $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r"
        }
        if !special { return text }
        var out = "\""
        for scalar in text.unicodeScalars {
            out.unicodeScalars.append(scalar)
            if scalar == "\"" { out.unicodeScalars.append(scalar) }
        }
        return out + "\""
    }
}
