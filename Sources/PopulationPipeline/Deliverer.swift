import Foundation
import PopulationFigures
import PopulationModel
import PopulationPublish
import PopulationStore

/// Delivers a year's transfer figures to a recipient: names, for good, the edition of the store and
/// the file of the published folder that he was given.
package struct Deliverer {
    /// What a delivery came to.
    package struct Answer: Sendable {
        package var delivery: TransferDelivery
        /// `false` when the recipient was given the same figures already.
        package var isNew: Bool
        /// The revision that he was given before, when there is one.
        package var previousRevision: Int?
    }

    private let output: String
    private let location: StoreLocation
    private let audit: AuditLog

    /// `run` is a plan or a published folder; `store` names the store of a folder whose plan names
    /// one. `audit` is the folder of the audit log, beside the output folder by default.
    package init(run: String, store: String?, audit: String? = nil) throws(PopstatErrors) {
        output = try StoreFinder.output(run)
        location = try StoreFinder.location(store ?? run)
        self.audit = audit.map(AuditLog.init(folder:)) ?? .standard(besideOutput: output)
    }

    /// Of a plan that has just been run into `output`.
    init(plan: Plan, output: String, audit: String?) throws(PopstatErrors) {
        guard let location = plan.storeLocation(output: output) else {
            throw PopstatErrors([StoreFault.missing(place: plan.file).error])
        }
        self.output = output
        self.location = location
        self.audit = audit.map(AuditLog.init(folder:)) ?? .standard(besideOutput: output)
    }

    package func deliver(year: Int, to recipient: String) throws(PopstatErrors) -> Answer {
        let files = try EditionStore(output: output)
        guard let current = files.editions.last(where: { $0.year == year }) else {
            throw PopstatErrors([
                EditionFault.notThere(
                    folder: output, year: year, countyCode: nil,
                    known: Set(files.editions.map(\.year)).sorted().map(String.init)
                ).error
            ])
        }
        guard let published = try LastPublication(output: output)?.identity else {
            throw PopstatErrors(.notPublished(folder: output))
        }
        let plan = published.plan
        let name = EditionStore.name(year, current.revision)
        let sum = files.sha256(ofFile: name) ?? ""
        return try StoreFinder.reading {
            // Not made here: a store without an edition has nothing to deliver.
            _ = try location.reader()
            let store = try location.writer()
            let all = try store.editions().filter { $0.plan == plan }
            let ofYear = all.flatMap { edition in edition.deliveries.map { (edition.id, $0) } }
                .filter { $0.1.year == year }
            try check(current, sum, goesOnFrom: ofYear.map(\.1))
            let received = ofYear.filter { $0.1.recipient == recipient }
                .sorted { ($0.1.deliveredAt, $0.0) < ($1.1.deliveredAt, $1.0) }
            let edition = try self.edition(of: published, with: current, in: store)
            var delivery = TransferDelivery(
                edition: edition.id, recipient: recipient, year: year,
                transferRevision: current.revision, file: "\(EditionStore.folderName)/\(name)",
                sha256: sum, differences: [])
            if let (id, before) = received.last {
                let land = try landDifferences(
                    year, since: received.map(\.0), to: edition.id, of: store)
                if before.sha256 == sum, land.isEmpty {
                    delivery.edition = id
                    // Killed after the store knew of it and before the log did.
                    if try !isInLog(delivery, plan) {
                        try audit.append(.delivered, details(of: delivery, plan))
                    }
                    return Answer(
                        delivery: delivery, isNew: false,
                        previousRevision: before.transferRevision)
                }
                delivery.differences =
                    differences(
                        current,
                        since: files.editions.first {
                            $0.year == year && $0.revision == before.transferRevision
                        }) + land
            }
            // What cannot be recorded is not delivered.
            try audit.prepare()
            try store.record(delivery, at: RunContext.timestamp)
            try audit.append(.delivered, details(of: delivery, plan))
            let previous = received.last?.1.transferRevision
            return Answer(delivery: delivery, isNew: true, previousRevision: previous)
        }
    }

    /// What was delivered of a year has one set of figures for each revision, and no revision after
    /// that of the folder.
    private func check(
        _ current: TransferEdition, _ sha256: String,
        goesOnFrom delivered: [EditionRecord.Delivery]
    ) throws(PopstatError) {
        let other = delivered.first {
            $0.transferRevision == current.revision && $0.sha256 != sha256
        }
        if let taken = other?.recipient {
            throw EditionFault.revisionTaken(
                folder: output, year: current.year, revision: current.revision, recipient: taken
            ).error
        }
        let last = delivered.map(\.transferRevision).max() ?? 0
        if last > current.revision {
            throw EditionFault.revisionBehind(
                folder: output, year: current.year, revision: current.revision, delivered: last
            ).error
        }
    }

    /// The edition that the folder is, which must hold the very rows of the delivered file.
    private func edition(
        of published: PublicationIdentity, with current: TransferEdition, in store: any FigureWriter
    ) throws -> EditionRecord {
        guard let edition = try store.edition(of: published) else {
            throw StoreFault.newerEdition(place: location.label, plan: published.plan).error
        }
        guard try store.tables(ofEdition: edition.id).contains(where: { $0.name == "transfer" })
        else { throw EditionFault.noTransfer(folder: output).error }
        guard try holds(current, in: edition, of: store) else {
            throw StoreFault.newerEdition(place: location.label, plan: published.plan).error
        }
        return edition
    }

    private func details(of delivery: TransferDelivery, _ plan: String) -> [String: String] {
        [
            "plan": plan, "recipient": delivery.recipient, "year": "\(delivery.year)",
            "revision": "\(delivery.transferRevision)", "edition": "\(delivery.edition)",
            "file": delivery.file, "sha256": delivery.sha256,
        ]
    }

    private func isInLog(_ delivery: TransferDelivery, _ plan: String) throws(PopstatErrors) -> Bool
    {
        try audit.prepare()
        let details = details(of: delivery, plan)
        return try audit.verify().contains {
            $0.kind == AuditLog.Kind.delivered.rawValue && $0.details == details
        }
    }

    private func differences(_ current: TransferEdition, since before: TransferEdition?)
        -> [TransferDelivery.Difference]
    {
        guard let before else { return [] }
        return current.changes(from: before).map {
            TransferDelivery.Difference(
                countyCode: $0.countyCode, column: $0.column, before: $0.before, after: $0.after)
        }
    }

    /// Cells of the table land that differ from what the recipient has, by county and column. The
    /// same factors make the land as the transfer, but it has no file of its own: a run that no longer
    /// answers the year has no land of it, which takes nothing away from what was delivered.
    private func landDifferences(
        _ year: Int, since received: [Int], to after: Int, of store: any FigureReader
    ) throws -> [TransferDelivery.Difference] {
        let new = try land(year, ofEdition: after, store)
        guard !new.isEmpty else { return [] }
        var old: [LandCell: String] = [:]
        for edition in received.reversed() where old.isEmpty {
            old = try land(year, ofEdition: edition, store)
        }
        return Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
            .sorted { ($0.county, $0.column) < ($1.county, $1.column) }.map {
                TransferDelivery.Difference(
                    countyCode: $0.county, column: "land.\($0.column)", before: old[$0] ?? "",
                    after: new[$0] ?? "")
            }
    }

    private struct LandCell: Hashable {
        var county: String
        var column: String
    }

    private func land(_ year: Int, ofEdition edition: Int, _ store: any FigureReader) throws
        -> [LandCell: String]
    {
        let columns = try store.tables(ofEdition: edition)
            .first { $0.name == "land" && $0.scope == .internal }?.columns
        guard let columns, let code = columns.firstIndex(of: "county_code") else { return [:] }
        var query = FigureQuery(table: "land", scope: .internal, edition: edition)
        query.conditions = [.oneOf(column: "year", values: ["\(year)"])]
        var cells: [LandCell: String] = [:]
        try store.read(query) { row in
            for (column, value) in zip(columns, row) {
                cells[LandCell(county: row[code], column: column)] = value
            }
        }
        return cells
    }

    /// Whether the store's edition has the very rows of the delivered file.
    private func holds(
        _ edition: TransferEdition, in record: EditionRecord, of store: any FigureReader
    ) throws -> Bool {
        let columns = try store.tables(ofEdition: record.id)
            .first { $0.name == "transfer" && $0.scope == .internal }?.columns
        guard let columns else { return false }
        var query = FigureQuery(table: "transfer", scope: .internal, edition: record.id)
        // The table holds every revision of a year.
        query.conditions = [
            .oneOf(column: "year", values: ["\(edition.year)"]),
            .oneOf(column: "revision", values: ["\(edition.revision)"]),
        ]
        var rows: [[String]] = []
        try store.read(query) { rows.append($0) }
        return rows == edition.rows.map { row in columns.map { edition.field($0, of: row) } }
    }
}
