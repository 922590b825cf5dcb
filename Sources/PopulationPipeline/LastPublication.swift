import PopulationFigures
import PopulationModel
import PopulationStore

/// What lies in an output folder, as the run that published it would have kept it in its store.
struct LastPublication {
    let identity: PublicationIdentity
    private let manifest: Manifest
    private let exact: RunTables
    /// `nil` when there are no public tables.
    private let open: RunTables?

    /// `nil` when nothing was published in the folder yet.
    init?(output: String) throws(PopstatErrors) {
        guard try FileStatus(lookingAt: "\(output)/manifest.json") != nil else { return nil }
        exact = try RunTables(output, scope: .internal)
        open = exact.hasPublicTables ? try RunTables(output, scope: .public) : nil
        manifest = exact.manifest
        var tables: [String: String] = [:]
        for (entry, scope) in Self.entries(of: manifest) {
            tables[PublicationIdentity.name(entry.name, scope)] = entry.sha256
        }
        identity = PublicationIdentity(
            plan: manifest.plan, planDigest: manifest.planDigest,
            // Manifests had none once; then nothing can be told.
            inputsDigest: manifest.inputsDigest ?? "",
            programVersion: manifest.programVersion,
            lastReferenceDate: manifest.referenceDates.last ?? "", tables: tables)
    }

    /// The tables that a store takes, in the order of their publication.
    private static func entries(of manifest: Manifest) -> [(Manifest.Table, TableScope)] {
        let all =
            manifest.tables.map { ($0, TableScope.internal) }
            + (manifest.protection?.tables ?? []).map { ($0, TableScope.public) }
        return all.filter { $0.0.rows <= StoredTable.rowCountMax }
    }

    /// Reads the tables, which are held to their digests.
    func publication() throws(PopstatErrors) -> Publication {
        var tables: [PublishedTable] = []
        for (entry, scope) in Self.entries(of: manifest) {
            guard let csv = try (scope == .internal ? exact : open)?.csv(of: entry.name),
                let meaning = DataDictionary.tables.first(where: { $0.name == entry.name }),
                let table = Table(name: entry.name, keyCount: meaning.keyCount, csv: csv)
            else {
                throw PopstatErrors(
                    .tableChanged(path: "\(exact.path)/\(scope.rawValue)/\(entry.name).csv"))
            }
            tables.append(PublishedTable(table, scope: scope))
        }
        return Publication(
            plan: identity.plan, area: manifest.area, planDigest: identity.planDigest,
            inputsDigest: identity.inputsDigest, programVersion: identity.programVersion,
            referenceDates: manifest.referenceDates, tables: tables)
    }
}
