internal import PopulationFigures
package import PopulationModel

/// One published number as the units and counts that it is the sum of.
///
/// Only numbers that are counted per unit have this form: people by territory, class, sex and age,
/// residence and household type. What is counted by county alone, or reckoned from other numbers,
/// has none.
package struct CountedCell: Sendable, Equatable {
    package var date: CalendarDate
    /// The first digits of its units' codes.
    package var areaCode: String
    /// Classes that are counted. 0 is the class of unknown units.
    package var classes: ClosedRange<UInt16>
    /// Numbers of `CubeLayout`, each added once.
    package var measures: [Int]

    package init(
        date: CalendarDate, areaCode: String, classes: ClosedRange<UInt16> = 0...999,
        measures: [Int]
    ) {
        self.date = date
        self.areaCode = areaCode
        self.classes = classes
        self.measures = measures
    }

    /// What one unit adds.
    package struct Part: Sendable, Equatable {
        package var unitCode: String
        package var name: String
        package var unitClass: UInt16
        package var isInEdition: Bool
        package var persons: Int
    }
}

extension RollUp {
    /// The units of a number with what each adds, ascending by code; units that add nothing are left
    /// out. The date is one of the cube's.
    package func parts(of cell: CountedCell) -> [CountedCell.Part] {
        guard let date = territory.dates.firstIndex(of: cell.date) else { return [] }
        let edition = territory.editions[territory.editionOfDate[date]]
        let measures = Set(cell.measures)
        return unitsAt(date, edition: unitsInside(edition)).compactMap { unit in
            let code = DivisionCode(digits: unit.code).text
            guard code.hasPrefix(cell.areaCode), cell.classes.contains(unit.unitClass)
            else { return nil }
            var persons = 0
            forEachCount(unit, in: 0..<CubeLayout.count, date: date) { measure, count in
                if measures.contains(measure) { persons += count }
            }
            guard persons > 0 else { return nil }
            return CountedCell.Part(
                unitCode: code, name: edition.units.name(of: unit.code),
                unitClass: unit.unitClass, isInEdition: unit.isInEdition, persons: persons)
        }
    }

    /// The day of the division table that holds at a date.
    package func editionDate(at date: CalendarDate) -> CalendarDate? {
        territory.dates.firstIndex(of: date).map {
            territory.editions[territory.editionOfDate[$0]].date
        }
    }
}
