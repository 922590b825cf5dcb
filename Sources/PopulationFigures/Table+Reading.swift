extension Table {
    /// A published table read back from its file; `nil` when the bytes are no table: no header, a
    /// row of another width than it, or a file that ends within a row. The key is what the
    /// dictionary says, or the first column for a table that it does not know.
    package init?(name: String, csv: [UInt8]) {
        // An odd quote leaves the last row open.
        guard csv.last == 0x0A, csv.count(where: { $0 == 0x22 }).isMultiple(of: 2),
            let headerEnd = csv.firstIndex(of: 0x0A)
        else { return nil }
        let header = String(decoding: csv[..<headerEnd], as: UTF8.self)
        let columns = header.split(separator: ",", omittingEmptySubsequences: false)
            .map(String.init)
        guard columns.allSatisfy({ !$0.isEmpty && !$0.contains("\"") }),
            Set(columns).count == columns.count
        else { return nil }
        self.init(
            name: name, keyCount: DataDictionary.meaning(of: name)?.keyCount ?? 1, csv: csv)
    }
}
