import Foundation
import PopulationFigures
import PopulationModel

/// The options of `popstat init`, read and checked, all faults of them at once.
struct PlanDraftValues {
    let plan: String
    let name: String
    let area: Area
    let output: String
    let work: String?
    let referenceDates: [CalendarDate]
    let releaseDates: [CalendarDate]
    /// Edition and file.
    let divisions: [(date: CalendarDate, file: String)]
    let target: (percent: String, date: CalendarDate)?
    let columns: [(column: String, header: String)]

    init(_ request: PlanDraft.Request) throws(PopstatErrors) {
        var reader = Reader()
        let plan = reader.needed("--plan", request.plan, "--plan nightly.yaml")
        let areaCode = reader.needed("--area", request.area, "--area 4499")
        let output = reader.needed("--output", request.output, "--output figures")
        let dates = reader.needed(
            "--reference-dates", request.referenceDates,
            "--reference-dates 2015-12-31,2020-12-31")
        _ = reader.needed(
            "--divisions", request.divisions.first, "--divisions 2020-06-30=divisions-2020.csv")
        let extracts = request.extracts + request.registration + request.residency
        _ = reader.needed("--extract", extracts.first, "--extract a.csv --extract b.csv.gz")
        let area = Area(code: areaCode)
        if !areaCode.isEmpty, area == nil {
            reader.bad(
                "--area", areaCode, Bilingual("代码（2、4 或 6 位数字）", "a code of 2, 4 or 6 digits"))
        }
        referenceDates = reader.dates("--reference-dates", dates)
        releaseDates = reader.dates("--release-dates", request.releaseDates ?? "")
        divisions = request.divisions.compactMap { reader.edition($0) }
        columns = request.columns.compactMap { reader.column($0) }
        target = reader.target(request)
        guard reader.faults.isEmpty, let area else { throw PopstatErrors(reader.faults) }
        self.plan = plan
        self.area = area
        self.output = Self.absolute(output)
        work = request.work.map(Self.absolute)
        let stem = ((plan as NSString).lastPathComponent as NSString).deletingPathExtension
        name = request.name ?? stem
    }

    static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }

    private struct Reader {
        var faults: [PopstatError] = []

        mutating func bad(_ option: String, _ found: String, _ expected: Bilingual) {
            faults.append(
                PlanDraftFault.badOption(option: option, found: found, expected: expected).error)
        }

        mutating func needed(_ option: String, _ value: String?, _ example: String) -> String {
            if let value, !value.isEmpty { return value }
            faults.append(PlanDraftFault.optionMissing(option: option, example: example).error)
            return ""
        }

        mutating func dates(_ option: String, _ text: String) -> [CalendarDate] {
            var dates: Set<CalendarDate> = []
            for part in text.split(separator: ",") {
                let trimmed = part.trimmingCharacters(in: .whitespaces)
                guard let date = CalendarDate(iso: trimmed) else {
                    bad(
                        option, trimmed,
                        Bilingual(
                            "以逗号分隔的日期（yyyy-mm-dd）", "dates yyyy-mm-dd with commas between them"))
                    continue
                }
                dates.insert(date)
            }
            return dates.sorted()
        }

        mutating func edition(_ text: String) -> (date: CalendarDate, file: String)? {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let date = CalendarDate(iso: parts[0]) else {
                bad(
                    "--divisions", text,
                    Bilingual(
                        "形如 DATE=FILE，例如 2020-06-30=divisions-2020.csv",
                        "DATE=FILE, such as 2020-06-30=divisions-2020.csv"))
                return nil
            }
            return (date, PlanDraftValues.absolute(parts[1]))
        }

        mutating func column(_ text: String) -> (column: String, header: String)? {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                bad(
                    "--column", text,
                    Bilingual(
                        "形如 COLUMN=HEADER，例如 citizen_id=sfzhm",
                        "COLUMN=HEADER, such as citizen_id=sfzhm"))
                return nil
            }
            let names = Source.allCases.flatMap { Column.all(of: $0).map(\.name) }
            guard names.contains(parts[0]) else {
                faults.append(
                    PlanDraftFault.unknownColumn(
                        found: parts[0], nearest: nearestWord(to: parts[0], among: names)
                    ).error)
                return nil
            }
            return (parts[0], parts[1].trimmingCharacters(in: .whitespaces))
        }

        /// Without a word, popstat takes the task plan's own: 50 % by 2020.
        mutating func target(_ request: PlanDraft.Request)
            -> (percent: String, date: CalendarDate)?
        {
            guard request.target != nil || request.by != nil else { return nil }
            if request.targets != nil {
                faults.append(
                    PlanDraftFault.optionsExclude(first: "--target", second: "--targets").error)
            }
            let percent = request.target ?? "50"
            if Target.percentHundredths(percent) == nil {
                bad(
                    "--target", percent,
                    Bilingual(
                        "百分数（0 至 100，至多 2 位小数）",
                        "a percentage from 0 to 100 with at most 2 decimals"))
            }
            let by = request.by ?? "2020"
            guard let date = CalendarDate(iso: by.utf8.count == 4 ? "\(by)-12-31" : by) else {
                bad("--by", by, Bilingual("年份或日期（yyyy-mm-dd）", "a year or a date yyyy-mm-dd"))
                return nil
            }
            return (percent, date)
        }
    }
}
