import Foundation
import HTTPTypes
import HummingbirdTesting
import PopulationFigures
import PopulationModel
import PopulationStore
import PopulationTestSupport
import Synchronization

@testable import PopulationServer

/// Three editions of a small city, tokens of each scope, and a server over them.
enum ServerFixture {
    static let transferColumns = ["year", "county_code", "revision", "amount"]
    static let rateColumns = [
        "reference_date", "area_level", "area_code", "concept", "area_name", "total", "urban",
        "rate_percent", "target_percent", "reached",
    ]

    /// Edition 1 holds public tables and was delivered; 2 corrects the transfer; 3 is of another
    /// plan and is not public.
    static var editions: [FiguresInMemory.Edition] {
        [
            FiguresInMemory.Edition(
                record(1, validFrom: "2021-01-05T03:12:44Z", deliveredFor: 2020),
                tables: [
                    internalTable("transfer", transferColumns, 2, transfer(amount: "100")),
                    internalTable("secret", ["code", "persons"], 1, [["1", "2"]]),
                    rates(scope: .internal, urban: "57"), rates(scope: .public, urban: "[c]"),
                ]),
            FiguresInMemory.Edition(
                record(2, validFrom: "2021-03-01T00:00:00Z"),
                tables: [
                    internalTable("transfer", transferColumns, 2, transfer(amount: "90")),
                    rates(scope: .internal, urban: "58"),
                ]),
            FiguresInMemory.Edition(
                record(3, validFrom: "2021-04-01T00:00:00Z", plan: "other"),
                tables: [
                    internalTable("quality", ["source", "measure", "reason", "rows"], 3, [])
                ]),
        ]
    }

    static var figures: FiguresInMemory { FiguresInMemory(editions) }

    private static func record(
        _ id: Int, validFrom: String, plan: String = "nightly", deliveredFor year: Int? = nil
    ) -> EditionRecord {
        EditionRecord(
            id: id, plan: plan, area: "4499", revision: id, validFrom: validFrom,
            lastReferenceDate: "2020-12-31", planDigest: "p\(id)", inputsDigest: "i\(id)",
            programVersion: "0.1.0",
            deliveries: year.map {
                [
                    EditionRecord.Delivery(
                        recipient: "finance", year: $0, deliveredAt: "2021-01-10T00:00:00Z"),
                    EditionRecord.Delivery(
                        recipient: "archive", year: 1999, deliveredAt: "2021-01-11T00:00:00Z"),
                ]
            } ?? [])
    }

    private static func transfer(amount: String) -> [[String]] {
        [
            ["2019", "449901", "1", "70"], ["2019", "449902", "1", "30"],
            ["2020", "449901", "1", amount], ["2020", "449902", "1", "50"],
        ]
    }

    private static func internalTable(
        _ name: String, _ columns: [String], _ keyCount: Int, _ rows: [[String]]
    ) -> PublishedTable {
        PublishedTable(
            Table(name: name, columns: columns, keyCount: keyCount, rows: rows), scope: .internal)
    }

    private static func rates(scope: TableScope, urban: String) -> PublishedTable {
        let rows = [
            [
                "2019-12-31", "prefecture", "4499", "resident", "样市", "100", "55", "55.00", "60.00",
                "no",
            ],
            [
                "2020-12-31", "prefecture", "4499", "resident", "样市", "100", urban, "57.00",
                "60.00", "no",
            ],
        ]
        let isPublic = scope == .public
        return PublishedTable(
            Table(
                name: "urbanization",
                columns: rateColumns + (isPublic ? [TableScope.statusColumn] : []), keyCount: 4,
                rows: rows.map { row in
                    isPublic ? row + [row.contains(TableScope.hidden) ? "Q" : "A"] : row
                }), scope: scope)
    }

    /// A server with tokens of every scope, by the scope's word, for the time of a test.
    static func withServer(
        reader: any FigureReader = figures,
        change: (inout ServerSettings) -> Void = { _ in },
        test:
            @escaping @Sendable (any TestClientProtocol, [String: String], Lines) async throws
            -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("popstat-server-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            // What is left of a temporary folder harms nobody.
            try? FileManager.default.removeItem(at: folder)
        }
        let file = TokenFile(path: folder.appendingPathComponent("tokens.json").path)
        var tokens: [String: String] = [:]
        for scope in AccessScope.allCases {
            tokens[scope.rawValue] = try file.add(
                name: "the-\(scope.rawValue)", scope: scope, on: "2021-01-01", expires: nil)
        }
        tokens["expired"] = try file.add(
            name: "the-expired", scope: .statistics, on: "2021-01-01", expires: "2021-01-31")
        tokens["revoked"] = try file.add(
            name: "the-revoked", scope: .statistics, on: "2021-01-01", expires: nil)
        try file.revoke(name: "the-revoked", on: "2021-01-02")
        var settings = ServerSettings(store: "memory")
        settings.tokens = file.path
        change(&settings)
        let lines = Lines()
        let server = try FigureServer(
            settings: settings, reader: reader, log: ServerLog { lines.append($0) })
        let given = tokens
        try await server.application().test(.router) { client in
            try await test(client, given, lines)
        }
    }

    /// The lines of a log.
    final class Lines: Sendable {
        private let held = Mutex<[String]>([])

        func append(_ line: String) { held.withLock { $0.append(line) } }
        var all: String { held.withLock { $0.joined() } }
    }
}

extension TestClientProtocol {
    /// A GET, with a token where one is given.
    func get(_ path: String, token: String? = nil, _ headers: [String: String] = [:])
        async throws -> TestResponse
    {
        try await send(path, method: .get, token: token, headers)
    }

    func send(
        _ path: String, method: HTTPRequest.Method, token: String? = nil,
        _ headers: [String: String] = [:]
    ) async throws -> TestResponse {
        var fields = HTTPFields()
        if let token { fields[.authorization] = "Bearer \(token)" }
        for (name, value) in headers { fields[HTTPField.Name(name)!] = value }
        return try await execute(uri: path, method: method, headers: fields, body: nil) { $0 }
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
    func field(_ name: String) -> String? { headers[HTTPField.Name(name)!] }
}
