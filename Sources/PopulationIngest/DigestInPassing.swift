internal import CLibCrypto
internal import PopulationModel

/// SHA-256 of one extract's bytes while they are read: of those very bytes that rows were made of,
/// and without reading the file a second time.
///
/// Blocks come from several workers. Only the one that the digest has come to (see `BlockChain`) may
/// feed its bytes, so no lock is needed.
package final class DigestInPassing: @unchecked Sendable {
    fileprivate let context: UnsafeMutablePointer<SHA256_CTX>
    fileprivate var byteCount = 0

    static let library = LinkedLibrary(
        name: "libcrypto", version: String(cString: OpenSSL_version(OPENSSL_VERSION_STRING)))

    package init() {
        // Lines of the cache of its own: each worker writes to another extract's all the time.
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: 128, alignment: 128)
        context = bytes.initializeMemory(as: SHA256_CTX.self, to: SHA256_CTX())
        SHA256_Init(context)
    }

    deinit { context.deallocate() }

    package func update(_ bytes: UnsafeRawBufferPointer) {
        SHA256_Update(context, bytes.baseAddress, bytes.count)
        byteCount += bytes.count
    }

    /// Counts bytes that the library was given block by block, which it does not count itself.
    fileprivate func count(_ taken: Int) {
        byteCount += taken
        context.pointee.Nl = UInt32(truncatingIfNeeded: byteCount << 3)
        context.pointee.Nh = UInt32(truncatingIfNeeded: byteCount >> 29)
    }

    /// In hexadecimal; called once.
    package func finish() -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(SHA256_DIGEST_LENGTH)) {
            SHA256_Final($0.baseAddress, context)
            return Hexadecimal.text($0)
        }
    }
}

/// Feeds bytes to a digest 64 at a time, whenever the row loop takes a step.
///
/// Each instruction of SHA-256 waits for the one before it; meanwhile the processor could do other
/// work, but looks for it some hundred instructions ahead at most. Steps here and there in the making of
/// records cost about a quarter less than all of them in a row.
///
/// A class whose members are not in use while the library works, so that no check of exclusivity is
/// left in the row loop.
package final class DigestPace {
    private var digest: DigestInPassing?
    private var context: UnsafeMutablePointer<SHA256_CTX>?
    private var start = nothing
    private var next = nothing
    /// Where the bytes end that steps may take.
    private var stepEnd = nothing
    private var end = nothing

    private static var nothing: UnsafePointer<UInt8> { UnsafePointer(bitPattern: stepBytes)! }
    private static let stepBytes = Int(SHA256_CBLOCK)

    /// On processors without instructions for it nothing was measured.
    package static let isWorthwhile = sha_has_instructions() != 0

    package init() {}

    /// Takes up bytes; up to `finish` nothing else is fed to the digest.
    package func begin(_ bytes: UnsafeBufferPointer<UInt8>, of digest: DigestInPassing) {
        guard let first = bytes.baseAddress else { return }
        // The library keeps what is no whole block yet: that is filled up.
        let fill = min(-digest.byteCount & (Self.stepBytes - 1), bytes.count)
        digest.update(UnsafeRawBufferPointer(start: first, count: fill))
        self.digest = digest
        context = digest.context
        start = first + fill
        next = start
        end = first + bytes.count
        stepEnd = start + (end - start) / Self.stepBytes * Self.stepBytes
    }

    /// Feeds the next 64 bytes, if there are so many.
    @inline(__always)
    package func step() {
        let block = next
        guard block != stepEnd else { return }
        next = block + Self.stepBytes
        SHA256_Transform(context, block)
    }

    /// Feeds what is left.
    package func finish() {
        digest?.count(next - start)
        digest?.update(UnsafeRawBufferPointer(start: next, count: end - next))
        digest = nil
        next = stepEnd
    }
}
