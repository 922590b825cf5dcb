/// The statistical units of one edition, ascending by code, with class and name of each.
///
/// Columns in place of dictionaries: a national table has 700,000 units, and most of what is asked of
/// them (all in order, those of an area) their order answers; one by its code a hash table does.
public struct DivisionUnits: Sendable, Equatable {
    /// 12 digits each.
    public private(set) var codes: [UInt64] = []
    /// 111 … 220, one per code.
    public private(set) var classes: [UInt16] = []
    /// The names in UTF-8, one behind the other.
    private var names: [UInt8] = []
    /// Where the name of each unit ends.
    private var nameEnds: [Int] = []
    /// An open hash table of the codes, which citizens bring in no order, of `CodeSlot`. As many slots
    /// as a power of two, and twice as many as units or more.
    private var slots = [CodeSlot.free, CodeSlot.free]

    /// No edition has room for more.
    public static var countMax: Int { CodeSlot.placeCountMax }

    public init() {}

    /// The units of a dictionary of classes; a unit without a name has an empty one.
    public init(classes: [UInt64: UInt16], names: [UInt64: String] = [:]) {
        for (code, unitClass) in classes.sorted(by: { $0.key < $1.key }) {
            append(code, unitClass: unitClass, name: Array((names[code] ?? "").utf8)[...])
        }
    }

    /// Of the same units; tables of other sizes tell the same.
    public static func == (first: Self, second: Self) -> Bool {
        first.codes == second.codes && first.classes == second.classes
            && first.names == second.names && first.nameEnds == second.nameEnds
    }

    public var count: Int { codes.count }
    public var isEmpty: Bool { codes.isEmpty }
    public var indices: Range<Int> { codes.indices }

    public mutating func reserve(_ count: Int) {
        codes.reserveCapacity(count)
        classes.reserveCapacity(count)
        nameEnds.reserveCapacity(count)
        var slotCount = slots.count
        while slotCount < count * 2 { slotCount *= 2 }
        if slotCount > slots.count { growSlots(to: slotCount) }
    }

    /// Adds a unit; its code, of 12 digits, must be larger than that of the unit before it, and there
    /// must be room. `name` is UTF-8.
    public mutating func append(_ code: UInt64, unitClass: UInt16, name: ArraySlice<UInt8>) {
        precondition(codes.last.map { $0 < code } ?? true, "units ascend by code")
        precondition(
            code < 1_000_000_000_000 && codes.count < Self.countMax,
            "12 digits, and room for the unit")
        codes.append(code)
        classes.append(unitClass)
        names += name
        nameEnds.append(names.count)
        if codes.count * 2 > slots.count {
            growSlots(to: slots.count * 2)
        } else {
            put(codes.count - 1)
        }
    }

    /// Where the unit of a code stands; `nil` = the edition does not have it.
    public func index(of code: UInt64) -> Int? {
        let entry = slots[slot(of: code)]
        return entry == CodeSlot.free ? nil : CodeSlot.place(of: entry)
    }

    /// The class of a code; `nil` = the edition does not have it.
    public func unitClass(of code: UInt64) -> UInt16? { index(of: code).map { classes[$0] } }

    /// The name of a code, empty when it has none.
    public func name(of code: UInt64) -> String { index(of: code).map(name) ?? "" }

    public func name(at index: Int) -> String { String(decoding: utf8(at: index), as: UTF8.self) }

    /// The name of a unit in UTF-8.
    public func utf8(at index: Int) -> ArraySlice<UInt8> {
        names[(index == 0 ? 0 : nameEnds[index - 1])..<nameEnds[index]]
    }

    /// Where the units of an area stand.
    public func range(inside area: Area) -> Range<Int> {
        let first = firstIndex(from: area.prefix * area.divisor)
        return first..<firstIndex(from: (area.prefix + 1) * area.divisor)
    }

    /// The units of an area.
    public func inside(_ area: Area) -> DivisionUnits {
        let range = range(inside: area)
        if range == indices { return self }
        var units = DivisionUnits()
        units.reserve(range.count)
        for index in range {
            units.append(codes[index], unitClass: classes[index], name: utf8(at: index))
        }
        return units
    }

    /// Gives a unit another class; a code that the edition does not have changes nothing.
    public mutating func setClass(_ unitClass: UInt16, of code: UInt64) {
        if let index = index(of: code) { classes[index] = unitClass }
    }

    /// The first unit whose code is not smaller.
    private func firstIndex(from code: UInt64) -> Int {
        var (low, high) = (0, codes.count)
        while low < high {
            let middle = (low + high) / 2
            if codes[middle] < code { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The slot of a code, or the free one where it belongs.
    private func slot(of code: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = CodeSlot.first(for: code, mask: mask)
        while slots[slot] != CodeSlot.free, CodeSlot.code(of: slots[slot]) != code {
            slot = (slot + 1) & mask
        }
        return slot
    }

    private mutating func put(_ index: Int) {
        slots[slot(of: codes[index])] = CodeSlot.packed(codes[index], at: index)
    }

    private mutating func growSlots(to count: Int) {
        slots = [UInt64](repeating: CodeSlot.free, count: count)
        for index in codes.indices { put(index) }
    }
}
