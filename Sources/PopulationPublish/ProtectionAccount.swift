import PopulationFigures

/// What a release hides, and how much detail that costs: one row per table and date or year.
package struct ProtectionAccount: Sendable, Equatable {
    package var threshold: Int
    /// In the order of the tables, then of time.
    package var rows: [Row]

    package var smallCells: Int { rows.reduce(0) { $0 + $1.small } }

    /// One table at one date or year.
    package struct Row: Sendable, Equatable {
        package var table: String
        /// A date, a year, or empty for tables without time.
        package var period: String
        /// Numbers that the table shows or hides, zeros that are left out not counted.
        package var cells: Int
        /// Counts of 1 up to one less than the threshold.
        package var small: Int
        /// Counts that are hidden, the small ones included.
        package var hidden: Int
        /// Rates, shares and the like that are hidden because of what they are made from.
        package var hiddenDerived: Int
        /// Sum of the counts that are not 0, and of those of them that are hidden.
        package var persons: Int
        package var personsHidden: Int
    }

    init(rule: ProtectionRule, drafts: [PublicTableDraft], system: CountSystem, isHidden: [Bool]) {
        threshold = rule.threshold
        rows = drafts.flatMap { draft -> [Row] in
            let time = draft.columns.prefix(draft.keyCount).firstIndex {
                ["reference_date", "year", "date"].contains($0)
            }
            var rows: [String: Row] = [:]
            for row in draft.rows {
                let period = time.map { row.key[$0] } ?? ""
                var sum =
                    rows[period]
                    ?? Row(
                        table: draft.name, period: period, cells: 0, small: 0, hidden: 0,
                        hiddenDerived: 0, persons: 0, personsHidden: 0)
                sum.add(row, rule, system, isHidden)
                rows[period] = sum
            }
            return rows.values.sorted { $0.period < $1.period }
        }
    }
}

extension ProtectionAccount.Row {
    fileprivate mutating func add(
        _ row: PublicTableDraft.Row, _ rule: ProtectionRule, _ system: CountSystem,
        _ isHidden: [Bool]
    ) {
        let hides = row.values.contains { value in
            if case .count(let cell) = value { return isHidden[cell] }
            return false
        }
        guard row.isPresent || hides else { return }
        for value in row.values {
            switch value {
            case .text: break
            case .hidden:
                cells += 1
                hiddenDerived += 1
            case .derived(let text, let from):
                guard !text.isEmpty else { continue }
                cells += 1
                if from.contains(where: { isHidden[$0] }) { hiddenDerived += 1 }
            case .count(let cell):
                let count = system.values[cell]
                cells += 1
                persons += count
                if count > 0, count < rule.threshold { small += 1 }
                if isHidden[cell] {
                    hidden += 1
                    personsHidden += count
                }
            }
        }
    }
}
