internal import PopulationFigures
package import PopulationModel

/// Counts the persons of one worker by place.
package struct CubeCounter: PersonConsumer, ~Copyable {
    private let places: PlaceTable
    private let dateCount: Int
    /// Reference dates as yyyymmdd.
    private let dates: UnsafeMutablePointer<Int32>
    private var cells: PlaceCells
    private let households: HouseholdRuns
    private var counties: CountyCounter
    private let bandOfAge: UnsafeMutablePointer<UInt8>
    /// Per band: the least age, as a difference of two dates written yyyymmdd.
    private let bandStarts: UnsafeMutablePointer<Int32>

    /// `spillFolder` is a private folder for the households that memory is not kept for.
    /// `memoryLimit` bounds the memory of the counts, in bytes, as far as the places of an area of
    /// usual size go, and `householdMemoryLimit` that of the households.
    package init(
        places: PlaceTable, spillFolder: String, memoryLimit: Int = 64 << 20,
        householdMemoryLimit: Int = 0, ladder: PointLadder? = nil
    ) {
        self.places = places
        let territory = places.territory
        dateCount = territory.dates.count
        dates = .allocate(capacity: dateCount)
        for (index, date) in territory.dates.enumerated() {
            (dates + index).initialize(to: Int32(truncatingIfNeeded: date.yyyymmdd))
        }
        cells = PlaceCells(dateCount: dateCount, blockBytesMax: memoryLimit)
        households = HouseholdRuns(
            spillFolder: spillFolder, memoryLimit: householdMemoryLimit)
        counties = CountyCounter(places: places, spillFolder: spillFolder, ladder: ladder)
        bandOfAge = .allocate(capacity: AgeBand.bandOfAge.count)
        bandOfAge.initialize(from: AgeBand.bandOfAge, count: AgeBand.bandOfAge.count)
        bandStarts = .allocate(capacity: AgeBand.count)
        for (band, age) in AgeBand.lowerBounds.enumerated() {
            (bandStarts + band).initialize(to: Int32(truncatingIfNeeded: age) * 10_000)
        }
    }

    deinit {
        dates.deallocate()
        bandOfAge.deallocate()
        bandStarts.deallocate()
    }

    package mutating func take(_ transitions: UnsafeBufferPointer<PersonTransition>) {
        for transition in transitions { counties.count(transition) }
    }

    package mutating func take(_ stays: UnsafeBufferPointer<StaySpan>) {
        for stay in stays { counties.count(stay) }
    }

    /// How many spans ahead the memory of a household's run is asked for.
    private static let spansAhead = 8
    /// With more places, what is known of one has to be asked for as well.
    private static let placesInCache = 1 << 15

    /// `make bench-counts` finds it by its name.
    @inline(never)
    package mutating func take(_ spans: UnsafeBufferPointer<PersonSpan>) {
        cells.reserve(placeCount: places.count)
        let isScattered = places.count > Self.placesInCache
        for (index, span) in spans.enumerated() {
            if index &+ Self.spansAhead < spans.count {
                let next = spans[index &+ Self.spansAhead]
                households.prepare(next.household)
                if isScattered {
                    cells.prepare(next.registered)
                    cells.prepare(next.resident)
                }
            }
            count(span)
            if span.household != 0 { households.add(span, county: places[span.registered].county) }
        }
    }

    @inline(__always)
    private mutating func count(_ span: PersonSpan) {
        let (first, last) = (Int(span.first), Int(span.last))
        let status = span.status
        if span.registered >= 0 {
            let isHome = span.registered == span.resident
            addAges(
                of: span, at: span.registered,
                cell: isHome ? CellLayout.home : CellLayout.registeredOnly)
            if span.householdType != HouseholdType.family.rawValue {
                cells.add(
                    span.registered, cell: CellLayout.householdPersons &+ Int(span.householdType),
                    first: first, last: last)
            }
            if isHome {
                if status.contains(.talentAtHome) {
                    cells.add(
                        span.registered, cell: CellLayout.talentAtHome, first: first, last: last)
                }
                return
            }
            cells.add(
                span.registered,
                cell: status.contains(.registeredResident)
                    ? CellLayout.registeredResident
                    : status.contains(.registeredElsewhere)
                        ? CellLayout.registeredElsewhere : CellLayout.away,
                first: first, last: last)
        }
        if span.resident >= 0 {
            let isFloating = status.contains(.separated) && !status.contains(.intraDistrict)
            addAges(
                of: span, at: span.resident,
                cell: isFloating ? CellLayout.floatingAges : CellLayout.residentOnly)
            if status.contains(.separated) {
                cells.add(
                    span.resident, cell: CellLayout.separated, first: first, last: last)
                cells.add(
                    span.resident,
                    cell: status.contains(.intraDistrict)
                        ? CellLayout.intraDistrict : CellLayout.floating &+ status.tier,
                    first: first, last: last)
            } else if status.contains(.unregisteredLocal) {
                cells.add(
                    span.resident, cell: CellLayout.unregisteredLocal, first: first, last: last)
            }
        } else if status.contains(.shortStay) {
            cells.add(span.presentAt, cell: CellLayout.shortStay, first: first, last: last)
        }
    }

    /// Counts a person by sex and band of ages, which may change on the way.
    ///
    /// Completed years are a ten-thousandth of the difference of two dates as yyyymmdd, so a person
    /// passes on to the next band when the difference reaches ten thousand times its least age.
    @inline(__always)
    private mutating func addAges(of span: PersonSpan, at place: Int32, cell: Int) {
        let start = cell &+ (Int(span.sex) &- 1) &* AgeBand.count
        let last = Int(span.last)
        var first = Int(span.first)
        let age = Int(max(dates[first] &- span.birth, 0)) / 10_000
        var band = Int(bandOfAge[min(age, AgeBand.ageMax)])
        while true {
            let end: Int
            if band >= AgeBand.count &- 1 {
                end = last
            } else {
                let birthday = span.birth &+ bandStarts[band &+ 1]
                var date = first
                while date < last, dates[date &+ 1] < birthday { date &+= 1 }
                end = date
            }
            cells.add(place, cell: start &+ band, first: first, last: end)
            if end == last { return }
            first = end &+ 1
            // Dates may lie further apart than a band is wide.
            repeat {
                band &+= 1
            } while band < AgeBand.count &- 1
                && dates[first] &- span.birth >= bandStarts[band &+ 1]
        }
    }

    package consuming func finish() -> CubePart {
        var counts = Cube(dateCount: dateCount)
        // All that a city can need; of a country only a part.
        let order = places.placesByCode
        counts.reserve(units: order.count, entries: min(order.count * CubeLayout.count, 1 << 20))
        let sum = Cube.UnitSum(dateCount: dateCount)
        cells.forEachPlace(in: order) { place, cells in
            for cell in cells { CellLayout.add(cell, to: sum) }
            counts.append(code: places[place].code, sum)
        }
        households.close()
        return CubePart(counts: counts, households: households, counties: counties.finish())
    }
}

/// What one worker's people add up to.
package struct CubePart: Sendable {
    /// Units ascending by code, as in every cube.
    var counts: Cube
    var households: HouseholdRuns
    var counties: CountyCounter.Part
}
