import Foundation

internal import Hummingbird

/// Under which the client wants no body: what it has is still right (RFC 9110, 13.1).
struct Condition: Sendable {
    private let tags: [String]?
    private let modifiedSince: String?

    init(_ headers: HTTPFields) {
        let field = headers[values: .ifNoneMatch].joined(separator: ",")
        tags =
            field.isEmpty
            ? nil
            : field.split(separator: ",").map { tag in
                let text = tag.trimmingCharacters(in: .whitespaces)
                // Weak comparison: a cache may have weakened the tag.
                return text.hasPrefix("W/") ? String(text.dropFirst(2)) : text
            }
        // Tags come first; the date counts only without them.
        modifiedSince = tags == nil ? headers[.ifModifiedSince] : nil
    }

    func isMet(by answer: FigureAnswer) -> Bool {
        if let tags { return tags.contains("*") || tags.contains(answer.tag) }
        guard let modifiedSince, let since = HTTPDate.date(modifiedSince),
            let modified = HTTPDate.date(iso: answer.modified)
        else { return false }
        return modified <= since
    }
}

/// Dates of HTTP, such as `Tue, 05 Jan 2021 03:12:44 GMT`.
enum HTTPDate {
    private static let style = Date.VerbatimFormatStyle(
        format: """
            \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \
            \(year: .padded(4)) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\
            \(minute: .twoDigits):\(second: .twoDigits) GMT
            """,
        locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt,
        calendar: Calendar(identifier: .gregorian))

    /// `nil` when the text is no time of an edition.
    static func text(_ iso: String) -> String? { date(iso: iso)?.formatted(style) }

    static func date(iso: String) -> Date? {
        // An edition without a readable time has no Last-Modified.
        try? Date.ISO8601FormatStyle().parse(iso)
    }

    static func date(_ text: String) -> Date? {
        // A date that cannot be read is no condition (RFC 9110, 13.1.3).
        try? style.parseStrategy.parse(text)
    }
}

/// How the bytes of an answer are packed.
enum ContentCoding: Sendable {
    case identity, gzip

    /// Below this the frame of gzip eats what it saves, and all fits into one packet anyway.
    static let leastBytes = 1_024

    /// Gzip when the client takes it and does not like plain bytes better.
    static func chosen(_ acceptEncoding: String?) -> ContentCoding {
        var weights: [String: Double] = [:]
        for part in (acceptEncoding ?? "").lowercased().split(separator: ",") {
            let pieces = part.split(separator: ";").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard let name = pieces.first else { continue }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }
            weights[name] = weight.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
        }
        let gzip = weights["gzip"] ?? weights["*"] ?? 0
        return gzip > 0 && gzip >= weights["identity"] ?? 0 ? .gzip : .identity
    }
}
