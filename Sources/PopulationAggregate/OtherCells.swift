import Glibc

/// The cells of places without a block of their own: an open hash table of those that occur.
struct OtherCells: ~Copyable {
    private var slots: UnsafeMutablePointer<Slot>
    private var slotMask = (1 << 10) - 1
    private var count = 0
    private let rows: ZeroBlocks

    private struct Slot {
        /// Place and cell in one number.
        var key: UInt64
        /// `nil` = free.
        var row: UnsafeMutablePointer<UInt32>?
    }

    /// `stride` is the size of a row.
    init(stride: Int) {
        rows = ZeroBlocks(size: stride)
        slots = .allocate(capacity: slotMask + 1)
        slots.initialize(repeating: Slot(key: 0, row: nil), count: slotMask + 1)
    }

    deinit { slots.deallocate() }

    private static let cellBits: UInt64 = 8

    mutating func row(_ place: Int32, _ cell: Int) -> UnsafeMutablePointer<UInt32> {
        let key = UInt64(place) << Self.cellBits | UInt64(cell)
        let slot = slot(of: key)
        if let row = slots[slot].row { return row }
        let row = rows.next()
        slots[slot] = Slot(key: key, row: row)
        count += 1
        if count * 2 > slotMask { grow() }
        return row
    }

    /// The slot of a key, or the free one where it belongs.
    private func slot(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & slotMask
        while slots[slot].row != nil, slots[slot].key != key { slot = (slot &+ 1) & slotMask }
        return slot
    }

    private mutating func grow() {
        let (old, oldCount) = (slots, slotMask + 1)
        slotMask = slotMask * 2 + 1
        slots = .allocate(capacity: slotMask + 1)
        slots.initialize(repeating: Slot(key: 0, row: nil), count: slotMask + 1)
        for index in 0..<oldCount where old[index].row != nil {
            slots[slot(of: old[index].key)] = old[index]
        }
        old.deallocate()
    }

    /// Calls `body` place by place with the rows for which `sum` finds something.
    func forEachPlace(
        sum: (UnsafeMutablePointer<UInt32>) -> Bool,
        _ body: (_ place: Int32, _ cells: [PlaceCells.Cell]) -> Void
    ) {
        let used = UnsafeBufferPointer(start: slots, count: slotMask + 1)
            .filter { $0.row != nil }.sorted { $0.key < $1.key }
        var cells: [PlaceCells.Cell] = []
        for (index, slot) in used.enumerated() {
            let place = slot.key >> Self.cellBits
            if let row = slot.row, sum(row) {
                let cell = Int(slot.key & ((1 << Self.cellBits) - 1))
                cells.append(PlaceCells.Cell(number: cell, counts: UnsafePointer(row)))
            }
            if index + 1 == used.count || used[index + 1].key >> Self.cellBits != place {
                if !cells.isEmpty { body(Int32(place), cells) }
                cells.removeAll(keepingCapacity: true)
            }
        }
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
