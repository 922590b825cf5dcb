internal import PopulationModel

/// What stands for a household across partitions: 64 bits are enough (SPEC 6, table households).
enum HouseholdHash {
    /// Of unit, household number and type; 0 when there is no number. At least 16 bytes from the
    /// number's start on can be read.
    @inline(__always)
    static func of(number: UnsafeRawBufferPointer, unit: UInt64, type: UInt8) -> UInt64 {
        let count = number.count
        if count == 0 { return 0 }
        var text: UInt64
        if count <= 16 {
            let start = number.baseAddress!
            let low = start.loadUnaligned(as: UInt64.self)
            let high = start.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            let first = count >= 8 ? low : low & ((1 << UInt64(count &* 8)) &- 1)
            let second =
                count == 16
                ? high : count > 8 ? high & ((1 << UInt64((count &- 8) &* 8)) &- 1) : 0
            text = mix(first ^ 0x2545_F491_4F6C_DD1D, second ^ UInt64(count))
        } else {
            text = Checksum.of(number)
        }
        text = mix(text, (unit << 2) | UInt64(type))
        return text == 0 ? 1 : text
    }

    @inline(__always)
    private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        var x = (a ^ (a >> 32)) &* 0xD6E8_FEB8_6659_FD93
        x = ((x ^ (x >> 32)) &+ b) &* 0x9E37_79B1_85EB_CA87
        return x ^ (x >> 29)
    }
}
