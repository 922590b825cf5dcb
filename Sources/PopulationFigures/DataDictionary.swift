/// What every published column means: unit, source and rule. `Reports/dictionary.md` is written from
/// it, and tests hold both to the tables, so that none of them drifts.
///
/// Tables that only some plans give are in it as well; columns stand in the order of the file.
package enum DataDictionary {
    /// In the order of SPEC 6.
    package static let tables: [TableMeaning] = [
        urbanization, population, units, migration, households, settlement, balance58, permits,
        ladder, eligibility, services, transfer, land, decomposition, progress, official, tasks,
        quality,
    ]

    /// One table and its columns.
    package struct TableMeaning: Sendable, Equatable {
        package var name: String
        /// What one row stands for, after "one row per".
        package var grain: String
        package var columns: [ColumnMeaning]

        package var keyCount: Int { columns.count { $0.isKey } }

        /// One column per line: `name | unit | meaning | source | rule`; a key begins with `*`.
        init(_ name: String, oneRowPer grain: String, _ lines: String) {
            self.name = name
            self.grain = grain
            columns = lines.split(separator: "\n").map { line in
                let parts = line.split(separator: "|", omittingEmptySubsequences: false)
                    .map(Self.trimmed)
                precondition(parts.count == 5, "\(name): five parts of a column: \(line)")
                let isKey = parts[0].hasPrefix("*")
                return ColumnMeaning(
                    name: isKey ? String(parts[0].dropFirst()) : parts[0], isKey: isKey,
                    unit: parts[1], meaning: parts[2], source: parts[3], rule: parts[4])
            }
        }

        private static func trimmed(_ part: Substring) -> String {
            var text = part.drop { $0 == " " }
            while text.last == " " { text.removeLast() }
            return String(text)
        }
    }

    /// One column of a table.
    package struct ColumnMeaning: Sendable, Equatable {
        package var name: String
        package var isKey: Bool
        package var unit: String
        package var meaning: String
        /// The inputs that it is made from.
        package var source: String
        /// Where its rule is written.
        package var rule: String
    }

    /// The whole dictionary as a page.
    package static var markdown: String {
        var text = """
            # Data dictionary

            Every column of every published table: unit, meaning, source, and where its rule is
            written (SPEC is the contract of popstat, `domain` its collection of facts). This page
            is written from `Sources/PopulationFigures/DataDictionary*.swift`; a test holds it to
            the code and the code to the tables.

            Files are `internal/TABLE.csv`, exact, and for release dates `public/TABLE.csv`: there
            `[c]` stands for a number that is hidden to protect persons, and `OBS_STATUS` is the last
            column, `Q` where a number of the row is hidden, else `A`. Both are UTF-8, LF, one
            header row, rows sorted by key left to right as text by bytes (age groups by lower
            bound). Numbers are plain, without thousands separators; an empty cell means not
            applicable. A rate is rounded once, half away from zero, from the exact fraction, and a
            target is tested on the fraction. Columns of the key are marked *key*. A table that a
            plan cannot fill is absent, and log and report say why.

            """
        for table in tables {
            text += "\n## \(table.name)\n\nOne row per \(table.grain).\n\n"
            text += "| column | unit | meaning | source | rule |\n|---|---|---|---|---|\n"
            for column in table.columns {
                let name = "`\(column.name)`" + (column.isKey ? " *key*" : "")
                text +=
                    "| \(name) | \(column.unit) | \(column.meaning) | \(column.source) | "
                    + "\(column.rule) |\n"
            }
        }
        return text
    }
}
