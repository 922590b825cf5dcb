import PopulationFigures
import PopulationModel
import PopulationPublish

/// Explains published figures from a published folder alone: no plan, no extract, no personal data.
public enum Explain {
    /// The amount of a county and year down to its factors, for every revision, and what changed
    /// between them. `folder` is what `--output` or `publish.output` named.
    public static func transfer(year: Int, countyCode: String, folder: String)
        throws(PopstatErrors) -> String
    {
        let editions = try EditionStore(output: folder).editions
        let lines = TransferExplanation(
            editions: editions.filter { $0.year == year }, countyCode: countyCode
        ).lines
        guard !lines.isEmpty else {
            throw PopstatErrors([
                EditionFault.notThere(
                    folder: folder, year: year, countyCode: countyCode,
                    known: Set(editions.map(\.year)).sorted().map(String.init)
                ).error
            ])
        }
        return lines.joined(separator: "\n")
    }
}
