/// A digest that is fed piece by piece; the algorithm is its maker's.
package protocol ByteDigest {
    mutating func update(_ bytes: UnsafeRawBufferPointer)
    /// In hexadecimal; called once.
    mutating func finish() -> String
}

/// The digest of one extract's bytes while they are read: of those very bytes that rows were made
/// of, and without reading the file a second time.
///
/// Blocks come from several workers. Only the one whose block is next in the `BlockChain` may feed
/// its bytes, so no lock is needed.
final class DigestInPassing: @unchecked Sendable {
    private var digest: any ByteDigest

    init(_ digest: any ByteDigest) { self.digest = digest }

    func update(_ bytes: UnsafeRawBufferPointer) { digest.update(bytes) }
    func finish() -> String { digest.finish() }
}
