/// A small CSV table with a header, read as SPEC 2.4 says.
struct SmallTable {
    var rows: [[String: String]] = []
    var lines: [Int] = []

    init(_ bytes: [UInt8], name: String, needed: [String]) throws {
        let (encoding, start) = try detectEncoding(bytes, setting: "auto")
        let decoder = try Decoder(encoding)
        var splitter = RecordSplitter(bytes: bytes, encoding: encoding, start: start)
        var header: [String]?
        while let record = splitter.next() {
            guard let fields = record.fields else {
                throw NaiveFault("\(name) line \(record.line): bad quote")
            }
            let texts = try fields.map { field in
                guard let text = decoder.text(field) else {
                    throw NaiveFault("\(name) line \(record.line): encoding")
                }
                return Texts.trimmed(text)
            }
            guard let header else {
                header = texts.map { $0.lowercased() }
                for column in needed where !header!.contains(column) {
                    throw NaiveFault("\(name): no column \(column)")
                }
                continue
            }
            if texts.count != header.count {
                throw NaiveFault("\(name) line \(record.line): number of fields")
            }
            rows.append(Dictionary(zip(header, texts), uniquingKeysWith: { first, _ in first }))
            lines.append(record.line)
        }
        if header == nil { throw NaiveFault("\(name): no header") }
    }
}

/// One county of the counties file (SPEC 2.3).
struct County {
    var name: String
    var kind: String
}

func readCounties(_ bytes: [UInt8]?) throws -> [String: County] {
    guard let bytes else { return [:] }
    let table = try SmallTable(bytes, name: "counties", needed: ["code", "name_zh", "kind"])
    let kinds = ["市辖区": "district", "县级市": "county_city", "县": "county"]
    var counties: [String: County] = [:]
    for row in table.rows {
        let kind = kinds[row["kind"]!] ?? row["kind"]!
        guard kinds.values.contains(kind) else { throw NaiveFault("counties: kind \(kind)") }
        counties[Texts.plain(row["code"]!)] = County(name: row["name_zh"]!, kind: kind)
    }
    return counties
}

/// One edition of the division table (SPEC 2.3).
struct Edition {
    var date: String
    var classes: [String: String] = [:]
    var names: [String: String] = [:]

    init(_ input: NaiveEdition) throws {
        guard let date = Dates.date(input.edition) else {
            throw NaiveFault("edition date \(input.edition)")
        }
        self.date = date
        let name = "divisions \(date)"
        let table = try SmallTable(input.bytes, name: name, needed: ["code", "class", "name"])
        for (row, line) in zip(table.rows, table.lines) {
            let code = Texts.plain(row["code"]!)
            guard Texts.isDigits(code) else { throw NaiveFault("\(name) line \(line): code") }
            guard let unit = Codes.division(code) else {
                names[code] = row["name"]!
                continue
            }
            let unitClass = Texts.plain(row["class"]!)
            if !Words.classes.contains(unitClass) {
                throw NaiveFault("\(name) line \(line): class \(unitClass)")
            }
            if let other = classes[unit], other != unitClass {
                throw NaiveFault("\(name) line \(line): \(unit) has two classes")
            }
            classes[unit] = unitClass
            names[unit] = row["name"]!
        }
    }
}

/// One row of the division changes (SPEC 2.3, 5).
struct Change {
    var old: String
    var new: String
    var effective: String
}

func readChanges(_ bytes: [UInt8]?) throws -> [Change] {
    guard let bytes else { return [] }
    let table = try SmallTable(
        bytes, name: "changes", needed: ["old_code", "new_code", "effective"])
    return try table.rows.map { row in
        let old = Texts.plain(row["old_code"]!)
        let new = Texts.plain(row["new_code"]!)
        guard let effective = Dates.date(Texts.plain(row["effective"]!)), Texts.isDigits(old),
            Texts.isDigits(new)
        else { throw NaiveFault("changes: \(row)") }
        return Change(
            old: Codes.padded(String(old.prefix(12))), new: Codes.padded(String(new.prefix(12))),
            effective: effective)
    }
}

/// A target of SPEC 2.3; `hundredths` are hundredths of a percent.
struct Target {
    var concept: String
    var area: String
    var hundredths: Int
    var date: String
}

func readTargets(_ bytes: [UInt8]?, area: String) throws -> [Target] {
    guard let bytes else {
        return [Target(concept: "resident", area: area, hundredths: 5000, date: "2020-12-31")]
    }
    let table = try SmallTable(
        bytes, name: "targets", needed: ["concept", "area_code", "percent", "date"])
    return try table.rows.map { row in
        guard let hundredths = hundredths(of: Texts.plain(row["percent"]!)),
            let date = Dates.date(Texts.plain(row["date"]!)),
            ["resident", "registered"].contains(row["concept"]!)
        else { throw NaiveFault("targets: \(row)") }
        return Target(
            concept: row["concept"]!, area: Texts.plain(row["area_code"]!),
            hundredths: hundredths, date: date)
    }
}

/// A decimal of at most 2 places in hundredths, e.g. `50.5` → 5050.
private func hundredths(of text: String) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
    guard (1...2).contains(parts.count), parts.allSatisfy(Texts.isDigits), parts[0].count <= 3
    else { return nil }
    if parts.count == 1 { return Int(parts[0])! * 100 }
    guard parts[1].count <= 2 else { return nil }
    return Int(parts[0])! * 100 + Int(parts[1].count == 1 ? parts[1] + "0" : parts[1])!
}

/// The target of a row: the least date >= t, else the latest (SPEC 2.3).
func target(_ targets: [Target], concept: String, area: String, at date: String) -> Target? {
    let own = targets.filter { $0.concept == concept && $0.area == area }
    return own.filter { $0.date >= date }.min { $0.date < $1.date }
        ?? own.max { $0.date < $1.date }
}
