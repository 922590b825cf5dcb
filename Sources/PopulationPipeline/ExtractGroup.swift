import PopulationIngest
import PopulationModel

/// Extracts with the same header, and what was guessed of it.
struct ExtractGroup {
    var labels: [String]
    var encodings: Set<String>
    var preview: ExtractPreview
    /// As the user named it; `nil` where it has to be told from the header.
    var givenSource: Source?

    /// The first rows tell what a column holds; more of them tell no more.
    static let rowsMax = 500

    /// Extracts by their headers, in the order of their labels.
    static func groups(of extracts: [PlanDraft.Extract]) throws(PopstatErrors) -> [ExtractGroup] {
        var groups: [ExtractGroup] = []
        var faults: [PopstatError] = []
        for extract in extracts {
            do throws(PopstatErrors) {
                let preview = try ExtractPreview(
                    path: extract.path, label: extract.label, rowsMax: rowsMax)
                let place = groups.firstIndex {
                    $0.preview.headers == preview.headers && $0.givenSource == extract.source
                }
                if let place {
                    groups[place].add(extract.label, preview)
                } else {
                    groups.append(
                        ExtractGroup(
                            labels: [extract.label], encodings: [preview.encodingName],
                            preview: preview, givenSource: extract.source))
                }
            } catch { faults += error.errors }
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        return groups
    }

    private mutating func add(_ label: String, _ more: ExtractPreview) {
        labels.append(label)
        encodings.insert(more.encodingName)
        let room = Self.rowsMax - preview.rows.count
        // Each file gives some: one may hold nothing but one kind of row.
        preview = ExtractPreview(
            encodingName: preview.encodingName, headers: preview.headers,
            rows: preview.rows + more.rows.prefix(max(room, Self.rowsMax / 5)))
    }

    /// The source that the header, else the file's name, speaks for.
    func guess(area: Area, given: [(column: String, header: String)]) throws(PopstatErrors)
        -> HeaderGuess
    {
        let guesses = Source.allCases.map {
            HeaderGuess(preview, source: $0, area: area, given: given)
        }
        // No name that is known and a number: a row stands where the header should.
        if guesses.allSatisfy({ $0.nameCount == 0 }),
            let separator = OtherSeparator(in: preview.headers)
        {
            throw PopstatErrors(
                [IngestFault.otherSeparator(label: labels[0], separator: separator).error])
        }
        if guesses.allSatisfy({ $0.nameCount == 0 }),
            !preview.headers.allSatisfy(ExtractPreview.mayBeShown)
        {
            throw ExtractPreview.noHeader(label: labels[0])
        }
        if let givenSource { return guesses.first { $0.source == givenSource }! }
        let ranked = guesses.sorted { $0.ownCount > $1.ownCount }
        if ranked[0].ownCount > ranked[1].ownCount { return ranked[0] }
        let name = (labels[0].split(separator: "/").last ?? "").lowercased()
        let named = guesses.filter { guess in
            Self.fileWords[guess.source]!.contains { name.contains($0) }
        }
        guard named.count == 1 else { throw PopstatErrors(.sourceUnclear(label: labels[0])) }
        return named[0]
    }

    private static let fileWords: [Source: [String]] = [
        .registration: ["registration", "czrk", "hjrk", "户籍", "常住人口"],
        .residency: ["residency", "residence", "ldrk", "jzz", "居住", "流动人口"],
    ]
}
