import PopulationFigures
import PopulationModel
import PopulationPublish

/// Explains published figures from a published folder alone: no plan, no extract, no personal data.
public enum Explain {
    /// The amount of a county and year down to its factors, for every revision, and what changed
    /// between them; without a county, what changed of every county. `folder` is what `--output` or
    /// `publish.output` named.
    public static func transfer(
        year: Int, countyCode: String?, folder: String, in language: MessageLanguage
    ) throws(PopstatErrors) -> String {
        let all = try EditionStore(output: folder).editions
        let editions = all.filter { $0.year == year }
        let lines =
            countyCode.map {
                TransferExplanation(editions: editions, countyCode: $0).lines(in: language)
            }
            ?? TransferExplanation.differences(editions, in: language)
        guard !lines.isEmpty else {
            throw PopstatErrors([
                EditionFault.notThere(
                    folder: folder, year: year, countyCode: countyCode,
                    known: Set(all.map(\.year)).sorted().map(String.init)
                ).error
            ])
        }
        return lines.joined(separator: "\n")
    }
}
