import PopulationFigures

// Persons by where they live and are registered: flows, households, groups of services, permits.
extension ProtectionDraft {
    mutating func addMigration() {
        guard let table = table(.migration) else { return }
        var draft = PublicTableDraft(of: table)
        var sums: [String: [String: [Int]]] = [:]
        for row in table.rows where dates.contains(row[0]) {
            var cells: [String: Int] = [:]
            for (column, text) in zip(table.columns.dropFirst(2), row.dropFirst(2)) {
                cells[column] = system.cell(
                    named: Self.migrationName(row[0], row[1], column), Int(text) ?? 0,
                    weight: column == "separated" || column == "floating"
                        ? CellWeight.sum : CellWeight.flow)
                sums[row[0], default: [:]][column, default: []].append(cells[column] ?? 0)
            }
            func cell(_ column: String) -> Int { cells[column] ?? 0 }
            system.equate(
                cell("registered"),
                toSumOf: ["registered_resident", "registered_elsewhere", "away"].map(cell))
            system.equate(
                cell("resident"),
                toSumOf: ["registered_resident", "resident_unregistered_local", "separated"]
                    .map(cell))
            system.equate(
                cell("separated"), toSumOf: ["intra_district", "floating"].map(cell))
            system.equate(
                cell("floating"),
                toSumOf: [
                    "own_county", "own_prefecture", "own_province", "other_province", "unknown",
                ].map { cell("floating_\($0)") })
            draft.rows.append(
                .init(
                    key: Array(row[..<2]),
                    values: table.columns.dropFirst(2).map { .count(cell($0)) }))
        }
        add(draft)
        guard figures.area.code.utf8.count <= 4 else { return }
        // Whoever is registered elsewhere in the area is separated and from no further away.
        for (_, sums) in sums.sorted(by: { $0.key < $1.key }) {
            let near = ["intra_district", "floating_own_county", "floating_own_prefecture"]
            let further = figures.area.code.utf8.count < 4 ? ["floating_own_province"] : []
            let elsewhere = sums["registered_elsewhere"] ?? []
            let all = system.cell(
                elsewhere.reduce(0) { $0 + system.values[$1] }, weight: 0)
            system.equate(all, toSumOf: elsewhere)
            system.bound(all, by: (near + further).flatMap { sums[$0] ?? [] })
        }
    }

    /// Two columns are totals of `urbanization`.
    static func migrationName(_ date: String, _ county: String, _ column: String) -> String {
        column == "registered" || column == "resident"
            ? name(date, column, county, "total") : "\(date) \(county) \(column)"
    }

    mutating func addHouseholds() {
        guard let table = table(.households) else { return }
        var draft = PublicTableDraft(of: table)
        let known = Self.byKey(table.rows, keyCount: 3)
        for date in dates.sorted() {
            for county in counties {
                var persons: [Int] = []
                for type in ["collective", "community", "family", "unknown"] {
                    let row = known[[date, county, type]]
                    let counts = [
                        system.cell(
                            named: "\(date) \(county) households \(type)",
                            row.flatMap { Int($0[0]) } ?? 0, weight: CellWeight.group),
                        system.cell(
                            named: "\(date) \(county) household persons \(type)",
                            row.flatMap { Int($0[1]) } ?? 0, weight: CellWeight.flow),
                    ]
                    system.bound(counts[0], by: [counts[1]])
                    persons.append(counts[1])
                    draft.rows.append(
                        .init(
                            key: [date, county, type], values: counts.map { .count($0) },
                            isPresent: row != nil))
                }
                if let all = system.cell(named: Self.name(date, "registered", county, "total")) {
                    system.equate(all, toSumOf: persons)
                }
            }
        }
        add(draft)
    }

    static let groups = [
        "children_0_6", "children_6_11", "children_12_14", "women_15_49", "working_16_59",
        "aged_60_plus", "aged_65_plus",
    ]

    static func serviceName(
        _ date: String, _ county: String, _ measure: String, _ group: String
    ) -> String { "\(date) \(county) \(measure) \(group)" }

    mutating func addServices() {
        guard let table = table(.services) else { return }
        var draft = PublicTableDraft(of: table)
        let known = Self.byKey(table.rows, keyCount: 3)
        let measures = Array(table.columns.dropFirst(3))
        for date in dates.sorted() {
            // Whether a yearly pair ends at the date.
            let hasSettled = known.contains { $0.key[0] == date && !$0.value[3].isEmpty }
            for county in counties {
                var cells: [[Int]] = [[], [], [], []]
                for group in Self.groups {
                    let row = known[[date, county, group]]
                    for (index, measure) in measures.enumerated() {
                        cells[index].append(
                            system.cell(
                                named: Self.serviceName(date, county, measure, group),
                                row.flatMap { Int($0[index]) } ?? 0,
                                weight: measure == "resident"
                                    ? CellWeight.flow : CellWeight.group))
                    }
                    system.bound(cells[1].last ?? 0, by: [cells[0].last ?? 0])
                    draft.rows.append(
                        .init(
                            key: [date, county, group],
                            values: (0..<4).map {
                                $0 == 3 && !hasSettled
                                    ? .text("") : .count(cells[$0].last ?? 0)
                            }, isPresent: row != nil))
                }
                equateResidentGroups(date, county, cells[0])
                equateGroups(
                    cells[1], within: Self.migrationName(date, county, "floating"))
                equateGroups(cells[2], within: "\(date) \(county) permit_holders")
                if hasSettled { equateGroups(cells[3], within: "\(date) \(county) settled") }
            }
        }
        add(draft)
    }

    /// Groups of residents are sums of ages; what lies between five-year groups is not published.
    private mutating func equateResidentGroups(_ date: String, _ county: String, _ cells: [Int]) {
        let names = [
            "ages 0-4", "ages 5-9", "ages 10-14", "women 15-19", "men 15-19", "women 20-49",
            "others 20-59", "ages 60-64", "ages 65+",
        ]
        var bands: [Int] = []
        for name in names {
            let key = "\(date) \(county) \(name)"
            guard let band = system.cell(named: key) else {
                // No row of `population` could hold one: a sum of nothing.
                let none = system.cell(named: key, 0, weight: 0)
                system.equate(none, toSumOf: [])
                bands.append(none)
                continue
            }
            bands.append(band)
        }
        let counts = cells.map { system.values[$0] }
        let young = bands[..<3].map { system.values[$0] }
        // Ages that a table of five-year groups does not tell, from what it does tell.
        let six = counts[0] + counts[1] + counts[2] - young.reduce(0, +)
        let five = counts[0] - six - young[0]
        let sevenToNine = young[1] - five - six
        let tenAndEleven = young[2] - counts[2]
        let late = counts[4] - system.values[bands[5]] - system.values[bands[6]]
        let fifteen = system.values[bands[3]] + system.values[bands[4]] - late
        let between = [five, six, sevenToNine, tenAndEleven, fifteen, late]
        guard between.allSatisfy({ $0 >= 0 }) else { return }
        let ages = between.map { system.cell($0, weight: 0) }
        system.equate(bands[1], toSumOf: [ages[0], ages[1], ages[2]])
        system.equate(bands[2], toSumOf: [ages[3], cells[2]])
        system.equate(cells[0], toSumOf: [bands[0], ages[0], ages[1]])
        system.equate(cells[1], toSumOf: [ages[1], ages[2], ages[3]])
        system.equate([
            .init(bands[3], 1), .init(bands[4], 1), .init(ages[4], -1), .init(ages[5], -1),
        ])
        system.equate(cells[3], toSumOf: [bands[3], bands[5]])
        system.equate(cells[4], toSumOf: [ages[5], bands[5], bands[6]])
        system.equate(cells[5], toSumOf: [bands[7], bands[8]])
        system.equate(cells[6], toSumOf: [bands[8]])
    }

    /// Groups of others: age 6 stands in two groups, 15 in none or one, and all is within a total.
    private mutating func equateGroups(_ cells: [Int], within name: String) {
        let counts = cells.map { system.values[$0] }
        let six = min(counts[0], counts[1])
        let late = max(0, counts[3] - counts[4])
        let parts = [
            counts[0] - six, six, counts[1] - six, late, counts[3] - late,
            counts[4] - (counts[3] - late), counts[5] - counts[6],
        ]
        guard parts.allSatisfy({ $0 >= 0 }) else { return }
        let ages = parts.map { system.cell($0, weight: 0) }
        system.equate(cells[0], toSumOf: [ages[0], ages[1]])
        system.equate(cells[1], toSumOf: [ages[1], ages[2]])
        system.equate(cells[3], toSumOf: [ages[3], ages[4]])
        system.equate(cells[4], toSumOf: [ages[4], ages[5]])
        system.equate(cells[5], toSumOf: [ages[6], cells[6]])
        if let all = system.cell(named: name) {
            system.bound(
                // Everybody who is in a group, once.
                groupSum([ages[0], ages[1], ages[2], cells[2], ages[3], cells[4], cells[5]]),
                by: [all])
        }
    }

    private mutating func groupSum(_ parts: [Int]) -> Int {
        let sum = system.cell(parts.reduce(0) { $0 + system.values[$1] }, weight: 0)
        system.equate(sum, toSumOf: parts)
        return sum
    }
}
