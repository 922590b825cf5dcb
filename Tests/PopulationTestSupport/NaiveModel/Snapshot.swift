/// All citizens at one reference date with the territory that holds then (SPEC 4, 5).
struct Snapshot {
    let date: String
    let area: String
    let territory: Territory
    let counties: [String: County]
    let standings: [Standing]

    /// Units of the edition inside the area.
    var ownUnits: [String] {
        territory.edition.classes.keys.filter { $0.hasPrefix(area) }.sorted()
    }

    /// Whether a county has units of the edition.
    func holdsUnits(_ county: String) -> Bool {
        territory.edition.classes.keys.contains { $0.hasPrefix(county) }
    }

    /// The unit of a citizen by concept; nil when he does not count.
    func unit(_ standing: Standing, _ concept: String) -> String? {
        concept == "resident" ? standing.resident : standing.registered
    }

    /// Number of people by unit.
    func counts(_ concept: String) -> [String: Int] {
        var counts: [String: Int] = [:]
        for standing in standings {
            if let unit = unit(standing, concept) { counts[unit, default: 0] += 1 }
        }
        return counts
    }

    /// From the counties file, else the divisions row of that code, else empty (SPEC 6).
    func name(_ code: String) -> String {
        if let county = counties[code], !county.name.isEmpty { return county.name }
        return territory.edition.names[code] ?? ""
    }

    func county(_ unit: String) -> String {
        String(unit.prefix(6))
    }

    func isDistrict(_ code: String) -> Bool {
        counties[county(code)]?.kind == "district"
    }

    func isUrban(_ unit: String) -> Bool {
        territory.unitClass(unit).hasPrefix("1")
    }

    func isRural(_ unit: String) -> Bool {
        territory.unitClass(unit).hasPrefix("2")
    }

    /// 市辖区内人户分离 (SPEC 4): separated, both places in districts of one prefecture.
    func isIntraDistrict(_ standing: Standing) -> Bool {
        guard standing.isSeparated, let unit = standing.resident, let place = standing.place
        else { return false }
        return isDistrict(unit) && isDistrict(place) && unit.prefix(4) == place.prefix(4)
    }

    /// 流动人口 (SPEC 4): separated − intra_district.
    func isFloating(_ standing: Standing) -> Bool {
        standing.isSeparated && !isIntraDistrict(standing)
    }

    func age(_ standing: Standing) -> Int {
        Dates.age(born: Identity.birth(standing.citizen), at: date)
    }

    /// Total, urban and unclassified people of an area and concept.
    func figures(_ area: String, _ concept: String) -> Figures {
        var figures = Figures()
        for (unit, persons) in counts(concept) where unit.hasPrefix(area) {
            figures.add(territory.unitClass(unit), persons)
        }
        return figures
    }
}

/// Integers of one row of `urbanization` (SPEC 6).
struct Figures {
    var total = 0
    var urban = 0
    var rural = 0
    var unclassified = 0

    mutating func add(_ unitClass: String, _ persons: Int) {
        total += persons
        if unitClass == "000" {
            unclassified += persons
        } else if unitClass.hasPrefix("1") {
            urban += persons
        } else {
            rural += persons
        }
    }

    /// Percent, nil when there is nobody.
    var rate: Fraction? {
        total == 0 ? nil : Fraction(100 * urban, total)
    }

    func reaches(_ target: Target) -> Bool {
        urban * 10000 >= target.hundredths * total
    }
}
