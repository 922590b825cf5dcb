internal import Crypto
import PopulationModel

/// SHA-256 in hexadecimal, by which the store tells whether a table is the one that it holds.
enum TableDigest {
    static func of(_ bytes: [UInt8]) -> String { Hexadecimal.text(SHA256.hash(data: bytes)) }
}
