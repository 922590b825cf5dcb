package import PopulationFigures
internal import PopulationModel

/// Takes: persons, batch by batch. Gives: the cube of counts per unit and reference date.
/// Refuses: nothing; a person counts where deduplicate put him.
package enum AggregateStage {
    /// Adds up what the workers counted; the order of workers makes no difference.
    package static func merge(_ parts: [CubePart], dateCount: Int, threads: Int) -> Cube {
        var indexOfCode: [UInt64: Int] = [:]
        var units: [Cube.Unit] = []
        for part in parts {
            for unit in part.units {
                if let index = indexOfCode[unit.code] {
                    for i in unit.counts.indices { units[index].counts[i] += unit.counts[i] }
                } else {
                    indexOfCode[unit.code] = units.count
                    units.append(unit)
                }
            }
        }
        units.sort { $0.code < $1.code }
        let runs = parts.map { part in
            var runs = part.households
            runs.close()
            return runs
        }
        return Cube(
            dateCount: dateCount, units: units,
            households: HouseholdRuns.count(runs, dateCount: dateCount, threads: threads))
    }
}
