import PopulationFigures
import PopulationModel
import PopulationPublish

extension Pipeline {
    /// The public tables of the plan's release dates; `nil` when the plan has none.
    func protected(_ figures: Figures) -> Protection.Outcome? {
        guard let protection = plan.publish.protection else { return nil }
        var rule = ProtectionRule(
            threshold: protection.threshold, releaseDates: protection.releaseDates)
        rule.hidesSmallOnly = options.hidesSmallOnly
        return Protection(figures: figures, rule: rule).outcome()
    }

    /// For the log: what was hidden, or why there are no public tables.
    func noteProtection(_ outcome: Protection.Outcome?, _ summary: RunSummary) {
        guard let outcome else {
            return note(
                .publish,
                Bilingual(
                    "没有公开表：计划没有 publish.protection",
                    "no public tables: the plan has no publish.protection"), summary)
        }
        let rows = outcome.account.rows
        let (cells, hidden) = (
            rows.reduce(0) { $0 + $1.cells },
            rows.reduce(0) { $0 + $1.hidden + $1.hiddenDerived }
        )
        note(
            .publish,
            Bilingual(
                "公开表：\(outcome.account.smallCells) 个计数小于 \(outcome.account.threshold)，"
                    + "\(cells) 个数中隐去 \(hidden) 个",
                "public tables: \(outcome.account.smallCells) counts below "
                    + "\(outcome.account.threshold), \(hidden) of \(cells) numbers hidden"), summary
        )
        if outcome.scaledCount > 0 {
            note(
                .publish,
                Bilingual(
                    "公开表：\(outcome.scaledCount) 个小计数没有较省的保护办法，凡与其相关的数都隐去；"
                        + "请查看 internal/ 中人数极少的区县，代码可能有误",
                    "public tables: no cheaper way was found for \(outcome.scaledCount) small counts, "
                        + "so all that hangs together with them is hidden; look in internal/ for "
                        + "counties of very few people, whose codes may be wrong"), summary)
        }
    }

    /// Remarks on public tables that are others than those that lie in the output folder: two nights
    /// that somebody can subtract tell of the few people who changed between them. Rows of dates that
    /// are released for the first time, or no more, are no other ones.
    func remarksOnReplacedRows(_ outcome: Protection.Outcome?) -> [Bilingual] {
        guard let outcome else { return [] }
        let name = TableScope.public.rawValue
        var replaced = 0
        for new in outcome.tables.map(\.table) where new.name != TableName.quality.rawValue {
            // Without an older one that can be read there is nothing to subtract.
            guard let csv = try? WholeFile.read("\(output)/\(name)/\(new.name).csv"),
                let old = Table(name: new.name, csv: csv),
                let meaning = DataDictionary.meaning(of: new.name)
            else { continue }
            let changes = EditionComparison.changes(meaning, .public, old, new).changes
            replaced += Set(changes.map(\.key)).count
        }
        if replaced == 0 { return [] }
        return [
            Bilingual(
                "公开表中有 \(replaced) 行与此前发布的不同：两版相减可能暴露个别人；只在正式修订时对外提供新版",
                "\(replaced) rows of the public tables are others than those published before: who has "
                    + "both can subtract them and learn of single people; hand out the new ones "
                    + "only as a revision")
        ]
    }

    /// Writes the public tables, which anybody may read; none without release dates.
    func writePublic(_ outcome: Protection.Outcome?, to folder: PublishedFolder)
        throws(PopstatErrors) -> [MadeTable]
    {
        guard let outcome else { return [] }
        let name = TableScope.public.rawValue
        try folder.makeFolder(name, mode: 0o755)
        for table in outcome.tables {
            try folder.write(table.table.csv, to: "\(name)/\(table.table.name).csv")
        }
        return outcome.tables.map { MadeTable($0.table, isKept: true) }
    }
}

extension Manifest {
    /// What the public tables hide and what that costs.
    struct Protection: Codable {
        var threshold: Int
        var releaseDates: [String]
        var tables: [Table]
        var account: [Row]

        struct Row: Codable {
            var table: String
            var period: String
            var cells: Int
            var small: Int
            var hidden: Int
            var hiddenDerived: Int
            var persons: Int
            var personsHidden: Int
        }
    }
}

extension Manifest.Protection {
    init(_ account: ProtectionAccount, releaseDates: [CalendarDate], tables: [Manifest.Table]) {
        self.init(
            threshold: account.threshold, releaseDates: releaseDates.map(\.description),
            tables: tables,
            account: account.rows.map {
                Row(
                    table: $0.table, period: $0.period, cells: $0.cells, small: $0.small,
                    hidden: $0.hidden, hiddenDerived: $0.hiddenDerived, persons: $0.persons,
                    personsHidden: $0.personsHidden)
            })
    }
}
