import PopulationFigures
import PopulationModel

/// A stored cube made by hand: two editions, a national list among them, and some counts.
struct StoredCubeFixture {
    static let dates = ["2015-12-31", "2020-12-31"].map { CalendarDate(iso: $0)! }

    static let territory = Territory(
        area: Area(code: "4499")!, dates: dates,
        editions: [
            DivisionEdition(
                date: CalendarDate(iso: "2015-06-30")!,
                units: DivisionUnits(
                    classes: [449_901_001_001: 111, 449_901_002_001: 220, 440_101_001_001: 111],
                    names: [449_901_001_001: "甲社区", 449_901_002_001: "乙村"]),
                areaNames: ["4499": "汀澜市", "449901": "青岚区", "4401": "邻市"]),
            DivisionEdition(
                date: CalendarDate(iso: "2020-06-30")!,
                units: DivisionUnits(
                    classes: [449_901_001_001: 112, 449_981_101_001: 123],
                    names: [449_901_001_001: "甲社区", 449_981_101_001: ""]),
                areaNames: ["449901001": "松洋街道"]),
        ],
        changes: [
            DivisionChange(
                old: 449_901_002_001, new: 449_981_101_001,
                effective: CalendarDate(iso: "2018-01-01")!)
        ],
        counties: [
            County(code: "449981", nameZH: "云浦市", nameEN: "Yunpu City", kind: .countyCity),
            County(code: "449901", nameZH: "青岚区", nameEN: "", kind: .district),
            County(code: "440101", nameZH: "邻区", nameEN: "", kind: .county),
        ])

    static let targets = [
        Target(
            concept: .resident, areaCode: "4499", percentHundredths: 4_800, date: dates[0],
            source: "interim"),
        Target(
            concept: .resident, areaCode: "4499", percentHundredths: 5_000, date: dates[1],
            source: "task plan"),
        Target(
            concept: .registered, areaCode: "449901", percentHundredths: 0, date: dates[1],
            source: ""),
    ]

    /// Counts of every size, from 1 to the largest, and measures from the first to the last.
    static let cube: Cube = {
        var cube = Cube(dateCount: 2)
        add(449_901_001_001, [(0, [1, 127]), (42, [0, 128]), (100, [.max, 0])], to: &cube)
        add(449_901_002_001, [(95, [16_384, 0])], to: &cube)
        add(449_981_101_001, [(99, [0, 70_000])], to: &cube)
        cube.households = [
            Cube.HouseholdCount(dateIndex: 0, county: 449_901, type: 0, households: 1),
            Cube.HouseholdCount(dateIndex: 1, county: 449_981, type: 3, households: 300),
        ]
        return cube
    }()

    static let stored = StoredCube(cube, territory: territory, targets: targets)

    private static func add(
        _ code: UInt64, _ entries: [(measure: Int, counts: [UInt32])], to cube: inout Cube
    ) {
        var block = [UInt32](repeating: 0, count: CubeLayout.count * 2)
        for (measure, counts) in entries {
            block[measure * 2] = counts[0]
            block[measure * 2 + 1] = counts[1]
        }
        block.withUnsafeBufferPointer { cube.append(code: code, block: $0) }
    }
}
