import Glibc
internal import PopulationModel

/// An extract that is open for reading at any offset; a gzip file is unpacked first.
final class ExtractFile: Sendable {
    let label: String
    let byteCount: Int
    /// A gzip file, of which the unpacked bytes are read.
    let isPacked: Bool
    private let descriptor: Int32
    private let path: String
    private let identity: FileIdentity

    /// `unpackPath` is a private file that a gzip extract is unpacked into; it is unlinked at once.
    init(path: String, label: String, unpackPath: String) throws(PopstatErrors) {
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else {
            throw PopstatErrors(.cannotOpen(label: label, errno: errno))
        }
        guard let identity = FileIdentity(descriptor: opened) else {
            let number = errno
            close(opened)
            throw PopstatErrors(.cannotRead(label: label, errno: number))
        }
        self.label = label
        self.path = path
        self.identity = identity
        isPacked = PackedExtract.isPacked(path)
        if isPacked {
            close(opened)
            let unpacked = try Self.unpack(
                path: path, label: label, into: unpackPath, packedCount: Int(identity.size))
            descriptor = unpacked.descriptor
            byteCount = unpacked.byteCount
        } else {
            descriptor = opened
            byteCount = Int(identity.size)
        }
    }

    deinit { close(descriptor) }

    /// Fills as much of the buffer as the file holds from `offset` on.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(PopstatErrors)
        -> Int
    {
        var done = 0
        while done < buffer.count {
            let n = pread(
                descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
            if n == 0 { break }
            if n < 0 {
                if errno == EINTR { continue }
                throw PopstatErrors(.cannotRead(label: label, errno: errno))
            }
            done += n
        }
        return done
    }

    /// Throws when the file is no longer the one that was opened.
    func checkUnchanged() throws(PopstatErrors) {
        guard let now = FileIdentity(path: path), now == identity else {
            throw PopstatErrors(.changedWhileRead(label: label))
        }
    }

    /// A register does not shrink to a hundredth; what unpacks to twice that would only fill the disk.
    private static let unpackedRatioMax = 200
    /// Whatever its ratio, so much does no harm.
    private static let unpackedFree = 64 << 20

    private static func unpack(
        path: String, label: String, into unpackPath: String, packedCount: Int
    ) throws(PopstatErrors) -> (descriptor: Int32, byteCount: Int) {
        let target = open(unpackPath, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard target >= 0 else {
            throw PopstatErrors(.cannotWrite(path: unpackPath, errno: errno))
        }
        // Personal rows shall not stay behind under a name.
        guard unlink(unpackPath) == 0 else {
            let number = errno
            close(target)
            throw PopstatErrors(.cannotWrite(path: unpackPath, errno: number))
        }
        let source = open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else {
            let number = errno
            close(target)
            throw PopstatErrors(.cannotOpen(label: label, errno: number))
        }
        defer { close(source) }
        do throws(PopstatErrors) {
            return (
                target,
                try unpack(
                    source, label: label, into: target, targetPath: unpackPath,
                    countMax: unpackedFree + packedCount * unpackedRatioMax)
            )
        } catch {
            close(target)
            throw error
        }
    }

    /// Gives how many bytes were written.
    private static func unpack(
        _ source: Int32, label: String, into target: Int32, targetPath: String, countMax: Int
    ) throws(PopstatErrors) -> Int {
        var unpacker = GzipUnpacker()
        var total = 0
        var fault: GzipUnpacker.Fault?
        do throws(SystemFailure) {
            try WholeFile.forEachPiece(of: source) { piece throws(SystemFailure) in
                guard fault == nil else { return }
                do throws(GzipUnpacker.Fault) {
                    try unpacker.add(piece) { bytes throws(SystemFailure) in
                        total += bytes.count
                        guard total <= countMax else { throw SystemFailure(number: EFBIG) }
                        try WholeFile.append(bytes, to: target)
                    }
                } catch { fault = error }
            }
        } catch {
            throw PopstatErrors(.cannotRead(label: label, errno: error.number))
        }
        switch fault {
        case nil where unpacker.isAtEnd: return total
        case .output where total > countMax:
            throw PopstatErrors(.unpacksTooFar(label: label, ratioMax: unpackedRatioMax))
        case .output(let failure):
            throw PopstatErrors(.cannotWrite(path: targetPath, errno: failure.number))
        default: throw PopstatErrors(.damagedGzip(label: label))
        }
    }
}

/// What tells one state of a file from another without reading it (SPEC 7).
package struct FileIdentity: Sendable, Equatable {
    package var device: UInt64
    package var inode: UInt64
    package var size: Int64
    package var modifiedNanoseconds: Int64
    package var changedNanoseconds: Int64

    package init(
        device: UInt64, inode: UInt64, size: Int64, modifiedNanoseconds: Int64,
        changedNanoseconds: Int64
    ) {
        self.device = device
        self.inode = inode
        self.size = size
        self.modifiedNanoseconds = modifiedNanoseconds
        self.changedNanoseconds = changedNanoseconds
    }

    /// `nil` when the file cannot be looked at.
    package init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        func nanoseconds(_ time: timespec) -> Int64 {
            Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        }
        self.init(
            device: UInt64(status.st_dev), inode: UInt64(status.st_ino),
            size: Int64(status.st_size), modifiedNanoseconds: nanoseconds(status.st_mtim),
            changedNanoseconds: nanoseconds(status.st_ctim))
    }
}
