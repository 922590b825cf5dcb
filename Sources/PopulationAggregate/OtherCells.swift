internal import CPrefetch
import Glibc

/// The cells of places without a block of their own. There are as many such places as a country has,
/// with a few people each: a place has a chain of small groups of the cells that occur in it.
///
/// A group is four rows, and before them which cells they count. An addition waits in a queue until
/// the first group of its place has come from memory; only then its row is looked up.
struct OtherCells: ~Copyable {
    private let stride: Int
    private let groups: ZeroBlocks
    /// Per place: its first group; `nil` = none yet.
    private var firstGroup: UnsafeMutablePointer<Group?>
    private var placeCapacity = 0

    /// Words 0 and 1: the address of the next group, 0 = none. Word 2: a byte for each row, the number
    /// of its cell and one, 0 = free. Then the rows.
    private typealias Group = UnsafeMutablePointer<UInt32>
    private static let rowCount = 4
    private static let headWords = 3

    private let queue: UnsafeMutablePointer<Step>
    private var turn = 0
    /// A power of two.
    private static let queueCount = 32

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
        precondition(CellLayout.count < Int(UInt8.max), "a cell has its number in a byte")
        self.stride = stride
        groups = ZeroBlocks(size: Self.headWords + Self.rowCount * stride)
        firstGroup = .allocate(capacity: 0)
        queue = .allocate(capacity: Self.queueCount)
        queue.initialize(
            repeating: Step(place: -1, cell: 0, first: 0, last: 0), count: Self.queueCount)
    }

    deinit {
        firstGroup.deallocate()
        queue.deallocate()
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

    private mutating func apply(_ step: Step) {
        guard step.place >= 0 else { return }
        let row = row(step.place, Int(step.cell))
        row[Int(step.first)] &+= 1
        row[Int(step.last) &+ 1] &-= 1
    }

    /// Asks for the memory of a place, which must have room.
    func askFor(_ place: Int32) {
        if let group = firstGroup[Int(place)] { prefetch_for_writing(group) }
    }

    private mutating func row(_ place: Int32, _ cell: Int) -> UnsafeMutablePointer<UInt32> {
        guard var group = firstGroup[Int(place)] else {
            let group = groups.next()
            firstGroup[Int(place)] = group
            group[2] = UInt32(cell + 1)
            return row(0, of: group)
        }
        while true {
            for index in 0..<Self.rowCount {
                let known = Self.cell(index, of: group)
                if known == cell { return row(index, of: group) }
                if known == nil {
                    group[2] |= UInt32(cell + 1) << (8 * UInt32(index))
                    return row(index, of: group)
                }
            }
            if let next = Self.next(of: group) {
                group = next
            } else {
                let next = groups.next()
                UnsafeMutableRawPointer(group).storeBytes(of: UInt(bitPattern: next), as: UInt.self)
                group = next
            }
        }
    }

    /// Calls `body` with each cell of a place and its row.
    func forEachCell(
        of place: Int32, _ body: (_ cell: Int, _ row: UnsafeMutablePointer<UInt32>) -> Void
    ) {
        var group = firstGroup[Int(place)]
        while let known = group {
            for index in 0..<Self.rowCount {
                guard let cell = Self.cell(index, of: known) else { return }
                body(cell, row(index, of: known))
            }
            group = Self.next(of: known)
        }
    }

    private func row(_ index: Int, of group: Group) -> UnsafeMutablePointer<UInt32> {
        group + (Self.headWords + index * stride)
    }

    private static func cell(_ index: Int, of group: Group) -> Int? {
        let number = Int(group[2] >> (8 * UInt32(index)) & 0xFF)
        return number == 0 ? nil : number - 1
    }

    private static func next(of group: Group) -> Group? {
        Group(bitPattern: UnsafeRawPointer(group).loadUnaligned(as: UInt.self))
    }

    /// Makes room for places with smaller numbers than `count`.
    mutating func reserve(placeCount count: Int) {
        guard count > placeCapacity else { return }
        let larger = UnsafeMutablePointer<Group?>.allocate(capacity: count)
        larger.update(from: firstGroup, count: placeCapacity)
        (larger + placeCapacity).initialize(repeating: nil, count: count - placeCapacity)
        firstGroup.deallocate()
        firstGroup = larger
        placeCapacity = count
    }
}

/// Blocks of zeros, many at a time, that stay where they are until all are given back.
final class ZeroBlocks {
    private let size: Int
    private let blocksPerSlab: Int
    private var slabs: [UnsafeMutablePointer<UInt32>] = []
    private(set) var count = 0

    /// `size` is that of a block, in numbers.
    init(size: Int) {
        self.size = size
        blocksPerSlab = max(1, (1 << 20) / size)
    }

    deinit { for slab in slabs { free(slab) } }

    /// `make bench-counts` finds it by its name.
    @inline(never)
    func next() -> UnsafeMutablePointer<UInt32> {
        let index = count % blocksPerSlab
        if index == 0 { slabs.append(Self.slab(size * blocksPerSlab)) }
        count += 1
        return slabs[slabs.count - 1] + index * size
    }

    /// Memory that the kernel fills with zeros when it is touched for the first time.
    private static func slab(_ count: Int) -> UnsafeMutablePointer<UInt32> {
        guard let start = calloc(count, MemoryLayout<UInt32>.stride) else {
            preconditionFailure("no memory for the counts")
        }
        return start.bindMemory(to: UInt32.self, capacity: count)
    }
}
