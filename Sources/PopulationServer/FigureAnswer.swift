import Foundation
import PopulationFigures
import PopulationStore

internal import Hummingbird

/// What goes back for a table; without a body nothing has changed.
struct FigureAnswer: Sendable {
    var tag: String
    /// `2021-01-05T03:12:44Z`.
    var modified: String
    var contentType: String
    /// Whether a cache between may give it to others.
    var isForAll: Bool
    var edition: Int
    var coding = ContentCoding.identity
    var body: ByteBuffer?
    var lease: BytesUnderWay.Lease?

    init(tag: String, modified: String, contentType: String, isForAll: Bool, edition: Int) {
        self.tag = tag
        self.modified = modified
        self.contentType = contentType
        self.isForAll = isForAll
        self.edition = edition
    }

    var length: Int { body?.readableBytes ?? 0 }

    func response(limits: ServerLimits, to connection: ClientConnection) -> Response {
        var headers = HTTPFields()
        headers[.eTag] = tag
        headers[.lastModified] = HTTPDate.text(modified)
        headers[.vary] = "Accept-Encoding, Authorization"
        // Kept, and asked for again each time: a release or a correction shows at once, and what
        // has not changed costs a 304.
        headers[.cacheControl] = isForAll ? "public, no-cache" : "private, no-cache"
        headers[.init("Popstat-Edition")!] = "\(edition)"
        guard let body else { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = contentType
        if coding == .gzip { headers[.contentEncoding] = "gzip" }
        return Response(
            status: .ok, headers: headers,
            body: LongBody.of(body, lease: lease, seconds: limits.takingSeconds, to: connection))
    }
}

/// The body of a long answer: given in parts, as the client takes them, and not for ever.
enum LongBody {
    /// Fits the buffers of a socket, so that what waits in memory is one part, not all.
    static let partBytes = 256 << 10
    /// What every system takes at once.
    private static let shortBytes = 16 << 10

    static func of(
        _ bytes: ByteBuffer, lease: BytesUnderWay.Lease?, seconds: Int,
        to connection: ClientConnection
    ) -> ResponseBody {
        guard bytes.readableBytes > shortBytes else { return ResponseBody(byteBuffer: bytes) }
        return ResponseBody(contentLength: bytes.readableBytes) { writer in
            // Held until the last part is taken.
            defer { withExtendedLifetime(lease) {} }
            let watch = Task {
                try await Task.sleep(for: .seconds(seconds))
                connection.close()
            }
            defer { watch.cancel() }
            var left = bytes
            while let part = left.readSlice(length: min(partBytes, left.readableBytes)),
                part.readableBytes > 0
            {
                try await writer.write(part)
            }
            try await connection.drain()
            try await writer.finish(nil)
        }
    }
}

/// Writes rows in one of the forms, one after the other.
struct RowWriter {
    private let format: FigureFormat
    private let choice: FigureCatalog.Choice
    private var table: Table
    private var json: [UInt8] = []
    private var names: [[UInt8]] = []
    private var areNumbers: [Bool] = []
    private var rowCount = 0

    init(format: FigureFormat, choice: FigureCatalog.Choice) {
        self.format = format
        self.choice = choice
        let stored = choice.table
        table = Table(name: stored.name, columns: stored.columns, keyCount: stored.keyCount)
        guard format == .json else { return }
        let meaning = DataDictionary.meaning(of: stored.name)
        names = stored.columns.map { Array("\(JSONText.quoted($0)):".utf8) }
        areNumbers = stored.columns.map { name in
            meaning?.columns.first { $0.name == name }?.kind.isNumber ?? false
        }
        json += Array(
            "{\"table\":\(JSONText.quoted(stored.name)),\"edition\":\(choice.edition.id),".utf8)
        json += Array("\"valid_from\":\(JSONText.quoted(choice.edition.validFrom)),".utf8)
        json += Array("\"rows\":[".utf8)
    }

    mutating func append(_ cells: [String]) {
        guard format == .json else { return table.append(cells) }
        json += Array((rowCount == 0 ? "\n{" : ",\n{").utf8)
        for (index, cell) in cells.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json += names[index]
            json += Array(JSONText.value(cell, isNumber: areNumbers[index]).utf8)
        }
        json.append(UInt8(ascii: "}"))
        rowCount += 1
    }

    mutating func finish() throws -> [UInt8] {
        switch format {
        case .csv: return table.csv
        case .xlsx: return try WorkbookAnswer.bytes(of: table, choice)
        case .json:
            json += Array("\n]}\n".utf8)
            return json
        }
    }
}

/// Cells as JSON: numbers as they are printed, empty cells as null, and a hidden number as the text
/// that stands in its place.
enum JSONText {
    static func value(_ cell: String, isNumber: Bool) -> String {
        if cell.isEmpty { return "null" }
        return isNumber && isPlainNumber(cell) ? cell : quoted(cell)
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// RFC 8259: no leading zeros or plus, digits on both sides of a point.
    private static func isPlainNumber(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : Substring(text)
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        return (1...2).contains(parts.count)
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            } && (parts[0].utf8.count == 1 || !parts[0].hasPrefix("0"))
    }
}
