internal import PopulationFigures
internal import PopulationModel

/// What a worker counts persons in: cells that exclude each other, so that most persons touch two of
/// them and no more. The measures of the cube are sums of cells.
enum CellLayout {
    /// By sex and band of ages: registered and resident in one unit; registered here but not
    /// resident here; resident here but not registered here, the floating apart.
    static var home: Int { 0 }
    static var registeredOnly: Int { ageCount }
    static var residentOnly: Int { 2 &* ageCount }
    static var floatingAges: Int { 3 &* ageCount }
    /// Sexes and bands.
    static var ageCount: Int { CubeLayout.ageCount }

    /// The measures of `CubeLayout` in their order, from `registeredResident` to `shortStay`: of
    /// `registeredOnly` where they live; of the others how, and the short stays.
    static var registeredResident: Int { 4 &* ageCount }
    static var registeredElsewhere: Int { registeredResident &+ 1 }
    static var away: Int { registeredResident &+ 2 }
    static var unregisteredLocal: Int { registeredResident &+ 3 }
    static var separated: Int { registeredResident &+ 4 }
    static var intraDistrict: Int { registeredResident &+ 5 }
    static var floating: Int { registeredResident &+ 6 }
    static var shortStay: Int { floating &+ 5 }
    /// Only the types other than family: whoever is registered and of no other type is of a family.
    static var householdPersons: Int { shortStay &+ 1 }
    static var talentAtHome: Int { householdPersons &+ 4 }
    static var count: Int { talentAtHome &+ 1 }

    /// Adds the counts of a cell to the measures that it is part of.
    static func add(_ cell: PlaceCells.Cell, to sum: borrowing Cube.UnitSum) {
        func add(to measure: Int) { sum.add(cell.counts, to: measure) }
        let family = CubeLayout.householdPersons + Int(HouseholdType.family.rawValue)
        let residentAges = CubeLayout.age(CubeLayout.resident, sex: 0, band: 0)
        let floatingMeasures = CubeLayout.age(CubeLayout.floatingAges, sex: 0, band: 0)
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
        case ..<floatingAges:
            add(to: residentAges + number - residentOnly)
            add(to: CubeLayout.citizens)
        case ..<registeredResident:
            add(to: residentAges + number - floatingAges)
            add(to: floatingMeasures + number - floatingAges)
            add(to: CubeLayout.citizens)
        case talentAtHome: add(to: CubeLayout.talentAtHome)
        case householdPersons...:
            add(to: CubeLayout.householdPersons + number - householdPersons)
            sum.subtract(cell.counts, from: family)
        default:
            add(to: CubeLayout.registeredResident + number - registeredResident)
        }
    }
}
