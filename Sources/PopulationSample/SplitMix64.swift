/// A generator whose draws are a pure function of seed, stream and index: any part of a sample can
/// be made without the parts before it. Source: Steele, Lea, Flood, OOPSLA 2014.
package struct SplitMix64 {
    private var state: UInt64

    /// What the draws decide, so that one use never shifts another.
    package enum Stream: UInt64 {
        case territory = 1
        case households, rows, stays, planting, spelling, order, defects, night
    }

    package init(state: UInt64) { self.state = state }

    package init(seed: UInt64, stream: Stream, index: UInt64) {
        let start = Self.mixed(seed &+ stream.rawValue &* 0xD1B5_4A32_D192_ED03)
        state = Self.mixed(start ^ (index &* 0x9E37_79B9_7F4A_7C15))
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// 0 ..< bound; `bound` is at most 2^31.
    package mutating func below(_ bound: Int) -> Int {
        Int(((next() >> 32) &* UInt64(bound)) >> 32)
    }

    /// True so many times in a million.
    package mutating func chance(perMillion: Int) -> Bool { below(1_000_000) < perMillion }

    /// A day number of the closed range; the first day when the range is empty.
    package mutating func day(from first: Int32, through last: Int32) -> Int32 {
        last <= first ? first : first + Int32(below(Int(last - first + 1)))
    }

    /// The position of the first bound that a draw of 0 ..< the last bound stays below.
    package mutating func place(in bounds: [Int]) -> Int {
        let draw = below(bounds[bounds.count - 1])
        var position = 0
        while draw >= bounds[position] { position += 1 }
        return position
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
