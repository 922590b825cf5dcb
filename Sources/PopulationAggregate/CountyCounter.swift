internal import PopulationFigures
internal import PopulationModel

/// Counts what depends on single persons and is told apart by county only: transitions of
/// registration, and stays. Few citizens come here.
struct CountyCounter: ~Copyable {
    let places: PlaceTable
    let layout: CountyLayout
    let ladder: PointLadder?
    let pairs: [YearlyPair]
    /// Reference dates as yyyymmdd and as day numbers.
    let dates: [Int32]
    let days: [Int32]
    /// Per reference date: work and insurance since this day or before are long enough.
    let establishedDays: [Int32]
    let editionOfDate: [Int]
    /// The settled of this worker: one run each, with its kind in place of a household's county and
    /// type, and its pair in place of the dates.
    let settled: HouseholdRuns
    /// Settled without a household number, so that each gets a hash of its own.
    var aloneCount: UInt64 = 0

    private var blockOfCounty: [UInt32: UnsafeMutableBufferPointer<Int>] = [:]
    /// Per place: the block of its county; `nil` = not asked for.
    private var blockOfPlace: [UnsafeMutableBufferPointer<Int>?] = []

    /// What one worker counted.
    struct Part: Sendable {
        var counts: CountyCounts
        var settled: HouseholdRuns
    }

    init(places: PlaceTable, spillFolder: String, ladder: PointLadder?) {
        self.places = places
        self.ladder = ladder
        let territory = places.territory
        pairs = territory.yearlyPairs
        layout = CountyLayout(
            dateCount: territory.dates.count, pairCount: pairs.count,
            tierCount: ladder?.tiers.count ?? 0)
        dates = territory.dates.map { Int32(truncatingIfNeeded: $0.yyyymmdd) }
        days = territory.dates.map(\.dayNumber)
        establishedDays = territory.dates.map(Self.establishedDay)
        editionOfDate = territory.editionOfDate
        settled = HouseholdRuns(spillFolder: spillFolder, memoryLimit: 0)
    }

    deinit { for block in blockOfCounty.values { block.deallocate() } }

    /// The counts of the county that a place lies in.
    @inline(__always)
    mutating func block(of place: Int32) -> UnsafeMutableBufferPointer<Int> {
        if Int(place) < blockOfPlace.count, let block = blockOfPlace[Int(place)] { return block }
        return newBlock(of: place)
    }

    private mutating func newBlock(of place: Int32) -> UnsafeMutableBufferPointer<Int> {
        if places.count > blockOfPlace.count {
            blockOfPlace += repeatElement(nil, count: places.count - blockOfPlace.count)
        }
        let county = places[place].county
        let block =
            blockOfCounty[county]
            ?? {
                let block = UnsafeMutableBufferPointer<Int>.allocate(capacity: layout.count)
                block.initialize(repeating: 0)
                return block
            }()
        blockOfCounty[county] = block
        blockOfPlace[Int(place)] = block
        return block
    }

    /// Band of ages of a person at a date; `birth` as yyyymmdd.
    func band(of birth: Int32, at date: Int) -> Int {
        let age = Int(max(dates[date] &- birth, 0)) / 10_000
        return Int(AgeBand.bandOfAge[min(age, AgeBand.ageMax)])
    }

    func finish() -> Part {
        var counts = CountyCounts(layout)
        for (county, block) in blockOfCounty {
            counts.add(UnsafeBufferPointer(block), county: county)
        }
        return Part(counts: counts, settled: settled)
    }
}
