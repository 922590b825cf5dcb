internal import Crypto
import PopulationModel

/// A bearer token as it is kept: never its text, only a salted SHA-256 of it.
///
/// The text holds 256 random bits, so that nobody finds it by trying; the salt keeps equal tokens of
/// two files from looking equal.
package struct AccessToken: Sendable, Equatable, Codable {
    /// Who holds it: letters, digits, dot, dash and underscore. It stands in the access log.
    package var name: String
    package var scope: AccessScope
    /// Hexadecimal, 16 bytes.
    var salt: String
    /// Hexadecimal SHA-256 of the salt's bytes and the token's text.
    var sha256: String
    /// ISO dates.
    package var created: String
    /// The last day on which it holds (UTC); without it, it holds until it is revoked.
    package var expires: String?
    package var revoked: String?

    static let prefix = "pst_"
    /// No token is longer; a longer text is not hashed.
    static let lengthMax = 128
    static let nameLengthMax = 64

    /// A new token and its text, which is shown once and kept nowhere.
    static func make(name: String, scope: AccessScope, created: String, expires: String?)
        -> (token: AccessToken, text: String)
    {
        // The system's generator is the kernel's, fit for secrets.
        var generator = SystemRandomNumberGenerator()
        func random(_ count: Int) -> [UInt8] {
            (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        let text = prefix + Hexadecimal.text(random(32))
        let salt = random(16)
        let token = AccessToken(
            name: name, scope: scope, salt: Hexadecimal.text(salt),
            sha256: digest(text, salt: salt),
            created: created, expires: expires)
        return (token, text)
    }

    static func isName(_ text: String) -> Bool {
        let marks: Set<UInt8> = [0x2D, 0x2E, 0x5F]
        return !text.isEmpty && text.utf8.count <= nameLengthMax
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                    || (0x61...0x7A).contains($0) || marks.contains($0)
            }
    }

    /// Whether the text is this token's; takes as long for a near miss as for a far one.
    package func isMade(from text: String) -> Bool {
        let own = Array(sha256.utf8)
        let other = Array(Self.digest(text, salt: Self.bytes(salt)).utf8)
        guard own.count == other.count else { return false }
        var difference: UInt8 = 0
        for index in own.indices { difference |= own[index] ^ other[index] }
        return difference == 0
    }

    /// Whether it may be used on a day.
    package func holds(on day: String) -> Bool {
        revoked == nil && expires.map { day <= $0 } ?? true
    }

    private static func digest(_ text: String, salt: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(data: salt)
        hash.update(data: Array(text.utf8))
        return Hexadecimal.text(hash.finalize())
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16) ?? 0
        }
    }
}
