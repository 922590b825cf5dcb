import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// What each of the five stages did, with this run's numbers.
    var method: [YearlyReport.Step] {
        [ingestStep, deduplicateStep, classifyStep, aggregateStep, publishStep]
    }

    private func step(
        _ stage: StageName, _ zh: String, _ sentence: Bilingual
    ) -> YearlyReport.Step {
        YearlyReport.Step(stage: Bilingual(zh, stage.rawValue), sentence: sentence)
    }

    /// Rows under each of the measures; `nil` unless protection left all of them.
    private func totals(_ measures: String...) -> [String]? {
        let totals = measures.compactMap { measure in
            ReportSum(
                qualityRows.lazy.filter { $0.measure == measure && sources.contains($0.source) }
                    .map(\.rows)
            ).exact
        }
        return totals.count == measures.count ? totals : nil
    }

    private var ingestStep: YearlyReport.Step {
        let fast = provenance.readings.reduce(0) { $0 + $1.byScanner }
        let slow = provenance.readings.reduce(0) { $0 + $1.byLibCSV }
        var sentence =
            totals("read", "rejected", "accepted").map {
                Bilingual(
                    "读入\($0[0])行，核对号码、日期和代码，拒绝\($0[1])行，接受\($0[2])行。",
                    "\($0[0]) rows were read; numbers, dates and codes were checked, \($0[1]) "
                        + "rejected and \($0[2]) accepted.")
            }
            ?? Bilingual(
                "逐行核对号码、日期和代码，接受或拒绝。",
                "Numbers, dates and codes of each row were checked, and it was accepted or rejected."
            )
        // Both together are the rows read, which a protected account may hide.
        if fast + slow > 0, !isProtected {
            let (fast, slow) = (ReportNumber.count(fast), ReportNumber.count(slow))
            sentence =
                sentence
                + Bilingual(
                    "其中快速扫描器读\(fast)行，libcsv读\(slow)行。",
                    " The scanner took \(fast), libcsv \(slow).")
        }
        return step(.ingest, "读入", sentence)
    }

    private var deduplicateStep: YearlyReport.Step {
        step(
            .deduplicate, "去重",
            totals("exact_duplicate", "voided", "superseded", "in_force").map {
                Bilingual(
                    "按公民身份号码合并为一人一条：去掉重复\($0[0])行、作废\($0[1])行、被取代\($0[2])行，"
                        + "末时点有效\($0[3])行；每个时点重新判定登记地与常住地。",
                    "Rows were joined to one person per identity number: \($0[0]) duplicates, "
                        + "\($0[1]) voided and \($0[2]) superseded rows left \($0[3]) in force; "
                        + "registration and residence were decided anew for each date.")
            }
                ?? Bilingual(
                    "按公民身份号码合并为一人一条，去掉重复、作废和被取代的行；每个时点重新判定登记地与常住地。",
                    "Rows were joined to one person per identity number, without duplicates and rows "
                        + "that were voided or superseded; registration and residence were decided "
                        + "anew for each date."))
    }

    private var classifyStep: YearlyReport.Step {
        let editions = provenance.editions.map(\.description).joined(separator: ", ")
        let unknown = rows("all", "unknown_division")
        return step(
            .classify, "划分",
            Bilingual(
                "按统计用区划代码和城乡划分代码确定城镇与乡村"
                    + (editions.isEmpty ? "" : "（版本：\(editions)）")
                    + "；无法归类\(unknown.words)人。",
                "Urban and rural follow the statistical division codes"
                    + (editions.isEmpty ? "" : " (editions \(editions))")
                    + "; \(unknown.words) persons could not be classified."))
    }

    private var aggregateStep: YearlyReport.Step {
        let areas = urbanization.count { $0.date == lastDate && $0.concept == .resident }
        return step(
            .aggregate, "汇总",
            Bilingual(
                "按村级单位计数后逐级相加，得到\(dates.count)个时点、\(areas)个地区的整数人数；到这里没有任何舍入。",
                "Persons were counted per village-level unit and added up, for \(dates.count) dates "
                    + "and \(areas) areas, in whole numbers; nothing is rounded up to here."))
    }

    private var publishStep: YearlyReport.Step {
        step(
            .publish, "发布",
            Bilingual(
                "率由整数的分数一次舍入到两位小数（四舍五入）；是否达到目标用未舍入的分数判定。",
                "Rates are rounded once, to two decimals, half away from zero; targets are tested on "
                    + "the exact fractions."))
    }

    /// The tables beside the page that hold its numbers.
    var data: [YearlyReport.DataFile] {
        let contents: [TableName: Bilingual] = [
            .urbanization: Bilingual("各级地区人口与城镇化率", "population and urbanization by area"),
            .population: Bilingual("按城乡类别、性别和年龄", "by class, sex and age"),
            .units: Bilingual("村级单位人口", "population of village-level units"),
            .migration: Bilingual("人户分离与流动人口", "separated and floating population"),
            .households: Bilingual("户数", "households"),
            .settlement: Bilingual("进城落户人口", "settlement in towns and cities"),
            .balance58: Bilingual("城镇人口增减（公业58表）", "balance of the urban registered population"),
            .permits: Bilingual("居住证持有人", "residence permits"),
            .ladder: Bilingual("落户积分阶梯", "points and tiers of the settlement ladder"),
            .eligibility: Bilingual("符合条件尚未落户人口", "people who may settle and have not"),
            .services: Bilingual("公共服务对象", "whom public services are for"),
            .decomposition: Bilingual("城镇化率变动的分解", "why the rates changed"),
            .progress: Bilingual("目标进展的计算", "progress towards targets"),
            .transfer: Bilingual("转移支付，各年各版", "transfer payments, every revision"),
            .land: Bilingual("落户对应的建设用地", "building land for the settled"),
            .official: Bilingual("与公布数比较", "beside the published figures"),
            .tasks: Bilingual("24项重点任务", "the 24 tasks"),
            .quality: Bilingual("数据质量账目", "the quality account"),
        ]
        return TableName.allCases.filter { tables.has($0.rawValue) }.map {
            YearlyReport.DataFile(
                path: "\(tables.scope.rawValue)/\($0.rawValue).csv", content: contents[$0]!)
        }
    }

    var provenanceAccount: YearlyReport.ProvenanceAccount {
        YearlyReport.ProvenanceAccount(
            facts: [
                fact("计划", "Plan", Bilingual(both: provenance.planName)),
                fact("计划摘要", "Plan digest (SHA-256)", Bilingual(both: provenance.planDigest)),
                fact("程序", "Program", Bilingual(both: "popstat \(provenance.programVersion)")),
                fact(
                    "区划版本", "Division editions",
                    Bilingual(
                        both: provenance.editions.map(\.description).joined(separator: ", "))),
            ],
            inputs: inputs, balances: balances)
    }

    /// Made from protected tables, for everybody: exact numbers of the run beside those would give
    /// away what the tables hide.
    var isProtected: Bool { tables.scope == .public }

    private var balances: ReportTable? {
        guard !provenance.balances.isEmpty else { return nil }
        var table = ReportTable(
            id: "balances",
            caption: isProtected
                ? Bilingual(
                    "运行中核对的等式（公开报告不列数值）",
                    "Equations that the run asserted (a public report leaves their numbers out)")
                : Bilingual("运行中核对的等式", "Equations that the run asserted"),
            columns: [.text("等式", "Equation")]
                + (isProtected ? [] : [.text("数值", "Numbers")]) + [.text("结果", "Result")])
        table.rows = provenance.balances.map { balance in
            let line = balanceLine(
                Bilingual(both: balance.equation), left: ReportSum(balance.left),
                right: balance.right.map { ReportSum($0) })
            let result =
                line.isHeld
                ? Bilingual("✓ 平衡", "balances") : Bilingual("✗ 不平衡", "does not balance")
            return ReportTable.Row(
                [.text(line.equation)] + (isProtected ? [] : [.text(line.numbers)])
                    + [.text(result)])
        }
        return table
    }

    private var inputs: ReportTable? {
        guard !provenance.inputs.isEmpty else { return nil }
        var table = ReportTable(
            id: "inputs",
            caption: Bilingual("输入文件", "Input files"),
            columns: [.text("文件", "File"), .text("用途", "Role")]
                + (isProtected ? [] : [.number("行数", "Rows", .rowsRead)])
                + [.text("SHA-256", "SHA-256")])
        table.rows = provenance.inputs.map { input in
            let rows = ReportTable.Cell.number(
                input.rowCount.map(ReportNumber.count), else: .notAvailable)
            return ReportTable.Row(
                [.text(input.label), .text(input.role)] + (isProtected ? [] : [rows])
                    + [.text(input.sha256)])
        }
        return table
    }
}
