import PopulationFigures
import PopulationModel

// Persons by what they did: settled, were counted in form 58, hold permits, have points.
extension ProtectionDraft {
    static let tiers = ["own_prefecture", "own_province", "other_province", "unknown"]

    mutating func addSettlement() {
        guard let table = table(.settlement) else { return }
        var draft = PublicTableDraft(of: table)
        let known = Self.byKey(table.rows, keyCount: 5)
        var places: [String: Set<String>] = [:]
        for key in known.keys { places[key[1], default: []].insert(key[2]) }
        let ends = figures.referenceDates.endsOfPairs.map { "\($0.components.year)" }
        for year in ends {
            let isReleased = years.contains(year)
            for county in counties {
                var byTier: [String: [Int]] = [:]
                for place in (places[county] ?? []).sorted() {
                    for cause in SettlementCause.allCases {
                        for tier in Self.tiers {
                            let key = [year, county, place, cause.word, tier]
                            let cells = settled(key, known[key], isReleased)
                            byTier[tier, default: []].append(cells[0])
                            guard isReleased else { continue }
                            draft.rows.append(
                                .init(
                                    key: key, values: cells.map { .count($0) },
                                    isPresent: known[key] != nil))
                        }
                    }
                }
                addSettledTotals(year, county, byTier)
            }
        }
        add(draft)
    }

    /// Cells of one row; what every sum is told of.
    private mutating func settled(_ key: [String], _ row: [String]?, _ isReleased: Bool) -> [Int] {
        let cells = (0..<3).map { index in
            system.cell(
                row.flatMap { Int($0[index]) } ?? 0, weight: isReleased ? CellWeight.fine : 0)
        }
        system.bound(cells[1], by: [cells[0]])
        system.bound(cells[2], by: [cells[0]])
        settledCells["\(key[0]) \(key[1])", default: []].append((key, cells))
        return cells
    }

    private mutating func addSettledTotals(
        _ year: String, _ county: String, _ byTier: [String: [Int]]
    ) {
        var totals: [Int] = []
        for tier in Self.tiers {
            let parts = byTier[tier] ?? []
            let sum = system.cell(
                named: "\(year) \(county) settled \(tier)",
                parts.reduce(0) { $0 + system.values[$1] }, weight: 0)
            system.equate(sum, toSumOf: parts)
            totals.append(sum)
        }
        let all = system.cell(
            named: "\(Self.end(ofYear: year)) \(county) settled",
            totals.reduce(0) { $0 + system.values[$1] }, weight: 0)
        system.equate(all, toSumOf: totals)
    }

    /// Column by causes of form 58.
    private static let columnOfCause: [String: Int] = [
        "student": 12, "employment": 13, "talent": 13, "business": 14, "investment": 15,
        "housing": 16, "kin_spouse": 17, "kin_child": 17, "kin_parent": 17, "kin_other": 17,
        "resettlement": 18, "redevelopment": 19, "other": 21,
    ]

    mutating func addBalance58() {
        guard let table = table(.balance58) else { return }
        var draft = PublicTableDraft(of: table)
        for row in table.rows where years.contains(row[0]) {
            let (year, county) = (row[0], row[1])
            let c1 = system.cell(
                named: Self.name(Self.end(ofYear: year), "registered", county, "urban"),
                Int(row[2]) ?? 0, weight: CellWeight.county)
            var cells = [c1]
            guard row.dropFirst(3).allSatisfy({ !$0.isEmpty }) else {
                draft.rows.append(
                    .init(
                        key: [year, county],
                        values: [.count(c1)] + row.dropFirst(3).map { .text($0) }))
                continue
            }
            for column in 2...28 {
                cells.append(
                    system.cell(
                        named: "\(year) \(county) c\(column)", Int(row[column + 1]) ?? 0,
                        weight: [2, 8, 23].contains(column) ? CellWeight.sum : CellWeight.flow))
            }
            func c(_ column: Int) -> Int { cells[column - 1] }
            system.equate(c(2), toSumOf: ((3...8) + [22]).map(c))
            system.equate(c(8), toSumOf: (9...11).map(c))
            system.equate(c(8), toSumOf: (12...21).map(c))
            system.equate(c(23), toSumOf: (24...28).map(c))
            // Known from these columns, whether its date is released or not.
            let c1Before = system.cell(
                named: Self.name(
                    Self.end(ofYear: "\((Int(year) ?? 0) - 1)"), "registered", county, "urban"),
                system.values[c1] - system.values[c(2)] + system.values[c(23)],
                weight: CellWeight.fine)
            system.equate([
                .init(c1, -1), .init(c1Before, 1), .init(c(2), 1), .init(c(23), -1),
            ])
            equateColumns(year, county, c)
            draft.rows.append(.init(key: [year, county], values: cells.map { .count($0) }))
        }
        add(draft)
    }

    /// Form 58 counts those who settled, by tier and by cause, and the reclassified beside them.
    private mutating func equateColumns(
        _ year: String, _ county: String, _ c: (Int) -> Int
    ) {
        for (tier, column) in zip(Self.tiers, [9, 10, 11]) {
            guard let sum = system.cell(named: "\(year) \(county) settled \(tier)") else {
                continue
            }
            system.equate(c(column), toSumOf: column == 9 ? [sum, c(20)] : [sum])
        }
        if let unknown = system.cell(named: "\(year) \(county) settled unknown") {
            system.bound(unknown, by: [c(22)])
        }
        var byColumn: [Int: [Int]] = [:]
        for (key, cells) in settledCells["\(year) \(county)"] ?? [] where key[4] != "unknown" {
            byColumn[Self.columnOfCause[key[3]] ?? 21, default: []].append(cells[0])
        }
        for column in (12...21) where column != 20 {
            system.equate(c(column), toSumOf: byColumn[column] ?? [])
        }
    }

    mutating func addPermits() {
        guard let table = table(.permits) else { return }
        var draft = PublicTableDraft(of: table)
        let known = Self.byKey(table.rows, keyCount: 4)
        for date in dates.sorted() {
            // Of every county: one without a row has nobody, and everybody knows it.
            for county in counties {
                var valid: [Int] = []
                var suspended: [Int] = []
                for years in ["0", "1", "2", "3", "4", "5+"] {
                    for insured in ["0", "1", "2", "3+"] {
                        let row = known[[date, county, years, insured]]
                        let cells = (0..<2).map { index in
                            system.cell(
                                named: "\(date) \(county) permits \(years) \(insured) \(index)",
                                row.flatMap { Int($0[index]) } ?? 0, weight: CellWeight.fine)
                        }
                        valid.append(cells[0])
                        suspended.append(cells[1])
                        draft.rows.append(
                            .init(
                                key: [date, county, years, insured],
                                values: cells.map { .count($0) }, isPresent: row != nil))
                    }
                }
                for (name, parts) in [("permit_holders", valid), ("suspended", suspended)] {
                    let sum = system.cell(
                        named: "\(date) \(county) \(name)",
                        parts.reduce(0) { $0 + system.values[$1] }, weight: 0)
                    system.equate(sum, toSumOf: parts)
                }
            }
        }
        add(draft)
    }

    mutating func addLadder() {
        guard let table = table(.ladder) else { return }
        var draft = PublicTableDraft(of: table)
        let known = Self.byKey(table.rows, keyCount: 3)
        let tiers = Set(known.keys.map { $0[2] }).sorted()
        for date in dates.sorted() {
            for county in counties {
                var persons: [Int] = []
                for tier in tiers {
                    let row = known[[date, county, tier]]
                    let cell = system.cell(
                        row.flatMap { Int($0[0]) } ?? 0, weight: CellWeight.group)
                    persons.append(cell)
                    // The points of a tier lie between two bounds for each person in it.
                    draft.rows.append(
                        .init(
                            key: [date, county, tier],
                            values: [.count(cell), .derived(row?[1] ?? "0", from: [cell])],
                            isPresent: row != nil))
                }
                // Whoever holds a permit, valid or not, stands on the ladder.
                let holders = ["permit_holders", "suspended"].compactMap {
                    system.cell(named: "\(date) \(county) \($0)")
                }
                if !holders.isEmpty, !persons.isEmpty {
                    let sum = system.cell(
                        holders.reduce(0) { $0 + system.values[$1] }, weight: 0)
                    system.equate(sum, toSumOf: holders)
                    system.bound(sum, by: persons)
                }
            }
        }
        add(draft)
    }

    mutating func addEligibility() {
        guard let table = table(.eligibility) else { return }
        var draft = PublicTableDraft(of: table)
        let known = Self.byKey(table.rows, keyCount: 3)
        for date in dates.sorted() {
            for county in counties {
                var cells: [Int] = []
                for channel in EligibilityChannel.allCases {
                    let row = known[[date, county, channel.word]]
                    let cell = system.cell(
                        row.flatMap { Int($0[0]) } ?? 0,
                        weight: channel == .any ? CellWeight.flow : CellWeight.group)
                    draft.rows.append(
                        .init(
                            key: [date, county, channel.word], values: [.count(cell)],
                            isPresent: row != nil))
                    cells.append(cell)
                }
                guard let any = cells.popLast() else { continue }
                for cell in cells { system.bound(cell, by: [any]) }
                system.bound(any, by: cells)
                // Owners are counted among those who own or rent only where they also work.
                if let all = system.cell(named: Self.name(date, "resident", county, "total")) {
                    system.bound(any, by: [all])
                }
            }
        }
        add(draft)
    }
}
