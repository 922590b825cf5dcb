import PopulationModel

// The key `publish.ladder`: points and tiers of the settlement ladder (SPEC 6.2).
extension PlanReader {
    mutating func ladder(_ node: PlanNode, _ path: String) -> Plan.Ladder? {
        guard
            let section = section(
                node, path, required: ["tiers"],
                optional: ["residence", "insurance", "fixed", "alternatives"])
        else { return nil }
        let residence = read("residence", of: section) { $0.yearly($1, $2) }
        let insurance = read("insurance", of: section) { $0.yearly($1, $2) }
        let fixed = read("fixed", of: section) { $0.items($1, $2) }
        let alternatives = read("alternatives", of: section) { $0.groups($1, $2) }
        let tiers = read("tiers", of: section) { $0.tiers($1, $2) }
        guard let tiers else { return nil }
        return Plan.Ladder(
            residence: residence, insurance: insurance, fixed: fixed ?? [],
            alternatives: alternatives ?? [], tiers: tiers)
    }

    private mutating func yearly(
        _ node: PlanNode, _ path: String
    ) -> Plan.Ladder.YearlyPoints? {
        guard let section = section(node, path, required: ["points", "cap"], optional: [])
        else { return nil }
        let points = read("points", of: section) { $0.millionths($1, $2) }
        let cap = read("cap", of: section) { $0.millionths($1, $2) }
        guard let points, let cap else { return nil }
        return Plan.Ladder.YearlyPoints(points: points, cap: cap)
    }

    private mutating func items(_ node: PlanNode, _ path: String) -> [Plan.Ladder.ItemPoints] {
        let words = LadderItem.allCases.map(\.rawValue)
        guard let section = section(node, path, required: [], optional: words)
        else { return [] }
        return LadderItem.allCases.compactMap { item in
            read(item.rawValue, of: section) { $0.millionths($1, $2) }
                .map { Plan.Ladder.ItemPoints(item: item, points: $0) }
        }
    }

    private mutating func groups(_ node: PlanNode, _ path: String) -> [Plan.Ladder.Group]? {
        entries(node, path)?.map { entry in
            Plan.Ladder.Group(
                name: entry.name, items: items(entry.value, joined(path, entry.name)))
        }
        .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private mutating func tiers(_ node: PlanNode, _ path: String) -> [Plan.Ladder.Tier]? {
        guard let nodes = list(node, path, expected: Bilingual("梯次的列表", "a list of tiers")) else {
            return nil
        }
        var tiers: [Plan.Ladder.Tier] = []
        var firstLines: [String: Int] = [:]
        var previous: Millionths?
        for (index, node) in nodes.enumerated() {
            let path = "\(path)[\(index + 1)]"
            guard let section = section(node, path, required: ["name", "from"], optional: [])
            else { continue }
            let name = read("name", of: section) { $0.text($1, $2) }
            let from = read("from", of: section) { $0.millionths($1, $2) }
            if let name, let place = section["name"] {
                if let firstLine = firstLines[name] {
                    let fault = PlanFault.nameTwice(
                        key: "\(path).name", name: name, firstLine: firstLine)
                    add(fault, at: place.mark)
                }
                firstLines[name] = firstLines[name] ?? place.mark.line
            }
            if let from, let place = section["from"] {
                noteOrder(from, after: &previous, "\(path).from", place.mark)
            }
            if let name, let from { tiers.append(Plan.Ladder.Tier(name: name, from: from)) }
        }
        return tiers
    }
}
