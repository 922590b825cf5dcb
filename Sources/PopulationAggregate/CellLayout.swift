internal import PopulationFigures
internal import PopulationModel

/// What a worker counts persons in: cells that exclude each other, so that most persons touch two of
/// them and no more. The measures of the cube are sums of cells.
enum CellLayout {
    /// By sex and age group: registered and resident in one unit; registered here but not resident
    /// here; resident here but not registered here.
    static var home: Int { 0 }
    static var registeredOnly: Int { 42 }
    static var residentOnly: Int { 84 }

    /// Of `registeredOnly`: where they live.
    static var registeredResident: Int { 126 }
    static var registeredElsewhere: Int { 127 }
    static var away: Int { 128 }
    /// Of `residentOnly`, and the short stays: the measures of `CubeLayout` in their order, from
    /// `unregisteredLocal` to the last household type.
    static var unregisteredLocal: Int { 129 }
    static var separated: Int { 130 }
    static var intraDistrict: Int { 131 }
    static var floating: Int { 132 }
    static var shortStay: Int { 137 }
    /// Only the types other than family: whoever is registered and of no other type is of a family.
    static var householdPersons: Int { 138 }
    static var count: Int { 142 }

    /// Adds the counts of a cell to the measures that it is part of. `block` holds every measure at
    /// every date.
    static func add(
        _ cell: PlaceCells.Cell, dateCount: Int, to block: UnsafeMutablePointer<UInt32>
    ) {
        func add(to measure: Int) {
            let row = block + measure * dateCount
            for date in 0..<dateCount { row[date] &+= cell.counts[date] }
        }
        let family = CubeLayout.householdPersons + Int(HouseholdType.family.rawValue)
        let residentAges = CubeLayout.ageCount
        let number = cell.number
        switch number {
        case ..<registeredOnly:
            add(to: number)
            add(to: residentAges + number)
            add(to: CubeLayout.registeredResident)
            add(to: CubeLayout.citizens)
            add(to: family)
        case ..<residentOnly:
            add(to: number - registeredOnly)
            add(to: CubeLayout.citizens)
            add(to: family)
        case ..<registeredResident:
            add(to: residentAges + number - residentOnly)
            add(to: CubeLayout.citizens)
        case householdPersons...:
            add(to: CubeLayout.householdPersons + number - householdPersons)
            let row = block + family * dateCount
            for date in 0..<dateCount { row[date] &-= cell.counts[date] }
        default:
            add(to: CubeLayout.registeredResident + number - registeredResident)
        }
    }
}
