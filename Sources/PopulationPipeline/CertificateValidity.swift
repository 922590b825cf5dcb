import Foundation
import PopulationModel

/// From when to when a certificate holds, read from its DER (RFC 5280, 4.1) and nothing else of it.
struct CertificateValidity: Equatable {
    /// Seconds since 1970.
    let notBefore: Int
    let notAfter: Int

    private static let begin = "-----BEGIN CERTIFICATE-----"
    private static let end = "-----END CERTIFICATE-----"

    /// Of every certificate of a PEM file; `nil` when one cannot be read.
    static func all(inPEM bytes: [UInt8]) -> [CertificateValidity]? {
        var validities: [CertificateValidity] = []
        let parts = String(decoding: bytes, as: UTF8.self).components(separatedBy: begin)
        for part in parts.dropFirst() {
            guard let stop = part.range(of: end),
                let data = Data(
                    base64Encoded: String(part[..<stop.lowerBound]),
                    options: .ignoreUnknownCharacters),
                let validity = CertificateValidity(der: [UInt8](data))
            else { return nil }
            validities.append(validity)
        }
        return validities
    }

    /// Certificate → tbsCertificate → validity, which is the first sequence of two times.
    init?(der: [UInt8]) {
        var outer = DERReader(der[...])
        guard var certificate = outer.enter(0x30), var body = certificate.enter(0x30) else {
            return nil
        }
        // [0] version, serial number, signature, issuer; the version may be left out.
        if body.nextTag == 0xA0 { body.skip() }
        for tag: UInt8 in [0x02, 0x30, 0x30] {
            guard body.nextTag == tag else { return nil }
            body.skip()
        }
        guard var validity = body.enter(0x30), let start = validity.time(),
            let end = validity.time()
        else { return nil }
        notBefore = start
        notAfter = end
    }
}

/// A walk over the elements of a DER encoding; beyond what is there, everything is `nil`.
private struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var nextTag: UInt8? { rest.first }

    /// The contents of the next element, which has to be of a kind.
    mutating func enter(_ tag: UInt8) -> DERReader? {
        guard nextTag == tag else { return nil }
        return next().map { DERReader($0) }
    }

    mutating func skip() { if next() == nil { rest = [] } }

    /// UTCTime YYMMDDhhmmssZ, or GeneralizedTime with four digits of the year.
    mutating func time() -> Int? {
        guard let tag = nextTag, tag == 0x17 || tag == 0x18, let bytes = next() else { return nil }
        var text = String(decoding: bytes, as: UTF8.self)
        guard text.hasSuffix("Z") else { return nil }
        text.removeLast()
        if tag == 0x17 { text = (text < "50" ? "20" : "19") + text }
        let digits = text.utf8.map { Int32($0) - 0x30 }
        guard digits.count == 14, digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        func number(_ place: Int) -> Int32 { digits[place] * 10 + digits[place + 1] }
        var parts = DateComponents()
        parts.year = Int(number(0) * 100 + number(2))
        parts.month = Int(number(4))
        parts.day = Int(number(6))
        parts.hour = Int(number(8))
        parts.minute = Int(number(10))
        parts.second = Int(number(12))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(from: parts).map { Int($0.timeIntervalSince1970) }
    }

    private mutating func next() -> ArraySlice<UInt8>? {
        guard rest.count >= 2 else { return nil }
        var position = rest.startIndex + 1
        var length = Int(rest[position])
        position += 1
        if length >= 0x80 {
            let count = length - 0x80
            // More than four bytes of length is no certificate.
            guard (1...4).contains(count), rest.endIndex - position >= count else { return nil }
            length = rest[position..<(position + count)].reduce(0) { $0 << 8 | Int($1) }
            position += count
        }
        guard rest.endIndex - position >= length else { return nil }
        defer { rest = rest[(position + length)...] }
        return rest[position..<(position + length)]
    }
}
