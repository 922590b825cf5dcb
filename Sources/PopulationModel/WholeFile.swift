import Glibc

/// A file that is there as a whole or not at all: written aside and renamed, and read to the end that
/// the file system knows.
package enum WholeFile {
    /// Whether something stands at a path; throws when that cannot be told, as below a folder that the
    /// account may not enter.
    package static func isThere(_ path: String) throws(SystemFailure) -> Bool {
        var status = stat()
        if stat(path, &status) == 0 { return true }
        let failure = SystemFailure()
        if failure.isAbsence { return false }
        throw failure
    }

    /// All bytes of a file.
    package static func read(_ path: String, countMax: Int = .max) throws(SystemFailure) -> [UInt8]
    {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemFailure() }
        defer { close(descriptor) }
        return try read(descriptor, countMax: countMax)
    }

    /// The same of an open file, from where the descriptor stands at its start.
    package static func read(_ descriptor: Int32, countMax: Int = .max) throws(SystemFailure)
        -> [UInt8]
    {
        var bytes: [UInt8] = []
        var status = stat()
        // A size that cannot be told is no matter here.
        if fstat(descriptor, &status) == 0 {
            bytes.reserveCapacity(min(Int(status.st_size), countMax))
        }
        try forEachPiece(of: descriptor) { piece throws(SystemFailure) in
            guard bytes.count + piece.count <= countMax else { throw SystemFailure(number: EFBIG) }
            bytes += piece
        }
        return bytes
    }

    /// Gives a file piece by piece. A regular file that ends before its size is no whole one: an
    /// error of the disk, or somebody who shortens it.
    package static func forEachPiece(
        of descriptor: Int32, _ body: (UnsafeRawBufferPointer) throws(SystemFailure) -> Void
    ) throws(SystemFailure) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemFailure() }
        let expected = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { piece.deallocate() }
        var done = 0
        while true {
            let n = Glibc.read(descriptor, piece.baseAddress!, piece.count)
            if n == 0 { break }
            if n < 0 {
                if errno == EINTR { continue }
                throw SystemFailure()
            }
            try body(UnsafeRawBufferPointer(rebasing: piece[..<n]))
            done += n
        }
        guard done >= expected else { throw SystemFailure.endsEarly }
    }

    /// Gives the bytes of a file where the kernel keeps them, without a copy. For private files alone:
    /// the kernel ends a process whose file is cut by another while it looks.
    package static func withBytes<Result>(
        of descriptor: Int32,
        _ body: (UnsafeRawBufferPointer) throws(SystemFailure) -> Result
    ) throws(SystemFailure) -> Result {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemFailure() }
        let count = Int(status.st_size)
        guard count > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        guard let start = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0),
            start != MAP_FAILED
        else { throw SystemFailure() }
        defer { munmap(start, count) }
        return try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Makes a folder, and those above it that are missing, with its rights from the first moment on;
    /// one that is there keeps its own.
    package static func makeFolder(_ path: String, mode: UInt32) throws(SystemFailure) {
        if mkdir(path, mode) == 0 { return }
        if errno == ENOENT, let slash = path.dropLast().lastIndex(of: "/"), slash > path.startIndex
        {
            try makeFolder(String(path[..<slash]), mode: 0o777)
            if mkdir(path, mode) == 0 { return }
        }
        let failure = SystemFailure()
        var status = stat()
        guard failure.number == EEXIST, stat(path, &status) == 0,
            status.st_mode & S_IFMT == S_IFDIR
        else { throw failure }
    }

    /// `aside` is a path in the same folder, of a fixed name: what a run that died left there is
    /// written over. With `isLasting` the bytes are on disk before the name is.
    package static func write(
        _ bytes: [UInt8], to path: String, aside: String, mode: UInt32, isLasting: Bool
    ) throws(SystemFailure) {
        do throws(SystemFailure) {
            let descriptor = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
            guard descriptor >= 0 else { throw SystemFailure() }
            defer { close(descriptor) }
            // The mask of the process shall not take away what others may read.
            guard fchmod(descriptor, mode) == 0 else { throw SystemFailure() }
            try append(bytes, to: descriptor)
            if isLasting, fsync(descriptor) != 0 { throw SystemFailure() }
            guard rename(aside, path) == 0 else { throw SystemFailure() }
        } catch {
            unlink(aside)
            throw error
        }
    }

    /// Writes all of the bytes where the descriptor stands.
    package static func append(_ bytes: [UInt8], to descriptor: Int32) throws(SystemFailure) {
        // Typed throws do not pass through `withUnsafeBytes` of an array.
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(SystemFailure) in try append(bytes, to: descriptor) }
        }
        try result.get()
    }

    /// The same for bytes that lie elsewhere.
    package static func append(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32)
        throws(SystemFailure)
    {
        var done = 0
        while done < bytes.count {
            let n = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
            if n < 0 {
                if errno == EINTR { continue }
                throw SystemFailure()
            }
            done += n
        }
    }

    /// Writes a stretch of a file where another descriptor stands; a pipe is given the file's own
    /// pages, which must not change until they are read there.
    package static func append(_ stretch: Range<Int>, of file: Int32, to descriptor: Int32)
        throws(SystemFailure)
    {
        var offset = off_t(stretch.lowerBound)
        while offset < stretch.upperBound {
            let n = sendfile(descriptor, file, &offset, stretch.upperBound - Int(offset))
            if n == 0 { throw SystemFailure.endsEarly }
            if n < 0, errno != EINTR { throw SystemFailure() }
        }
    }
}

/// A call of the system that failed.
package struct SystemFailure: Error, Equatable {
    /// An `errno`.
    package let number: Int32
    /// The system's words for it.
    package let reason: String

    /// The failure of the last call, or of another by its number.
    package init(number: Int32 = errno) {
        self.number = number
        reason = String(cString: strerror(number))
    }

    /// Nothing stands at the path; any other failure leaves open whether something does.
    package var isAbsence: Bool { number == ENOENT || number == ENOTDIR }

    private init(number: Int32, reason: String) {
        self.number = number
        self.reason = reason
    }

    /// A file whose end came before its size.
    package static let endsEarly = SystemFailure(number: EIO, reason: "it ends before its size")
}
