package import PopulationFigures
package import PopulationModel

/// Takes: persons, batch by batch. Gives: the cube of counts per unit and reference date.
/// Refuses: nothing; a person counts where deduplicate put him.
package enum AggregateStage {
    /// Adds up what the workers counted; the order of workers makes no difference.
    package static func merge(_ parts: [CubePart], dateCount: Int, threads: Int)
        throws(PopstatErrors) -> Cube
    {
        var units: [(code: UInt64, part: Int, entries: Range<Int>)] = []
        for (index, part) in parts.enumerated() {
            units += part.counts.units.map { ($0.code, index, $0.entries) }
        }
        units.sort { ($0.code, $0.part) < ($1.code, $1.part) }
        let layout = parts.first?.counties.counts.layout
        var cube = Cube(
            dateCount: dateCount, pairCount: layout?.pairCount ?? 0,
            tierCount: layout?.tierCount ?? 0)
        cube.reserve(
            units: units.count, entries: units.reduce(0) { $0 + $1.entries.count })
        let block = UnsafeMutableBufferPointer<UInt32>.allocate(
            capacity: CubeLayout.count * dateCount)
        defer { block.deallocate() }
        block.initialize(repeating: 0)
        for (index, unit) in units.enumerated() {
            parts[unit.part].counts.add(unit.entries, to: block)
            if index + 1 < units.count, units[index + 1].code == unit.code { continue }
            cube.append(code: unit.code, block: UnsafeBufferPointer(block))
            block.update(repeating: 0)
        }
        cube.households = try HouseholdCounts.of(
            parts.map(\.households), dateCount: dateCount, threads: threads)
        for part in parts { cube.counties.add(part.counties.counts) }
        cube.settled = try SettledPersons.counts(
            parts.map(\.counties.settled), threads: threads)
        return cube
    }
}
