import PopulationModel

internal import CLibPQ

/// One connection to a PostgreSQL server: owns `PGconn` and every `PGresult`, and turns their codes
/// into `Failure`. Used by one thread at a time, whoever holds it.
final class PostgresConnection: @unchecked Sendable {
    private let connection: OpaquePointer
    /// A row callback threw or a COPY was cut short: the connection must not be used again.
    private(set) var isSpoilt = false

    /// Why the server did not do it.
    enum Failure: Error, Equatable {
        case unreachable(reason: String)
        /// The connection broke, or the server ended it.
        case lost(reason: String)
        /// SQLSTATE and the server's primary message.
        case refused(state: String, reason: String)

        /// Whether the statement did not run because the connection was gone before.
        var isEndOfConnection: Bool {
            switch self {
            case .lost: true
            // The server is shutting down, or was.
            case .refused(let state, _): state.hasPrefix("57P")
            case .unreachable: false
            }
        }
    }

    /// Since version 10 the number is major * 10000 + minor.
    static let library = LinkedLibrary(
        name: "libpq", version: "\(PQlibVersion() / 10_000).\(PQlibVersion() % 10_000)")

    /// `settings` hold where the connection string says nothing.
    init(_ connectionString: String, settings: [(name: String, value: String)])
        throws(Failure)
    {
        // A single word is a service of PGSERVICEFILE. What comes later in the list wins.
        let isService = !connectionString.contains("=") && !connectionString.contains("://")
        let last = isService ? ("service", connectionString) : ("dbname", connectionString)
        let pairs = settings.map { ($0.name, $0.value) } + [last]
        let opened = Self.withCStrings(pairs.map(\.0)) { names in
            Self.withCStrings(pairs.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
        }
        guard let opened else { throw .unreachable(reason: "out of memory") }
        guard PQstatus(opened) == CONNECTION_OK else {
            let reason = Self.oneLine(PQerrorMessage(opened))
            PQfinish(opened)
            throw .unreachable(reason: reason)
        }
        connection = opened
        // Notices, such as "relation exists", go nowhere: whatever matters is an error.
        PQsetNoticeProcessor(opened, { _, _ in }, nil)
    }

    deinit { PQfinish(connection) }

    /// What a connection string says, by keyword; empty for the name of a service, `nil` when libpq
    /// cannot read it.
    static func parts(of connectionString: String) -> [String: String]? {
        guard connectionString.contains("=") || connectionString.contains("://") else { return [:] }
        guard let options = PQconninfoParse(connectionString, nil) else { return nil }
        defer { PQconninfoFree(options) }
        var parts: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                parts[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        return parts
    }

    /// The rows of a statement with `?` for each parameter.
    func rows(_ sql: String, _ arguments: [String?] = []) throws(Failure) -> [[String?]] {
        let result = Self.withCStrings(arguments) { values in
            PQexecParams(
                connection, Self.numbered(sql), Int32(arguments.count), nil, values, nil, nil, 0)
        }
        defer { PQclear(result) }
        try check(result, among: [PGRES_COMMAND_OK, PGRES_TUPLES_OK])
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { Self.cell(result, row, $0) }
        }
    }

    /// Calls `row` for each row as it arrives; a NULL comes as an empty text.
    func forEach(_ sql: String, _ arguments: [String?], row: ([String]) throws -> Void) throws {
        let isSent = Self.withCStrings(arguments) { values in
            PQsendQueryParams(
                connection, Self.numbered(sql), Int32(arguments.count), nil, values, nil, nil, 0)
        }
        guard isSent == 1, PQsetSingleRowMode(connection) == 1 else { throw connectionFailure }
        // Until the last result is taken the connection is in the middle of this statement.
        isSpoilt = true
        while let result = PQgetResult(connection) {
            defer { PQclear(result) }
            try check(result, among: [PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK])
            for index in 0..<PQntuples(result) {
                try row((0..<PQnfields(result)).map { Self.cell(result, index, $0) ?? "" })
            }
        }
        isSpoilt = false
    }

    /// Writes many rows by COPY. `fill` is given what takes a row.
    func copy(
        into table: String, columns: [String],
        fill: ((_ row: [String?]) throws -> Void) throws -> Void
    ) throws {
        let begun = PQexec(
            connection, "COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN")
        defer { PQclear(begun) }
        try check(begun, among: [PGRES_COPY_IN])
        // Cut short, the connection is closed, and the server undoes the transaction.
        isSpoilt = true
        var buffer = CopyText()
        try fill { row in
            buffer.append(row)
            if buffer.bytes.count >= CopyText.byteCountMax { try send(&buffer) }
        }
        try send(&buffer)
        guard PQputCopyEnd(connection, nil) == 1 else { throw connectionFailure }
        while let result = PQgetResult(connection) {
            defer { PQclear(result) }
            try check(result, among: [PGRES_COMMAND_OK])
        }
        isSpoilt = false
    }

    private func send(_ buffer: inout CopyText) throws(Failure) {
        let isSent = buffer.bytes.withUnsafeBytes { bytes in
            PQputCopyData(
                connection, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(bytes.count))
        }
        guard isSent == 1 || buffer.bytes.isEmpty else { throw connectionFailure }
        buffer.bytes.removeAll(keepingCapacity: true)
    }

    private func check(_ result: OpaquePointer?, among expected: [ExecStatusType])
        throws(Failure)
    {
        guard let result else { throw connectionFailure }
        guard !expected.contains(PQresultStatus(result)) else { return }
        guard PQstatus(connection) == CONNECTION_OK else { throw connectionFailure }
        let state = PQresultErrorField(result, PostgresDiagnostic.state).map { String(cString: $0) }
        // Not the whole message: its detail may show a row.
        let reason = PQresultErrorField(result, PostgresDiagnostic.message)
        throw .refused(state: state ?? "", reason: Self.oneLine(reason))
    }

    private var connectionFailure: Failure {
        isSpoilt = true
        return .lost(reason: Self.oneLine(PQerrorMessage(connection)))
    }
}

extension PostgresConnection {
    private static func cell(_ result: OpaquePointer?, _ row: Int32, _ column: Int32) -> String? {
        guard PQgetisnull(result, row, column) == 0 else { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `$1`, `$2` … in place of `?`; no statement of the store holds a `?` in a text.
    private static func numbered(_ sql: String) -> String {
        var number = 0
        return sql.reduce(into: "") { text, character in
            guard character == "?" else { return text.append(character) }
            number += 1
            text += "$\(number)"
        }
    }

    private static func oneLine(_ text: UnsafePointer<CChar>?) -> String {
        guard let text else { return "no reason given" }
        let lines = String(cString: text).split(whereSeparator: \.isNewline)
        return lines.map { $0.drop { $0 == " " || $0 == "\t" } }.joined(separator: "; ")
    }

    /// Calls `body` with a list of C texts that ends with NULL.
    private static func withCStrings<Result>(
        _ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> Result
    ) -> Result {
        let bytes = texts.map { $0.map { Array($0.utf8CString) } }
        let starts = bytes.map { text -> UnsafeMutablePointer<CChar>? in
            guard let text else { return nil }
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.count)
            copy.initialize(from: text, count: text.count)
            return copy
        }
        defer { for start in starts { start?.deallocate() } }
        return body(starts.map { $0.map { UnsafePointer($0) } } + [nil])
    }
}

/// Fields of an error, `PG_DIAG_…`: the header gives them as characters.
private enum PostgresDiagnostic {
    static let state = Int32(UInt8(ascii: "C"))
    static let message = Int32(UInt8(ascii: "M"))
}

/// Rows in the text format of COPY.
struct CopyText {
    var bytes: [UInt8] = []

    /// Sent when it is as long: large enough that calls do not count.
    static let byteCountMax = 1 << 16

    /// Adds a row; `nil` is NULL.
    mutating func append(_ row: [String?]) {
        for (index, cell) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            guard let cell else {
                bytes += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
                continue
            }
            for byte in cell.utf8 {
                switch byte {
                case UInt8(ascii: "\\"): bytes += [byte, byte]
                case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
                case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
                case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
                default: bytes.append(byte)
                }
            }
        }
        bytes.append(UInt8(ascii: "\n"))
    }
}
