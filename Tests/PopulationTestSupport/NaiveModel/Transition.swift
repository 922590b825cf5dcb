/// Two yearly dates of consecutive years, t0 → t (SPEC 6, "Yearly dates").
struct YearPair {
    let start: Snapshot
    let end: Snapshot
    /// What became of every citizen.
    let transitions: [Transition]
    /// Who settled.
    let settlers: [Settler]

    init(start: Snapshot, end: Snapshot) {
        self.start = start
        self.end = end
        transitions = zip(start.standings, end.standings).map { before, after in
            Transition(start: start, end: end, before: before, after: after)
        }
        settlers = transitions.filter(\.isSettled).map(Settler.init)
    }

    /// The year of t.
    var year: String { String(end.date.prefix(4)) }

    /// The snapshots of 31 December.
    static func yearly(_ snapshots: [Snapshot]) -> [Snapshot] {
        snapshots.filter { $0.date.hasSuffix("-12-31") }
    }

    static func all(_ snapshots: [Snapshot]) -> [YearPair] {
        yearly(snapshots).flatMap { end in
            yearly(snapshots).filter { $0.precedes(end) }.map { YearPair(start: $0, end: end) }
        }
    }
}

extension Snapshot {
    var year: Int { Dates.parts(date).y }

    /// Whether this is the yearly date of the year before.
    func precedes(_ other: Snapshot) -> Bool {
        year + 1 == other.year
    }
}

/// One citizen at both ends of a yearly pair: the rules of SPEC 6.1.
struct Transition {
    let start: Snapshot
    let end: Snapshot
    let before: Standing
    let after: Standing

    /// urban-registered at t0, by the edition of t0.
    var wasUrban: Bool { before.registered.map(start.isUrban) ?? false }
    /// rural-registered at t0.
    var wasRural: Bool { before.registered.map(start.isRural) ?? false }
    /// urban-registered at t.
    var isUrban: Bool { after.registered.map(end.isUrban) ?? false }

    private func text(_ column: String) -> String { after.row?[column] ?? "" }

    /// "the same row in force at both dates"; equal rows were made one before.
    var isSameRow: Bool {
        guard let first = before.row, let second = after.row else { return false }
        return first.usedColumns(.registration) == second.usedColumns(.registration)
    }

    /// "born in (t0, t]"
    var isBorn: Bool {
        let birth = Identity.birth(after.citizen)
        return start.date < birth && birth <= end.date
    }

    /// Whether the row in force at t tells this event, "dated in (t0, t]".
    func happened(_ event: String) -> Bool {
        text("event") == event && start.date < text("event_date")
    }

    /// A unit at t0 as it is called in t's edition (SPEC 5).
    func carried(_ unit: String) -> String {
        end.territory.unit(unit)
    }

    /// The county of a unit at t0 for comparing counties: that of t's edition. A unit that leaves
    /// the area stays where it was, so that the area's flows balance.
    func countyCarried(_ unit: String) -> String {
        let now = carried(unit)
        return end.county(now.hasPrefix(end.area) ? now : unit)
    }

    /// **Reclassified.**
    var isReclassified: Bool {
        guard isUrban, wasRural, let old = before.registered, let new = after.registered else {
            return false
        }
        return isSameRow || carried(old) == new
            || ["rezoning", "correction", "supplement", "restore"].contains(text("event"))
            || text("cause") == "reclassification"
    }

    /// "came from rural": the class at t0 when registered in the area then, else origin_class.
    private var cameFromRural: Bool {
        before.registered != nil ? wasRural : text("origin_class").hasPrefix("2")
    }

    /// **Settled.**
    var isSettled: Bool {
        isUrban && !wasUrban && !isReclassified && !isBorn && !happened("birth")
            && !happened("discharge") && !happened("return") && cameFromRural
    }

    /// "Cause = that of the row in force at t (empty = other)."
    var cause: String { text("cause").isEmpty ? "other" : text("cause") }

    /// "Tier: own_prefecture when registered in the area at t0; else by origin_code against the
    /// unit." The origin code is not mapped (SPEC 5).
    var tier: String {
        if before.registered != nil { return "own_prefecture" }
        let origin = text("origin_code")
        guard !origin.isEmpty, let unit = after.registered else { return "unknown" }
        if origin.prefix(4) == unit.prefix(4) { return "own_prefecture" }
        return origin.prefix(2) == unit.prefix(2) ? "own_province" : "other_province"
    }

    /// "came from urban", for who did not settle: nil when not known, else c6 or c7 of balance58.
    var urbanOrigin: String? {
        if wasUrban { return "c6" }
        guard text("origin_class").hasPrefix("1") else { return nil }
        switch tier {
        case "own_prefecture", "own_province": return "c6"
        case "other_province": return "c7"
        default: return nil
        }
    }
}
