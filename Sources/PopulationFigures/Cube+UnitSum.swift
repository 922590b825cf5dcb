extension Cube {
    /// The counts of one unit while they are added up.
    ///
    /// Every unit of every worker passes through here, a hundred measures each: the memory is its own,
    /// so that nothing is asked of an array with every number.
    public struct UnitSum: ~Copyable {
        @usableFromInline let dateCount: Int
        /// Every measure at every date, zero between two units.
        @usableFromInline let block: UnsafeMutablePointer<UInt32>
        /// A bit per measure that occurs.
        @usableFromInline let occurring: UnsafeMutablePointer<UInt64>
        /// The entries of the last unit, measure by measure.
        private let measures: UnsafeMutablePointer<UInt8>
        private let counts: UnsafeMutablePointer<UInt32>

        private static let wordCount = (CubeLayout.count + 63) / 64

        public init(dateCount: Int) {
            self.dateCount = dateCount
            let blockCount = CubeLayout.count * dateCount
            block = .allocate(capacity: blockCount)
            block.initialize(repeating: 0, count: blockCount)
            occurring = .allocate(capacity: Self.wordCount)
            occurring.initialize(repeating: 0, count: Self.wordCount)
            measures = .allocate(capacity: CubeLayout.count)
            counts = .allocate(capacity: blockCount)
        }

        deinit {
            block.deallocate()
            occurring.deallocate()
            measures.deallocate()
            counts.deallocate()
        }

        /// Adds counts of all dates to a measure, a number of `CubeLayout`.
        @inlinable public func add(_ counts: UnsafePointer<UInt32>, to measure: Int) {
            occurring[measure >> 6] |= 1 << UInt64(measure & 63)
            let row = block + measure &* dateCount
            for date in 0..<dateCount { row[date] &+= counts[date] }
        }

        /// Takes counts of all dates from a measure, which holds them or will when all is added.
        @inlinable public func subtract(_ counts: UnsafePointer<UInt32>, from measure: Int) {
            let row = block + measure &* dateCount
            for date in 0..<dateCount { row[date] &-= counts[date] }
        }

        /// The entries, ascending by measure, valid until the next call; the sum starts again with
        /// nothing.
        func empty() -> (measures: UnsafeBufferPointer<UInt8>, counts: UnsafeBufferPointer<UInt32>)
        {
            var count = 0
            for word in 0..<Self.wordCount {
                var bits = occurring[word]
                occurring[word] = 0
                while bits != 0 {
                    let measure = (word << 6) + bits.trailingZeroBitCount
                    bits &= bits &- 1
                    let row = block + measure &* dateCount
                    let entry = counts + count &* dateCount
                    var any: UInt32 = 0
                    for date in 0..<dateCount {
                        any |= row[date]
                        entry[date] = row[date]
                        row[date] = 0
                    }
                    // Nobody is left where all were taken away again.
                    if any == 0 { continue }
                    measures[count] = UInt8(truncatingIfNeeded: measure)
                    count &+= 1
                }
            }
            return (
                UnsafeBufferPointer(start: measures, count: count),
                UnsafeBufferPointer(start: counts, count: count &* dateCount)
            )
        }
    }
}
