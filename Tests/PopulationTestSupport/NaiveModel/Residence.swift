/// What holds for one citizen at one reference date (SPEC 4). Codes are those of the edition.
struct Standing {
    var citizen: String
    /// The registration row in force, active or not.
    var row: Row?
    /// The stay in force, present or not.
    var stay: Row?
    /// The unit of the stay in force.
    var stayUnit: String?
    var isPresent = false
    /// r, inside the area.
    var registered: String?
    /// The household columns of the row in force.
    var household = ""
    var householdType = ""
    /// p; nil = unknown.
    var place: String?
    /// The unit of residence inside the area.
    var resident: String?
    /// The rule of SPEC 4 that fitted, 0 to 5.
    var rule = 5
    /// The unit of the stay of a `short_stay`.
    var shortStay: String?
    var isAway = false
    var isClosedButPresent = false

    var isSeparated: Bool { rule == 3 && resident != nil }
}

/// The rules of SPEC 4 "At t" for one reference date.
struct ResidenceRules {
    let date: String
    let area: String
    let months: Int
    let gapDays: Int
    let territory: Territory

    func standing(_ citizen: String, registration: Row?, stays: [Row]) -> Standing {
        var result = Standing(citizen: citizen)
        let stay = stays.last
        result.row = registration
        result.stay = stay
        if let registration, registration.isActive {
            let unit = territory.unit(registration["division_code"])
            result.place = unit
            if isInside(unit) {
                result.registered = unit
                result.household = registration["household_no"]
                result.householdType = registration["household_type"]
            }
        } else if let code = stay?["registered_code"], !code.isEmpty {
            result.place = territory.unit(code)
        }
        let stayUnit = stay.map { territory.unit($0["residence_code"]) }
        let isPresent =
            stay.map { $0["departure_date"].isEmpty || $0["departure_date"] > date }
            ?? false
        result.stayUnit = stayUnit
        result.isPresent = isPresent

        if let registration, registration.isClosed {
            result.rule = 0
            result.isClosedButPresent = isPresent
            return result
        }
        if isPresent, let stayUnit, isInside(stayUnit), let place = result.place,
            township(stayUnit) == township(place)
        {
            result.rule = 1
            result.resident = stayUnit
            return result
        }
        if isPresent, let stayUnit, !Codes.isAbroad(stayUnit) {
            let since = awaySince(stays, place: result.place)
            if Dates.adding(months: months, to: since) <= date {
                result.rule = 3
                if isInside(stayUnit) {
                    result.resident = stayUnit
                } else {
                    result.isAway = result.registered != nil
                }
                return result
            }
        }
        if result.registered != nil {
            result.rule = 4
            result.resident = result.registered
            return result
        }
        result.rule = 5
        if isPresent, let stayUnit, isInside(stayUnit) { result.shortStay = stayUnit }
        return result
    }

    /// The first arrival of the chain of stays outside p's township, or count_from when earlier.
    private func awaySince(_ stays: [Row], place: String?) -> String {
        var index = stays.count - 1
        while index > 0 {
            let earlier = stays[index - 1]
            let isOutside =
                place.map {
                    township(territory.unit(earlier["residence_code"])) != township($0)
                } ?? true
            if !isOutside { break }
            let departure = earlier["departure_date"]
            if !departure.isEmpty {
                let gap =
                    Dates.dayNumber(stays[index]["arrival_date"])
                    - Dates.dayNumber(departure)
                if gap > gapDays { break }
            }
            index -= 1
        }
        let first = stays[index]["arrival_date"]
        let counted = stays.last!["count_from"]
        return !counted.isEmpty && counted < first ? counted : first
    }

    func isInside(_ unit: String) -> Bool {
        unit.hasPrefix(area)
    }

    private func township(_ unit: String) -> String {
        String(unit.prefix(9))
    }
}
