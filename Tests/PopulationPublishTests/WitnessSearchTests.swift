import Testing

@testable import PopulationPublish

/// Worlds that cannot be told apart, one kind of direction at a time.
@Suite struct WitnessSearchTests {
    /// A table of two rows and two columns whose sums are published.
    private func table(_ counts: [Int]) -> (system: CountSystem, cells: [Int], sums: [Int]) {
        var system = CountSystem()
        let cells = counts.map { system.cell($0, weight: 10) }
        let lines = [[0, 1], [2, 3], [0, 2], [1, 3]]
        var sums: [Int] = []
        for line in lines {
            let sum = system.cell(line.reduce(0) { $0 + counts[$1] }, weight: 1_000)
            system.equate(sum, toSumOf: line.map { cells[$0] })
            sums.append(sum)
        }
        let all = system.cell(counts.reduce(0, +), weight: 100_000)
        system.equate(all, toSumOf: Array(sums[..<2]))
        system.equate(all, toSumOf: Array(sums[2...]))
        return (system, cells, sums + [all])
    }

    private func search(_ system: CountSystem, fixed: [Int] = []) -> WitnessSearch {
        var isFixed = [Bool](repeating: false, count: system.cellCount)
        for cell in fixed { isFixed[cell] = true }
        return WitnessSearch(
            system: system, isHidden: [Bool](repeating: false, count: system.cellCount),
            isFixed: isFixed)
    }

    private func differences(_ witness: Witness?) -> [Int: Int] {
        Dictionary(
            (witness?.changes ?? []).map { ($0.cell, $0.difference) },
            uniquingKeysWith: { $0 + $1 })
    }

    @Test func swapsTwoByTwoAndKeepsEverySum() {
        let (system, cells, _) = table([2, 10, 10, 10])
        var search = search(system)
        #expect(
            differences(search.witness(lifting: cells[0], by: 5)) == [
                cells[0]: 5, cells[1]: -5, cells[2]: -5, cells[3]: 5,
            ])
    }

    @Test func shiftsWithinOneSumWhereTheOtherIsNotKnown() {
        var system = CountSystem()
        let cells = [1, 20, 3].map { system.cell($0, weight: 10) }
        let sum = system.cell(24, weight: 1_000)
        system.equate(sum, toSumOf: cells)
        var search = search(system)
        #expect(
            differences(search.witness(lifting: cells[0], by: 5)) == [cells[0]: 5, cells[1]: -5])
    }

    @Test func lowersNothingBelowZero() {
        let (system, cells, sums) = table([2, 4, 10, 10])
        var search = search(system)
        let found = differences(search.witness(lifting: cells[0], by: 5))
        #expect(found[cells[1]] != -5)
        #expect(found[sums[0]] == 5)
    }

    @Test func takesWhatIsHiddenAlready() {
        var system = CountSystem()
        let cells = [1, 20, 30].map { system.cell($0, weight: 10) }
        let sum = system.cell(51, weight: 1_000)
        system.equate(sum, toSumOf: cells)
        var search = search(system)
        search.hide(cells[2])
        #expect(
            differences(search.witness(lifting: cells[0], by: 5)) == [cells[0]: 5, cells[2]: -5])
    }

    @Test func leavesAloneWhatIsFixed() {
        let (system, cells, sums) = table([2, 10, 10, 10])
        var search = search(system, fixed: [cells[3], sums[0]])
        let found = differences(search.witness(lifting: cells[0], by: 5))
        #expect(found[cells[3]] == nil)
        #expect(found[sums[0]] == nil)
        // Two columns in place of a cell, a row and the whole.
        #expect(found[sums[2]] == 5)
        #expect(found[sums[3]] == -5)
    }

    @Test func keepsWhatIsOfWeightUnlessItIsHidden() {
        let (system, cells, sums) = table([2, 3, 10, 10])
        var search = search(system)
        #expect(search.witness(lifting: cells[0], by: 5, keeping: 1_000) == nil)
        search.hide(sums[0])
        search.hide(sums[1])
        let found = differences(search.witness(lifting: cells[0], by: 5, keeping: 1_000))
        #expect(found == [cells[0]: 5, cells[2]: -5, sums[0]: 5, sums[1]: -5])
    }

    @Test func saysThatThereIsNoOtherWorld() {
        var system = CountSystem()
        let cells = [1, 3].map { system.cell($0, weight: 10) }
        let sum = system.cell(4, weight: 1_000)
        system.equate(sum, toSumOf: cells)
        var search = search(system, fixed: [sum])
        #expect(search.witness(lifting: cells[0], by: 5) == nil)
    }

    @Test func scalesWhatHangsTogetherAndNothingElse() {
        var (system, cells, sums) = table([2, 0, 1, 3])
        let alone = system.cell(7, weight: 10)
        let found = differences(search(system).scaling(from: cells[0], times: 5))
        #expect(found[cells[0]] == 10)
        #expect(found[cells[1]] == nil)
        #expect(found[sums[4]] == 30)
        #expect(found[alone] == nil)
    }

    @Test func keepsWeightedSumsByLargerNumbers() {
        // 2 a + 3 b is money: five more of b cannot be balanced by whole a's, ten can.
        var system = CountSystem()
        let (a, b) = (system.cell(40, weight: 10), system.cell(2, weight: 10))
        let money = system.cell(86, weight: 1_000_000, isCount: false)
        system.equate([.init(money, -1), .init(a, 2), .init(b, 3)])
        var search = search(system)
        #expect(differences(search.witness(lifting: b, by: 5))[money] == 15)
        #expect(differences(search.witness(lifting: b, by: 10)) == [b: 10, a: -15])
    }

    @Test func leavesOutEquationsThatDoNotHold() {
        var system = CountSystem()
        let cells = [1, 3, 5].map { system.cell($0, weight: 10) }
        system.equate(cells[2], toSumOf: Array(cells[..<2]))
        #expect(system.equations.isEmpty)
        #expect(system.refusedCount == 1)
    }
}
