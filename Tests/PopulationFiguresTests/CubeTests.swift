import PopulationFigures
import PopulationTestSupport
import Testing

@Suite struct CubeTests {
    /// Counts by code and measure, one per date.
    private typealias Counts = [UInt64: [Int: [UInt32]]]

    private static func cube(_ counts: Counts, dateCount: Int = 2) -> Cube {
        var cube = Cube(dateCount: dateCount)
        for (code, measures) in counts.sorted(by: { $0.key < $1.key }) {
            var block = [UInt32](repeating: 0, count: CubeLayout.count * dateCount)
            for (measure, row) in measures {
                for (date, count) in row.enumerated() { block[measure * dateCount + date] = count }
            }
            block.withUnsafeBufferPointer { cube.append(code: code, block: $0) }
        }
        return cube
    }

    private static func sum(_ parts: [Cube], dateCount: Int = 2) -> Cube {
        var cube = Cube(dateCount: dateCount)
        cube.addUnits(of: parts)
        return cube
    }

    @Test func keepsWhatOccursAndNothingElse() {
        let cube = Self.cube([7: [3: [0, 5], CubeLayout.count - 1: [6, 0]], 9: [:]])
        #expect(cube.units.map(\.code) == [7, 9])
        #expect(cube.units.map(\.entries) == [0..<2, 2..<2])
        #expect(cube.measures == [3, UInt8(CubeLayout.count - 1)])
        #expect(cube.counts == [0, 5, 6, 0])
    }

    @Test func takesWhatWasAddedUp() {
        let sum = Cube.UnitSum(dateCount: 2)
        var cube = Cube(dateCount: 2)
        func append(_ code: UInt64, adding: [(Int, [UInt32])], taking: [(Int, [UInt32])]) {
            // What is taken away may come before what is added.
            for (measure, row) in taking { sum.subtract(row, from: measure) }
            for (measure, row) in adding { sum.add(row, to: measure) }
            cube.append(code: code, sum)
        }
        append(7, adding: [(3, [1, 5]), (70, [2, 0]), (3, [1, 1])], taking: [(3, [2, 0])])
        append(8, adding: [(3, [4, 4]), (70, [1, 1])], taking: [(3, [4, 4])])
        append(9, adding: [], taking: [])
        #expect(cube == Self.cube([7: [3: [0, 6], 70: [2, 0]], 8: [70: [1, 1]], 9: [:]]))
    }

    @Test func unitsOfOneCodeAreAdded() {
        let first = Self.cube([1: [0: [1, 2], 5: [3, 4]], 2: [1: [1, 1]]])
        let second = Self.cube([1: [5: [10, 20], 6: [7, 8]], 3: [2: [9, 9]]])
        #expect(
            Self.sum([first, second])
                == Self.cube([
                    1: [0: [1, 2], 5: [13, 24], 6: [7, 8]], 2: [1: [1, 1]], 3: [2: [9, 9]],
                ]))
        #expect(Self.sum([first]) == first)
        #expect(Self.sum([Self.cube([:]), second, Self.cube([:])]) == second)
        #expect(Self.sum([]) == Self.cube([:]))
    }

    /// Against plain dictionaries; more parts than are brought together at once.
    @Test(arguments: Seeds.list(upTo: 20))
    func sumsAreThoseOfDictionaries(seed: UInt64) {
        var chance = SeededRandom(seed: seed)
        let dateCount = 1 + chance.below(4)
        var sums: Counts = [:]
        let parts = (0..<chance.below(70)).map { _ in
            var counts: Counts = [:]
            for _ in 0..<chance.below(30) {
                let (code, measure) = (UInt64(chance.below(40)), chance.below(CubeLayout.count))
                let row = (0..<dateCount).map { _ in UInt32(1 + chance.below(9)) }
                counts[code, default: [:]][measure] = row
            }
            for (code, measures) in counts {
                for (measure, row) in measures {
                    let known = sums[code]?[measure] ?? Array(repeating: 0, count: dateCount)
                    sums[code, default: [:]][measure] = zip(known, row).map { $0 + $1 }
                }
            }
            return Self.cube(counts, dateCount: dateCount)
        }
        #expect(
            Self.sum(parts, dateCount: dateCount) == Self.cube(sums, dateCount: dateCount),
            "POPSTAT_SEED=\(seed)")
    }
}
