internal import PopulationFigures
internal import PopulationModel

// Services, permits, points and ways to settle by county (SPEC 6.2).
extension RollUp {
    private func code(_ county: UInt32) -> String { DivisionCode.padded(UInt64(county), to: 6) }

    func services(_ units: [UnitAtDate], date: Int) -> [ServiceFigure] {
        // By county: residents by sex and band, then the floating.
        var ages: [UInt32: [Int]] = [:]
        let measures = CubeLayout.ageCount..<(3 * CubeLayout.ageCount)
        for unit in units {
            var sum =
                ages.removeValue(forKey: unit.county)
                ?? Array(repeating: 0, count: measures.count)
            forEachCount(unit, in: measures, date: date) { sum[$0 - measures.lowerBound] += $1 }
            ages[unit.county] = sum
        }
        let none = [Int](repeating: 0, count: measures.count)
        let pair = territory.yearlyPairs.firstIndex { $0.end == date }
        let layout = cube.counties.layout
        return Set(ages.keys).union(cube.counties.counties).sorted().flatMap { county in
            let ofCounty = ages[county] ?? none
            return ServiceGroup.allCases.compactMap { group -> ServiceFigure? in
                var figure = ServiceFigure(
                    date: territory.dates[date], countyCode: code(county), group: group,
                    resident: 0, floating: 0, permitHolders: 0, settled: pair == nil ? nil : 0)
                for sex in Sex.allCases where group.includes(sex) {
                    for band in 0..<AgeBand.count where AgeBand.isIn(group, band: band) {
                        let sex = Int(sex.rawValue) - 1
                        let index = sex * AgeBand.count + band
                        figure.resident += ofCounty[index]
                        figure.floating += ofCounty[CubeLayout.ageCount + index]
                        figure.permitHolders += cube.counties.count(
                            county, layout.permitHolders(date, sex: sex, band: band))
                        guard let pair else { continue }
                        figure.settled! += cube.counties.count(
                            county, layout.settled(pair, sex: sex, band: band))
                    }
                }
                return figure.isEmpty ? nil : figure
            }
        }
    }

    func eligibility(_ units: [UnitAtDate], date: Int) -> [EligibilityFigure] {
        // Who lives where he is registered is eligible as a talent only, and where it is not urban.
        var atHome: [UInt32: Int] = [:]
        let measure = CubeLayout.talentAtHome
        for unit in units where !unit.isUrban {
            forEachCount(unit, in: measure..<(measure + 1), date: date) {
                atHome[unit.county, default: 0] += $1
            }
        }
        let layout = cube.counties.layout
        return Set(atHome.keys).union(cube.counties.counties).sorted().flatMap { county in
            EligibilityChannel.allCases.compactMap { channel in
                var persons = cube.counties.count(county, layout.eligible(date, channel))
                if channel == .talent || channel == .any { persons += atHome[county] ?? 0 }
                return persons == 0
                    ? nil
                    : EligibilityFigure(
                        date: territory.dates[date], countyCode: code(county), channel: channel,
                        eligibleNotSettled: persons)
            }
        }
    }

    func permits() -> [PermitFigure] {
        let layout = cube.counties.layout
        var figures: [PermitFigure] = []
        for date in territory.dates.indices {
            for county in cube.counties.counties {
                for residence in 0...PermitFigure.residenceYearsMax {
                    for insured in 0...PermitFigure.insuredYearsMax {
                        let figure = PermitFigure(
                            date: territory.dates[date], countyCode: code(county),
                            residenceYears: residence, insuredYears: insured,
                            valid: cube.counties.count(
                                county,
                                layout.valid(
                                    date, residenceYears: residence, insuredYears: insured)),
                            suspended: cube.counties.count(
                                county,
                                layout.suspended(
                                    date, residenceYears: residence, insuredYears: insured)))
                        if figure.valid + figure.suspended > 0 { figures.append(figure) }
                    }
                }
            }
        }
        return figures
    }

    func ladder() -> [LadderFigure] {
        let layout = cube.counties.layout
        return territory.dates.indices.flatMap { date in
            cube.counties.counties.flatMap { county in
                tierNames.enumerated().compactMap { tier, name in
                    let persons = cube.counties.count(
                        county, layout.ladderPersons(date, tier: tier))
                    return persons == 0
                        ? nil
                        : LadderFigure(
                            date: territory.dates[date], countyCode: code(county), tier: name,
                            persons: persons,
                            pointsSumMillionths: cube.counties.count(
                                county, layout.ladderPoints(date, tier: tier)))
                }
            }
        }
    }
}

extension ServiceFigure {
    fileprivate var isEmpty: Bool {
        resident == 0 && floating == 0 && permitHolders == 0 && (settled ?? 0) == 0
    }
}
