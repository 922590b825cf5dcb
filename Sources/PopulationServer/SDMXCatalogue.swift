import PopulationFigures
import PopulationStore
import Synchronization

/// A table that a caller may see, in one edition.
struct SDMXHolding: Sendable, Hashable {
    var edition: EditionRecord.Identity
    var table: String
    var scope: TableScope
}

/// What the store holds for one caller at the time of a request.
struct SDMXCatalogue: Sendable {
    let reader: any FigureReader
    let editions: [EditionRecord]
    private let mayRead: @Sendable (String, TableScope) -> Bool
    private let tables: [Int: [StoredTable]]

    init(
        reader: any FigureReader, contents: SDMXEditionContents,
        mayRead: @escaping @Sendable (String, TableScope) -> Bool
    ) throws {
        self.reader = reader
        self.mayRead = mayRead
        editions = try reader.editions()
        tables = try contents.tables(of: editions, reader)
    }

    /// The table as an edition holds it: exact where the caller may see it so, else protected.
    func table(_ name: String, in edition: EditionRecord) -> StoredTable? {
        let forms = (tables[edition.id] ?? []).filter { $0.name == name && mayRead(name, $0.scope) }
        return forms.first { $0.scope == .internal } ?? forms.first
    }

    /// Editions that hold a table, oldest first, published at `asOf` at the latest.
    func editions(of table: String, asOf: String?) -> [EditionRecord] {
        editions.filter {
            (asOf == nil || $0.validFrom <= asOf!) && self.table(table, in: $0) != nil
        }
    }

    /// The dataflows that the caller may see, in the order of the data dictionary.
    var structures: [SDMXStructure] {
        SDMXStructure.all.filter { structure in
            editions.contains { table(structure.table.name, in: $0) != nil }
        }
    }

    /// When the newest edition was published; structures are prepared then.
    var prepared: String { editions.last?.validFrom ?? "1970-01-01T00:00:00Z" }
}

/// The tables of each edition, asked for once: an edition never changes, and there is one a night.
final class SDMXEditionContents: Sendable {
    private let known = Mutex<[EditionRecord.Identity: [StoredTable]]>([:])

    func tables(
        of editions: [EditionRecord], _ reader: any FigureReader
    ) throws -> [Int: [StoredTable]] {
        var tables = known.withLock { $0 }
        let count = tables.count
        for edition in editions where tables[edition.identity] == nil {
            tables[edition.identity] = try reader.tables(ofEdition: edition.id)
        }
        if tables.count > count { known.withLock { [tables] in $0 = tables } }
        return Dictionary(
            uniqueKeysWithValues: editions.map { ($0.id, tables[$0.identity] ?? []) })
    }
}

/// The codes of lists that only the data know, found by reading a table once for each edition.
///
/// Cost: one pass over the table at the first question, some 100 bytes a code from then on.
final class SDMXOccurringCodes: Sendable {
    /// Codes by dimension, and names by code of the dimension that has names.
    struct Codes: Sendable {
        var codes: [String: Set<String>] = [:]
        var names: [String: [String: String]] = [:]
    }

    private let found = Mutex<[SDMXHolding: Codes]>([:])
    /// Tables of the newest editions; what is older is found again when it is asked for.
    private let holdingsMax = 64

    func codes(
        of structure: SDMXStructure, in edition: EditionRecord, catalogue: SDMXCatalogue,
        limits: SDMXLimits
    ) throws -> Codes {
        guard let table = catalogue.table(structure.table.name, in: edition) else { return Codes() }
        let holding = SDMXHolding(edition: edition.identity, table: table.name, scope: table.scope)
        var codes: Codes
        if let known = found.withLock({ $0[holding] }) {
            codes = known
        } else {
            codes = try Self.read(structure, table, edition, catalogue.reader, limits)
            found.withLock { [codes] in
                if $0.count >= holdingsMax { $0.removeAll() }
                $0[holding] = codes
            }
        }
        let area = SDMXStructure.area
        if codes.names[area] == nil, let areas = codes.codes[area] {
            codes.names[area] = try areaNames(besides: structure, edition, catalogue, limits)
                .filter { areas.contains($0.key) }
        }
        return codes
    }

    /// Names of areas, for tables of codes alone: from the table of the same edition that has them.
    /// What the caller may see of that one is not what all may, so these are not kept.
    private func areaNames(
        besides other: SDMXStructure, _ edition: EditionRecord, _ catalogue: SDMXCatalogue,
        _ limits: SDMXLimits
    ) throws -> [String: String] {
        let structure = SDMXStructure.all.first { structure in
            structure.table.columns.contains { $0.name == "area_name" }
        }
        guard let structure, structure.table.name != other.table.name else { return [:] }
        do {
            return try codes(of: structure, in: edition, catalogue: catalogue, limits: limits)
                .names[SDMXStructure.area] ?? [:]
        } catch SDMXFault.tooLarge {
            // Codes stand for themselves where there are more than can be listed.
            return [:]
        }
    }

    private static func read(
        _ structure: SDMXStructure, _ table: StoredTable, _ edition: EditionRecord,
        _ reader: any FigureReader, _ limits: SDMXLimits
    ) throws -> Codes {
        var words: [String: Set<String>] = [:]
        var codes = Codes()
        let places = Dictionary(
            table.columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let dimensions = structure.dimensions.compactMap {
            dimension -> (id: String, place: Int, name: Int?, list: SDMXCodeList)? in
            guard case .column(let column) = dimension.source, let list = dimension.codeList,
                let place = places[column]
            else { return nil }
            return (dimension.id, place, list.nameColumn.flatMap { places[$0] }, list)
        }
        var count = 0
        let query = FigureQuery(table: table.name, scope: table.scope, edition: edition.id)
        try reader.read(query) { row in
            for dimension in dimensions {
                let word = row[dimension.place]
                guard words[dimension.id, default: []].insert(word).inserted else { continue }
                count += 1
                guard count <= limits.listedCodesMax else {
                    throw SDMXFault.tooLarge(what: "codes", max: limits.listedCodesMax)
                }
                let code = dimension.list.code(of: word)
                codes.codes[dimension.id, default: []].insert(code)
                guard let place = dimension.name, !row[place].isEmpty else { continue }
                codes.names[dimension.id, default: [:]][code] = row[place]
            }
        }
        return codes
    }
}
