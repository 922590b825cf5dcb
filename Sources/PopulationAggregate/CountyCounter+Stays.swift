internal import PopulationFigures
internal import PopulationModel

/// Permits, points and ways to settle at each date of a stay (SPEC 6.2).
extension CountyCounter {
    mutating func count(_ stay: StaySpan) {
        let held = Int(stay.first)...Int(stay.last)
        if stay.guestAt >= 0 {
            let since = Since(stay)
            for date in held { countGuest(stay, since, at: date) }
        }
        if stay.resident >= 0 {
            for date in held { countEligible(stay, at: date) }
        }
    }

    /// The days from which years of a guest count, as yyyymmdd; 0 = none.
    private struct Since {
        var residence: Int32
        var insurance: Int32

        init(_ stay: StaySpan) {
            func digits(_ day: Int32) -> Int32 {
                day == 0
                    ? 0 : Int32(truncatingIfNeeded: CalendarDate(dayNumber: day).yyyymmdd)
            }
            residence = digits(stay.residentSince)
            insurance = digits(stay.insuredSince)
        }
    }

    /// Completed years, as ages are counted; 0 without a first day or before it.
    private func fullYears(since day: Int32, at date: Int) -> Int {
        day == 0 ? 0 : Int(max(dates[date] - day, 0)) / 10_000
    }

    private mutating func countGuest(_ stay: StaySpan, _ since: Since, at date: Int) {
        let block = block(of: stay.guestAt)
        let residenceYears = fullYears(since: since.residence, at: date)
        let insuredYears = fullYears(since: since.insurance, at: date)
        if stay.permitIssued != 0, stay.permitIssued <= days[date] {
            let residence = min(residenceYears, PermitFigure.residenceYearsMax)
            let insured = min(insuredYears, PermitFigure.insuredYearsMax)
            if stay.permitValidTo >= days[date] {
                block[layout.valid(date, residenceYears: residence, insuredYears: insured)] += 1
                let band = band(of: stay.birth, at: date)
                block[layout.permitHolders(date, sex: Int(stay.sex) - 1, band: band)] += 1
            } else {
                block[layout.suspended(date, residenceYears: residence, insuredYears: insured)] +=
                    1
            }
        }
        guard let ladder else { return }
        let points = ladder.points(
            residenceYears: residenceYears, insuredYears: insuredYears, stay.qualification,
            ownsDwelling: stay.dwelling == Dwelling.own.rawValue)
        guard let tier = ladder.tier(of: points) else { return }
        block[layout.ladderPersons(date, tier: tier)] += 1
        block[layout.ladderPoints(date, tier: tier)] += points
    }

    private mutating func countEligible(_ stay: StaySpan, at date: Int) {
        let edition = editionOfDate[date]
        let unit = stay.resident
        let isCentral = isCentralCity(unit, inEdition: edition)
        if isSettled(stay.registeredPlace, where: unit, isCentral, edition) { return }
        let isOwner = stay.dwelling == Dwelling.own.rawValue
        let isHoused = isOwner || stay.dwelling == Dwelling.rent.rawValue
        let isEstablished =
            isEstablished(since: stay.employedSince, at: date)
            && isEstablished(since: stay.insuredSince, at: date)
        let block = block(of: unit)
        var isEligible = false
        func add(_ channel: EligibilityChannel, _ fits: Bool) {
            guard fits else { return }
            isEligible = true
            block[layout.eligible(date, channel)] += 1
        }
        add(.town, isHoused && !isCentral && places.isUrban(unit, inEdition: edition))
        add(.central_city_work, isHoused && isCentral && isEstablished)
        add(.central_city_property, isOwner && isCentral)
        add(.talent, stay.qualification.isTalent)
        add(.any, isEligible)
    }

    private func isEstablished(since day: Int32, at date: Int) -> Bool {
        day != 0 && day <= establishedDays[date]
    }

    /// Task 3 of the plan: years of work and insurance in the central city.
    private static var centralCityYears: Int32 { 3 }

    /// The last day from which these years are full at a date.
    static func establishedDay(at date: CalendarDate) -> Int32 {
        date.adding(months: -12 * centralCityYears)?.dayNumber ?? 0
    }

    private func isCentralCity(_ place: Int32, inEdition edition: Int) -> Bool {
        let unitClass = places.unitClass(of: place, inEdition: edition)
        return (unitClass == 111 || unitClass == 112) && places[place].isDistrict
    }

    /// Registered in an urban unit of the same place already. Outside the area or unknown is no
    /// obstacle.
    private func isSettled(
        _ registered: Int32, where unit: Int32, _ isCentral: Bool, _ edition: Int
    ) -> Bool {
        guard registered >= 0, places[registered].isInArea,
            places.isUrban(registered, inEdition: edition)
        else { return false }
        return isCentral
            ? isCentralCity(registered, inEdition: edition)
            : places[registered].township == places[unit].township
    }
}
