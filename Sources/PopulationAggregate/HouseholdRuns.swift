internal import CPrefetch
import Glibc
internal import PopulationModel

/// Households of one worker's registered as runs of reference dates, spread over buckets by hash:
/// the members of a household lie in many partitions, and are counted as one only at the end.
///
/// A run takes 16 bytes, and nearly every citizen has one; so a bucket's full chunk goes to a file,
/// which has no name and is gone with the run. One worker writes, and only after it ended is read.
final class HouseholdRuns: @unchecked Sendable {
    /// A household at some dates in a row.
    struct Run {
        var hash: UInt64
        /// County in the upper 30 bits, type in the lower 2.
        var countyAndType: UInt32
        var first: UInt16
        var last: UInt16
    }

    static let bucketCountLog2 = 9
    static let bucketCount = 1 << bucketCountLog2
    private static let chunkRuns = 512

    private let chunks: UnsafeMutablePointer<Run>
    private let fills: UnsafeMutablePointer<Int>
    /// The run that may still grow.
    private let open: UnsafeMutablePointer<Run>
    private let spillFolder: String
    private var spill: Int32 = -1
    /// Per chunk in the file: its bucket.
    private var bucketOfChunk: [Int] = []
    /// Error number of the first write that failed.
    private var failure: Int32 = 0

    init(spillFolder: String) {
        self.spillFolder = spillFolder
        chunks = .allocate(capacity: Self.bucketCount * Self.chunkRuns)
        fills = .allocate(capacity: Self.bucketCount)
        fills.initialize(repeating: 0, count: Self.bucketCount)
        open = .allocate(capacity: 1)
        open.initialize(to: Run(hash: 0, countyAndType: 0, first: 0, last: 0))
    }

    deinit {
        chunks.deallocate()
        fills.deallocate()
        open.deallocate()
        if spill >= 0 { Glibc.close(spill) }
    }

    /// Adds a span of a registered member; spans in a row of one household grow one run.
    @inline(__always)
    func add(_ span: PersonSpan, county: UInt32) {
        let countyAndType = county << 2 | UInt32(span.householdType)
        if open.pointee.hash == span.household, span.first == open.pointee.last &+ 1,
            open.pointee.countyAndType == countyAndType
        {
            open.pointee.last = span.last
            return
        }
        close()
        open.pointee = Run(
            hash: span.household, countyAndType: countyAndType, first: span.first,
            last: span.last)
    }

    /// Puts the run that may still grow into its bucket; to be called after the last `add`.
    @inline(__always)
    func close() {
        let run = open.pointee
        guard run.hash != 0 else { return }
        put(run)
        open.pointee.hash = 0
    }

    /// Asks for the memory that a run of a household will go to.
    @inline(__always)
    func prepare(_ household: UInt64) {
        let bucket = Self.bucket(of: household)
        prefetch_for_writing(chunks + (bucket &* Self.chunkRuns &+ fills[bucket]))
    }

    @inline(__always)
    private static func bucket(of hash: UInt64) -> Int {
        Int(hash >> UInt64(64 - bucketCountLog2))
    }

    /// Puts a run into its bucket.
    @inline(__always)
    func put(_ run: Run) {
        let bucket = Self.bucket(of: run.hash)
        if fills[bucket] == Self.chunkRuns { write(bucket) }
        chunks[bucket &* Self.chunkRuns &+ fills[bucket]] = run
        fills[bucket] &+= 1
    }

    private static let chunkBytes = chunkRuns * MemoryLayout<Run>.stride

    private func write(_ bucket: Int) {
        if spill < 0 {
            // A name that no other worker has, and that is gone at once; mode 0600.
            var path = Array("\(spillFolder)/households-XXXXXX".utf8CString)
            spill = mkstemp(&path)
            if spill < 0 { failure = errno } else { unlink(path) }
            _ = fcntl(spill, F_SETFD, FD_CLOEXEC)
        }
        let bytes = UnsafeRawBufferPointer(
            start: chunks + bucket * Self.chunkRuns, count: Self.chunkBytes)
        var done = 0
        while done < bytes.count, failure == 0 {
            let offset = bucketOfChunk.count * Self.chunkBytes + done
            let n = pwrite(spill, bytes.baseAddress! + done, bytes.count - done, off_t(offset))
            if n >= 0 { done += n } else if errno != EINTR { failure = errno }
        }
        bucketOfChunk.append(bucket)
        fills[bucket] = 0
    }

    /// Chunks in the file by bucket.
    func chunksByBucket() -> [[Int]] {
        var chunks = [[Int]](repeating: [], count: Self.bucketCount)
        for (chunk, bucket) in bucketOfChunk.enumerated() { chunks[bucket].append(chunk) }
        return chunks
    }

    /// Runs of a bucket, in memory and in its chunks in the file.
    func runCount(inBucket bucket: Int, chunks: [Int]) -> Int {
        fills[bucket] + chunks.count * Self.chunkRuns
    }

    /// Calls `body` with the runs of a bucket, piece by piece.
    func forEachRun(
        inBucket bucket: Int, chunks inFile: [Int], _ body: (UnsafeBufferPointer<Run>) -> Void
    ) throws(PopstatErrors) {
        guard failure == 0 else {
            throw PopstatErrors(.householdsNotKept(path: spillFolder, errno: failure))
        }
        body(UnsafeBufferPointer(start: chunks + bucket * Self.chunkRuns, count: fills[bucket]))
        if inFile.isEmpty { return }
        let piece = UnsafeMutableBufferPointer<Run>.allocate(capacity: Self.chunkRuns)
        defer { piece.deallocate() }
        for chunk in inFile {
            try read(chunk, into: UnsafeMutableRawBufferPointer(piece))
            body(UnsafeBufferPointer(piece))
        }
    }

    private func read(_ chunk: Int, into piece: UnsafeMutableRawBufferPointer)
        throws(PopstatErrors)
    {
        var done = 0
        while done < piece.count {
            let n = pread(
                spill, piece.baseAddress! + done, piece.count - done,
                off_t(chunk * Self.chunkBytes + done))
            if n > 0 {
                done += n
            } else if n == 0 || errno != EINTR {
                throw PopstatErrors(
                    .householdsNotKept(path: spillFolder, errno: n == 0 ? EIO : errno))
            }
        }
    }
}
