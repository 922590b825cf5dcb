/// Memory for chunks of one size that are all given back at once; each begins at a multiple of its
/// size.
struct ChunkSlabs {
    private static let chunksPerSlab = 64

    private let chunkBytes: Int
    private var slabs: [UnsafeMutableRawPointer] = []
    /// Chunks handed out.
    private(set) var count = 0

    /// `chunkBytes` is a power of two.
    init(chunkBytes: Int) { self.chunkBytes = chunkBytes }

    func deallocate() {
        for slab in slabs { slab.deallocate() }
    }

    mutating func chunk() -> UnsafeMutableRawPointer {
        let index = count % Self.chunksPerSlab
        if index == 0 {
            slabs.append(
                .allocate(byteCount: Self.chunksPerSlab * chunkBytes, alignment: chunkBytes))
        }
        count += 1
        return slabs[slabs.count - 1] + index * chunkBytes
    }
}
