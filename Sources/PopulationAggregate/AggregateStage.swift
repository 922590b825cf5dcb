package import PopulationFigures
package import PopulationModel

/// Takes: persons, batch by batch. Gives: the cube of counts per unit and reference date.
/// Refuses: nothing; a person counts where deduplicate put him.
package enum AggregateStage {
    /// Adds up what the workers counted; the order of workers makes no difference.
    package static func merge(_ parts: [CubePart], dateCount: Int, threads: Int)
        throws(PopstatErrors) -> Cube
    {
        let layout = parts.first?.counties.counts.layout
        var cube = Cube(
            dateCount: dateCount, pairCount: layout?.pairCount ?? 0,
            tierCount: layout?.tierCount ?? 0)
        cube.addUnits(of: parts.map(\.counts))
        cube.households = try HouseholdCounts.of(
            parts.map(\.households), dateCount: dateCount, threads: threads)
        for part in parts { cube.counties.add(part.counties.counts) }
        cube.settled = try SettledPersons.counts(
            parts.map(\.counties.settled), threads: threads)
        return cube
    }
}
