import PopulationFigures
import PopulationModel

// Tables that a run cannot make, and columns without which one says less.
extension Pipeline {
    func absences(_ territory: Territory, _ extracts: IngestOutcome) -> [TableAbsence] {
        if options.onlyMainTables {
            return [
                "households", "settlement", "balance58", "permits", "ladder", "eligibility",
                "services", "decomposition", "tasks",
            ].map { TableAbsence(table: $0, reason: .notAskedFor) }
        }
        var absences: [TableAbsence] = []
        func add(_ table: String, _ reason: TableAbsence.Reason?) {
            if let reason { absences.append(TableAbsence(table: table, reason: reason)) }
        }
        func column(_ columns: String..., in sources: Source...) -> TableAbsence.Reason? {
            sources.contains { extracts.has(columns, in: $0) } ? nil : .noColumn(columns)
        }
        let noDate: TableAbsence.Reason? = territory.yearlyDates.isEmpty ? .noYearlyDate : nil
        let noPair: TableAbsence.Reason? =
            noDate ?? (territory.yearlyPairs.isEmpty ? .noYearlyPair : nil)
        add("settlement", noPair)
        add("balance58", noDate)
        add("permits", column("permit_issued", in: .residency))
        add("ladder", plan.publish.ladder == nil ? .noKey("publish.ladder") : nil)
        let noDwelling = column("dwelling", in: .residency)
        let noTalent = column("education", "title", in: .registration, .residency)
        if noDwelling != nil, noTalent != nil {
            add("eligibility", .noColumn(["dwelling", "education", "title"]))
        }
        add("decomposition", noPair)
        return absences
    }

    /// Dates at which nobody is counted: more often the extracts of another city, or of later years,
    /// than a city without people.
    func remarksOnEmptyDates(of figures: Figures) -> [Bilingual] {
        let counted = Set(
            figures.urbanization.filter { $0.areaCode == figures.area.code && $0.total > 0 }
                .map(\.date))
        let empty = figures.referenceDates.filter { !counted.contains($0) }.map(\.description)
        if empty.isEmpty { return [] }
        return [
            Bilingual(
                "区域 \(figures.area.code) 在以下时点没有任何户籍人口和常住人口："
                    + empty.joined(separator: "、"),
                "nobody is registered or resident in the area \(figures.area.code) at "
                    + empty.joined(separator: ", "))
        ]
    }

    /// What a slip of the pen makes of a plan, and a run would answer without a word.
    static func remarksOnSlips(_ plan: Plan, _ reference: ReferenceInputs) -> [Bilingual] {
        let today = RunContext.today
        let later = plan.referenceDates.filter { $0 > today }.map(\.description)
        var remarks: [Bilingual] = []
        if !later.isEmpty {
            remarks.append(
                Bilingual(
                    "统计时点 \(later.joined(separator: "、")) 还没有到，其数据只是目前登记的情况；请核对年份",
                    "the reference date \(later.joined(separator: ", ")) has not come, and its "
                        + "figures are what is registered now; check the year"))
        }
        for target in reference.targets where target.percentHundredths < 100 {
            let percent = Decimal2.text(hundredths: target.percentHundredths)
            remarks.append(
                Bilingual(
                    "有目标为 \(percent) %；如指 50 %，请写 50",
                    "a target is \(percent) %; write 50 where 50 % is meant"))
        }
        return remarks
    }

    /// Counties that the rules of 市辖区 and 县级市 pass over, for want of a line in a file.
    static func remarksOnCounties(of territory: Territory) -> [Bilingual] {
        let codes = territory.countiesWithoutKind.map { "\($0)" }
        if codes.isEmpty { return [] }
        return [
            Bilingual(
                "县区文件没有列出 \(codes.joined(separator: "、"))：其中既无市辖区也无县级市，"
                    + "intra_district 和 place 据此计算",
                "the counties file does not name \(codes.joined(separator: ", ")): they count as "
                    + "neither district nor county_city, in intra_district and in place")
        ]
    }

    /// What figures do not tell apart for want of rows or of a column.
    func remarks(on extracts: IngestOutcome, _ territory: Territory) -> [Bilingual] {
        var remarks = Source.allCases.filter { extracts.counts(of: $0).accepted == 0 }.map {
            Bilingual("没有一行\($0.words.zh)被接受", "not one \($0.words.en) row was accepted")
        }
        func remark(_ column: String, in source: Source, _ text: Bilingual) {
            if !extracts.has([column], in: source) {
                remarks.append(
                    Bilingual("数据文件没有 \(column) 列：", "no extract has the column \(column): ")
                        + text)
            }
        }
        if !territory.yearlyPairs.isEmpty {
            remark(
                "cause", in: .registration,
                Bilingual("所有落户的原因都记为 other", "every settlement has the cause other"))
            remark(
                "origin_class", in: .registration,
                Bilingual(
                    "无法识别来自本地区以外的落户", "settlers from outside the area are not known as such"))
            remark(
                "household_no", in: .registration,
                Bilingual("无法识别与家人同户的落户", "settlement with family is not known"))
        }
        remark(
            "permit_issued", in: .residency,
            Bilingual("各表中 permit_holders 均为 0", "permit_holders are 0 in every table"))
        return remarks
    }
}
