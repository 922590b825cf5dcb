import PopulationFigures
import PopulationModel
import PopulationPublish

/// Explains published figures from a published folder alone: no plan, no extract, no personal data.
public enum Explain {
    /// The amount of a county and year down to its factors, for every revision, and what changed
    /// between them; without a county, what changed of every county. `run` is a plan or a published
    /// folder.
    public static func transfer(
        year: Int, countyCode: String?, run: String, in language: MessageLanguage
    ) throws(PopstatErrors) -> String {
        let folder = try StoreFinder.output(run)
        let all = try EditionStore(output: folder).editions
        let editions = all.filter { $0.year == year }
        let lines =
            countyCode.map {
                TransferExplanation(editions: editions, countyCode: $0).lines(in: language)
            }
            ?? TransferExplanation.differences(editions, in: language)
        guard !lines.isEmpty else {
            throw PopstatErrors([notThere(year, countyCode, among: all, in: folder).error])
        }
        return lines.joined(separator: "\n")
    }

    /// Lists the years, or the counties where it is the county that is missing.
    private static func notThere(
        _ year: Int, _ countyCode: String?, among all: [TransferEdition], in folder: String
    ) -> EditionFault {
        let counties = all.filter { $0.year == year }.flatMap { edition in
            edition.rows.map { edition.field("county_code", of: $0) }
        }
        let isCounty = countyCode != nil && !counties.isEmpty
        return .notThere(
            folder: folder, year: year, countyCode: isCounty ? countyCode : nil,
            known: isCounty
                ? Set(counties).sorted() : Set(all.map(\.year)).sorted().map(String.init))
    }
}
