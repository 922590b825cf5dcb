/// One accepted or revoked row with its normalised texts (SPEC 2.4, 3, 4).
struct Row {
    /// Canonical column → normalised text; absent columns and empty values are "".
    var texts: [String: String]
    var warnings: Set<String> = []

    subscript(_ column: String) -> String {
        texts[column] ?? ""
    }

    var citizen: String { self["citizen_id"] }
    var isRevoked: Bool { !self["revoked"].isEmpty }
    var updatedAt: String { self["updated_at"] }
    var isActive: Bool { Words.activeEvents.contains(self["event"]) }
    var isClosed: Bool { Words.closedEvents.contains(self["event"]) }

    /// The place of the event in SPEC 2.1 as text of two digits.
    var eventPlace: String {
        Dates.pad(Words.events.firstIndex(of: self["event"])!, 2)
    }

    /// Whether all used columns are equal (SPEC 3, exact_duplicate): compared by bytes.
    func usedColumns(_ source: Source) -> [UInt8] {
        Array(Columns.of(source).map { self[$0.name] }.joined(separator: "\u{1F}").utf8)
    }
}

/// What SPEC 3 does with one record.
enum Verdict {
    case rejected(String)
    case outOfScope
    case kept(Row)
}

/// The row rules of SPEC 3 for one file with its header.
struct RowReader {
    let source: Source
    let area: String
    let places: [String: Int]
    let fieldCount: Int
    let decoder: Decoder
    let values: [String: [String: String]]

    func read(_ record: RawRecord) -> Verdict {
        guard let fields = record.fields, fields.count == fieldCount else {
            return .rejected("row-shape")
        }
        var row = Row(texts: [:])
        var raw: [String: String] = [:]
        for column in Columns.of(source) {
            guard let place = places[column.name] else { continue }
            if let text = decoder.text(fields[place]) {
                raw[column.name] = Texts.trimmed(text)
            } else if column.needed {
                return .rejected("encoding")
            } else {
                row.warnings.insert("optional-encoding")
            }
        }
        let updatedAt = Dates.time(Texts.plain(raw["updated_at"]!))
        let number: String
        switch Identity.judge(raw["citizen_id"]!, updatedAt: updatedAt) {
        case .rejected(let reason): return .rejected(reason)
        case .outOfScope: return .outOfScope
        case .citizen(let text): number = text
        }
        row.texts["citizen_id"] = number
        let reason =
            source == .registration
            ? readRegistration(raw, into: &row) : readResidency(raw, into: &row)
        if let reason { return .rejected(reason) }
        guard let updatedAt else { return .rejected("updated-at") }
        row.texts["updated_at"] = updatedAt
        readOptional(raw, into: &row)
        return .kept(row)
    }

    private func readRegistration(_ raw: [String: String], into row: inout Row) -> String? {
        guard let code = Codes.division(Texts.plain(raw["division_code"]!)) else {
            return "division-format"
        }
        row.texts["division_code"] = code
        let event = Words.canonical(raw["event"]!, column: "event", values: values)
        if !Words.events.contains(event) { return "event-unknown" }
        row.texts["event"] = event
        guard let date = Dates.date(Texts.plain(raw["event_date"]!)),
            date >= Identity.birth(row.citizen)
        else { return "event-date" }
        row.texts["event_date"] = date
        return nil
    }

    private func readResidency(_ raw: [String: String], into row: inout Row) -> String? {
        guard let code = Codes.residence(Texts.plain(raw["residence_code"]!), area: area) else {
            return "division-format"
        }
        row.texts["residence_code"] = code
        guard let arrival = Dates.date(Texts.plain(raw["arrival_date"]!)),
            arrival >= Identity.birth(row.citizen)
        else { return "arrival-date" }
        row.texts["arrival_date"] = arrival
        let departureText = Texts.plain(raw["departure_date"] ?? "")
        if !departureText.isEmpty {
            guard let departure = Dates.date(departureText), departure >= arrival else {
                return "departure-date"
            }
            row.texts["departure_date"] = departure
        }
        return nil
    }

    /// The optional columns and their warnings.
    private func readOptional(_ raw: [String: String], into row: inout Row) {
        for column in Columns.of(source) where !column.needed && column.name != "departure_date" {
            guard let text = raw[column.name] else { continue }
            switch column.kind {
            case .text:
                row.texts[column.name] = text
            case .code:
                row.texts[column.name] = optionalCode(Texts.plain(text), column.name, &row.warnings)
            case .word:
                row.texts[column.name] = Words.canonical(text, column: column.name, values: values)
            case .date:
                let plain = Texts.plain(text)
                let date = Dates.date(plain)
                if date == nil, !plain.isEmpty { row.warnings.insert("optional-date") }
                row.texts[column.name] = date ?? ""
            case .identity, .time:
                break
            }
        }
        if !row["cause"].isEmpty, !Words.causes.contains(row["cause"]) {
            row.warnings.insert("cause-unknown")
            row.texts["cause"] = "other"
        }
        if !row["sex"].isEmpty, row["sex"] != Identity.sex(row.citizen) {
            row.warnings.insert("sex-mismatch")
        }
        if !row["birth_date"].isEmpty, row["birth_date"] != Identity.birth(row.citizen) {
            row.warnings.insert("birth-mismatch")
        }
    }

    private func optionalCode(_ text: String, _ column: String, _ warnings: inout Set<String>)
        -> String
    {
        var isRight = true
        switch column {
        case "origin_code", "registered_code": isRight = Codes.isPlace(text)
        case "origin_class": isRight = text.utf8.count == 3 && Texts.isDigits(text)
        default: return text
        }
        if text.isEmpty { return "" }
        if !isRight {
            warnings.insert("origin-format")
            return ""
        }
        return column == "origin_class" ? text : Codes.padded(text)
    }
}

/// Division codes in extracts (SPEC 2.1, 2.2).
enum Codes {
    /// 12 digits, or 15 of which the last 3 are ignored.
    static func division(_ text: String) -> String? {
        guard Texts.isDigits(text), [12, 15].contains(text.utf8.count) else { return nil }
        return String(text.prefix(12))
    }

    /// Inside the area as `division`; outside 6 to 12 digits, padded.
    static func residence(_ text: String, area: String) -> String? {
        if text.hasPrefix(area) { return division(text) }
        return isPlace(text) ? padded(text) : nil
    }

    static func isPlace(_ text: String) -> Bool {
        Texts.isDigits(text) && (6...12).contains(text.utf8.count)
    }

    static func padded(_ text: String) -> String {
        text + String(repeating: "0", count: max(0, 12 - text.utf8.count))
    }

    static func isAbroad(_ code: String) -> Bool {
        ["71", "81", "82", "9", "000000"].contains { code.hasPrefix($0) }
    }
}
