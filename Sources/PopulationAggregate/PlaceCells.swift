internal import CPrefetch

/// Counts by place, cell and reference date, of one worker.
///
/// A person who does not change from one date to another is counted by two additions: plus one at
/// the first date, minus one behind the last; the sums over the dates are made at the end. Every
/// cell has a place behind the last date for that.
///
/// Cells are met in no order and seldom lie in the cache, so an addition waits a while in a queue:
/// its memory is asked for at once and has come when it is its turn.
///
/// The first places that are met get a block of all cells; the places behind them, of which only
/// national tables of 700,000 units have any, get room for the cells that occur.
struct PlaceCells: ~Copyable {
    private let stride: Int
    private let blockCountMax: Int
    private let blocks: ZeroBlocks
    /// Per place: its block; `nil` = none yet.
    private var blockOfPlace: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>?>
    private var placeCapacity = 0
    private var others: OtherCells

    private let queue: UnsafeMutablePointer<Step>
    private var turn = 0
    /// A power of two.
    private static let queueCount = 32
    /// What the first steps of the queue add to.
    private let nowhere: UnsafeMutablePointer<UInt32>
    /// How many places ahead the memory of a place's cells is asked for.
    private static let lookAhead = 16

    /// A cell with its counts, one per date.
    struct Cell {
        /// A number of `CellLayout`.
        var number: Int
        var counts: UnsafePointer<UInt32>
    }

    /// `blockBytesMax` bounds the memory of the blocks.
    init(dateCount: Int, blockBytesMax: Int) {
        stride = dateCount + 1
        blocks = ZeroBlocks(size: CellLayout.count * stride)
        blockCountMax = max(1, blockBytesMax / (CellLayout.count * stride * 4))
        placeCapacity = 1_024
        blockOfPlace = .allocate(capacity: placeCapacity)
        blockOfPlace.initialize(repeating: nil, count: placeCapacity)
        others = OtherCells(stride: stride)
        nowhere = .allocate(capacity: stride)
        nowhere.initialize(repeating: 0, count: stride)
        queue = .allocate(capacity: Self.queueCount)
        queue.initialize(
            repeating: Step(row: nowhere, first: 0, last: 0), count: Self.queueCount)
    }

    deinit {
        blockOfPlace.deallocate()
        queue.deallocate()
        nowhere.deallocate()
    }

    /// Makes room for places with smaller numbers than `count`.
    mutating func reserve(placeCount count: Int) {
        guard count > placeCapacity else { return }
        let capacity = max(count, placeCapacity * 2)
        let larger = UnsafeMutablePointer<UnsafeMutablePointer<UInt32>?>.allocate(
            capacity: capacity)
        larger.update(from: blockOfPlace, count: placeCapacity)
        (larger + placeCapacity).initialize(repeating: nil, count: capacity - placeCapacity)
        blockOfPlace.deallocate()
        blockOfPlace = larger
        placeCapacity = capacity
    }

    /// Counts one person in a cell from one date to another; the place must have room.
    @inline(__always)
    mutating func add(_ place: Int32, cell: Int, first: Int, last: Int) {
        guard let block = blockOfPlace[Int(place)] else {
            return addWithoutBlock(place, cell, first, last)
        }
        add(to: block + cell &* stride, first, last)
    }

    @inline(__always)
    private mutating func add(to row: UnsafeMutablePointer<UInt32>, _ first: Int, _ last: Int) {
        prefetch_for_writing(row + first)
        let step = Step(
            row: row, first: Int32(truncatingIfNeeded: first),
            last: Int32(truncatingIfNeeded: last))
        let due = queue[turn]
        queue[turn] = step
        turn = (turn &+ 1) & (Self.queueCount &- 1)
        due.apply()
    }

    /// An addition in the queue.
    private struct Step {
        var row: UnsafeMutablePointer<UInt32>
        var first: Int32
        var last: Int32

        @inline(__always)
        func apply() {
            row[Int(first)] &+= 1
            row[Int(last) &+ 1] &-= 1
        }
    }

    /// A place that has no block gets one as long as there is room for it.
    @inline(never)
    private mutating func addWithoutBlock(_ place: Int32, _ cell: Int, _ first: Int, _ last: Int) {
        if blocks.count < blockCountMax {
            let block = blocks.next()
            blockOfPlace[Int(place)] = block
            add(to: block + cell * stride, first, last)
        } else {
            others.reserve(placeCount: placeCapacity)
            others.add(place, cell: cell, first: first, last: last)
        }
    }

    /// Makes the sums and calls `body` with the cells of each place that hold something, in the order
    /// given, which names every place once; to be called once.
    mutating func forEachPlace(
        in order: [Int32], _ body: (_ place: Int32, _ cells: [Cell]) -> Void
    ) {
        for index in 0..<Self.queueCount { queue[index].apply() }
        reserve(placeCount: order.count)
        others.reserve(placeCount: placeCapacity)
        others.applyAll()
        var cells: [Cell] = []
        for (index, place) in order.enumerated() {
            if index + Self.lookAhead < order.count {
                others.askFor(order[index + Self.lookAhead])
            }
            cells.removeAll(keepingCapacity: true)
            func take(_ cell: Int, _ row: UnsafeMutablePointer<UInt32>) {
                if Self.sum(row, stride) {
                    cells.append(Cell(number: cell, counts: UnsafePointer(row)))
                }
            }
            if let block = blockOfPlace[Int(place)] {
                var index = 0
                while true {
                    while index < CellLayout.count * stride, block[index] == 0 { index &+= 1 }
                    if index == CellLayout.count * stride { break }
                    let cell = index / stride
                    take(cell, block + cell * stride)
                    index = (cell + 1) * stride
                }
            } else {
                others.forEachCell(of: place, take)
            }
            if !cells.isEmpty { body(place, cells) }
        }
    }

    /// Turns steps into counts; whether any is not 0.
    private static func sum(_ counts: UnsafeMutablePointer<UInt32>, _ stride: Int) -> Bool {
        var count: UInt32 = 0
        var any: UInt32 = 0
        for date in 0..<stride {
            count &+= counts[date]
            counts[date] = count
            any |= count
        }
        return any != 0
    }
}
