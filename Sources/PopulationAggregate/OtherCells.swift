internal import CPrefetch

/// The cells of places without a block of their own. There are as many such places as a country has,
/// most with a few people: a place has a block of the cells that occur in it.
///
/// Such a block tells by a bit for each cell which rows it holds; rows stand in the order of cells and
/// move when one comes between them. So an addition waits in a queue until the block of its place has
/// come from memory, and only then its row is looked up.
struct OtherCells: ~Copyable {
    private let stride: Int
    /// Per size: blocks of that size, and those that their places have outgrown.
    private var sizes: [Size] = []
    /// Per place: its block; `nil` = none yet.
    private var blockOfPlace: UnsafeMutablePointer<Block?>
    private var placeCapacity = 0

    private let queue: UnsafeMutablePointer<Step>
    private var turn = 0
    /// A power of two.
    private static let queueCount = 32

    /// Words 0 to 7: a bit for each cell. Word 8: its size, an index of `sizes`. Then the rows.
    private typealias Block = UnsafeMutablePointer<UInt32>
    private static let bitWords = 4
    private static let headWords = 9

    private struct Size {
        var rowCount: Int
        var blocks: ZeroBlocks
        var outgrown: [Block] = []
    }

    /// An addition in the queue.
    private struct Step {
        /// -1 = none.
        var place: Int32
        var cell: Int32
        var first: Int32
        var last: Int32
    }

    /// `stride` is the size of a row.
    init(stride: Int) {
        precondition(CellLayout.count <= Self.bitWords * 64, "a bit for each cell")
        self.stride = stride
        blockOfPlace = .allocate(capacity: 0)
        queue = .allocate(capacity: Self.queueCount)
        queue.initialize(
            repeating: Step(place: -1, cell: 0, first: 0, last: 0), count: Self.queueCount)
        var rowCount = 4
        while true {
            let words = Self.headWords + rowCount * stride
            sizes.append(
                Size(
                    rowCount: rowCount,
                    blocks: ZeroBlocks(byteCount: words * MemoryLayout<UInt32>.stride)))
            if rowCount == CellLayout.count { break }
            rowCount = min(rowCount * 2, CellLayout.count)
        }
    }

    deinit {
        blockOfPlace.deallocate()
        queue.deallocate()
    }

    /// Makes room for places with smaller numbers than `count`.
    mutating func reserve(placeCount count: Int) {
        guard count > placeCapacity else { return }
        let larger = UnsafeMutablePointer<Block?>.allocate(capacity: count)
        larger.update(from: blockOfPlace, count: placeCapacity)
        (larger + placeCapacity).initialize(repeating: nil, count: count - placeCapacity)
        blockOfPlace.deallocate()
        blockOfPlace = larger
        placeCapacity = count
    }

    /// Counts one person in a cell from one date to another; the place must have room.
    mutating func add(_ place: Int32, cell: Int, first: Int, last: Int) {
        askFor(place)
        let due = queue[turn]
        queue[turn] = Step(
            place: place, cell: Int32(truncatingIfNeeded: cell),
            first: Int32(truncatingIfNeeded: first), last: Int32(truncatingIfNeeded: last))
        turn = (turn &+ 1) & (Self.queueCount &- 1)
        apply(due)
    }

    /// Applies what is left in the queue.
    mutating func applyAll() {
        for index in 0..<Self.queueCount {
            apply(queue[index])
            queue[index].place = -1
        }
    }

    /// Asks for where the block of a place is told.
    @inline(__always)
    func prepare(_ place: Int32) {
        // Nothing happens for a place without room.
        prefetch_for_reading(blockOfPlace + Int(place))
    }

    /// Asks for the memory of a place, which must have room.
    func askFor(_ place: Int32) {
        if let block = blockOfPlace[Int(place)] { prefetch_for_writing(block) }
    }

    /// Calls `body` with each cell of a place, ascending, and its row.
    func forEachCell(
        of place: Int32, _ body: (_ cell: Int, _ row: UnsafeMutablePointer<UInt32>) -> Void
    ) {
        guard let block = blockOfPlace[Int(place)] else { return }
        var row = block + Self.headWords
        for word in 0..<Self.bitWords {
            var bits = Self.bits(word, of: block)
            while bits != 0 {
                body(word * 64 + bits.trailingZeroBitCount, row)
                bits &= bits - 1
                row += stride
            }
        }
    }

    private mutating func apply(_ step: Step) {
        guard step.place >= 0 else { return }
        let row = rowToWrite(step.place, Int(step.cell))
        row[Int(step.first)] &+= 1
        row[Int(step.last) &+ 1] &-= 1
    }

    /// The row of a cell, made when the place has none yet.
    private mutating func rowToWrite(_ place: Int32, _ cell: Int) -> UnsafeMutablePointer<UInt32> {
        var block = blockOfPlace[Int(place)] ?? newBlock(of: 0)
        let (word, bit) = (cell / 64, UInt64(1) << UInt64(cell % 64))
        var index = (Self.bits(word, of: block) & (bit - 1)).nonzeroBitCount
        for before in 0..<word { index += Self.bits(before, of: block).nonzeroBitCount }
        if Self.bits(word, of: block) & bit == 0 {
            let count = Self.rowCount(of: block)
            if count == sizes[Int(block[8])].rowCount { block = outgrow(block) }
            let row = block + (Self.headWords + index * stride)
            (row + stride).update(from: row, count: (count - index) * stride)
            row.update(repeating: 0, count: stride)
            Self.setBits(word, of: block, Self.bits(word, of: block) | bit)
            blockOfPlace[Int(place)] = block
        }
        return block + (Self.headWords + index * stride)
    }

    /// A block of the next size with what a full one holds.
    private mutating func outgrow(_ block: Block) -> Block {
        let size = Int(block[8])
        let larger = newBlock(of: size + 1)
        let rows = sizes[size].rowCount * stride
        larger.update(from: block, count: Self.headWords + rows)
        larger[8] = UInt32(size + 1)
        sizes[size].outgrown.append(block)
        return larger
    }

    /// A block without rows.
    private mutating func newBlock(of size: Int) -> Block {
        let block =
            sizes[size].outgrown.popLast()
            ?? sizes[size].blocks.next().bindMemory(
                to: UInt32.self, capacity: Self.headWords + sizes[size].rowCount * stride)
        block.update(repeating: 0, count: Self.headWords)
        block[8] = UInt32(size)
        return block
    }

    private static func rowCount(of block: Block) -> Int {
        (0..<bitWords).reduce(0) { $0 + bits($1, of: block).nonzeroBitCount }
    }

    private static func bits(_ word: Int, of block: Block) -> UInt64 {
        UnsafeRawPointer(block).loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
    }

    private static func setBits(_ word: Int, of block: Block, _ bits: UInt64) {
        UnsafeMutableRawPointer(block).storeBytes(of: bits, toByteOffset: word * 8, as: UInt64.self)
    }
}

/// Blocks of zeros, many at a time, that stay where they are until all are given back.
///
/// Zeros are written, in place of memory that the kernel gives as zeros: an addition of `PlaceCells`
/// reads before it writes, so that the kernel would first lend a page of zeros that all share and then
/// take it back, which stops every core of the process for a moment.
final class ZeroBlocks {
    private let byteCount: Int
    private let blocksPerSlab: Int
    private var slabs: [UnsafeMutableRawPointer] = []
    private(set) var count = 0

    /// `byteCount` is that of a block.
    init(byteCount: Int) {
        self.byteCount = byteCount
        blocksPerSlab = max(1, (4 << 20) / byteCount)
    }

    deinit { for slab in slabs { slab.deallocate() } }

    /// `make bench-counts` finds it by its name.
    @inline(never)
    func next() -> UnsafeMutableRawPointer {
        let index = count % blocksPerSlab
        if index == 0 {
            slabs.append(.allocate(byteCount: blocksPerSlab * byteCount, alignment: 16))
        }
        count += 1
        let block = slabs[slabs.count - 1] + index * byteCount
        block.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
        return block
    }
}
