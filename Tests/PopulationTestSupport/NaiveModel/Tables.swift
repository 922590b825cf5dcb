/// The tables of SPEC 6 that need one reference date at a time.
struct TableMaker {
    var urbanization = Table(
        "reference_date,area_level,area_code,concept,area_name,total,urban,rural,unclassified,"
            + "rate_percent,target_percent,reached,urban_short", keys: 4)
    var population = Table(
        "reference_date,county_code,class,concept,sex,age_group,persons", keys: 6)
    var units = Table("reference_date,unit_code,class,name,registered,resident", keys: 2)
    var households = Table(
        "reference_date,county_code,household_type,households,persons", keys: 3)
    var migration = Table(
        "reference_date,county_code," + TableMaker.migrationColumns.joined(separator: ","),
        keys: 2)

    static let migrationColumns = [
        "registered", "registered_resident", "registered_elsewhere", "away", "resident",
        "resident_unregistered_local", "separated", "intra_district", "floating",
        "floating_own_county", "floating_own_prefecture", "floating_own_province",
        "floating_other_province", "floating_unknown", "short_stay",
    ]
    static let concepts = ["registered", "resident"]

    mutating func add(_ snapshot: Snapshot, targets: [Target]) throws {
        addUrbanization(snapshot, targets)
        addPopulation(snapshot)
        addUnits(snapshot)
        addHouseholds(snapshot)
        try addMigration(snapshot)
    }

    private mutating func addUrbanization(_ snapshot: Snapshot, _ targets: [Target]) {
        let names = [2: "province", 4: "prefecture", 6: "county", 9: "township"]
        for concept in TableMaker.concepts {
            let counts = snapshot.counts(concept)
            var rows: [String: Figures] = [snapshot.area: Figures()]
            for length in [2, 4, 6, 9] where length >= snapshot.area.utf8.count {
                for unit in snapshot.ownUnits {
                    rows[String(unit.prefix(length))] = Figures()
                }
            }
            for length in [2, 4, 6, 9] where length >= snapshot.area.utf8.count {
                for (unit, persons) in counts {
                    rows[String(unit.prefix(length)), default: Figures()]
                        .add(snapshot.territory.unitClass(unit), persons)
                }
            }
            for (code, figures) in rows {
                let aim = target(targets, concept: concept, area: code, at: snapshot.date)
                urbanization.rows.append(
                    [
                        snapshot.date, names[code.utf8.count]!, code, concept, snapshot.name(code),
                        String(figures.total), String(figures.urban), String(figures.rural),
                        String(figures.unclassified), figures.rate?.text ?? "",
                    ]
                        + TableMaker.targetColumns(figures, aim))
            }
        }
    }

    private static func targetColumns(_ figures: Figures, _ aim: Target?) -> [String] {
        guard let aim else { return ["", "", ""] }
        let product = aim.hundredths * figures.total
        let needed = (product + 9999) / 10000
        return [
            Fraction(aim.hundredths, 100).text,
            figures.total == 0 ? "" : figures.reaches(aim) ? "yes" : "no",
            String(max(0, needed - figures.urban)),
        ]
    }

    private mutating func addPopulation(_ snapshot: Snapshot) {
        var cells: [[String]: Int] = [:]
        for concept in TableMaker.concepts {
            for standing in snapshot.standings {
                guard let unit = snapshot.unit(standing, concept) else { continue }
                let age = snapshot.age(standing)
                let lower = age / 5 * 5
                let group = age >= 100 ? "100+" : "\(lower)-\(lower + 4)"
                let key = [
                    snapshot.date, snapshot.county(unit), snapshot.territory.unitClass(unit),
                    concept, Identity.sex(standing.citizen), group,
                ]
                cells[key, default: 0] += 1
            }
        }
        for (key, persons) in cells { population.rows.append(key + [String(persons)]) }
    }

    private mutating func addUnits(_ snapshot: Snapshot) {
        let registered = snapshot.counts("registered")
        let resident = snapshot.counts("resident")
        let all = Set(snapshot.ownUnits).union(registered.keys).union(resident.keys)
        for unit in all {
            units.rows.append([
                snapshot.date, unit, snapshot.territory.unitClass(unit),
                snapshot.territory.edition.names[unit] ?? "",
                String(registered[unit] ?? 0), String(resident[unit] ?? 0),
            ])
        }
    }

    private mutating func addHouseholds(_ snapshot: Snapshot) {
        var persons: [[String]: Int] = [:]
        var distinct: [[String]: Set<[String]>] = [:]
        for standing in snapshot.standings {
            guard let unit = standing.registered else { continue }
            let type = standing.householdType.isEmpty ? "unknown" : standing.householdType
            let key = [snapshot.date, snapshot.county(unit), type]
            persons[key, default: 0] += 1
            if !standing.household.isEmpty {
                distinct[key, default: []].insert([unit, standing.household])
            }
        }
        for (key, number) in persons {
            households.rows.append(key + [String(distinct[key]?.count ?? 0), String(number)])
        }
    }

    private mutating func addMigration(_ snapshot: Snapshot) throws {
        var counties: [String: [String: Int]] = [:]
        for unit in snapshot.ownUnits { counties[snapshot.county(unit)] = [:] }
        func count(_ unit: String, _ column: String) {
            counties[snapshot.county(unit), default: [:]][column, default: 0] += 1
        }
        for standing in snapshot.standings {
            if let unit = standing.registered, standing.rule != 0 {
                count(unit, "registered")
                if standing.rule == 1 || standing.rule == 4 { count(unit, "registered_resident") }
                if standing.isSeparated { count(unit, "registered_elsewhere") }
                if standing.isAway { count(unit, "away") }
            }
            if let unit = standing.shortStay { count(unit, "short_stay") }
            guard let unit = standing.resident else { continue }
            count(unit, "resident")
            if standing.rule == 1, standing.registered == nil {
                count(unit, "resident_unregistered_local")
            }
            guard standing.isSeparated else { continue }
            count(unit, "separated")
            if snapshot.isIntraDistrict(standing) {
                count(unit, "intra_district")
            } else {
                count(unit, "floating")
                count(unit, "floating_" + TableMaker.tier(unit, place: standing.place))
            }
        }
        for (county, columns) in counties {
            migration.rows.append(
                [snapshot.date, county]
                    + TableMaker.migrationColumns.map { String(columns[$0] ?? 0) })
        }
        try TableMaker.assertIdentities(snapshot, counties)
    }

    /// Tier of residence against p (SPEC 4).
    private static func tier(_ unit: String, place: String?) -> String {
        guard let place else { return "unknown" }
        if unit.prefix(6) == place.prefix(6) { return "own_county" }
        if unit.prefix(4) == place.prefix(4) { return "own_prefecture" }
        return unit.prefix(2) == place.prefix(2) ? "own_province" : "other_province"
    }

    /// The identities of SPEC 6, over the area.
    private static func assertIdentities(
        _ snapshot: Snapshot, _ counties: [String: [String: Int]]
    ) throws {
        func sum(_ columns: String...) -> Int {
            counties.values.reduce(0) { total, row in
                total + columns.reduce(0) { $0 + (row[$1] ?? 0) }
            }
        }
        let tiers = sum(
            "floating_own_county", "floating_own_prefecture", "floating_own_province",
            "floating_other_province", "floating_unknown")
        guard
            sum("resident")
                == sum("registered_resident", "resident_unregistered_local", "separated"),
            sum("separated") == sum("intra_district", "floating"),
            sum("floating") == tiers,
            sum("registered") == sum("registered_resident", "registered_elsewhere", "away"),
            sum("registered") == snapshot.figures(snapshot.area, "registered").total,
            sum("resident") == snapshot.figures(snapshot.area, "resident").total
        else { throw NaiveFault("\(snapshot.date): the identities of migration are broken") }
    }
}
