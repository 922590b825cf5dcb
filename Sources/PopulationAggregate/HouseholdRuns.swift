internal import CPrefetch
import Glibc
internal import PopulationModel

/// Households of one worker's registered as runs of reference dates, spread over buckets by hash:
/// the members of a household lie in many partitions, and are counted as one only at the end.
///
/// A run takes 16 bytes, and nearly every citizen has one; so full chunks are kept in memory up to a
/// limit, and then go to a file, which has no name and is gone with the run. One worker writes, and
/// only after it ended is read.
final class HouseholdRuns: @unchecked Sendable {
    /// A household at some dates in a row.
    struct Run {
        var hash: UInt64
        /// County in the upper 30 bits, type in the lower 2.
        var countyAndType: UInt32
        var first: UInt16
        var last: UInt16
    }

    /// A bucket's full chunks.
    private struct FullChunks {
        var inMemory: [UnsafeMutablePointer<Run>] = []
        /// Numbers of those in the file.
        var inFile: [Int] = []

        var count: Int { inMemory.count + inFile.count }
    }

    static let bucketCountLog2 = 9
    static let bucketCount = 1 << bucketCountLog2
    private static let chunkRuns = 512
    private static let chunkBytes = chunkRuns * MemoryLayout<Run>.stride

    /// Room in the chunk that a bucket's next run goes to; a full one is taken away at once.
    private struct Room {
        var next: UnsafeMutablePointer<Run>
        let end: UnsafeMutablePointer<Run>

        init(chunk: UnsafeMutablePointer<Run>) {
            next = chunk
            end = chunk + chunkRuns
        }

        var runs: UnsafeBufferPointer<Run> {
            let start = end - chunkRuns
            return UnsafeBufferPointer(start: start, count: next - start)
        }
    }

    /// By bucket.
    private let rooms: UnsafeMutablePointer<Room>
    /// Memory of many chunks each, to be given back at once. The allocator writes beside all that it
    /// hands out, so chunks by themselves would touch memory that may never hold a run.
    private var slabs: [UnsafeMutablePointer<Run>] = []
    private static let slabChunks = bucketCount
    private var chunkCount = 0
    private let memoryLimit: Int
    /// The run that may still grow.
    private let open: UnsafeMutablePointer<Run>
    private let spillFolder: String
    private var spill: Int32 = -1
    private var fullChunks = [FullChunks](repeating: FullChunks(), count: bucketCount)
    private var chunksInFile = 0
    /// Error number of the first write that failed.
    private var failure: Int32 = 0

    /// Up to `memoryLimit` bytes of full chunks stay in memory; others go to a file in
    /// `spillFolder`.
    init(spillFolder: String, memoryLimit: Int) {
        self.spillFolder = spillFolder
        self.memoryLimit = memoryLimit
        rooms = .allocate(capacity: Self.bucketCount)
        open = .allocate(capacity: 1)
        open.initialize(to: Run(hash: 0, countyAndType: 0, first: 0, last: 0))
        for bucket in 0..<Self.bucketCount {
            (rooms + bucket).initialize(to: Room(chunk: newChunk()))
        }
    }

    deinit {
        for slab in slabs { slab.deallocate() }
        rooms.deallocate()
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
        prefetch_for_writing(rooms[Self.bucket(of: household)].next)
    }

    @inline(__always)
    private static func bucket(of hash: UInt64) -> Int {
        Int(hash >> UInt64(64 - bucketCountLog2))
    }

    /// Puts a run into its bucket.
    @inline(__always)
    func put(_ run: Run) {
        let bucket = Self.bucket(of: run.hash)
        rooms[bucket].next.pointee = run
        rooms[bucket].next += 1
        if rooms[bucket].next == rooms[bucket].end { takeAway(bucket) }
    }

    /// Keeps a bucket's full chunk, in memory or in the file, and gives it an empty one.
    private func takeAway(_ bucket: Int) {
        let full = rooms[bucket].end - Self.chunkRuns
        if (chunkCount - Self.bucketCount) * Self.chunkBytes < memoryLimit {
            fullChunks[bucket].inMemory.append(full)
            rooms[bucket] = Room(chunk: newChunk())
        } else {
            write(full)
            fullChunks[bucket].inFile.append(chunksInFile)
            chunksInFile += 1
            rooms[bucket] = Room(chunk: full)
        }
    }

    private func newChunk() -> UnsafeMutablePointer<Run> {
        let index = chunkCount % Self.slabChunks
        if index == 0 { slabs.append(.allocate(capacity: Self.slabChunks * Self.chunkRuns)) }
        chunkCount += 1
        return slabs[slabs.count - 1] + index * Self.chunkRuns
    }

    private func write(_ chunk: UnsafeMutablePointer<Run>) {
        if spill < 0 {
            // A name that no other worker has, and that is gone at once; mode 0600.
            var path = Array("\(spillFolder)/households-XXXXXX".utf8CString)
            spill = mkstemp(&path)
            if spill < 0 { failure = errno } else { unlink(path) }
            _ = fcntl(spill, F_SETFD, FD_CLOEXEC)
        }
        let bytes = UnsafeRawBufferPointer(start: chunk, count: Self.chunkBytes)
        var done = 0
        while done < bytes.count, failure == 0 {
            let offset = chunksInFile * Self.chunkBytes + done
            let n = pwrite(spill, bytes.baseAddress! + done, bytes.count - done, off_t(offset))
            if n >= 0 { done += n } else if errno != EINTR { failure = errno }
        }
    }

    func runCount(inBucket bucket: Int) -> Int {
        rooms[bucket].runs.count + fullChunks[bucket].count * Self.chunkRuns
    }

    /// Calls `body` with the runs of a bucket, piece by piece.
    func forEachRun(inBucket bucket: Int, _ body: (UnsafeBufferPointer<Run>) -> Void)
        throws(PopstatErrors)
    {
        guard failure == 0 else {
            throw PopstatErrors(.householdsNotKept(path: spillFolder, errno: failure))
        }
        body(rooms[bucket].runs)
        for chunk in fullChunks[bucket].inMemory {
            body(UnsafeBufferPointer(start: chunk, count: Self.chunkRuns))
        }
        if fullChunks[bucket].inFile.isEmpty { return }
        let piece = UnsafeMutableBufferPointer<Run>.allocate(capacity: Self.chunkRuns)
        defer { piece.deallocate() }
        for chunk in fullChunks[bucket].inFile {
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
