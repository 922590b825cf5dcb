import PopulationModel

/// The cube of a run together with all that figures are made of beside it, so that other classes or
/// targets give other figures without an input of the run: units, classes and names of the editions
/// inside the area, counties, targets. Nothing personal is in it, and no changes of codes: they were
/// applied when persons were counted.
package struct StoredCube: Sendable {
    package let area: Area
    /// Reference dates, ascending.
    package let dates: [CalendarDate]
    /// Ascending by date; inside the area.
    package var editions: [DivisionEdition]
    /// Of the area, in the order of the counties file.
    package let counties: [County]
    /// Of any area, in the order of the targets file.
    package var targets: [Target]
    package let cube: Cube

    package init(
        area: Area, dates: [CalendarDate], editions: [DivisionEdition], counties: [County],
        targets: [Target], cube: Cube
    ) {
        self.area = area
        self.dates = dates
        self.editions = editions
        self.counties = counties
        self.targets = targets
        self.cube = cube
    }

    /// Keeps of a territory what lies inside its area: a national list of units is not stored with
    /// every prefecture.
    package init(_ cube: Cube, territory: Territory, targets: [Target]) {
        let area = territory.area
        self.init(
            area: area, dates: territory.dates,
            editions: territory.editions.map { edition in
                DivisionEdition(
                    date: edition.date, units: edition.units.inside(area),
                    areaNames: edition.areaNames.filter {
                        $0.key.hasPrefix(area.code) && !$0.value.isEmpty
                    })
            }, counties: territory.counties.filter { $0.code.hasPrefix(area.code) },
            targets: targets, cube: cube)
    }

    /// What figures are rolled up over.
    package var territory: Territory {
        Territory(area: area, dates: dates, editions: editions, changes: [], counties: counties)
    }

    /// Whether an edition has the unit.
    package func hasUnit(_ code: UInt64) -> Bool {
        editions.contains { $0.units.index(of: code) != nil }
    }

    /// Gives units another class, in every edition that has them. Which unit stands for a code does
    /// not hang on classes, so the counts stay what they are.
    package func reclassified(_ classes: [UInt64: UInt16]) -> StoredCube {
        var other = self
        for index in other.editions.indices {
            for (code, unitClass) in classes {
                other.editions[index].units.setClass(unitClass, of: code)
            }
        }
        return other
    }
}
