import PopulationIngest
import PopulationModel

// What the first rows say of headers whose names say nothing. Only where one header fits and no
// other does; what is not needed, but for the birth date, is left alone.
extension HeaderGuess {
    /// So much of a column has to be of a form: extracts have faulty rows.
    private static let shareMin = 0.8
    /// Fewer values than this say nothing.
    private static let valueCountMin = 3

    mutating func matchContents(area: Area) {
        let isIdentity = { (text: String) in FieldForm.birthDateOfIdentityNumber(text) != nil }
        matchContent("citizen_id") { $0.share($1, isIdentity) }
        matchBirthDate()
        if source == .registration {
            let words = Set(column("event").values.keys).union(CodedWords.known(of: "event"))
            matchContent("event") { $0.share($1) { words.contains($0) } }
        }
        matchContent("updated_at") { $0.share($1, Self.hasTime) }
        let place = source == .registration ? "division_code" : "residence_code"
        matchContent(place) { guess, field in
            // Two of three have to lie in the area; some people are registered elsewhere.
            let isInArea = guess.share(field) { $0.hasPrefix(area.code) }
            return min(guess.share(field, Self.isUnitCode), isInArea / Self.shareMin)
        }
        matchContent(source == .registration ? "event_date" : "arrival_date") {
            guess, field in
            guess.share(field) { FieldForm.timestamp($0) != nil && !Self.hasTime($0) }
        }
    }

    private func column(_ name: String) -> Column {
        Column.all(of: source).first { $0.name == name }!
    }

    /// Takes the one header whose share is large enough.
    private mutating func matchContent(
        _ name: String, _ share: (HeaderGuess, Int) -> Double
    ) {
        let column = column(name)
        guard match(of: name) == nil, doubtful[name] == nil else { return }
        let fields = others.filter { canBeNamed($0) && share(self, $0) >= Self.shareMin }
        if fields.count == 1 { take(column, fields[0], .content) }
        if fields.count > 1 { doubt(column, fields) }
    }

    /// The date that the identity number of the same row holds.
    private mutating func matchBirthDate() {
        guard match(of: "birth_date") == nil, let number = match(of: "citizen_id")?.field else {
            return
        }
        let fields = others.filter { field in
            let rows = preview.rows.filter { !$0[field].isEmpty }
            let equal = rows.count { row in
                guard let date = FieldForm.birthDateOfIdentityNumber(row[number]) else {
                    return false
                }
                return FieldForm.timestamp(row[field])?.date == date
            }
            return canBeNamed(field) && equal >= Self.valueCountMin
                && Double(equal) >= Self.shareMin * Double(rows.count)
        }
        if fields.count == 1 { take(column("birth_date"), fields[0], .content) }
    }

    /// Of all rows: a column that is needed is filled.
    private func share(_ field: Int, _ isOfForm: (String) -> Bool) -> Double {
        let count = preview.rows.count { isOfForm($0[field]) }
        guard count >= Self.valueCountMin else { return 0 }
        return Double(count) / Double(preview.rows.count)
    }

    private static func hasTime(_ text: String) -> Bool {
        guard let moment = FieldForm.timestamp(text) else { return false }
        return moment.seconds % 86_400 != 0
    }

    /// Twelve digits, or the six or nine of a place elsewhere.
    private static func isUnitCode(_ text: String) -> Bool {
        [6, 9, 12].contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
