import PopulationFigures
import PopulationModel

/// What money, land and tasks take from the person-level tables: sums of settlement, permits and
/// services, by county and year and for the whole area.
package struct PersonFigureMaker: Sendable {
    private let figures: Figures

    package init(figures: Figures) {
        self.figures = figures
    }

    private struct Key: Hashable {
        let year: Int
        let countyCode: String
    }

    /// One entry per county and end of a yearly pair with persons that settled, hold permits or are
    /// floating children, by year and code.
    package var countyYears: [CountyYearPersons] {
        let dates = Set(figures.referenceDates.endsOfPairs)
        var entries: [Key: CountyYearPersons] = [:]
        func update(_ year: Int, _ code: String, _ body: (inout CountyYearPersons) -> Void) {
            let key = Key(year: year, countyCode: code)
            body(&entries[key, default: CountyYearPersons(year: year, countyCode: code)])
        }
        for row in figures.settlement {
            update(row.year, row.countyCode) { $0.settled.add(row.persons, of: row.originTier) }
        }
        for row in figures.permits where dates.contains(row.date) {
            update(Int(row.date.components.year), row.countyCode) { $0.permitHolders += row.valid }
        }
        for row in figures.services
        where dates.contains(row.date) && Self.isOfSchoolAge(row.group) {
            update(Int(row.date.components.year), row.countyCode) {
                $0.childrenFloating6To14 += row.floating
            }
        }
        return entries.values.sorted { ($0.year, $0.countyCode) < ($1.year, $1.countyCode) }
    }

    /// 6 to 11 and 12 to 14; the group 0 to 6 has six-year-olds too, who count once.
    private static func isOfSchoolAge(_ group: ServiceGroup) -> Bool {
        group == .children_6_11 || group == .children_12_14
    }

    /// The measures of tasks at every reference date, as far as the run tells them.
    package var measures: [PersonMeasureFigure] {
        figures.referenceDates.flatMap { date in
            PersonMeasure.allCases.compactMap { measure in
                persons(measure, at: date).map {
                    PersonMeasureFigure(date: date, measure: measure, persons: $0)
                }
            }
        }
    }

    private func persons(_ measure: PersonMeasure, at date: CalendarDate) -> Int? {
        switch measure {
        case .settledCentralCity: settled(at: date, where: { $0.place == .central_city })
        case .settledCountyCityAndTown:
            settled(at: date, where: { $0.place == .county_city || $0.place == .town })
        case .settledJoiningRelatives: settled(at: date, where: { $0.cause.word.hasPrefix("kin_") })
        case .settledWithCollegeOrTitle: settled(at: date, count: \.withCollegeOrTitle)
        case .settledWithFamily: settled(at: date, count: \.withFamily)
        case .settledAged16Plus:
            services([.working_16_59, .aged_60_plus], at: date, isYearly: true) { $0.settled ?? 0 }
        case .settledWorking16To59:
            services([.working_16_59], at: date, isYearly: true) { $0.settled ?? 0 }
        case .permitHolders: permits(at: date) { _ in true }
        case .permitHoldersThreeYears: permits(at: date) { $0.residenceYears >= 3 }
        case .permitHoldersWorking16To59:
            hasPermits ? services([.working_16_59], at: date) { $0.permitHolders } : nil
        case .floatingChildren6To14:
            services([.children_6_11, .children_12_14], at: date) { $0.floating }
        }
    }

    private var hasPermits: Bool { !figures.absences.contains { $0.table == "permits" } }

    private func settled(
        at date: CalendarDate, count: (SettlementFigure) -> Int = { $0.persons },
        where isMeant: (SettlementFigure) -> Bool = { _ in true }
    ) -> Int? {
        guard figures.referenceDates.endsOfPairs.contains(date) else { return nil }
        let year = Int(date.components.year)
        return figures.settlement.reduce(0) {
            $0 + ($1.year == year && isMeant($1) ? count($1) : 0)
        }
    }

    private func permits(at date: CalendarDate, _ isMeant: (PermitFigure) -> Bool) -> Int? {
        guard hasPermits else { return nil }
        return figures.permits.reduce(0) {
            $0 + ($1.date == date && isMeant($1) ? $1.valid : 0)
        }
    }

    private func services(
        _ groups: [ServiceGroup], at date: CalendarDate, isYearly: Bool = false,
        _ count: (ServiceFigure) -> Int
    ) -> Int? {
        if isYearly, !figures.referenceDates.endsOfPairs.contains(date) { return nil }
        return figures.services.reduce(0) {
            $0 + ($1.date == date && groups.contains($1.group) ? count($1) : 0)
        }
    }
}

extension SettledByTier {
    fileprivate mutating func add(_ persons: Int, of tier: SettlementTier) {
        switch tier {
        case .own_prefecture: ownPrefecture += persons
        case .own_province: ownProvince += persons
        case .other_province: otherProvince += persons
        case .unknown: unknown += persons
        }
    }
}
