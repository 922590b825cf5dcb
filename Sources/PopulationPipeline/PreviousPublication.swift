import PopulationFigures
import PopulationModel
import PopulationPublish

/// What was published last in the output folder, as far as gates ask for it: held to the digests
/// of its manifest.
struct PreviousPublication {
    /// By source.
    let rowsRead: [String: Int]
    /// Ascending.
    let dates: [String]
    private let totals: [Key: Int]

    private struct Key: Hashable {
        var date: String
        var area: String
        var concept: String
    }

    /// `nil` when nothing was published in the folder yet.
    init?(output: String) throws(PopstatErrors) {
        guard try FileStatus(lookingAt: "\(output)/manifest.json") != nil else { return nil }
        let tables = try RunTables(output, scope: .internal)
        rowsRead = tables.manifest.rows.mapValues(\.read)
        dates = tables.manifest.referenceDates.sorted()
        var totals: [Key: Int] = [:]
        let name = TableName.urbanization.rawValue
        if let csv = try tables.csv(of: name), let table = Table(name: name, csv: csv) {
            let indexes = ["reference_date", "area_code", "concept", "total"].compactMap {
                table.columns.firstIndex(of: $0)
            }
            for row in table.rows where indexes.count == 4 {
                let words = indexes.map { row[$0] }
                totals[Key(date: words[0], area: words[1], concept: words[2])] = Int(words[3])
            }
        }
        self.totals = totals
    }

    /// Persons of an area at a date; `nil` when they are not in what was published.
    func total(_ date: String, _ area: String, _ concept: Concept) -> Int? {
        totals[Key(date: date, area: area, concept: concept.rawValue)]
    }

    /// Areas of six digits that had persons at a date.
    func counties(_ date: String, _ concept: Concept) -> [String] {
        totals.filter {
            $0.key.date == date && $0.key.concept == concept.rawValue && $0.value > 0
                && $0.key.area.utf8.count == 6
        }.map(\.key.area).sorted()
    }
}
