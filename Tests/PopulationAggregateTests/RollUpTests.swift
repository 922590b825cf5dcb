import PopulationAggregate
import PopulationFigures
import PopulationModel
import PopulationTestSupport
import Testing

@Suite struct RollUpTests {
    private static let fixture = CubeFixture()
    private let figures: Figures

    init() throws { figures = try Self.fixture.figures(Self.fixture.cube([CubeFixture.persons])) }

    private func urbanization(_ code: String, _ concept: Concept, date: Int = 1) -> String? {
        figures.urbanization.first {
            $0.areaCode == code && $0.concept == concept && $0.date == figures.referenceDates[date]
        }.map { "\($0.areaName) \($0.total) \($0.urban) \($0.rural) \($0.unclassified)" }
    }

    @Test func countsEachConceptByTheClassOfTheUnit() {
        #expect(urbanization("4499", .registered) == " 6 2 3 1")
        #expect(urbanization("4499", .resident) == " 8 6 1 1")
        #expect(urbanization("449901", .resident) == "丙区 5 3 1 1")
        #expect(urbanization("449981", .resident) == "丁市 3 3 0 0")
        #expect(urbanization("449901001", .registered) == "乙街道 2 2 0 0")
    }

    @Test func rowsOfZerosStandWhereTheEditionHasUnits() {
        #expect(urbanization("4499", .resident, date: 0) == " 0 0 0 0")
        #expect(urbanization("449981101", .registered, date: 0) == " 0 0 0 0")
        // A township that only an unknown unit lies in: where somebody is.
        #expect(urbanization("449901009", .resident) == " 1 0 0 1")
        #expect(urbanization("449901009", .resident, date: 0) == nil)
        let empty = DivisionCode(digits: CubeFixture.emptyUnit).text
        #expect(figures.units.filter { $0.unitCode == empty }.map(\.resident) == [0, 0])
    }

    @Test func migrationNamesEveryWay() {
        func row(_ county: String) -> [Int] {
            figures.migration.first {
                $0.countyCode == county && $0.date == figures.referenceDates[1]
            }?.counts ?? []
        }
        // registered, its three ways; resident, local, separated, intra, floating and its five
        // tiers, short stay.
        #expect(row("449901") == [6, 2, 3, 1, 5, 1, 2, 1, 1, 1, 0, 0, 0, 0, 1])
        #expect(row("449981") == [0, 0, 0, 0, 3, 0, 3, 0, 3, 0, 1, 0, 1, 1, 0])
    }

    @Test func agesAreInGroupsOfFiveUpToAHundred() {
        let groups = figures.population.filter { $0.concept == .resident }.map {
            "\($0.unitClass) \($0.sex.word) \($0.ageGroup.word) \($0.persons)"
        }
        #expect(
            groups == [
                "000 male 30-34 1", "111 female 0-4 1", "111 male 30-34 2", "220 female 100+ 1",
                "121 male 5-9 1", "121 male 30-34 2",
            ])
    }

    @Test func citizensOfUnknownUnitsAreListedOnce() throws {
        let cube = try Self.fixture.cube([CubeFixture.persons])
        let unknown = RollUp(cube, territory: Self.fixture.territory, targets: [])
            .unknownDivisions()
        #expect(unknown.map(\.code) == ["449901009009"])
        #expect(unknown.map(\.citizens) == [1])
    }

    /// Another table of classes gives other figures from the same cube.
    @Test func classesBelongToUnitsNotToCounts() throws {
        var other = Self.fixture
        other.classes[CubeFixture.villageUnit] = 112
        let cube = try Self.fixture.cube([CubeFixture.persons])
        let area = other.figures(cube).urbanization.first {
            $0.areaCode == "4499" && $0.concept == .registered && $0.total > 0
        }
        #expect(area?.urban == 5 && area?.rural == 0 && area?.total == 6)
    }

    private static func random(_ seed: UInt64) -> [CubeFixture.Person] {
        var chance = SeededRandom(seed: seed)
        let units = [
            CubeFixture.districtUnit, CubeFixture.villageUnit, CubeFixture.townUnit,
            CubeFixture.unknownUnit,
        ]
        return (0..<300).map { _ in
            var person = chance.pick(CubeFixture.persons)
            person.date = UInt16(chance.below(2))
            person.age = UInt8(chance.below(120))
            person.sex = UInt8(1 + chance.below(2))
            if person.status == .registeredResident {
                person.registered = chance.pick(units)
                person.resident = person.registered
            }
            person.type = person.registered == nil ? 0 : UInt8(chance.below(4))
            person.household = person.registered == nil ? 0 : UInt64(chance.below(40))
            return person
        }
    }

    @Test(arguments: Seeds.list(upTo: 10))
    func marginsAddUpAndWorkersMakeNoDifference(seed: UInt64) throws {
        let persons = Self.random(seed)
        let fixture = Self.fixture
        let one = try fixture.cube([persons])
        let three = try fixture.cube(
            [Array(persons[..<50]), Array(persons[50..<120]), Array(persons[120...])], batch: 7,
            threads: 3)
        #expect(one == three, "POPSTAT_SEED=\(seed)")
        let figures = fixture.figures(one)
        for date in figures.referenceDates {
            for concept in Concept.allCases {
                let rows = figures.urbanization.filter { $0.date == date && $0.concept == concept }
                let totals = AreaLevel.allCases.dropFirst().map { level in
                    rows.filter { $0.level == level }.reduce(0) { $0 + $1.total }
                }
                #expect(Set(totals).count == 1, "POPSTAT_SEED=\(seed)")
                #expect(rows.allSatisfy { $0.total == $0.urban + $0.rural + $0.unclassified })
                let ages = figures.population.filter { $0.date == date && $0.concept == concept }
                #expect(ages.reduce(0) { $0 + $1.persons } == totals[0])
            }
            for row in figures.migration where row.date == date {
                let c = row.counts
                #expect(c[0] == c[1] + c[2] + c[3])
                #expect(c[6] == c[7] + c[8])
                #expect(c[8] == c[9...13].reduce(0, +))
            }
            let registered = figures.migration.filter { $0.date == date }
                .reduce(0) { $0 + $1.counts[0] }
            let inHouseholds = figures.households.filter { $0.date == date }
                .reduce(0) { $0 + $1.persons }
            #expect(registered == inHouseholds)
        }
    }

    /// Only the first place gets a block of its own; the others have room for the cells that
    /// occur in them.
    @Test(arguments: Seeds.list(upTo: 10))
    func littleMemoryMakesNoDifference(seed: UInt64) throws {
        let persons = Self.random(seed)
        let little = try Self.fixture.cube([persons], memoryLimit: 0)
        #expect(try Self.fixture.cube([persons]) == little, "POPSTAT_SEED=\(seed)")
    }

    /// More of one kind in a unit than a number of 16 bits holds, at a date as well as behind it; in
    /// little memory the unit has no block and numbers of 32 bits.
    @Test func manyPersonsOfOneUnitAreAllCounted() throws {
        let elsewhere = CubeFixture.Person(
            registered: CubeFixture.villageUnit, resident: CubeFixture.villageUnit,
            status: .registeredResident)
        func many(_ count: Int, date: UInt16) -> [CubeFixture.Person] {
            var person = elsewhere
            person.registered = CubeFixture.districtUnit
            person.resident = CubeFixture.districtUnit
            person.date = date
            return Array(repeating: person, count: count)
        }
        let persons = [elsewhere] + many(70_000, date: 0) + many(100_000, date: 1)
        let cube = try Self.fixture.cube([persons], batch: 1_000)
        #expect(try Self.fixture.cube([persons], batch: 1_000, memoryLimit: 0) == cube)
        let counted = Self.fixture.figures(cube).urbanization.filter {
            $0.areaCode == "449901001" && $0.concept == .resident
        }
        #expect(counted.map(\.total) == [70_000, 100_000])
    }

    /// Thousands of places with a few people, and some with so many that all sizes of blocks are
    /// outgrown, while further places are met.
    @Test(arguments: Seeds.list(upTo: 4), [2, 6])
    func littleMemoryMakesNoDifferenceWithManyUnits(seed: UInt64, dateCount: Int) throws {
        var fixture = Self.fixture
        fixture.dates = (0..<dateCount).map { "\(2015 + $0)-12-31" }
        let units = (0..<3_000).map { 449_901_001_001 + UInt64($0) * 1_000 }
        for unit in units { fixture.classes[unit] = 220 }
        var chance = SeededRandom(seed: seed)
        let persons = (0..<12_000).map { _ in
            var person = chance.pick(CubeFixture.persons)
            person.date = UInt16(chance.below(dateCount))
            person.last = person.date + UInt16(chance.below(dateCount - Int(person.date)))
            person.age = UInt8(chance.below(110))
            person.sex = UInt8(1 + chance.below(2))
            person.type = person.registered == nil ? 0 : UInt8(chance.below(4))
            let unit = chance.below(2) == 0 ? units[chance.below(3)] : chance.pick(units)
            if person.registered != nil { person.registered = unit }
            if person.status == .registeredResident { person.resident = unit }
            return person
        }
        let little = try fixture.cube([persons], batch: 100, memoryLimit: 0)
        #expect(little.units.count > 2_000)
        #expect(try fixture.cube([persons], batch: 100) == little, "POPSTAT_SEED=\(seed)")
    }

    /// A person over several dates counts as one person at each of them does, a year older each time.
    @Test(arguments: Seeds.list(upTo: 10))
    func spansAreThePersonsAtTheirDates(seed: UInt64) throws {
        var fixture = Self.fixture
        fixture.dates = (2010...2020).map { "\($0)-12-31" }
        var chance = SeededRandom(seed: seed ^ 0x5A5A)
        let spans = Self.random(seed).map { person in
            var span = person
            span.date = UInt16(chance.below(11))
            span.last = span.date + UInt16(chance.below(11 - Int(span.date)))
            return span
        }
        let singles = spans.flatMap { span in
            (span.date...span.last!).map { date in
                var single = span
                single.date = date
                single.last = nil
                single.age = span.age + UInt8(date - span.date)
                return single
            }
        }
        #expect(try fixture.cube([spans]) == fixture.cube([singles]), "POPSTAT_SEED=\(seed)")
    }
}
