import PopulationModel

// The section `publish`: where results go, and what only some plans ask for.
extension PlanReader {
    mutating func publish(
        _ node: PlanNode, _ path: String, referenceDates: [CalendarDate]?
    ) -> Plan.Publish? {
        guard
            let section = section(
                node, path, required: ["output"],
                optional: [
                    "targets", "official", "ladder", "transfer", "land", "protection", "store",
                ])
        else { return nil }
        let output = read("output", of: section) { $0.output($1, $2) }
        let targets = read("targets", of: section) { $0.file($1, $2) }
        let official = read("official", of: section) { $0.file($1, $2) }
        let ladder = read("ladder", of: section) { $0.ladder($1, $2) }
        let transfer = read("transfer", of: section) { $0.transfer($1, $2) }
        let land = read("land", of: section) { $0.land($1, $2) }
        let protection = read("protection", of: section) {
            $0.protection($1, $2, referenceDates: referenceDates)
        }
        let store = read("store", of: section) { $0.store($1, $2) }
        guard let output else { return nil }
        return Plan.Publish(
            output: output, targets: targets, official: official, ladder: ladder,
            transfer: transfer, land: land, protection: protection,
            store: store ?? .standard)
    }

    private mutating func transfer(_ node: PlanNode, _ path: String) -> Plan.Transfer? {
        guard
            let section = section(
                node, path,
                required: [
                    "factors", "pool", "unit", "weights", "decay", "years-back",
                    "permit-weight", "children-weight",
                ], optional: [])
        else { return nil }
        let factors = read("factors", of: section) { $0.file($1, $2) }
        // 10^15 of either unit is more money than there is, and its products fit into 128 bits.
        let pool = read("pool", of: section) { $0.integer($1, $2, in: 1...1_000_000_000_000_000) }
        let unit = read("unit", of: section) { $0.word($1, $2, of: MoneyUnit.self) }
        let weights = read("weights", of: section) { $0.weights($1, $2) }
        let decay = read("decay", of: section) { $0.millionths($1, $2, in: .shares) }
        let yearsBack = read("years-back", of: section) { $0.integer($1, $2, in: 0...50) }
        let permits = read("permit-weight", of: section) { $0.millionths($1, $2) }
        let children = read("children-weight", of: section) { $0.millionths($1, $2) }
        guard let factors, let pool, let unit, let weights, let decay, let yearsBack, let permits,
            let children
        else { return nil }
        return Plan.Transfer(
            factors: factors, pool: pool, unit: unit, weights: weights, decay: decay,
            yearsBack: yearsBack, permitWeight: permits, childrenWeight: children)
    }

    private mutating func weights(_ node: PlanNode, _ path: String) -> Plan.TierWeights? {
        guard
            let section = section(
                node, path, required: ["own_prefecture", "own_province", "other_province"],
                optional: ["unknown"])
        else { return nil }
        let ownPrefecture = read("own_prefecture", of: section) { $0.millionths($1, $2) }
        let ownProvince = read("own_province", of: section) { $0.millionths($1, $2) }
        let otherProvince = read("other_province", of: section) { $0.millionths($1, $2) }
        let unknown = read("unknown", of: section) { $0.millionths($1, $2) }
        guard let ownPrefecture, let ownProvince, let otherProvince else { return nil }
        return Plan.TierWeights(
            ownPrefecture: ownPrefecture, ownProvince: ownProvince, otherProvince: otherProvince,
            unknown: unknown ?? Millionths(count: 0))
    }

    private mutating func land(_ node: PlanNode, _ path: String) -> Plan.Land? {
        guard
            let section = section(node, path, required: ["bands"], optional: ["adjustment"])
        else { return nil }
        let bands = read("bands", of: section) { $0.bands($1, $2) }
        let adjustment = read("adjustment", of: section) { $0.millionths($1, $2, in: .adjustments) }
        guard let bands else { return nil }
        return Plan.Land(bands: bands, adjustment: adjustment ?? Millionths(count: 0))
    }

    private mutating func bands(_ node: PlanNode, _ path: String) -> [Plan.Land.Band]? {
        guard let nodes = list(node, path, expected: Bilingual("档次的列表", "a list of bands")) else {
            return nil
        }
        var bands: [Plan.Land.Band] = []
        var previous: Millionths?
        for (index, node) in nodes.enumerated() {
            let path = "\(path)[\(index + 1)]"
            guard
                let section = section(node, path, required: ["standard"], optional: ["up-to"])
            else { continue }
            let standard = read("standard", of: section) { $0.millionths($1, $2) }
            let upTo = read("up-to", of: section) { $0.millionths($1, $2) }
            let isLast = index == nodes.count - 1
            if let place = section["up-to"] {
                if isLast { add(.lastBandClosed(key: path), at: place.mark) }
                if let upTo { noteOrder(upTo, after: &previous, "\(path).up-to", place.mark) }
            } else if !isLast {
                add(.bandOpenBeforeLast(key: path), at: node.mark)
            }
            if let standard { bands.append(Plan.Land.Band(upTo: upTo, standard: standard)) }
        }
        return bands
    }

    private mutating func protection(
        _ node: PlanNode, _ path: String, referenceDates: [CalendarDate]?
    ) -> Plan.Protection? {
        guard
            let section = section(
                node, path, required: ["release-dates"], optional: ["threshold"])
        else { return nil }
        // 1 hides nothing; a threshold of more than 1,000 would hide whole townships.
        let threshold = read("threshold", of: section) { $0.integer($1, $2, in: 1...1_000) }
        guard let place = section["release-dates"],
            let dates = read("release-dates", of: section, { $0.dates($1, $2) })
        else { return nil }
        for date in dates where referenceDates?.contains(date) == false {
            add(
                .releaseDateNotReference(key: "\(path).release-dates", date: date),
                at: place.mark)
        }
        return Plan.Protection(threshold: threshold ?? 5, releaseDates: dates)
    }

    /// Notes a number that is not larger than the one before it.
    mutating func noteOrder(
        _ number: Millionths, after previous: inout Millionths?, _ key: String, _ mark: PlanMark
    ) {
        if let previous, number <= previous {
            add(.notAscending(key: key, found: number, previous: previous), at: mark)
        }
        previous = number
    }
}
