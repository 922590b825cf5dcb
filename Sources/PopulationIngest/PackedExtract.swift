/// Extracts that arrive packed by gzip, which their names tell.
package enum PackedExtract {
    package static func isPacked(_ path: String) -> Bool { path.hasSuffix(".gz") }

    /// What rows of an extract pack to, by rule of thumb: the true size is known once it is unpacked.
    package static let unpackedTimes = 8

    /// Bytes of the rows, reckoned from the file's.
    package static func unpackedBytes(_ path: String, size: Int) -> Int {
        isPacked(path) ? size * unpackedTimes : size
    }
}
