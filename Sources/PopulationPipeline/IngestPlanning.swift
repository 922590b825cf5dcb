import PopulationIngest
import PopulationModel

/// How many partitions, and how large their buffers are: from the size of the extracts and the
/// memory that a run may take.
struct IngestPlanning {
    let partitionCountLog2: Int
    let chunkBytes: Int

    /// A packed record takes about half of its row's bytes.
    private static let recordShare = 0.5
    /// A partition and its table of citizens should stay in a core's second-level cache.
    private static let partitionBytes = 512 << 10
    private static let countLog2Range = 4...11
    /// With 256 partitions, one page each stays in that cache while rows are spread over them.
    private static let chunkBytesRange = (2 << 10)...(4 << 10)

    init(inputBytes: Int, threads: Int, memoryLimit: Int?) {
        var log2 = Self.countLog2Range.lowerBound
        while log2 < Self.countLog2Range.upperBound,
            Int(Double(inputBytes) * Self.recordShare) >> log2 > Self.partitionBytes
        {
            log2 += 1
        }
        partitionCountLog2 = log2
        // A third of the memory for these buffers: blocks, tables and counts take the rest.
        let budget = ((memoryLimit ?? .max) / 3 / threads) >> log2
        chunkBytes = min(
            max(budget, Self.chunkBytesRange.lowerBound), Self.chunkBytesRange.upperBound)
    }

    /// Partitions made before are fine as long as they are not much too large or too many.
    func accepts(countLog2: Int) -> Bool { countLog2 >= partitionCountLog2 - 2 }
}
