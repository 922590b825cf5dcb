import PopulationModel

/// The README of a sample: what it is, what made it, and the ledger as a table.
package struct SampleReadMe {
    package let specification: SampleSpecification
    package let ledger: SampleLedger

    static let title = "# A fictitious prefecture, 4499 汀澜市"

    /// Whether a file begins as the README of a sample does.
    static func isOne(at path: String) -> Bool {
        // What cannot be read is none.
        (try? WholeFile.read(path))?.starts(with: title.utf8) ?? false
    }

    package var text: String {
        """
        \(Self.title)

        Every person, number, name, place and move here is invented: identity numbers begin with
        4499, a code that was never given to a prefecture. The same command gives the same bytes.

        ```
        \(command)
        ```

        | | |
        |---|---|
        | citizens | \(specification.citizens), and those of the planted cases |
        | seed | \(specification.seed) |
        | registration | \(specification.registrationFiles) files, \(ledger.rows[0]) rows |
        | residency | \(specification.residencyFiles) files, \(ledger.rows[1]) rows |
        | reference dates | 31 December of 2015 to 2020 |
        | plan | `plan.yaml` |

        ## What is in it, by count

        The words under *counted as* are the measures and reasons of the table `quality`; `future`
        is a reason of `superseded`. `rule` is a case of the rules and `spelling` a way to write a
        field, record or file: a run counts neither. Cases are counted once, wherever their rows
        stand; everything else in rows, or in fields or files for spellings.

        | kind | counted as | registration | residency |
        |---|---|---|---|
        \(tableLines)

        """
    }

    private var command: String {
        let usual = SampleSpecification(
            citizens: specification.citizens, seed: specification.seed,
            isClean: specification.isClean)
        let spelling = specification.cleanSpelling
        return "popstat sample --citizens \(specification.citizens) --seed \(specification.seed)"
            + (specification.isClean ? " --clean" : "")
            + (spelling == usual.cleanSpelling ? "" : " --spelling \(spelling.rawValue)")
            + (specification.units == usual.units ? "" : " --units \(specification.units)")
            + " --output SampleData"
    }

    private var tableLines: String {
        SampleKind.allCases.compactMap { kind -> String? in
            let counts = Source.allCases.map { ledger[kind, $0] }
            guard counts.contains(where: { $0 > 0 }) else { return nil }
            let reasons = Source.allCases.filter { ledger[kind, $0] > 0 }
                .map { kind.reason(in: $0) }
                .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
                .joined(separator: " / ")
            let cells = counts.map { $0 > 0 ? "\($0)" : "" }
            let measure = kind.measure.rawValue + (reasons.isEmpty ? "" : " \(reasons)")
            return "| \(kind.words) | \(measure) | \(cells[0]) | \(cells[1]) |"
        }.joined(separator: "\n")
    }
}
