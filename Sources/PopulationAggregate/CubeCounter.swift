internal import PopulationFigures
package import PopulationModel

/// One worker's share of the cube: blocks of counts per place, made when a place is first met.
package struct CubeCounter: PersonConsumer {
    private let places: PlaceTable
    private let dateCount: Int
    private let blockCount: Int
    /// Start of a place's counts; -1 = none yet.
    private var blockOfPlace: [Int32] = []
    private var counts: [UInt32] = []
    private var blocks: Int32 = 0
    private var households = HouseholdRuns()

    package init(places: PlaceTable) {
        self.places = places
        dateCount = places.territory.dates.count
        blockCount = dateCount * CubeLayout.count
    }

    package mutating func take(_ states: UnsafeBufferPointer<PersonState>) {
        makeBlocks(for: states)
        counts.withUnsafeMutableBufferPointer { counts in
            blockOfPlace.withUnsafeBufferPointer { blocks in
                for state in states {
                    Self.add(
                        state, to: counts.baseAddress!, blocks: blocks.baseAddress!,
                        blockCount: blockCount)
                }
            }
        }
        for state in states where state.household != 0 {
            households.add(state, county: places[state.registered].county)
        }
    }

    /// Blocks for all places of a batch first, so that counting never moves memory.
    private mutating func makeBlocks(for states: UnsafeBufferPointer<PersonState>) {
        if blockOfPlace.count < places.count {
            blockOfPlace += Array(repeating: -1, count: places.count - blockOfPlace.count)
        }
        for state in states {
            makeBlock(for: state.registered)
            if state.resident != state.registered { makeBlock(for: state.resident) }
            makeBlock(for: state.presentAt)
        }
        let wanted = Int(blocks) * blockCount
        if counts.count < wanted {
            counts += Array(repeating: 0, count: wanted - counts.count)
        }
    }

    @inline(__always)
    private mutating func makeBlock(for place: Int32) {
        guard place >= 0, blockOfPlace[Int(place)] < 0 else { return }
        blockOfPlace[Int(place)] = blocks
        blocks += 1
    }

    @inline(__always)
    private static func add(
        _ state: PersonState, to counts: UnsafeMutablePointer<UInt32>,
        blocks: UnsafePointer<Int32>, blockCount: Int
    ) {
        let date = Int(state.date) &* CubeLayout.count
        let sex = Int(state.sex) &- 1
        let group = min(Int(state.age) / 5, AgeGroup.count &- 1)
        func block(_ place: Int32) -> UnsafeMutablePointer<UInt32> {
            counts + ((Int(blocks[Int(place)]) &* blockCount) &+ date)
        }
        let status = state.status
        if state.registered >= 0 {
            let registered = block(state.registered)
            registered[CubeLayout.age(CubeLayout.registered, sex: sex, group: group)] &+= 1
            let way =
                status.contains(.registeredResident)
                ? CubeLayout.registeredResident
                : status.contains(.registeredElsewhere)
                    ? CubeLayout.registeredElsewhere : CubeLayout.away
            registered[way] &+= 1
            registered[CubeLayout.householdPersons &+ Int(state.householdType)] &+= 1
            registered[CubeLayout.citizens] &+= 1
        }
        if state.resident >= 0 {
            let resident = block(state.resident)
            resident[CubeLayout.age(CubeLayout.resident, sex: sex, group: group)] &+= 1
            if state.resident != state.registered { resident[CubeLayout.citizens] &+= 1 }
            if status.contains(.separated) {
                resident[CubeLayout.separated] &+= 1
                if status.contains(.intraDistrict) {
                    resident[CubeLayout.intraDistrict] &+= 1
                } else {
                    resident[CubeLayout.floating &+ status.tier] &+= 1
                }
            } else if status.contains(.unregisteredLocal) {
                resident[CubeLayout.unregisteredLocal] &+= 1
            }
        } else if status.contains(.shortStay) {
            block(state.presentAt)[CubeLayout.shortStay] &+= 1
        }
    }

    package consuming func finish() -> CubePart {
        var units: [Cube.Unit] = []
        for place in blockOfPlace.indices where blockOfPlace[place] >= 0 {
            let start = Int(blockOfPlace[place]) * blockCount
            units.append(
                Cube.Unit(
                    code: places[Int32(place)].code,
                    counts: Array(counts[start..<(start + blockCount)])))
        }
        return CubePart(units: units, households: households)
    }
}

/// What one worker's people add up to.
package struct CubePart: Sendable {
    var units: [Cube.Unit]
    var households: HouseholdRuns
}
