/// Dense numbers for the division codes that a worker meets, and what stands for them at each date.
///
/// One table per worker, so that nothing is shared while rows are counted. The units of the area have
/// their numbers from the start, in the order of their codes; another code gets one when it is first
/// met, and `Territory` is asked once for what stands for it.
public final class PlaceTable {
    public let territory: Territory
    @usableFromInline let editionCount: Int

    public private(set) var count = 0
    private let countMax: Int
    /// More codes were met than there is room for; what was counted since is wrong.
    public private(set) var isOverfull = false
    private var placeCapacity: Int

    /// What is looked up per row. Behind a pointer: a class's own variables would be checked for
    /// overlapping access each time.
    @usableFromInline let lookup: UnsafeMutablePointer<Lookup>

    @usableFromInline struct Lookup {
        /// Of `CodeSlot`.
        @usableFromInline var slots: UnsafeMutablePointer<UInt64>
        @usableFromInline var slotMask: Int
        /// Per place.
        @usableFromInline var places: UnsafeMutablePointer<Place>
        /// Per place and edition: the place that stands for it; -1 = not yet resolved.
        @usableFromInline var standings: UnsafeMutablePointer<Int32>
        /// Per place and edition: the class of its code there; 0 = none.
        @usableFromInline var classes: UnsafeMutablePointer<UInt16>
    }

    /// What is known of a code by itself.
    @frozen
    public struct Place: Sendable {
        /// 12 digits; of the township nine, of the county six.
        public var code: UInt64
        public var township: UInt32
        public var county: UInt32
        public var isInArea: Bool
        public var isAbroad: Bool
        public var isDistrict: Bool
        public var isCountyCity: Bool
    }

    /// So many different codes at most.
    public static var countMax: Int { CodeSlot.placeCountMax }

    public init(territory: Territory, countMax: Int = PlaceTable.countMax) {
        self.territory = territory
        self.countMax = countMax
        editionCount = territory.editions.count
        let unitCounts = territory.editions.map { $0.units.range(inside: territory.area).count }
        placeCapacity = 1_024
        var slotCount = 4_096
        while placeCapacity < unitCounts.max() ?? 0 {
            placeCapacity *= 2
            slotCount *= 2
        }
        lookup = .allocate(capacity: 1)
        lookup.initialize(
            to: Lookup(
                slots: Self.freeSlots(slotCount), slotMask: slotCount - 1,
                places: .allocate(capacity: placeCapacity),
                standings: .allocate(capacity: placeCapacity * editionCount),
                classes: .allocate(capacity: placeCapacity * editionCount)))
        insertUnitsOfArea()
    }

    private static func freeSlots(_ count: Int) -> UnsafeMutablePointer<UInt64> {
        let slots = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
        slots.initialize(repeating: CodeSlot.free, count: count)
        return slots
    }

    deinit {
        lookup.pointee.slots.deallocate()
        lookup.pointee.places.deallocate()
        lookup.pointee.standings.deallocate()
        lookup.pointee.classes.deallocate()
        lookup.deallocate()
    }

    @inlinable public subscript(place: Int32) -> Place { lookup.pointee.places[Int(place)] }

    /// All places, ascending by code.
    public var placesByCode: [Int32] {
        var slots = (0..<count).map { place in
            CodeSlot.packed(lookup.pointee.places[place].code, at: place)
        }
        slots.sort()
        return slots.map { Int32(truncatingIfNeeded: CodeSlot.place(of: $0)) }
    }

    /// The number of a code.
    @inlinable public func place(of code: UInt64) -> Int32 {
        let (slots, mask) = (lookup.pointee.slots, lookup.pointee.slotMask)
        var slot = CodeSlot.first(for: code, mask: mask)
        while true {
            let entry = slots[slot]
            if CodeSlot.code(of: entry) == code {
                return Int32(truncatingIfNeeded: CodeSlot.place(of: entry))
            }
            if entry == CodeSlot.free { return insert(code) }
            slot = (slot &+ 1) & mask
        }
    }

    /// Where the look-up of a code begins: memory to ask for before `place(of:)`.
    @inlinable public func slotAddress(of code: UInt64) -> UnsafeRawPointer {
        let (slots, mask) = (lookup.pointee.slots, lookup.pointee.slotMask)
        return UnsafeRawPointer(slots + CodeSlot.first(for: code, mask: mask))
    }

    /// Where what is known of a code's place lies; `nil` for a code that is new, or that is not where
    /// its look-up begins.
    @inlinable public func addresses(of code: UInt64)
        -> (place: UnsafeRawPointer, standings: UnsafeRawPointer)?
    {
        let (slots, mask) = (lookup.pointee.slots, lookup.pointee.slotMask)
        let entry = slots[CodeSlot.first(for: code, mask: mask)]
        guard CodeSlot.code(of: entry) == code else { return nil }
        let place = Int(CodeSlot.place(of: entry))
        return (
            UnsafeRawPointer(lookup.pointee.places + place),
            UnsafeRawPointer(lookup.pointee.standings + place &* editionCount)
        )
    }

    /// The place that stands for a place in an edition.
    @inlinable public func standing(for place: Int32, inEdition edition: Int) -> Int32 {
        let known = lookup.pointee.standings[(Int(place) &* editionCount) &+ edition]
        return known >= 0 ? known : resolve(place, edition)
    }

    /// The class of a place's own code in an edition; 0 = unclassified.
    @inlinable public func unitClass(of place: Int32, inEdition edition: Int) -> UInt16 {
        lookup.pointee.classes[(Int(place) &* editionCount) &+ edition]
    }

    /// Whether a place is urban (城镇) in an edition; -1 is not.
    @inlinable public func isUrban(_ place: Int32, inEdition edition: Int) -> Bool {
        place >= 0 && unitClass(of: place, inEdition: edition) / 100 == 1
    }

    /// Where people of a unit of an earlier edition are counted in a later one: in the unit that
    /// stands for it there, or, when that lies outside the area, still in their own.
    @inlinable public func carried(_ place: Int32, toEdition edition: Int) -> Int32 {
        let standing = standing(for: place, inEdition: edition)
        return self[standing].isInArea ? standing : place
    }

    @usableFromInline func resolve(_ place: Int32, _ edition: Int) -> Int32 {
        var standing = place
        // A unit of the edition stands for itself.
        if unitClass(of: place, inEdition: edition) == 0 {
            let code = self[place].code
            standing = self.place(of: territory.standing(for: code, inEdition: edition))
        }
        lookup.pointee.standings[Int(place) * editionCount + edition] = standing
        return standing
    }

    @usableFromInline func insert(_ code: UInt64) -> Int32 {
        if count == countMax {
            isOverfull = true
            return 0
        }
        append(code) { territory.unitClass(of: code, inEdition: $0) }
        if count * 2 > lookup.pointee.slotMask { growSlots() } else { put(code, Int32(count - 1)) }
        return Int32(count - 1)
    }

    /// All editions ascend by code, so they are walked through side by side.
    private func insertUnitsOfArea() {
        let units = territory.editions.map(\.units)
        let ranges = units.map { $0.range(inside: territory.area) }
        var next = ranges.map(\.lowerBound)
        // Room is left for the codes that citizens bring.
        while count < countMax / 2 {
            var least = UInt64.max
            for edition in units.indices where next[edition] < ranges[edition].upperBound {
                least = min(least, units[edition].codes[next[edition]])
            }
            if least == .max { break }
            append(least) { edition in
                let index = next[edition]
                guard index < ranges[edition].upperBound, units[edition].codes[index] == least
                else { return 0 }
                next[edition] += 1
                return units[edition].classes[index]
            }
        }
        // All at once: slots lie far apart, and so are asked of memory side by side.
        if count * 2 > lookup.pointee.slotMask { growSlots() } else { fillSlots() }
    }

    /// Gives a new code the next number; it has no slot yet. `unitClass` tells its class in an
    /// edition, 0 = none, and is asked once for each.
    @inline(__always)
    private func append(_ code: UInt64, unitClass: (Int) -> UInt16) {
        if count == placeCapacity { growPlaces() }
        let division = DivisionCode(digits: code)
        lookup.pointee.places[count] = Place(
            code: code, township: UInt32(truncatingIfNeeded: division.township),
            county: UInt32(truncatingIfNeeded: division.county),
            isInArea: territory.area.contains(division), isAbroad: division.isAbroad,
            isDistrict: territory.isDistrict(county: division.county),
            isCountyCity: territory.isCountyCity(county: division.county))
        for edition in 0..<editionCount {
            let index = count * editionCount + edition
            lookup.pointee.standings[index] = -1
            lookup.pointee.classes[index] = unitClass(edition)
        }
        count += 1
    }

    private func put(_ code: UInt64, _ place: Int32) {
        let (slots, mask) = (lookup.pointee.slots, lookup.pointee.slotMask)
        var slot = CodeSlot.first(for: code, mask: mask)
        while slots[slot] != CodeSlot.free { slot = (slot + 1) & mask }
        slots[slot] = CodeSlot.packed(code, at: Int(place))
    }

    private func growSlots() {
        lookup.pointee.slots.deallocate()
        while count * 2 > lookup.pointee.slotMask {
            lookup.pointee.slotMask = lookup.pointee.slotMask * 2 + 1
        }
        lookup.pointee.slots = Self.freeSlots(lookup.pointee.slotMask + 1)
        fillSlots()
    }

    private func fillSlots() {
        for place in 0..<count { put(self[Int32(place)].code, Int32(place)) }
    }

    private func growPlaces() {
        let capacity = placeCapacity * 2
        let places = UnsafeMutablePointer<Place>.allocate(capacity: capacity)
        places.update(from: lookup.pointee.places, count: count)
        let standings = UnsafeMutablePointer<Int32>.allocate(capacity: capacity * editionCount)
        standings.update(from: lookup.pointee.standings, count: count * editionCount)
        let classes = UnsafeMutablePointer<UInt16>.allocate(capacity: capacity * editionCount)
        classes.update(from: lookup.pointee.classes, count: count * editionCount)
        lookup.pointee.places.deallocate()
        lookup.pointee.standings.deallocate()
        lookup.pointee.classes.deallocate()
        lookup.pointee.places = places
        lookup.pointee.standings = standings
        lookup.pointee.classes = classes
        placeCapacity = capacity
    }
}
