internal import PopulationFigures
internal import PopulationModel

// Persons of the area, its counties and townships by territory: the table urbanization.
extension RollUp {
    /// Persons by territory.
    private struct Territories {
        var total = 0
        var urban = 0
        var rural = 0
        var unclassified = 0

        mutating func add(_ persons: Int, unitClass: UInt16) {
            total += persons
            switch unitClass / 100 {
            case 1: urban += persons
            case 2: rural += persons
            default: unclassified += persons
            }
        }
    }

    /// An area of one level with its persons.
    private struct AreaSum {
        /// The first digits of its units' codes.
        var prefix: UInt64
        var registered = Territories()
        var resident = Territories()
        /// Rows of zeros are written only where the edition has units, and for the area of the plan.
        var isWrittenEmpty = false
    }

    func urbanization(_ units: [UnitAtDate], date: Int) -> [UrbanizationFigure] {
        let moment = territory.dates[date]
        var figures: [UrbanizationFigure] = []
        for level in territory.area.levels.sorted(by: { $0.rawValue < $1.rawValue }) {
            for sum in areaSums(units, level: level) {
                let code = DivisionCode.padded(sum.prefix, to: level.digitCount)
                let name = name(of: code, date: date)
                for (concept, persons) in [
                    (Concept.registered, sum.registered), (.resident, sum.resident),
                ]
                where persons.total > 0 || sum.isWrittenEmpty {
                    figures.append(
                        UrbanizationFigure(
                            date: moment, level: level, areaCode: code, concept: concept,
                            areaName: name, total: persons.total, urban: persons.urban,
                            rural: persons.rural, unclassified: persons.unclassified,
                            target: targets.inForce(concept: concept, areaCode: code, at: moment)))
                }
            }
        }
        return figures
    }

    /// The areas of a level, ascending by code, as units do.
    private func areaSums(_ units: [UnitAtDate], level: AreaLevel) -> [AreaSum] {
        let divisor = (level.digitCount..<12).reduce(UInt64(1)) { value, _ in value * 10 }
        let isLevelOfArea = level.digitCount == territory.area.code.utf8.count
        var sums: [AreaSum] = []
        for unit in units where unit.isInEdition || unit.citizens > 0 {
            let prefix = unit.code / divisor
            if sums.last?.prefix != prefix { sums.append(AreaSum(prefix: prefix)) }
            let last = sums.count - 1
            if unit.isInEdition { sums[last].isWrittenEmpty = true }
            sums[last].registered.add(unit.registered, unitClass: unit.unitClass)
            sums[last].resident.add(unit.resident, unitClass: unit.unitClass)
        }
        guard isLevelOfArea else { return sums }
        // The area itself has a row even without any unit.
        if let own = sums.firstIndex(where: { $0.prefix == territory.area.prefix }) {
            sums[own].isWrittenEmpty = true
        } else {
            sums.append(AreaSum(prefix: territory.area.prefix, isWrittenEmpty: true))
            sums.sort { $0.prefix < $1.prefix }
        }
        return sums
    }
}
