import PopulationModel

// The section `ingest`: the extracts of both sources, their headers and their words.
extension PlanReader {
    /// Both sources are required: without registrations nobody has a registered place, and without
    /// stays nobody is a resident elsewhere, so either figure would be wrong without a word.
    mutating func ingest(_ node: PlanNode, _ path: String) -> Plan.Ingest? {
        let names = Source.allCases.map(\.rawValue)
        guard let section = section(node, path, required: names, optional: [])
        else { return nil }
        let plans = Source.allCases.map { source in
            read(source.rawValue, of: section) { $0.extract($1, $2, source) }
        }
        guard let registration = plans[0], let residency = plans[1] else { return nil }
        return Plan.Ingest(registration: registration, residency: residency)
    }

    private mutating func extract(
        _ node: PlanNode, _ path: String, _ source: Source
    ) -> Plan.ExtractPlan? {
        guard
            let section = section(
                node, path, required: ["files"],
                optional: ["encoding", "rejected-share-max", "columns", "values"])
        else { return nil }
        let files = read("files", of: section) { $0.extracts($1, $2) }
        let encoding = read("encoding", of: section) { $0.word($1, $2, of: EncodingChoice.self) }
        let shareMax = read("rejected-share-max", of: section) { $0.share($1, $2) }
        let columns = read("columns", of: section) { $0.columns($1, $2, source) }
        let values = read("values", of: section) { $0.values($1, $2, source) }
        guard let files else { return nil }
        return Plan.ExtractPlan(
            files: files, encoding: encoding ?? .auto,
            rejectedShareMax: shareMax ?? Share(millionths: 10_000),
            columns: columns ?? [:], values: values ?? [:])
    }

    private mutating func columns(
        _ node: PlanNode, _ path: String, _ source: Source
    ) -> [String: String]? {
        guard let entries = entries(node, path) else { return nil }
        // Headers are matched without regard to case and blanks, so they are compared so here.
        var owners = Dictionary(
            uniqueKeysWithValues: Column.all(of: source).map { ($0.name, $0.name) })
        var columns: [String: String] = [:]
        for entry in entries {
            guard column(entry, path, source) != nil,
                let header = text(entry.value, joined(path, entry.name))
            else { continue }
            let folded = header.trimmingBlanks.lowercased()
            if let owner = owners[folded], owner != entry.name {
                add(
                    .headerOfTwoColumns(header: header, column: entry.name, other: owner),
                    at: entry.value.mark)
            }
            owners[folded] = entry.name
            columns[entry.name] = header.trimmingBlanks
        }
        return columns
    }

    private mutating func values(
        _ node: PlanNode, _ path: String, _ source: Source
    ) -> [String: [String: String]]? {
        guard let entries = entries(node, path) else { return nil }
        var values: [String: [String: String]] = [:]
        for entry in entries {
            guard let column = column(entry, path, source) else { continue }
            guard !column.values.isEmpty else {
                let coded = Column.all(of: source).filter { !$0.values.isEmpty }.map(\.name)
                add(
                    .columnWithoutWords(key: path, column: column.name, coded: coded),
                    at: entry.mark)
                continue
            }
            values[column.name] = words(entry.value, joined(path, entry.name), column)
        }
        return values
    }

    /// Raw value, as ingest sees it, to canonical word; a word may be written in any of the forms that
    /// are known for its column, such as 女 for 2.
    private mutating func words(
        _ node: PlanNode, _ path: String, _ column: Column
    ) -> [String: String] {
        var words: [String: String] = [:]
        var firsts: [String: PlanEntry] = [:]
        for entry in entries(node, path) ?? [] {
            let key = joined(path, entry.name)
            let value = entry.name.asCodeField
            // Keys that are spelled alike were found already.
            if let first = firsts[value], first.name != entry.name {
                add(.keyTwice(key: key, firstLine: first.mark.line), at: entry.mark)
            }
            firsts[value] = firsts[value] ?? entry
            guard let found = scalar(entry.value, key, expected: Bilingual("一个词", "a word")) else {
                continue
            }
            if let word = column.values[found] {
                words[value] = word
            } else {
                let known = Set(column.values.values).sorted()
                let nearest = nearestWord(to: found, among: known)
                add(
                    .unknownWord(key: key, found: found, nearest: nearest, known: known),
                    at: entry.value.mark)
            }
        }
        return words
    }

    /// The column that an entry is about.
    private mutating func column(
        _ entry: PlanEntry, _ path: String, _ source: Source
    ) -> Column? {
        let columns = Column.all(of: source)
        if let column = columns.first(where: { $0.name == entry.name }) { return column }
        let nearest = nearestWord(to: entry.name, among: columns.map(\.name))
        add(
            .unknownColumn(key: path, source: source, found: entry.name, nearest: nearest),
            at: entry.mark)
        return nil
    }
}

extension String {
    /// What ingest makes of a field with a code (SPEC 2.4): no blanks, `'` or `="…"` round it, and plain
    /// digits for full-width ones. A value that is copied out of a spreadsheet would never match else.
    fileprivate var asCodeField: String {
        var rest = trimmingBlanks
        while true {
            if rest.hasPrefix("'") {
                rest = String(rest.dropFirst()).trimmingBlanks
            } else if rest.count >= 3, rest.hasPrefix("=\""), rest.hasSuffix("\"") {
                rest = String(rest.dropFirst(2).dropLast()).trimmingBlanks
            } else {
                break
            }
        }
        let plain = rest.unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar.value {
            case 0x3000: " "
            case 0xFF10...0xFF19: Unicode.Scalar(UInt8(scalar.value - 0xFF10 + 0x30))
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(plain))
    }

    /// Without spaces, tabs and full-width spaces at both ends.
    fileprivate var trimmingBlanks: String {
        let blanks: [Character] = [" ", "\t", "\u{3000}"]
        var rest = drop { blanks.contains($0) }
        while let last = rest.last, blanks.contains(last) { rest.removeLast() }
        return String(rest)
    }
}
