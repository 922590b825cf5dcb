import PopulationFigures
import PopulationModel

// Persons by place, class, sex and age.
extension ProtectionDraft {
    static let measures = ["total", "urban", "rural", "unclassified"]

    mutating func addUrbanization() {
        guard let table = table(.urbanization) else { return }
        var draft = PublicTableDraft(of: table)
        var areas: [String: [String]] = [:]
        for row in table.rows where dates.contains(row[0]) {
            let (date, area, concept) = (row[0], row[2], row[3])
            areas["\(date) \(concept)", default: []].append(area)
            let cells = zip(Self.measures, row[5..<9]).map { measure, count in
                system.cell(
                    named: Self.name(date, concept, area, measure), Int(count) ?? 0,
                    weight: Self.weight(ofArea: area, measure))
            }
            system.equate(cells[0], toSumOf: Array(cells[1...]))
            let rate = [cells[0], cells[1]]
            draft.rows.append(
                .init(
                    key: Array(row[..<4]),
                    values: [.text(row[4])] + cells.map { .count($0) } + [
                        .derived(row[9], from: rate), .text(row[10]), .derived(row[11], from: rate),
                        .derived(row[12], from: rate),
                    ]))
        }
        add(draft)
        for (period, codes) in areas.sorted(by: { $0.key < $1.key }) {
            equateAreas(period, codes)
        }
        addStarts(table)
        addTownshipClasses()
    }

    static func weight(ofArea code: String, _ measure: String) -> Int {
        let whole = code.utf8.count > 6 ? CellWeight.township : CellWeight.county
        let weight = code.utf8.count < 6 ? CellWeight.headline : whole
        // The rest between urban and rural is the least that anybody asks for.
        return measure == "total" || measure == "urban" ? weight : weight / 2
    }

    /// Counties and prefectures sum to what they are part of.
    private mutating func equateAreas(_ period: String, _ codes: [String]) {
        let known = Set(codes)
        var parts: [String: [String]] = [:]
        for code in codes where code.utf8.count == 6 || code.utf8.count == 4 {
            let parent = String(code.prefix(code.utf8.count - 2))
            if known.contains(parent) { parts[parent, default: []].append(code) }
        }
        for (parent, codes) in parts.sorted(by: { $0.key < $1.key }) {
            for measure in Self.measures {
                guard let sum = system.cell(named: "\(period) \(parent) \(measure)") else {
                    continue
                }
                let known = codes.compactMap {
                    system.cell(named: "\(period) \($0) \(measure)")
                }
                system.equate(sum, toSumOf: known)
            }
        }
    }

    /// Which classes the units of a township have is published: what a township shows as urban is
    /// one class when it has only one.
    private mutating func addTownshipClasses() {
        let released = Set(rule.releaseDates)
        var counts: [UnitClassKey: (registered: Int, resident: Int)] = [:]
        var order: [UnitClassKey] = []
        var township = ""
        for unit in figures.units where released.contains(unit.date) {
            if township.isEmpty || !unit.unitCode.hasPrefix(township) {
                township = String(unit.unitCode.prefix(9))
            }
            let key = UnitClassKey(
                date: unit.date, township: township, unitClass: unit.unitClass)
            if counts[key] == nil { order.append(key) }
            let known = counts[key] ?? (0, 0)
            counts[key] = (known.registered + unit.registered, known.resident + unit.resident)
        }
        for concept in ["registered", "resident"] {
            var ofTownship: [String: [Int]] = [:]
            var ofCounty: [String: [Int]] = [:]
            for key in order {
                let known = counts[key] ?? (0, 0)
                let cell = system.cell(
                    concept == "resident" ? known.resident : known.registered, weight: 0)
                let (date, county) = (key.date.description, String(key.township.prefix(6)))
                let part = Self.measure(ofClass: key.unitClass)
                ofTownship[Self.name(date, concept, key.township, part), default: []].append(cell)
                ofCounty[Self.name(date, concept, county, key.unitClass), default: []].append(cell)
            }
            var ofMeasure: [String: [Int]] = [:]
            // Nobody is counted where there is no unit of the kind: a sum of nothing.
            for key in order {
                let date = key.date.description
                for measure in Self.measures.dropFirst() {
                    let county = Self.name(date, concept, String(key.township.prefix(6)), measure)
                    ofTownship[Self.name(date, concept, key.township, measure), default: []] += []
                    ofMeasure[county, default: []] += []
                }
            }
            for (name, cells) in ofTownship.sorted(by: { $0.key < $1.key }) {
                if let sum = system.cell(named: name) { system.equate(sum, toSumOf: cells) }
            }
            for (name, cells) in ofCounty.sorted(by: { $0.key < $1.key }) {
                let sum = cells.reduce(0) { $0 + system.values[$1] }
                let classCell = system.cell(named: name, sum, weight: 0)
                system.equate(classCell, toSumOf: cells)
                let part = name.dropLast(3) + Self.measure(ofClass: String(name.suffix(3)))
                ofMeasure[String(part), default: []].append(classCell)
            }
            for (name, cells) in ofMeasure.sorted(by: { $0.key < $1.key }) {
                if let sum = system.cell(named: name) { system.equate(sum, toSumOf: cells) }
            }
        }
    }

    private static func measure(ofClass unitClass: String) -> String {
        unitClass == "000" ? "unclassified" : unitClass.hasPrefix("1") ? "urban" : "rural"
    }

    mutating func addPopulation() {
        guard let table = table(.population) else { return }
        var draft = PublicTableDraft(of: table)
        let released = Set(rule.releaseDates)
        var counts: [PopulationBlock: [Int]] = [:]
        // A class of units in which nobody lives has no row: all of its cells are known to be 0,
        // and whoever would be counted in it would be in one of them.
        for unit in figures.units where released.contains(unit.date) {
            for concept in Concept.allCases {
                let block = PopulationBlock(
                    date: unit.date.description, county: String(unit.unitCode.prefix(6)),
                    unitClass: unit.unitClass, concept: concept.rawValue)
                counts[block] = PopulationBlock.zeros
            }
        }
        for figure in figures.population where released.contains(figure.date) {
            let block = PopulationBlock(
                date: figure.date.description, county: figure.countyCode,
                unitClass: figure.unitClass, concept: figure.concept.rawValue)
            let index = (figure.sex.word == "male" ? AgeGroup.count : 0) + figure.ageGroup.index
            counts[block, default: PopulationBlock.zeros][index] += figure.persons
        }
        var bands: [String: [Int]] = [:]
        for block in counts.keys.sorted(by: { $0.isBefore($1) }) {
            let persons = counts[block] ?? PopulationBlock.zeros
            let cells = persons.map { system.cell($0, weight: CellWeight.fine) }
            let sum = system.cell(
                named: Self.name(block.date, block.concept, block.county, block.unitClass),
                persons.reduce(0, +), weight: 0)
            system.equate(sum, toSumOf: cells)
            for (index, cell) in cells.enumerated() {
                let (sex, age) = (index / AgeGroup.count, AgeGroup(index: index % AgeGroup.count))
                draft.rows.append(
                    .init(
                        key: [
                            block.date, block.county, block.unitClass, block.concept,
                            sex == 1 ? "male" : "female", age.word,
                        ], values: [.count(cell)], isPresent: persons[index] != 0))
                if block.concept == "resident" {
                    let band = AgeBandOfServices.name(isMale: sex == 1, age)
                    bands["\(block.date) \(block.county) \(band)", default: []].append(cell)
                }
            }
        }
        for (name, cells) in bands.sorted(by: { $0.key < $1.key }) {
            let sum = cells.reduce(0) { $0 + system.values[$1] }
            system.equate(system.cell(named: name, sum, weight: 0), toSumOf: cells)
        }
        add(draft)
    }
}

/// The age groups that the groups of `services` are told by, of residents of one county.
enum AgeBandOfServices {
    static func name(isMale: Bool, _ group: AgeGroup) -> String {
        switch group.index {
        case 0: "ages 0-4"
        case 1: "ages 5-9"
        case 2: "ages 10-14"
        case 3: isMale ? "men 15-19" : "women 15-19"
        case 4...9 where !isMale: "women 20-49"
        case 4...11: "others 20-59"
        case 12: "ages 60-64"
        default: "ages 65+"
        }
    }
}

/// Units of one class in one township at one date.
private struct UnitClassKey: Hashable {
    var date: CalendarDate
    var township: String
    var unitClass: String
}

/// Persons of one county, class and concept at one date, by sex and age.
private struct PopulationBlock: Hashable {
    var date: String
    var county: String
    var unitClass: String
    var concept: String

    /// Women by age group, then men.
    static let zeros = [Int](repeating: 0, count: 2 * AgeGroup.count)

    func isBefore(_ other: PopulationBlock) -> Bool {
        (date, county, unitClass, concept)
            < (other.date, other.county, other.unitClass, other.concept)
    }
}
