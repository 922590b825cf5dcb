/// Dense numbers for the division codes that a worker meets, and what stands for them at each date.
///
/// One table per worker, so that nothing is shared while rows are counted; a code is resolved by
/// `Territory` once, when it is first seen. 10 million rows of 3,000 units make 3,000 resolutions.
public final class PlaceTable {
    public let territory: Territory
    @usableFromInline let editionCount: Int

    @usableFromInline var slots: UnsafeMutablePointer<Slot>
    @usableFromInline var slotMask: Int
    public private(set) var count = 0

    /// Per place.
    @usableFromInline var places: UnsafeMutablePointer<Place>
    /// Per place and edition: the place that stands for it; -1 = not yet resolved.
    @usableFromInline var standings: UnsafeMutablePointer<Int32>
    private var placeCapacity: Int

    @usableFromInline struct Slot {
        @usableFromInline var code: UInt64
        /// -1 = free.
        @usableFromInline var place: Int32
    }

    /// What is known of a code by itself.
    @frozen
    public struct Place: Sendable {
        public var code: UInt64
        public var township: UInt32
        public var county: UInt32
        public var isInArea: Bool
        public var isAbroad: Bool
        public var isDistrict: Bool
    }

    public init(territory: Territory) {
        self.territory = territory
        editionCount = territory.editions.count
        slotMask = 4_095
        slots = .allocate(capacity: slotMask + 1)
        slots.initialize(repeating: Slot(code: 0, place: -1), count: slotMask + 1)
        placeCapacity = 1_024
        places = .allocate(capacity: placeCapacity)
        standings = .allocate(capacity: placeCapacity * editionCount)
    }

    deinit {
        slots.deallocate()
        places.deallocate()
        standings.deallocate()
    }

    @inlinable public subscript(place: Int32) -> Place { places[Int(place)] }

    /// The number of a code.
    @inlinable public func place(of code: UInt64) -> Int32 {
        var slot = Int(truncatingIfNeeded: (code &* 0x9E37_79B9_7F4A_7C15) >> 40) & slotMask
        while true {
            let entry = slots[slot]
            if entry.place < 0 { return insert(code) }
            if entry.code == code { return entry.place }
            slot = (slot &+ 1) & slotMask
        }
    }

    /// The place that stands for a place in an edition.
    @inlinable public func standing(for place: Int32, inEdition edition: Int) -> Int32 {
        let known = standings[(Int(place) &* editionCount) &+ edition]
        return known >= 0 ? known : resolve(place, edition)
    }

    @usableFromInline func resolve(_ place: Int32, _ edition: Int) -> Int32 {
        let code = places[Int(place)].code
        let standing = self.place(of: territory.standing(for: code, inEdition: edition))
        standings[Int(place) * editionCount + edition] = standing
        return standing
    }

    @usableFromInline func insert(_ code: UInt64) -> Int32 {
        if count == placeCapacity { growPlaces() }
        if (count + 1) * 2 > slotMask { growSlots() }
        let division = DivisionCode(digits: code)
        places[count] = Place(
            code: code, township: UInt32(truncatingIfNeeded: division.township),
            county: UInt32(truncatingIfNeeded: division.county),
            isInArea: territory.area.contains(division), isAbroad: division.isAbroad,
            isDistrict: territory.isDistrict(county: division.county))
        for edition in 0..<editionCount { standings[count * editionCount + edition] = -1 }
        put(code, Int32(count))
        count += 1
        return Int32(count - 1)
    }

    private func put(_ code: UInt64, _ place: Int32) {
        var slot = Int(truncatingIfNeeded: (code &* 0x9E37_79B9_7F4A_7C15) >> 40) & slotMask
        while slots[slot].place >= 0 { slot = (slot + 1) & slotMask }
        slots[slot] = Slot(code: code, place: place)
    }

    private func growSlots() {
        slots.deallocate()
        slotMask = slotMask * 2 + 1
        slots = .allocate(capacity: slotMask + 1)
        slots.initialize(repeating: Slot(code: 0, place: -1), count: slotMask + 1)
        for place in 0..<count { put(places[place].code, Int32(place)) }
    }

    private func growPlaces() {
        let capacity = placeCapacity * 2
        let newPlaces = UnsafeMutablePointer<Place>.allocate(capacity: capacity)
        newPlaces.update(from: places, count: count)
        let newStandings = UnsafeMutablePointer<Int32>.allocate(capacity: capacity * editionCount)
        newStandings.update(from: standings, count: count * editionCount)
        places.deallocate()
        standings.deallocate()
        places = newPlaces
        standings = newStandings
        placeCapacity = capacity
    }
}
