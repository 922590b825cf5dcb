import PopulationAggregate
import PopulationFigures
import PopulationModel
import PopulationPublish

extension CountedCell {
    /// The counts behind a cell of a table; `nil` for what is not counted per unit. `row` holds the
    /// row by column name, `column` may be a rate, which stands for its urban persons.
    init?(table: TableName, row: [String: String], column: String) {
        guard let date = row["reference_date"].flatMap({ CalendarDate(iso: $0) }) else {
            return nil
        }
        switch table {
        case .urbanization:
            guard let concept = row["concept"].flatMap(Concept.init),
                let classes = Self.classes(ofTerritory: column)
            else { return nil }
            self.init(
                date: date, areaCode: row["area_code"] ?? "", classes: classes,
                measures: Self.ages(concept))
        case .population:
            guard let concept = row["concept"].flatMap(Concept.init),
                let unitClass = row["class"].flatMap({ UInt16($0) })
            else { return nil }
            self.init(
                date: date, areaCode: row["county_code"] ?? "", classes: unitClass...unitClass,
                measures: Self.ages(concept, sex: row["sex"], group: row["age_group"]))
        case .units:
            guard let concept = Concept(rawValue: column) else { return nil }
            self.init(
                date: date, areaCode: row["unit_code"] ?? "", measures: Self.ages(concept))
        case .migration:
            guard let measures = Self.measures(ofMigration: column) else { return nil }
            self.init(date: date, areaCode: row["county_code"] ?? "", measures: measures)
        case .households:
            guard column == "persons" else { return nil }
            let type = HouseholdType.allCases.first { $0.word == row["household_type"] }
            self.init(
                date: date, areaCode: row["county_code"] ?? "",
                measures: [CubeLayout.householdPersons + Int(type?.rawValue ?? 0)])
        case .services:
            guard column == "resident" || column == "floating",
                let group = ServiceGroup.allCases.first(where: { $0.rawValue == row["group"] })
            else { return nil }
            let concept = column == "resident" ? CubeLayout.resident : CubeLayout.floatingAges
            self.init(
                date: date, areaCode: row["county_code"] ?? "",
                measures: Self.ages(of: group, concept: concept))
        default: return nil
        }
    }

    /// `nil` when the column is none of people by territory.
    private static func classes(ofTerritory column: String) -> ClosedRange<UInt16>? {
        switch column {
        case "total": 0...999
        case "urban", "rate_percent", "reached", "urban_short": 100...199
        case "rural": 200...299
        case "unclassified": 0...0
        default: nil
        }
    }

    private static func ages(_ concept: Concept, sex: String? = nil, group: String? = nil)
        -> [Int]
    {
        let number = concept == .registered ? CubeLayout.registered : CubeLayout.resident
        return Sex.allCases.filter { sex == nil || $0.word == sex }.flatMap { sex in
            (0..<AgeBand.count).filter { band in
                group == nil || AgeBand.group(of: band).word == group
            }.map { CubeLayout.age(number, sex: Int(sex.rawValue) - 1, band: $0) }
        }
    }

    private static func ages(of group: ServiceGroup, concept: Int) -> [Int] {
        Sex.allCases.filter { group.includes($0) }.flatMap { sex in
            (0..<AgeBand.count).filter { AgeBand.isIn(group, band: $0) }
                .map { CubeLayout.age(concept, sex: Int(sex.rawValue) - 1, band: $0) }
        }
    }

    private static func measures(ofMigration column: String) -> [Int]? {
        switch column {
        case "registered": ages(.registered)
        case "resident": ages(.resident)
        case "registered_resident": [CubeLayout.registeredResident]
        case "registered_elsewhere": [CubeLayout.registeredElsewhere]
        case "away": [CubeLayout.away]
        case "resident_unregistered_local": [CubeLayout.unregisteredLocal]
        case "separated": [CubeLayout.separated]
        case "intra_district": [CubeLayout.intraDistrict]
        case "floating": Array(CubeLayout.floating..<CubeLayout.floating + 5)
        case "floating_own_county": [CubeLayout.floating]
        case "floating_own_prefecture": [CubeLayout.floating + 1]
        case "floating_own_province": [CubeLayout.floating + 2]
        case "floating_other_province": [CubeLayout.floating + 3]
        case "floating_unknown": [CubeLayout.floating + 4]
        case "short_stay": [CubeLayout.shortStay]
        default: nil
        }
    }
}
