/// The division table that holds at one reference date (SPEC 2.3, 5).
final class Territory {
    let edition: Edition
    private let changes: [Change]
    private var found: [String: String] = [:]
    private var forward: [String: [String]] = [:]
    private var backward: [String: [String]] = [:]

    init(edition: Edition, changes: [Change]) {
        self.edition = edition
        self.changes = changes
        for change in changes {
            if change.effective <= edition.date {
                forward[change.old, default: []].append(change.new)
            }
            backward[change.new, default: []].append(change.old)
        }
    }

    /// The latest edition not after the date, else the first.
    static func edition(_ editions: [Edition], at date: String) throws -> Edition {
        let sorted = editions.sorted { $0.date < $1.date }
        guard let first = sorted.first else { throw NaiveFault("no edition of the divisions") }
        return sorted.last { $0.date <= date } ?? first
    }

    /// The code that stands for a code everywhere at t.
    func unit(_ code: String) -> String {
        if let known = found[code] { return known }
        let unit =
            edition.classes[code] != nil
            ? code : search(code, forward) ?? search(code, backward) ?? code
        found[code] = unit
        return unit
    }

    func unitClass(_ unit: String) -> String {
        edition.classes[unit] ?? "000"
    }

    /// Breadth first: the nearest codes first, among equals the smallest.
    private func search(_ code: String, _ edges: [String: [String]]) -> String? {
        var seen: Set<String> = [code]
        var level = [code]
        while !level.isEmpty {
            var next: [String] = []
            for from in level {
                for to in edges[from] ?? [] where seen.insert(to).inserted { next.append(to) }
            }
            if let hit = next.filter({ edition.classes[$0] != nil }).min() { return hit }
            level = next
        }
        return nil
    }
}
