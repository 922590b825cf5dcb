import PopulationFigures
import PopulationModel

// What the plan adds: money, land, targets, published figures, tasks; and the quality account.
extension ProtectionDraft {
    /// The last revision of each year that this run answers. An earlier one is other figures of the
    /// same people, and the difference of two revisions may be one person; one of a year that the
    /// run leaves out is of the people of another night than all other tables.
    mutating func addTransfer() {
        guard let table = table(.transfer), let editions = figures.transferEditions else { return }
        var draft = PublicTableDraft(of: table)
        var latest: [Int: TransferEdition] = [:]
        let answered = Set(figures.referenceDates.endsOfPairs.map { Int($0.components.year) })
        for edition in editions
        where answered.contains(edition.year)
            && edition.revision > (latest[edition.year]?.revision ?? 0)
        {
            latest[edition.year] = edition
        }
        for edition in latest.values.sorted(by: { $0.year < $1.year }) { addWeights(of: edition) }
        for edition in latest.values.sorted(by: { $0.year < $1.year })
        where years.contains("\(edition.year)") {
            var scored: [Int] = []
            var rows: [[PublicTableDraft.Value]] = []
            for row in edition.rows { rows.append(transferCounts(row, of: edition, &scored)) }
            for (row, counts) in zip(edition.rows, rows) {
                // The amounts sum to the pool and stand to each other as the scores do: one of
                // them tells the others.
                let columns = ["score", "share_percent", "amount"]
                draft.rows.append(
                    .init(
                        key: ["year", "county_code", "revision"].map { edition.field($0, of: row) },
                        values: counts
                            + columns.map {
                                .derived(edition.field($0, of: row), from: scored)
                            }))
            }
        }
        add(draft)
    }

    /// The columns between key and score; `scored` is told of the cells that scores are made from.
    private mutating func transferCounts(
        _ row: [String], of edition: TransferEdition, _ scored: inout [Int]
    ) -> [PublicTableDraft.Value] {
        let county = edition.field("county_code", of: row)
        let date = Self.end(ofYear: "\(edition.year)")
        let young = ["ages 0-4", "ages 5-9", "ages 10-14"].compactMap {
            system.cell(named: "\(date) \(county) \($0)")
        }
        let children = ["children_6_11", "children_12_14"].compactMap {
            system.cell(named: Self.serviceName(date, county, "floating", $0))
        }
        func cell(_ column: String, _ name: String, _ weight: Int) -> Int {
            system.cell(
                named: name, Int(edition.field(column, of: row)) ?? 0, weight: weight)
        }
        var values: [PublicTableDraft.Value] = [
            ("resident", Self.name(date, "resident", county, "total")),
            ("resident_urban", Self.name(date, "resident", county, "urban")),
            ("registered", Self.name(date, "registered", county, "total")),
            ("registered_urban", Self.name(date, "registered", county, "urban")),
            ("floating", "\(date) \(county) floating"),
        ].map { .count(cell($0.0, $0.1, CellWeight.sum)) }
        let permits = cell("permit_holders", "\(date) \(county) permit_holders", CellWeight.money)
        values.append(.count(permits))
        for tier in Self.tiers {
            values.append(
                .count(
                    cell(
                        "settled_\(tier)", "\(edition.year) \(county) settled \(tier)",
                        CellWeight.flow)))
        }
        let prior = priorWeights(row, of: edition, county)
        values.append(.derived(edition.field("settled_prior", of: row), from: prior))
        let six = cell("children_6_14", "\(date) \(county) floating 6-14", CellWeight.money)
        if children.count == 2 { system.equate(six, toSumOf: children) }
        values.append(.count(six))
        let zero = cell("residents_0_14", "\(date) \(county) residents 0-14", CellWeight.flow)
        if young.count == 3 { system.equate(zero, toSumOf: young) }
        let old = cell(
            "residents_65_plus", Self.serviceName(date, county, "resident", "aged_65_plus"),
            CellWeight.flow)
        values += [.count(zero), .count(old)]
        scored += prior + [permits, six]
        if let own = system.cell(named: "\(edition.year) \(county) settled weight") {
            scored.append(own)
        }
        return values
    }

    /// The weighted settled of the years that `settled_prior` is made of.
    private func priorWeights(
        _ row: [String], of edition: TransferEdition, _ county: String
    ) -> [Int] {
        edition.field("settled_before", of: row).split(separator: " ").compactMap { text in
            let year = text.prefix { $0 != ":" }
            return system.cell(named: "\(year) \(county) settled weight")
        }
    }

    /// What the settled of a county and year weigh together is one number in the scores of this
    /// year and of later ones; it is no count of people, but stands for a few when they are few.
    private mutating func addWeights(of edition: TransferEdition) {
        for row in edition.rows {
            let county = edition.field("county_code", of: row)
            var terms: [CountSystem.Term] = []
            var settled = 0
            for tier in Self.tiers {
                guard
                    let weight = Self.millionths(edition.field("weight_\(tier)", of: row)),
                    let cell = system.cell(named: "\(edition.year) \(county) settled \(tier)"),
                    weight > 0
                else { continue }
                terms.append(.init(cell, weight))
                settled += system.values[cell]
            }
            let divisor = terms.reduce(0) { Self.commonDivisor($0, $1.coefficient) }
            guard divisor > 0 else { continue }
            for index in terms.indices { terms[index].coefficient /= divisor }
            let sum = terms.reduce(0) { $0 + $1.coefficient * system.values[$1.cell] }
            let weight = system.cell(
                named: "\(edition.year) \(county) settled weight", sum, weight: CellWeight.money,
                isCount: false)
            system.equate([.init(weight, -1)] + terms)
            // Nobody looks at the counts of a year that is not released: its weight shows them.
            if isSmall(settled), !years.contains("\(edition.year)") { hide(weight) }
            if isTold(terms, by: sum) { hide(weight) }
        }
    }

    /// Whether a count is small and could not be otherwise, since counts are whole numbers: weights
    /// of 20, 25 and 32 come to 105 in one way only.
    private func isTold(_ terms: [CountSystem.Term], by sum: Int) -> Bool {
        let small = terms.filter { isSmall(system.values[$0.cell]) }
        if small.isEmpty { return false }
        let sums = NumericalSemigroup(weights: terms.map(\.coefficient))
        return small.contains { !sums.contains(sum - $0.coefficient * rule.threshold) }
    }

    /// `1.5` as 1,500,000; weights have at most six places.
    private static func millionths(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = Int(parts[0]), parts.count <= 2 else { return nil }
        let places = parts.count == 2 ? String(parts[1]) : ""
        guard places.utf8.count <= 6 else { return nil }
        let rest = Int(places + String(repeating: "0", count: 6 - places.utf8.count))
        return rest.map { whole * 1_000_000 + $0 }
    }

    private static func commonDivisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : commonDivisor(right, left % right)
    }

    mutating func addLand() {
        guard let table = table(.land) else { return }
        var draft = PublicTableDraft(of: table)
        for row in table.rows where years.contains(row[0]) {
            let date = Self.end(ofYear: row[0])
            let settled = system.cell(
                named: "\(date) \(row[1]) settled", Int(row[2]) ?? 0, weight: CellWeight.sum)
            let urban = [
                system.cell(named: Self.name(date, "resident", row[1], "urban"))
            ].compactMap { $0 }
            draft.rows.append(
                .init(
                    key: Array(row[..<2]),
                    values: [
                        .count(settled), .derived(row[3], from: urban),
                        .derived(row[4], from: urban), .derived(row[5], from: [settled] + urban),
                    ]))
        }
        add(draft)
    }

    /// The cells that the rate of residents or registered of an area is made from; `nil` where nothing
    /// is known of them, so that what is made from them is hidden.
    private func rateCells(_ date: String, _ area: String, _ concept: String) -> [Int]? {
        let cells = ["total", "urban"].compactMap {
            system.cell(named: Self.name(date, concept, area, $0))
        }
        return cells.count == 2 ? cells : nil
    }

    private func derived(_ text: String, _ cells: [Int]?...) -> PublicTableDraft.Value {
        if text.isEmpty { return .text("") }
        var all: [Int] = []
        for part in cells {
            guard let part else { return .hidden }
            all += part
        }
        return .derived(text, from: all)
    }

    mutating func addDecomposition() {
        guard let table = table(.decomposition) else { return }
        var draft = PublicTableDraft(of: table)
        for row in table.rows where years.contains(row[0]) {
            let (end, area) = (Self.end(ofYear: row[0]), row[1])
            let now = rateCells(end, area, "resident")
            let before = startCells["\(row[0]) \(area)"]
            let total = now?.first.map { system.values[$0] } ?? 0
            let hidesParts = row[5...].contains { isFew($0, of: total) }
            draft.rows.append(
                .init(
                    key: Array(row[..<2]),
                    values: [
                        derived(row[2], before), derived(row[3], now), derived(row[4], now, before),
                    ] + row[5...].map { hidesParts ? .hidden : derived($0, now, before) }))
        }
        add(draft)
    }

    /// Whether so many percentage points of a total are fewer people than the threshold.
    private func isFew(_ points: String, of total: Int) -> Bool {
        let digits = points.filter { $0.isNumber }
        guard let millionths = Int(digits), millionths > 0 else { return false }
        return millionths * total < rule.threshold * 100_000_000
    }

    mutating func addProgress() {
        guard let table = table(.progress) else { return }
        var draft = PublicTableDraft(of: table)
        for row in table.rows where dates.contains(row[0]) {
            let latest = rateCells(row[0], row[1], row[2])
            let base = baseCells(of: row)
            draft.rows.append(
                .init(
                    key: Array(row[..<3]),
                    values: [
                        .text(row[3]), derived(row[4], base), derived(row[5], latest),
                        .text(row[6]), .text(row[7]), derived(row[8], base),
                    ] + row[9...].map { derived($0, base, latest) }))
        }
        add(draft)
    }

    /// The cells of the base of a row of `progress`; none where it has none.
    private func baseCells(of row: [String]) -> [Int]? {
        if row[4].isEmpty { return [] }
        return dates.contains(row[3])
            ? rateCells(row[3], row[1], row[2]) : startCells["\(row[3]) \(row[2]) \(row[1])"]
    }

    mutating func addOfficial() {
        guard let table = table(.official) else { return }
        var draft = PublicTableDraft(of: table)
        for row in table.rows where dates.contains(row[1]) {
            let cells = ["total", "urban"].compactMap {
                system.cell(named: Self.name(row[1], row[2], row[0], $0))
            }
            let own: [PublicTableDraft.Value] =
                cells.count == 2 ? cells.map { .count($0) } : row[3..<5].map { .text($0) }
            draft.rows.append(
                .init(
                    key: Array(row[..<3]),
                    values: own + [
                        .text(row[5]), .text(row[6]),
                        .derived(row[7], from: Array(cells.prefix(1))),
                        .derived(row[8], from: cells), .text(row[9]),
                    ]))
        }
        add(draft)
    }
}
