import PopulationModel
import PopulationStore

// The key `publish.store`: where published figures are kept as editions.
extension PlanReader {
    mutating func store(_ node: PlanNode, _ path: String) -> Plan.Store? {
        if case .text(let text) = node.content {
            if text == "none" { return Plan.Store.none }
            add(
                .wrongForm(key: Bilingual(both: path), expected: Self.storeForms, found: node.form),
                at: node.mark)
            return nil
        }
        guard let section = section(node, path, required: [], optional: ["sqlite", "postgres"])
        else { return nil }
        let sqlite = read("sqlite", of: section) { $0.storeFile($1, $2) }
        let postgres = read("postgres", of: section) { $0.connection($1, $2) }
        guard (section["sqlite"] == nil) != (section["postgres"] == nil) else {
            add(
                .wrongForm(key: Bilingual(both: path), expected: Self.storeForms, found: node.form),
                at: node.mark)
            return nil
        }
        return sqlite.map { .sqlite($0) } ?? postgres.map { .postgres(connection: $0) }
    }

    private static let storeForms = Bilingual(
        "键 sqlite 和 postgres 之一，或 none", "none, or one of the keys sqlite and postgres")

    /// A file that a run makes when it is not there.
    private mutating func storeFile(_ node: PlanNode, _ key: String) -> PlanPath? {
        guard let written = text(node, key) else { return nil }
        let path = folder.resolve(written)
        if let status = FileStatus(of: path.path), !status.isFile {
            add(.notAFile(label: path.label), at: node.mark)
        }
        return path
    }

    private mutating func connection(_ node: PlanNode, _ key: String) -> String? {
        guard let text = text(node, key) else { return nil }
        if StoreLocation.postgres(connection: text).holdsPassword {
            add(.passwordInPlan(key: key), at: node.mark)
        }
        return text
    }
}
