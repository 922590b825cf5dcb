internal import CXXHash

/// Checksums of what popstat keeps: against damage, not against malice.
public enum Checksum {
    /// XXH3 of xxHash, 64 bits: the same number on every machine.
    public static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
        xxh3_64bits(bytes.baseAddress, bytes.count, seed)
    }
}
