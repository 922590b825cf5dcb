/// The statistical units of one edition, ascending by code, with class and name of each.
///
/// Columns in place of dictionaries: a national table has 700,000 units, of which a city looks up its
/// own 3,000, so what is asked of them their order answers.
public struct DivisionUnits: Sendable, Equatable {
    /// 12 digits each.
    public private(set) var codes: [UInt64] = []
    /// 111 … 220, one per code.
    public private(set) var classes: [UInt16] = []
    /// The names in UTF-8, one behind the other.
    private var names: [UInt8] = []
    /// Where the name of each unit ends.
    private var nameEnds: [Int] = []
    /// Every 32nd code, the first one included: few enough to stay in the cache while codes are looked
    /// up that citizens bring in no order.
    private var guides: [UInt64] = []
    private static let guideStep = 32

    /// No edition has room for more.
    public static var countMax: Int { CodeSlot.placeCountMax }

    public init() {}

    /// The units of a dictionary of classes; a unit without a name has an empty one.
    public init(classes: [UInt64: UInt16], names: [UInt64: String] = [:]) {
        for (code, unitClass) in classes.sorted(by: { $0.key < $1.key }) {
            append(code, unitClass: unitClass, name: Array((names[code] ?? "").utf8)[...])
        }
    }

    public var count: Int { codes.count }
    public var isEmpty: Bool { codes.isEmpty }
    public var indices: Range<Int> { codes.indices }

    public mutating func reserve(_ count: Int) {
        codes.reserveCapacity(count)
        classes.reserveCapacity(count)
        nameEnds.reserveCapacity(count)
    }

    /// Adds a unit; its code, of 12 digits, must be larger than that of the unit before it, and there
    /// must be room. `name` is UTF-8.
    public mutating func append(_ code: UInt64, unitClass: UInt16, name: ArraySlice<UInt8>) {
        precondition(codes.last.map { $0 < code } ?? true, "units ascend by code")
        precondition(
            code < 1_000_000_000_000 && codes.count < Self.countMax,
            "12 digits, and room for the unit")
        if codes.count % Self.guideStep == 0 { guides.append(code) }
        codes.append(code)
        classes.append(unitClass)
        names += name
        nameEnds.append(names.count)
    }

    /// Where the unit of a code stands; `nil` = the edition does not have it.
    public func index(of code: UInt64) -> Int? {
        let index = firstIndex(from: code)
        return index < codes.count && codes[index] == code ? index : nil
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
        // It stands behind the last guide that is smaller, or is the first unit.
        let guide = guides.partitioningIndex(in: guides.indices) { $0 >= code }
        let start = max(0, (guide - 1) * Self.guideStep)
        let end = min(guide * Self.guideStep, codes.count)
        return codes.partitioningIndex(in: start..<end) { $0 >= code }
    }
}
