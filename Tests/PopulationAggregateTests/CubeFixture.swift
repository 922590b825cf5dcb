import PopulationAggregate
import PopulationFigures
import PopulationModel
import PopulationTestSupport

/// Persons made by hand, counted by one worker or more.
struct CubeFixture {
    static let districtUnit: UInt64 = 449_901_001_001
    static let villageUnit: UInt64 = 449_901_002_001
    static let townUnit: UInt64 = 449_981_101_001
    static let emptyUnit: UInt64 = 449_981_101_002
    static let unknownUnit: UInt64 = 449_901_009_009

    var dates = ["2019-12-31", "2020-12-31"]
    /// Of each worker.
    var householdMemoryLimit = 0
    var classes: [UInt64: UInt16] = [
        districtUnit: 111, villageUnit: 220, townUnit: 121, emptyUnit: 210,
    ]

    var territory: Territory {
        Territory(
            area: Area(code: "4499")!, dates: dates.map { CalendarDate(iso: $0)! },
            editions: [
                DivisionEdition(
                    date: CalendarDate(iso: "2015-06-30")!,
                    units: DivisionUnits(classes: classes, names: [Self.districtUnit: "甲"]),
                    areaNames: ["449901001": "乙街道"])
            ], changes: [],
            counties: [
                County(code: "449901", nameZH: "丙区", nameEN: "Bing", kind: .district),
                County(code: "449981", nameZH: "丁市", nameEN: "Ding", kind: .countyCity),
            ])
    }

    /// One person at one date, or from it to a last one; the age is that at the first.
    struct Person {
        var date: UInt16 = 1
        var last: UInt16?
        var age: UInt8 = 30
        var sex: UInt8 = 1
        var registered: UInt64?
        var resident: UInt64?
        var presentAt: UInt64?
        var status: PersonStatus = []
        var type: UInt8 = 0
        var household: UInt64 = 0
    }

    /// The cube of the persons that each worker is given.
    /// `memoryLimit` is that of each worker's counts.
    func cube(
        _ workers: [[Person]], batch: Int = 2, threads: Int = 1, memoryLimit: Int = 64 << 20,
        spillFolder: String? = nil
    ) throws -> Cube {
        try TemporaryFolder.with { folder in
            let parts = workers.map {
                part(
                    $0, batch: batch, memoryLimit: memoryLimit,
                    spillFolder: spillFolder ?? folder.path)
            }
            return try AggregateStage.merge(parts, dateCount: dates.count, threads: threads)
        }
    }

    /// What one worker counts.
    func part(
        _ persons: [Person], batch: Int = 2, memoryLimit: Int = 64 << 20, spillFolder: String
    ) -> CubePart {
        let places = PlaceTable(territory: territory)
        var counter = CubeCounter(
            places: places, spillFolder: spillFolder, memoryLimit: memoryLimit,
            householdMemoryLimit: householdMemoryLimit)
        for start in stride(from: 0, to: persons.count, by: batch) {
            let end = min(start + batch, persons.count)
            // Places come with the persons, as they do from partitions.
            persons[start..<end].map { span($0, places) }
                .withUnsafeBufferPointer { counter.take($0) }
        }
        return counter.finish()
    }

    private func span(_ person: Person, _ places: PlaceTable) -> PersonSpan {
        let day = territory.dates[Int(person.date)].yyyymmdd
        var span = PersonSpan(
            birth: Int32(day) - Int32(person.age) * 10_000, sex: person.sex, first: person.date,
            last: person.last ?? person.date)
        if let code = person.registered { span.registered = places.place(of: code) }
        if let code = person.resident { span.resident = places.place(of: code) }
        if let code = person.presentAt { span.presentAt = places.place(of: code) }
        span.status = person.status
        span.householdType = person.type
        span.household = person.household
        return span
    }

    func figures(_ cube: Cube) -> Figures {
        RollUp(cube, territory: territory, targets: [.ofTaskPlan(area: territory.area)]).figures()
    }

    /// One of each way to be registered or resident, all on the last date.
    static let persons: [Person] = [
        Person(registered: districtUnit, resident: districtUnit, status: .registeredResident),
        Person(
            age: 4, sex: 2, registered: villageUnit, resident: districtUnit,
            status: [.separated, .registeredElsewhere, .tier(.ownCounty)]),
        Person(
            age: 5, registered: districtUnit, resident: townUnit,
            status: [.separated, .registeredElsewhere, .tier(.ownPrefecture)]),
        Person(
            registered: villageUnit, resident: districtUnit,
            status: [.separated, .intraDistrict, .registeredElsewhere]),
        Person(age: 100, registered: villageUnit, status: .away),
        Person(age: 130, sex: 2, resident: villageUnit, status: .unregisteredLocal),
        Person(resident: townUnit, status: [.separated, .tier(.otherProvince)]),
        Person(resident: townUnit, status: [.separated, .tier(.unknown)]),
        Person(presentAt: districtUnit, status: .shortStay),
        Person(registered: unknownUnit, resident: unknownUnit, status: .registeredResident),
    ]
}
