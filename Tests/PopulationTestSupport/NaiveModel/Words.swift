/// The code words of SPEC 2.1 and 2.2.
enum Words {
    static let activeEvents = [
        "initial", "birth", "move_in", "move_within", "correction", "supplement", "restore",
        "rezoning", "discharge", "return",
    ]
    static let inactiveEvents = ["move_out", "death", "military", "emigration", "deletion"]
    static let closedEvents = ["death", "military", "emigration"]
    static let events = activeEvents + inactiveEvents
    static let causes = [
        "student", "employment", "business", "investment", "housing", "kin_spouse", "kin_child",
        "kin_parent", "kin_other", "talent", "resettlement", "redevelopment", "reclassification",
        "other",
    ]
    static let classes = ["111", "112", "121", "122", "123", "210", "220"]
    static let sexes = [
        "1": "male", "2": "female", "男": "male", "女": "female", "m": "male", "f": "female",
        "male": "male", "female": "female",
    ]
    static let householdTypes = [
        "family": "family", "collective": "collective", "community": "community",
        "家庭户": "family", "集体户": "collective", "社区公共户": "community",
    ]
    static let titles = ["intermediate", "senior"]
    static let dwellings = ["own", "rent", "dormitory", "kin", "other"]
    static let yes = ["1", "true", "y", "是"]

    /// The canonical word for a raw value; "" when it is unknown or empty. `event` and `cause` stay
    /// as they are when unknown, the caller judges them.
    static func canonical(
        _ raw: String, column: String, values: [String: [String: String]]
    ) -> String {
        let plain = Texts.plain(raw)
        let mapped = values[column]?[plain] ?? values[column]?[Texts.trimmed(raw)] ?? plain
        let word = mapped.lowercased()
        switch column {
        case "event", "cause": return word
        case "sex": return sexes[word] ?? ""
        case "household_type": return householdTypes[word] ?? ""
        case "title": return titles.contains(word) ? word : ""
        case "dwelling": return dwellings.contains(word) ? word : ""
        case "revoked": return yes.contains(word) ? "1" : ""
        default: return mapped  // education, relation: free codes
        }
    }
}
