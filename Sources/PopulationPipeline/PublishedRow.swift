import PopulationFigures
import PopulationModel
import PopulationPublish

/// Rows of the exact tables of a published folder, looked up by their key.
enum PublishedRow {
    /// The one row whose key holds all the words, each in a column of its own.
    static func find(
        _ words: [String], in meaning: DataDictionary.TableMeaning, of folder: RunFolder
    ) throws(PopstatErrors) -> [String] {
        let keys = meaning.columns.filter(\.isKey).map(\.name)
        let rows = try rows(of: meaning.name, columns: meaning.columns.map(\.name), folder)
        let matches = rows.filter { holds(words, in: $0.prefix(keys.count)) }
        guard matches.count != 1 else { return matches[0] }
        let open = keys.indices.filter { index in
            Set(matches.map { $0[index] }).count > 1
        }.map { keys[$0] }
        throw PopstatErrors(
            .noSingleRow(
                table: meaning.name, words: words, keys: keys, rowCount: matches.count,
                open: open))
    }

    /// The rows of each source by what became of them, with how many files there were.
    static func sources(of folder: RunFolder) throws(PopstatErrors)
        -> [FigureExplanation.SourceRows]
    {
        let measures = [
            "read", "rejected", "out_of_scope", "revoked", "accepted", "exact_duplicate", "voided",
            "superseded", "in_force",
        ]
        let rows = try rows(
            of: TableName.quality.rawValue, columns: ["source", "measure", "reason", "rows"],
            folder)
        return Source.allCases.map { source in
            .init(
                source: source.rawValue,
                fileCount: folder.manifest.inputs.count { $0.role == source.rawValue },
                rows: measures.map { measure in
                    (
                        measure,
                        rows.filter { $0[0] == source.rawValue && $0[1] == measure }
                            .reduce(0) { $0 + (Int($1[3]) ?? 0) }
                    )
                })
        }
    }

    /// Whether the words can be given columns of their own; a word may fit several columns.
    private static func holds(_ words: [String], in key: ArraySlice<String>) -> Bool {
        guard let word = words.first else { return true }
        return key.indices.contains { index in
            guard key[index] == word else { return false }
            var rest = key
            rest.remove(at: index)
            return holds(Array(words.dropFirst()), in: rest)
        }
    }

    private static func rows(of table: String, columns: [String], _ folder: RunFolder)
        throws(PopstatErrors) -> [[String]]
    {
        let path = "\(folder.path)/\(TableScope.internal.rawValue)/\(table).csv"
        let bytes = try RunFolder.readFile(path)
        guard let entry = folder.manifest.tables.first(where: { $0.name == table }),
            entry.sha256 == InputDigest.of(bytes)
        else { throw PopstatErrors(.tableChanged(path: path)) }
        do throws(PopstatErrors) {
            let file = try ReferenceTable(bytes, label: path, needing: columns, stage: .publish)
            return file.rows.map { row in columns.map { file.field($0, of: row) } }
        } catch { throw PopstatErrors(.tableChanged(path: path)) }
    }
}
