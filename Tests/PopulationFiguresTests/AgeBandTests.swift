import PopulationFigures
import Testing

@Suite struct AgeBandTests {
    private static func band(of age: Int) -> Int {
        Int(AgeBand.bandOfAge[min(age, AgeBand.ageMax)])
    }

    @Test func theConstantsAreThoseOfTheLists() {
        #expect(AgeBand.lowerBounds.count == AgeBand.count)
        #expect(AgeBand.bandOfAge.count == AgeBand.ageMax + 1)
        #expect(AgeBand.lowerBounds == AgeBand.lowerBounds.sorted())
    }

    /// No band lies across the edge of a group: then sums of bands are the groups.
    @Test(arguments: 0...130)
    func everyAgeIsInItsGroups(age: Int) {
        let band = Self.band(of: age)
        #expect(AgeBand.group(of: band).index == min(age / 5, AgeGroup.count - 1))
        for group in ServiceGroup.allCases {
            #expect(AgeBand.isIn(group, band: band) == group.ages.contains(age))
        }
        #expect((band == AgeBand.newborn) == (age == 0))
    }
}

@Suite struct CountyLayoutTests {
    @Test func everyMeasureHasAPlaceOfItsOwn() {
        let layout = CountyLayout(dateCount: 3, pairCount: 2, tierCount: 2)
        var places: [Int] = []
        for pair in 0..<2 {
            places += (2...Balance58Figure.columnCount).map { layout.balance(pair, column: $0) }
            places += [layout.deaths(pair), layout.urbanDeaths(pair)]
            for sex in 0...1 {
                places += (0..<AgeBand.count).map { layout.settled(pair, sex: sex, band: $0) }
            }
        }
        for date in 0..<3 {
            for residence in 0...PermitFigure.residenceYearsMax {
                for insured in 0...PermitFigure.insuredYearsMax {
                    places += [
                        layout.valid(date, residenceYears: residence, insuredYears: insured),
                        layout.suspended(date, residenceYears: residence, insuredYears: insured),
                    ]
                }
            }
            for sex in 0...1 {
                places += (0..<AgeBand.count).map { layout.permitHolders(date, sex: sex, band: $0) }
            }
            places += EligibilityChannel.allCases.map { layout.eligible(date, $0) }
            for tier in 0..<2 {
                places += [
                    layout.ladderPersons(date, tier: tier), layout.ladderPoints(date, tier: tier),
                ]
            }
        }
        #expect(Set(places).count == places.count)
        #expect(places.allSatisfy { (0..<layout.count).contains($0) })
        // c1 comes from the cube and leaves its place empty.
        #expect(places.count == layout.count - 2)
    }

    @Test func blocksOfACountyAddUp() {
        var counts = CountyCounts(CountyLayout(dateCount: 1, pairCount: 0, tierCount: 0))
        let block = Array(0..<counts.layout.count)
        counts.add(block, county: 449_902)
        var other = counts
        other.add(block, county: 449_901)
        counts.add(other)
        #expect(counts.counties == [449_901, 449_902])
        #expect(counts.count(449_902, 7) == 14)
        #expect(counts.count(449_901, 7) == 7)
        #expect(counts.count(449_903, 7) == 0)
    }
}

@Suite struct SettledKindTests {
    @Test func keepsItsFourParts() {
        for place in SettlementPlace.allCases {
            for tier in SettlementTier.allCases {
                let kind = SettledKind(
                    county: 659_001, place: place, cause: .redevelopment, tier: tier)
                #expect(kind.county == 659_001)
                #expect(kind.place == place)
                #expect(kind.cause == .redevelopment)
                #expect(kind.tier == tier)
                // A run of a household keeps one more bit beside it.
                #expect(kind.rawValue < 1 << 31)
            }
        }
    }
}

@Suite struct Decimal6Tests {
    @Test(arguments: [
        (0, "0"), (1, "0.000001"), (1_500_000, "1.5"), (-100_000, "-0.1"), (3_000_000, "3"),
        (100_250_000, "100.25"),
    ])
    func writesTheShortestDecimal(millionths: Int, text: String) {
        #expect(Decimal6.text(millionths: millionths) == text)
    }
}

@Suite struct TableAbsenceTests {
    @Test(arguments: [
        (
            TableAbsence.Reason.noYearlyDate,
            "no table permits: no reference date is a 31 December"
        ),
        (
            .noYearlyPair,
            "no table permits: no two reference dates are 31 December of consecutive years"
        ),
        (.notAskedFor, "no table permits: the run was asked for the main tables only"),
        (.noKey("publish.ladder"), "no table permits: the plan has no publish.ladder"),
        (.noColumn(["a", "b"]), "no table permits: no extract has the column a or b"),
    ])
    func saysWhatIsMissing(reason: TableAbsence.Reason, text: String) {
        #expect(TableAbsence(table: "permits", reason: reason).description == text)
    }
}
