/// Line ends of a file: LF, CR LF and a lone CR count one each.
package enum LineEnds {
    private typealias Vector = ByteMasks.Vector

    /// Line ends in `start..<end`; an LF behind a CR is counted with the CR. The byte before
    /// `start` must be readable unless `start` is 0.
    package static func count(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        var count = 0
        var position = start
        // The first byte of a file has none before it.
        if position == 0, end > 0 {
            count = isLineEnd(bytes[0]) ? 1 : 0
            position = 1
        }
        while position &+ 16 <= end {
            // A lane counts to 255: no more vectors than that before the lanes are added up.
            let stretchEnd = min(end, position &+ 255 &* 16)
            let stretch = position
            var lanes = Vector(repeating: 0)
            var anyCR = Vector(repeating: 0)
            while position &+ 16 <= stretchEnd {
                let vector = (UnsafeRawPointer(bytes) + position).loadUnaligned(as: Vector.self)
                // A mask is all ones, that is -1.
                lanes = lanes &- ByteMasks.equal(vector, 0x0A)
                anyCR |= ByteMasks.equal(vector, 0x0D)
                position &+= 16
            }
            let (low, high) = unsafeBitCast(lanes, to: (UInt64, UInt64).self)
            count &+= sumOfBytes(low) &+ sumOfBytes(high)
            if ByteMasks.isAnySet(anyCR) || bytes[stretch &- 1] == 0x0D {
                count &+= beyondLF(bytes, from: stretch, to: position)
            }
        }
        while position < end {
            let isSecondHalf = bytes[position] == 0x0A && bytes[position &- 1] == 0x0D
            if isLineEnd(bytes[position]), !isSecondHalf { count &+= 1 }
            position &+= 1
        }
        return count
    }

    /// What CRs add to the number of LFs: each counts, and an LF behind one does not.
    private static func beyondLF(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int
    {
        var count = 0
        for position in start..<end {
            if bytes[position] == 0x0D { count &+= 1 }
            if bytes[position] == 0x0A, bytes[position &- 1] == 0x0D { count &-= 1 }
        }
        return count
    }

    /// Position of the first line end from `start` on; `count` when there is none.
    package static func first(_ bytes: UnsafePointer<UInt8>, from start: Int, to count: Int) -> Int
    {
        var position = start
        while position &+ 16 <= count {
            let vector = (UnsafeRawPointer(bytes) + position).loadUnaligned(as: Vector.self)
            let found = ByteMasks.equal(vector, 0x0A) | ByteMasks.equal(vector, 0x0D)
            if ByteMasks.isAnySet(found) { break }
            position &+= 16
        }
        while position < count, !isLineEnd(bytes[position]) { position &+= 1 }
        return position
    }

    @inline(__always)
    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    @inline(__always)
    private static func sumOfBytes(_ word: UInt64) -> Int {
        let low: UInt64 = 0x00FF_00FF_00FF_00FF
        let pairs = (word & low) &+ ((word >> 8) & low)
        return Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) >> 48)
    }
}
