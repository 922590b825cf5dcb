/// Dense numbers for the division codes that a worker meets, and what stands for them at each date.
///
/// One table per worker, so that nothing is shared while rows are counted; a code is resolved by
/// `Territory` once, when it is first seen. 10 million rows of 3,000 units make 3,000 resolutions.
public final class PlaceTable {
    public let territory: Territory
    @usableFromInline let editionCount: Int

    public private(set) var count = 0
    private var placeCapacity: Int

    /// What is looked up per row. Behind a pointer: a class's own variables would be checked for
    /// overlapping access each time.
    @usableFromInline let lookup: UnsafeMutablePointer<Lookup>

    @usableFromInline struct Lookup {
        @usableFromInline var slots: UnsafeMutablePointer<Slot>
        @usableFromInline var slotMask: Int
        /// Per place.
        @usableFromInline var places: UnsafeMutablePointer<Place>
        /// Per place and edition: the place that stands for it; -1 = not yet resolved.
        @usableFromInline var standings: UnsafeMutablePointer<Int32>
        /// Per place and edition: the class of its code there; 0 = none.
        @usableFromInline var classes: UnsafeMutablePointer<UInt16>
    }

    /// A code in the upper 40 bits and its place in the lower 24; all bits set = free.
    @usableFromInline typealias Slot = UInt64
    @inlinable static var free: Slot { .max }
    @inlinable static var placeBits: UInt64 { 24 }

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

    public init(territory: Territory) {
        self.territory = territory
        editionCount = territory.editions.count
        placeCapacity = 1_024
        lookup = .allocate(capacity: 1)
        lookup.initialize(
            to: Lookup(
                slots: Self.freeSlots(4_096), slotMask: 4_095,
                places: .allocate(capacity: placeCapacity),
                standings: .allocate(capacity: placeCapacity * editionCount),
                classes: .allocate(capacity: placeCapacity * editionCount)))
    }

    private static func freeSlots(_ count: Int) -> UnsafeMutablePointer<Slot> {
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
        slots.initialize(repeating: free, count: count)
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
        var slots: [Slot] = (0..<count).map { place in
            lookup.pointee.places[place].code << Self.placeBits | Slot(place)
        }
        slots.sort()
        return slots.map { Int32(truncatingIfNeeded: $0 & ((1 << Self.placeBits) &- 1)) }
    }

    @inlinable static func firstSlot(of code: UInt64, mask: Int) -> Int {
        Int(truncatingIfNeeded: (code &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
    }

    /// The number of a code.
    @inlinable public func place(of code: UInt64) -> Int32 {
        let (slots, mask) = (lookup.pointee.slots, lookup.pointee.slotMask)
        var slot = Self.firstSlot(of: code, mask: mask)
        while true {
            let entry = slots[slot]
            if entry >> Self.placeBits == code {
                return Int32(truncatingIfNeeded: entry & ((1 << Self.placeBits) &- 1))
            }
            if entry == Self.free { return insert(code) }
            slot = (slot &+ 1) & mask
        }
    }

    /// Where the look-up of a code begins: memory to ask for before `place(of:)`.
    @inlinable public func slotAddress(of code: UInt64) -> UnsafeRawPointer {
        let (slots, mask) = (lookup.pointee.slots, lookup.pointee.slotMask)
        return UnsafeRawPointer(slots + Self.firstSlot(of: code, mask: mask))
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
        precondition(count < 1 << Self.placeBits, "more places than a country can have")
        if count == placeCapacity { growPlaces() }
        if (count + 1) * 2 > lookup.pointee.slotMask { growSlots() }
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
            lookup.pointee.classes[index] = territory.unitClass(of: code, inEdition: edition)
        }
        put(code, Int32(count))
        count += 1
        return Int32(count - 1)
    }

    private func put(_ code: UInt64, _ place: Int32) {
        let (slots, mask) = (lookup.pointee.slots, lookup.pointee.slotMask)
        var slot = Self.firstSlot(of: code, mask: mask)
        while slots[slot] != Self.free { slot = (slot + 1) & mask }
        slots[slot] = code << Self.placeBits | UInt64(place)
    }

    private func growSlots() {
        lookup.pointee.slots.deallocate()
        lookup.pointee.slotMask = lookup.pointee.slotMask * 2 + 1
        lookup.pointee.slots = Self.freeSlots(lookup.pointee.slotMask + 1)
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
