import PopulationFigures
import PopulationModel

/// What a plan says of protection.
package struct ProtectionRule: Sendable {
    /// Counts of 1 up to one less than this are small.
    package var threshold: Int
    package var releaseDates: [CalendarDate]
    /// Hides small counts and nothing else: only for the test that shows that it is not enough.
    package var hidesSmallOnly = false

    package init(threshold: Int, releaseDates: [CalendarDate]) {
        self.threshold = threshold
        self.releaseDates = releaseDates
    }
}

/// The public tables of a release.
///
/// Takes figures, gives tables with `[c]` for every small count and for as many others as it needs
/// that nobody finds out. Each small count has a witness: another world in which it is at least the
/// threshold, every sum holds, and all that is published is the same. Refuses nothing.
package struct Protection: Sendable {
    private let rule: ProtectionRule
    private let draft: ProtectionDraft

    package init(figures: Figures, rule: ProtectionRule) {
        self.rule = rule
        var draft = ProtectionDraft(figures: figures, rule: rule)
        draft.addTables()
        self.draft = draft
    }

    /// What was made, and the proof of it.
    package struct Outcome: Sendable {
        package var tables: [PublishedTable]
        package var account: ProtectionAccount
        package var system: CountSystem
        package var isHidden: [Bool]
        package var witnesses: [Witness]
        /// Small counts for which no witness but the true world some times larger was found: all that
        /// hangs together with them is hidden.
        package var scaledCount: Int
    }

    package func outcome() -> Outcome {
        let system = draft.system
        var search = WitnessSearch(
            system: system, isHidden: draft.isHidden,
            isFixed: [Bool](repeating: false, count: system.cellCount))
        var witnesses: [Witness] = []
        var scaledCount = 0
        let small = smallCells(of: system)
        for cell in small { search.hide(cell) }
        if !rule.hidesSmallOnly {
            var isLifted = [Bool](repeating: false, count: system.cellCount)
            for cell in small where !isLifted[cell] {
                let found = cheapest(&search, lifting: cell)
                if found == nil { scaledCount += 1 }
                let witness = found ?? search.scaling(from: cell, times: rule.threshold)
                search.hide(witness)
                for change in witness.changes
                where change.difference > 0
                    && system.values[change.cell] + change.difference >= rule.threshold
                {
                    isLifted[change.cell] = true
                }
                witnesses.append(witness)
            }
        }
        let isHidden = search.isHidden
        let tables = draft.tables.map { $0.table(system, isHidden: isHidden) }
        return Outcome(
            tables: tables.map { PublishedTable($0, scope: .public) },
            account: ProtectionAccount(
                rule: rule, drafts: draft.tables, system: system, isHidden: isHidden),
            system: system, isHidden: isHidden, witnesses: witnesses, scaledCount: scaledCount)
    }

    /// The dearest first: what they need is hidden anyhow when the cheaper ones are looked at.
    private func smallCells(of system: CountSystem) -> [Int] {
        system.values.indices.filter {
            system.isCount[$0] && system.values[$0] > 0 && system.values[$0] < rule.threshold
        }.sorted {
            (-system.weights[$0], $0) < (-system.weights[$1], $1)
        }
    }

    /// First without the numbers that a release is read for: those of the whole area, and money. With
    /// patience only where nothing is found without it: it takes its time.
    private func cheapest(_ search: inout WitnessSearch, lifting cell: Int) -> Witness? {
        for patience in [WitnessSearch.Patience.short, .long] {
            for keptWeight in [CellWeight.headline, .max] {
                if let found = cheapest(
                    &search, lifting: cell, keeping: keptWeight, patience: patience)
                {
                    return found
                }
            }
        }
        return nil
    }

    /// Money is shared out by weights, which whole persons may only balance in larger numbers:
    /// those are tried when otherwise an amount would have to be hidden.
    private func cheapest(
        _ search: inout WitnessSearch, lifting cell: Int, keeping keptWeight: Int,
        patience: WitnessSearch.Patience
    ) -> Witness? {
        var best: Witness?
        for factor in [1, 2, 4] {
            guard
                let found = search.witness(
                    lifting: cell, by: rule.threshold * factor, keeping: keptWeight,
                    patience: patience)
            else { continue }
            if best.map({ search.cost(found) < search.cost($0) }) ?? true { best = found }
            if search.cost(found) < CellWeight.headline { break }
        }
        return best
    }
}

/// What it costs to hide a number: how much a reader loses. Only their order matters.
enum CellWeight {
    static let fine = 10
    static let group = 30
    static let townshipClass = 60
    static let township = 120
    static let flow = 200
    static let sum = 600
    static let county = 4_000
    static let task = 8_000
    /// The total and the urban of the whole area: rates of years stand on them.
    static let headline = 200_000
    static let money = 1_000_000
}
