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
        // Side by side: of units there is one sum, which one thread makes.
        let sums = try WorkerThreads.map(count: 2, threads: threads) {
            [cube] index throws(PopstatErrors) in
            var sum = cube
            if index == 0 {
                sum.addUnits(of: parts.map(\.counts))
            } else {
                sum.households = try HouseholdCounts.of(
                    parts.map(\.households), dateCount: dateCount, threads: threads)
            }
            return sum
        }
        cube = sums[0]
        cube.households = sums[1].households
        for part in parts { cube.counties.add(part.counties.counts) }
        cube.settled = try SettledPersons.counts(
            parts.map(\.counties.settled), threads: threads)
        return cube
    }
}
