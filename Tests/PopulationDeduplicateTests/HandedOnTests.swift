import PopulationDeduplicate
import PopulationModel
import PopulationTestSupport
import Testing

/// Which citizens are handed on one by one for yearly figures and for stays: nearly none may be.
@Suite struct HandedOnTests {
    private static let id = "449901198002290016"
    private static let city = "449901001001"
    private static let village = "449901001002"

    /// The transitions and stays of one citizen, in words.
    private static func handedOn(
        dates: [String] = ["2018-12-31", "2019-12-31", "2020-12-31"], rows: [String],
        stays: [String] = []
    ) throws -> [String] {
        var fixture = DeduplicateFixture()
        fixture.dates = dates
        fixture.registration = rows.map { "\(id),\($0),2020-01-02,,," }
        fixture.residency = stays.map { "\(id),\($0),2020-01-02,," }
        return try TemporaryFolder.with { folder in
            try fixture.deduplicate(try fixture.ingest(in: folder)) { HandedOn(places: $0) }
                .consumers.flatMap { $0 }
        }
    }

    @Test func whoNeverMovesIsNotHandedOn() throws {
        #expect(try Self.handedOn(rows: ["\(Self.city),initial,2010-01-01"]) == [])
        #expect(try Self.handedOn(rows: ["\(Self.village),birth,2019-06-01"]) == [])
        #expect(
            try Self.handedOn(
                rows: [
                    "\(Self.village),initial,2010-01-01", "\(Self.village),correction,2019-01-01",
                ])
                == [])
    }

    @Test func aNewRowInTownIsHandedOnOnce() throws {
        #expect(
            try Self.handedOn(rows: ["\(Self.city),move_in,2019-06-01"])
                == ["pair 0: - to \(Self.city), other row inside"])
        // The same with a stay, which takes the long way.
        #expect(
            try Self.handedOn(
                rows: ["\(Self.city),move_in,2019-06-01"],
                stays: ["\(Self.city),2019-07-01,"])
                == ["pair 0: - to \(Self.city), other row inside"])
    }

    @Test func withoutYearlyPairsNobodyIs() throws {
        #expect(
            try Self.handedOn(
                dates: ["2018-12-31", "2019-12-30", "2020-12-31"],
                rows: ["\(Self.village),initial,2010-01-01", "\(Self.city),move_in,2019-06-01"])
                == [])
    }

    @Test func aMoveAndADeathAreHandedOnAtTheirPairs() throws {
        #expect(
            try Self.handedOn(rows: [
                "\(Self.village),initial,2010-01-01", "\(Self.city),move_in,2019-06-01",
                "\(Self.city),death,2020-06-01",
            ]) == [
                "pair 0: \(Self.village) to \(Self.city), other row inside",
                "pair 1: \(Self.city) to -, other row inside",
            ])
    }

    @Test func aStayIsHandedOnWhileItMatters() throws {
        let there = "449902001001"
        // Resident there from the half year on.
        #expect(
            try Self.handedOn(
                rows: ["\(Self.village),initial,2010-01-01"], stays: ["\(there),2019-03-01,"])
                == ["stay 1 to 2: resident \(there), registered \(Self.village), guest -"])
        // A guest from the first day on, and a resident later.
        #expect(
            try Self.handedOn(rows: [], stays: ["\(there),2019-10-01,2020-12-31"])
                == ["stay 1 to 1: resident -, registered -, guest \(there)"])
        #expect(
            try Self.handedOn(
                rows: ["\(Self.village),death,2018-01-01"], stays: ["\(there),2019-03-01,"]) == [])
    }
}

/// Writes down what it is handed besides spans.
private struct HandedOn: PersonConsumer {
    let places: PlaceTable
    var lines: [String] = []

    init(places: PlaceTable) { self.places = places }

    mutating func take(_ spans: UnsafeBufferPointer<PersonSpan>) {}

    mutating func take(_ transitions: UnsafeBufferPointer<PersonTransition>) {
        for transition in transitions {
            lines.append(
                "pair \(transition.pair): \(code(transition.registeredBefore)) to "
                    + "\(code(transition.registered)), "
                    + (transition.isSameRow ? "same row" : "other row")
                    + (transition.isEventInside ? " inside" : ""))
        }
    }

    mutating func take(_ stays: UnsafeBufferPointer<StaySpan>) {
        for stay in stays {
            lines.append(
                "stay \(stay.first) to \(stay.last): resident \(code(stay.resident)), registered "
                    + "\(code(stay.registeredPlace)), guest \(code(stay.guestAt))")
        }
    }

    consuming func finish() -> [String] { lines }

    private func code(_ place: Int32) -> String {
        place < 0 ? "-" : DivisionCode(digits: places[place].code).text
    }
}

/// Education and title are read from records as they lie in memory.
@Suite struct QualificationOfARecordTests {
    @Test(arguments: [
        ("", 0), ("0", 0), ("1", 1), ("20", 2), ("30", 3), ("40", 0), ("/", 0), ("大学", 0),
    ])
    func readsTheFirstDigitBehindTextsOfAnyLength(education: String, degree: UInt8) {
        let long = String(repeating: "长", count: 85)
        for (name, relation) in [("", ""), ("王", "02"), (long, long)] {
            var row = PackedRow()
            (row.recordID, row.name, row.third, row.relation) = (long, name, "7", relation)
            row.education = education
            row.title = 2
            var stay = row
            stay.isResidency = true
            PackedRow.withViews([row, stay]) { views in
                let expected = Qualification(degree: degree, title: 2)
                #expect(Qualification(registration: views[0]) == expected)
                #expect(Qualification(residency: views[1]) == expected)
            }
        }
    }
}
