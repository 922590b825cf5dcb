import PopulationIngest
import PopulationModel

/// How many partitions, and how large their buffers are: from the size of the extracts and the
/// memory that a run may take.
struct IngestPlanning {
    let partitionCountLog2: Int
    let chunkBytes: Int
    let gatheredChunkCount: Int

    /// A packed record takes about half of its row's bytes.
    private static let recordShare = 0.5
    /// Small partitions cost nothing up to this number: a page for each still stays in a core's
    /// second-level cache while rows are spread over them.
    private static let easyCountLog2 = 8
    /// A partition and its table of citizens in that cache. Beyond the easy number larger ones are
    /// better: records are read in order, and rows are written in none.
    private static let smallPartitionBytes = 512 << 10
    private static let largePartitionBytes = 8 << 20
    private static let countLog2Range = 4...11
    private static let chunkBytesRange = (2 << 10)...(4 << 10)
    /// Some chunks of each partition are written side by side then; more no longer pay.
    private static let gatheredChunkCountMax = 1_024

    init(inputBytes: Int, threads: Int, memoryLimit: Int?) {
        let recordBytes = Int(Double(inputBytes) * Self.recordShare)
        // An eighth of the memory for the partitions that are at work.
        let large = min(Self.largePartitionBytes, (memoryLimit ?? .max) / 8 / threads)
        var log2 = Self.countLog2Range.lowerBound
        while log2 < Self.countLog2Range.upperBound,
            recordBytes >> log2 > (log2 < Self.easyCountLog2 ? Self.smallPartitionBytes : large)
        {
            log2 += 1
        }
        partitionCountLog2 = log2
        // A third of the memory for these buffers, half of it for the chunks that are being filled:
        // blocks, tables and counts take the rest.
        let budget = (memoryLimit ?? .max) / 6 / threads
        chunkBytes = min(
            max(budget >> log2, Self.chunkBytesRange.lowerBound), Self.chunkBytesRange.upperBound)
        gatheredChunkCount = min(budget / chunkBytes, Self.gatheredChunkCountMax)
    }

    /// Partitions made before are fine as long as they are not much too large or too many.
    func accepts(countLog2: Int) -> Bool { countLog2 >= partitionCountLog2 - 2 }
}
