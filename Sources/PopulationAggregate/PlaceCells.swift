internal import CPrefetch

/// Counts by place, cell and reference date, of one worker.
///
/// A person who does not change from one date to another is counted by two additions: plus one at
/// the first date, minus one behind the last; the sums over the dates are made at the end. Every
/// cell has a place behind the last date for that.
///
/// Cells are met in no order and seldom lie in the cache, so an addition waits a while in a queue:
/// its memory is asked for at once and has come when it is its turn. For the cache's sake the numbers
/// of a block have 16 bits, and what comes to more is carried over into a dictionary.
///
/// The first places that are met get a block of all cells; the places behind them, of which only
/// national tables of 700,000 units have any, get room for the cells that occur.
struct PlaceCells: ~Copyable {
    private let stride: Int
    private let blockCountMax: Int
    private let blocks: ZeroBlocks
    /// Per place: its block, a row for each cell; `nil` = none yet.
    private var blockOfPlace: UnsafeMutablePointer<Row?>
    private var placeCapacity = 0
    /// What the numbers of blocks came to whenever one of them was full, by where it lies.
    private var carried: [Row: Int] = [:]
    private var others: OtherCells

    private let queue: UnsafeMutablePointer<Step>
    private var turn = 0
    /// A power of two.
    private static let queueCount = 32
    /// What the first steps of the queue add to.
    private let nowhere: Row
    /// How many places ahead the memory of a place's cells is asked for.
    private static let lookAhead = 16

    private typealias Row = UnsafeMutablePointer<Int16>

    /// A cell with its counts, one per date.
    struct Cell {
        /// A number of `CellLayout`.
        var number: Int
        var counts: UnsafePointer<UInt32>
    }

    /// `blockBytesMax` bounds the memory of the blocks.
    init(dateCount: Int, blockBytesMax: Int) {
        stride = dateCount + 1
        let blockBytes = CellLayout.count * stride * MemoryLayout<Int16>.stride
        blocks = ZeroBlocks(byteCount: blockBytes)
        blockCountMax = max(1, blockBytesMax / blockBytes)
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
        let larger = UnsafeMutablePointer<Row?>.allocate(capacity: capacity)
        larger.update(from: blockOfPlace, count: placeCapacity)
        (larger + placeCapacity).initialize(repeating: nil, count: capacity - placeCapacity)
        blockOfPlace.deallocate()
        blockOfPlace = larger
        placeCapacity = capacity
    }

    /// Asks for where the cells of a place are told that is counted soon; -1 = none.
    @inline(__always)
    func prepare(_ place: Int32) {
        if place < 0 { return }
        prefetch_for_reading(blockOfPlace + Int(place))
        others.prepare(place)
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
    private mutating func add(to row: Row, _ first: Int, _ last: Int) {
        prefetch_for_writing(row + first)
        let step = Step(
            row: row, first: Int32(truncatingIfNeeded: first),
            last: Int32(truncatingIfNeeded: last))
        let due = queue[turn]
        queue[turn] = step
        turn = (turn &+ 1) & (Self.queueCount &- 1)
        apply(due)
    }

    /// An addition in the queue.
    private struct Step {
        var row: Row
        var first: Int32
        var last: Int32
    }

    @inline(__always)
    private mutating func apply(_ step: Step) {
        let plus = step.row + Int(step.first)
        plus.pointee &+= 1
        if plus.pointee == .max { carry(plus) }
        let minus = step.row + (Int(step.last) &+ 1)
        minus.pointee &-= 1
        if minus.pointee == .min { carry(minus) }
    }

    /// Makes room in a number that is full.
    @inline(never)
    private mutating func carry(_ number: Row) {
        carried[number, default: 0] += Int(number.pointee)
        number.pointee = 0
    }

    /// A place that has no block gets one as long as there is room for it.
    @inline(never)
    private mutating func addWithoutBlock(_ place: Int32, _ cell: Int, _ first: Int, _ last: Int) {
        if blocks.count < blockCountMax {
            let block = blocks.next().bindMemory(
                to: Int16.self, capacity: CellLayout.count * stride)
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
        for index in 0..<Self.queueCount { apply(queue[index]) }
        reserve(placeCount: order.count)
        others.reserve(placeCount: placeCapacity)
        others.applyAll()
        // Of one place at a time.
        let sums = UnsafeMutablePointer<UInt32>.allocate(capacity: CellLayout.count * stride)
        defer { sums.deallocate() }
        var cells: [Cell] = []
        for (index, place) in order.enumerated() {
            if index + Self.lookAhead < order.count {
                others.askFor(order[index + Self.lookAhead])
            }
            cells.removeAll(keepingCapacity: true)
            func take(_ cell: Int, _ counts: UnsafeMutablePointer<UInt32>, _ any: Bool) {
                if any { cells.append(Cell(number: cell, counts: UnsafePointer(counts))) }
            }
            if let block = blockOfPlace[Int(place)] {
                var cell = nextCell(block, from: 0)
                while cell < CellLayout.count {
                    let (row, counts) = (block + cell * stride, sums + cell * stride)
                    take(
                        cell, counts,
                        carried.isEmpty
                            ? Self.sum(stride, to: counts) { Int(row[$0]) }
                            : Self.sum(stride, to: counts) {
                                Int(row[$0]) + carried[row + $0, default: 0]
                            })
                    cell = nextCell(block, from: cell + 1)
                }
            } else {
                others.forEachCell(of: place) { cell, row in
                    take(cell, row, Self.sum(stride, to: row) { Int(row[$0]) })
                }
            }
            if !cells.isEmpty { body(place, cells) }
        }
    }

    /// The first cell from one on that may hold something; behind the last when there is none.
    private func nextCell(_ block: Row, from cell: Int) -> Int {
        if !carried.isEmpty { return cell }
        let end = CellLayout.count * stride
        var index = cell * stride
        while index + 4 <= end, UnsafeRawPointer(block + index).loadUnaligned(as: UInt64.self) == 0
        {
            index += 4
        }
        while index < end, block[index] == 0 { index += 1 }
        return index < end ? index / stride : CellLayout.count
    }

    /// Sums up steps to counts; whether any is not 0.
    @inline(__always)
    private static func sum(
        _ stride: Int, to counts: UnsafeMutablePointer<UInt32>, _ step: (Int) -> Int
    ) -> Bool {
        var count: UInt32 = 0
        var any: UInt32 = 0
        for date in 0..<stride {
            count &+= UInt32(truncatingIfNeeded: step(date))
            counts[date] = count
            any |= count
        }
        return any != 0
    }
}
