import PopulationFigures
import PopulationStore
import Synchronization

/// Which edition holds which table, for one caller at a time.
///
/// Editions never change, so that what one holds is asked of the store once.
final class FigureCatalog: Sendable {
    let reader: any FigureReader
    private let tables = Mutex<[EditionRecord.Identity: [StoredTable]]>([:])

    init(reader: any FigureReader) { self.reader = reader }

    /// A table of one edition, and the edition that its rows are compared with.
    struct Choice: Sendable {
        var edition: EditionRecord
        var table: StoredTable
        /// When the figures came to be what they are.
        var modified: String
        /// The year that was delivered, and the revision of its transfer.
        var delivered: (year: Int, revision: Int)?
        /// Of `updatedAfter`: the edition that held at that time; `nil` when there was none.
        var base: EditionRecord?
    }

    /// Oldest first.
    func editions() throws -> [EditionRecord] { try reader.editions() }

    func table(_ name: String, for scope: AccessScope, in edition: EditionRecord) throws
        -> StoredTable?
    {
        try tables(in: edition).first { $0.name == name && $0.scope == scope.form(of: name) }
    }

    /// The tables of an edition that the scope may see.
    func tables(for scope: AccessScope, in edition: EditionRecord) throws -> [StoredTable] {
        try tables(in: edition).filter { $0.scope == scope.form(of: $0.name) }
    }

    /// The newest edition of each table that the scope may see, in the order of SPEC 6.
    func newest(for scope: AccessScope, plan: String? = nil) throws -> [Choice] {
        var found: [String: Choice] = [:]
        for edition in try editions().reversed() where plan == nil || edition.plan == plan {
            for table in try tables(for: scope, in: edition) where found[table.name] == nil {
                found[table.name] = Choice(
                    edition: edition, table: table, modified: edition.validFrom)
            }
        }
        let order = DataDictionary.tables.map(\.name)
        return order.compactMap { found.removeValue(forKey: $0) }
            + found.keys.sorted().compactMap { found[$0] }
    }

    /// The edition that a request is about. Who may not see a table learns the same whether it is
    /// there or not; who may is told what is missing.
    func choice(of request: FigureRequest, for caller: Caller) throws -> Choice {
        let scope = caller.scope
        let isExact = scope.form(of: request.table) == .internal
        if request.delivered != nil, !isExact { throw refusal(of: caller) }
        let editions = try editions()
        let holding = try editions.reversed().lazy.filter {
            try self.table(request.table, for: scope, in: $0) != nil
        }
        guard holding.first != nil else {
            guard isExact else { throw refusal(of: caller) }
            throw Refusal.noSuchTable(
                known: scope == .statistics
                    ? try newest(for: scope).map(\.table.name)
                    : AccessScope.financeTables.sorted())
        }
        let ofPlan = holding.filter { request.plan == nil || $0.plan == request.plan }
        if let year = request.delivered {
            return try delivery(request, year: year, among: Array(ofPlan), scope: scope)
        }
        let chosen = ofPlan.first { edition in
            if let id = request.edition { return edition.id == id }
            return request.asOf.map { edition.validFrom <= $0 } ?? true
        }
        guard let chosen, let table = try table(request.table, for: scope, in: chosen) else {
            throw Refusal.noSuchEdition
        }
        var choice = Choice(edition: chosen, table: table, modified: chosen.validFrom)
        if let time = request.updatedAfter {
            choice.base = ofPlan.first {
                $0.plan == chosen.plan && $0.id <= chosen.id && $0.validFrom <= time
            }
        }
        return choice
    }

    private func delivery(
        _ request: FigureRequest, year: Int, among editions: [EditionRecord], scope: AccessScope
    ) throws -> Choice {
        let deliveries = editions.flatMap { edition in
            edition.deliveries(seenBy: scope).filter { $0.year == year }
                .map { (edition: edition, delivery: $0) }
        }
        let chosen = deliveries.filter {
            request.revision == nil || $0.delivery.transferRevision == request.revision
        }.max {
            ($0.delivery.deliveredAt, $0.edition.id) < ($1.delivery.deliveredAt, $1.edition.id)
        }
        guard let chosen, let table = try table(request.table, for: scope, in: chosen.edition)
        else { throw Refusal.notDelivered }
        return Choice(
            edition: chosen.edition, table: table, modified: chosen.delivery.deliveredAt,
            delivered: (year, chosen.delivery.transferRevision))
    }

    private func refusal(of caller: Caller) -> Refusal {
        caller.name == nil ? .signIn : .notForScope
    }

    private func tables(in edition: EditionRecord) throws -> [StoredTable] {
        let identity = edition.identity
        if let known = tables.withLock({ $0[identity] }) { return known }
        let read = try reader.tables(ofEdition: edition.id)
        tables.withLock { $0[identity] = read }
        return read
    }

    /// Whether another store took the place of the one that an edition was chosen from, with an edition
    /// of the same number: what was read meanwhile may be of that one.
    func isReplaced(_ edition: EditionRecord) throws -> Bool {
        try editions().contains { $0.id == edition.id && $0.identity != edition.identity }
    }
}

extension EditionRecord {
    /// What was delivered to others is the bureau's to know.
    func deliveries(seenBy scope: AccessScope) -> [Delivery] {
        scope == .statistics ? deliveries : deliveries.filter { $0.recipient == scope.rawValue }
    }
}
