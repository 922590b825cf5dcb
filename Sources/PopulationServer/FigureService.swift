internal import Crypto
import Foundation
import PopulationFigures
import PopulationModel
import PopulationStore

internal import Hummingbird

/// Answers requests for figures: chooses the edition, reads the rows, writes them as bytes, and keeps
/// what many ask for.
final class FigureService: Sendable {
    let catalog: FigureCatalog
    let limits: ServerLimits
    private let cache: AnswerCache
    /// Of every kind of answer together.
    let underWay: BytesUnderWay

    init(reader: any FigureReader, limits: ServerLimits) {
        catalog = FigureCatalog(reader: reader)
        self.limits = limits
        cache = AnswerCache(bytesMax: limits.cacheBytesMax)
        underWay = BytesUnderWay(max: limits.bytesUnderWayMax)
    }

    /// The rows, or that they are still the same; reads the store on this thread.
    func answer(
        _ request: FigureRequest, caller: Caller, coding: ContentCoding, condition: Condition,
        deadline: Deadline
    ) throws -> FigureAnswer {
        // A store that is slow for others may have kept this request waiting.
        try deadline.check()
        // A workbook is packed already.
        let coding = request.format == .xlsx ? .identity : coding
        let choice = try catalog.choice(of: request, for: caller)
        let query = try FigureQuery(request, of: choice, limits: limits)
        let tag = Self.tag(of: query, choice: choice, request: request, coding: coding)
        var answer = FigureAnswer(
            tag: tag, modified: choice.modified, contentType: request.format.contentType,
            isForAll: caller.name == nil, edition: choice.edition.id)
        if condition.isMet(by: answer) { return answer }
        if let kept = cache[tag] {
            answer.body = kept.body
            answer.coding = kept.coding
            return answer
        }
        try deadline.check()
        let bytes = try rows(query, choice: choice, request: request, deadline: deadline)
        if try catalog.isReplaced(choice.edition) { throw Refusal.storeUnavailable }
        // What is short gains nothing from being packed; see `ContentCoding.leastBytes`.
        let isPacked = coding == .gzip && bytes.count >= ContentCoding.leastBytes
        answer.coding = isPacked ? .gzip : .identity
        answer.body = ByteBuffer(bytes: isPacked ? try GzipBody.pack(bytes) : bytes)
        if answer.length >= limits.longAnswerBytes {
            answer.lease = try underWay.lease(answer.length)
        }
        cache[tag] = AnswerCache.Entry(body: answer.body!, coding: answer.coding)
        return answer
    }

    private func rows(
        _ query: FigureQuery, choice: FigureCatalog.Choice, request: FigureRequest,
        deadline: Deadline
    ) throws -> [UInt8] {
        var writer = RowWriter(format: request.format, choice: choice)
        var count = 0
        func checkCount() throws {
            count += 1
            if count > limits.rowsMax { throw Refusal.tooManyRows(max: limits.rowsMax) }
            // The clock costs more than a row.
            if count & 1023 == 0 { try deadline.check() }
        }
        guard request.updatedAfter != nil, let base = choice.base else {
            try catalog.reader.read(query) { cells in
                try checkCount()
                writer.append(cells)
            }
            return try writer.finish()
        }
        // Rows that the edition of that time did not hold in the same form.
        var whole = query
        (whole.offset, whole.limit) = (0, limits.rowsMax + 1)
        var older = whole
        older.edition = base.id
        var known: Set<[String]> = []
        if let table = try catalog.table(query.table, scope: query.scope, in: base.id),
            table.columns == choice.table.columns
        {
            try catalog.reader.read(older) { cells in
                try checkCount()
                known.insert(cells)
            }
        }
        count = 0
        var position = 0
        let end = query.offset + (request.limit ?? limits.rowsMax)
        try catalog.reader.read(whole) { cells in
            try checkCount()
            guard !known.contains(cells) else { return }
            if position >= query.offset, position < end { writer.append(cells) }
            position += 1
        }
        return try writer.finish()
    }

    /// Strong: the same tag is the same bytes. Rows of a table are told by its digest, so that an
    /// edition that leaves a table as it was costs nobody a pull. Other forms name the edition: its
    /// number is unique in one store only, and its digests and time tell stores apart.
    private static func tag(
        of query: FigureQuery, choice: FigureCatalog.Choice, request: FigureRequest,
        coding: ContentCoding
    ) -> String {
        let edition = choice.edition
        let isOfTable =
            request.format == .csv && request.updatedAfter == nil && !choice.table.sha256.isEmpty
        let source =
            isOfTable
            ? [choice.table.sha256]
            : [
                "\(edition.id)", edition.validFrom, edition.planDigest, edition.inputsDigest,
                edition.programVersion,
            ]
        let parts: [String] =
            source + [
                query.table, query.scope.rawValue,
                request.format.rawValue, "\(query.offset)", request.limit.map { "\($0)" } ?? "",
                request.updatedAfter == nil ? "" : "after \(choice.base?.id ?? 0)",
            ] + query.conditions.map { "\($0)" }
        let digest = SHA256.hash(data: Data(parts.joined(separator: "\u{1F}").utf8))
        let hexadecimal = Hexadecimal.text(digest.prefix(16))
        return "\"\(hexadecimal)\(coding == .gzip ? "-gzip" : "")\""
    }
}

extension FigureCatalog {
    func table(_ name: String, scope: TableScope, in edition: Int) throws -> StoredTable? {
        try reader.tables(ofEdition: edition).first { $0.name == name && $0.scope == scope }
    }
}

extension FigureQuery {
    /// The query that a request means; a name that is no column is refused with those that are.
    init(_ request: FigureRequest, of choice: FigureCatalog.Choice, limits: ServerLimits) throws {
        let table = choice.table
        self.init(table: table.name, scope: table.scope, edition: choice.edition.id)
        for (name, values) in request.columns.sorted(by: { $0.key < $1.key }) {
            guard table.columns.contains(name) else {
                throw Refusal.unknownParameter(
                    name: Self.shown(name), known: table.columns + FigureRequest.parameters)
            }
            conditions.append(.oneOf(column: name, values: values.sorted()))
        }
        let timeColumn = ["reference_date", "year", "date"].first {
            table.columns.prefix(table.keyCount).contains($0)
        }
        for (name, value) in [("from", request.from), ("to", request.to)] {
            guard let value else { continue }
            guard let timeColumn else {
                throw Refusal.unknownParameter(name: name, known: table.columns)
            }
            // A year's figures stand at its end: a day in it means the year.
            let period = timeColumn == "year" ? String(value.prefix(4)) : value
            conditions.append(
                name == "from"
                    ? .atLeast(column: timeColumn, value: period)
                    // After every day that begins with the year or month.
                    : .atMost(column: timeColumn, value: period + "~"))
        }
        if let delivered = choice.delivered {
            // The table holds every year and revision; what was given is one of them, and the sum of
            // its amounts is the pool.
            for (column, value) in [
                ("year", delivered.year), ("revision", delivered.revision),
            ] where table.columns.contains(column) {
                conditions.append(.oneOf(column: column, values: ["\(value)"]))
            }
        }
        if let limit = request.limit, limit > limits.rowsMax {
            throw Refusal.badValue(parameter: "limit", expected: "at most \(limits.rowsMax)")
        }
        offset = request.offset
        // One more than may be given, to see that there are more.
        limit = request.limit ?? limits.rowsMax + 1
    }

    /// A name of the caller's, as far as it is a name and not something put in the wrong place.
    static func shown(_ name: String) -> String {
        let isName =
            name.utf8.count <= 32
            && name.utf8.allSatisfy {
                $0 == 0x5F || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
            }
        return isName ? name : "A name in the query"
    }
}
