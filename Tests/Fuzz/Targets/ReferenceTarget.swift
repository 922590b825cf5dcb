import PopulationClassify
import PopulationModel
import PopulationPublish

/// A file of reference data of any bytes: read, or refused with lines; what is read answers for
/// any code, also where changes go in circles.
enum ReferenceTarget {
    private static let divisions =
        "code,class,name\n449901001001,111,A\n449901001002,220,B\n449901001,,T\n449901,,C\n"
    private static let changes =
        "old_code,new_code,effective\n449901001009,449901001001,2018-01-01\n"
    private static let counties = "code,name_zh,name_en,kind\n449901,甲,A,district\n"

    static func finding(_ input: inout FuzzInput) -> String? {
        let choice = input.choice() % 7
        let bytes = Array(input.rest)
        do throws(PopstatErrors) {
            switch choice {
            case 3: _ = try TargetFile.read(bytes, label: "a.csv")
            case 4: _ = try OfficialFile.read(bytes, label: "a.csv")
            case 5: _ = try FactorFile.read(bytes, label: "a.csv")
            case 6: _ = try TaskPlan(bytes, label: "a.csv")
            default: return try territory(bytes, inPlaceOf: choice)
            }
        } catch {
            return error.errors.isEmpty ? "a file is refused without an error" : nil
        }
        return nil
    }

    private static func territory(_ bytes: [UInt8], inPlaceOf choice: Int) throws(PopstatErrors)
        -> String?
    {
        let files = [divisions, changes, counties].enumerated().map { index, text in
            ClassifyStage.File(
                bytes: index == choice ? bytes : Array(text.utf8), label: "\(index).csv")
        }
        guard let date = CalendarDate(iso: "2020-06-30") else { return "no date" }
        let territory = try ClassifyStage.run(
            area: Area(code: "4499")!, dates: [date], divisions: [(date, files[0])],
            changes: files[1], counties: files[2])
        for code: UInt64 in [449_901_001_001, 449_901_001_009, 0, 999_999_999_999] {
            let standing = territory.standing(for: code, inEdition: 0)
            let isKnown = territory.unitClass(of: standing, inEdition: 0) != 0
            if standing != code, !isKnown { return "a code stands for one that is not known" }
        }
        return nil
    }
}
