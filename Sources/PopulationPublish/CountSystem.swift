/// The counts of a release and the sums that tie them together, as anybody knows them who has read
/// what the tables mean: cells that are not negative, and equations `Σ coefficient × cell = 0`.
///
/// Every equation is homogeneous, so that a multiple of what is true is always a possible world.
/// Before you change this: an equation that does not hold is left out, because it is no fact.
package struct CountSystem: Sendable {
    /// What is counted in each cell.
    package private(set) var values: [Int] = []
    /// What it costs to hide the cell; 0 for a cell that is not published.
    package private(set) var weights: [Int] = []
    /// Published counts of people, which may be small; others are sums that no table shows.
    package private(set) var isCount: [Bool] = []
    package private(set) var isPublished: [Bool] = []
    package private(set) var equations: [[Term]] = []
    /// Equations that were left out because they do not hold.
    package private(set) var refusedCount = 0
    private var named: [String: Int] = [:]

    /// One cell of an equation.
    package struct Term: Sendable, Equatable {
        package var cell: Int
        package var coefficient: Int

        package init(_ cell: Int, _ coefficient: Int) {
            self.cell = cell
            self.coefficient = coefficient
        }
    }

    package init() {}

    package var cellCount: Int { values.count }

    /// A cell that only one place shows or that none does: `weight` 0 is one that none does.
    package mutating func cell(_ value: Int, weight: Int, isCount: Bool = true) -> Int {
        values.append(value)
        weights.append(weight)
        isPublished.append(weight > 0)
        self.isCount.append(isCount && weight > 0)
        return values.count - 1
    }

    /// A cell that several tables show: the first to ask makes it, and the dearest names its cost.
    /// One of another value is another cell.
    package mutating func cell(
        named name: String, _ value: Int, weight: Int, isCount: Bool = true
    ) -> Int {
        guard let known = named[name], values[known] == value else {
            let new = cell(value, weight: weight, isCount: isCount)
            if named[name] == nil { named[name] = new }
            return new
        }
        weights[known] = max(weights[known], weight)
        isPublished[known] = isPublished[known] || weight > 0
        self.isCount[known] = self.isCount[known] || (isCount && weight > 0)
        return known
    }

    package func cell(named name: String) -> Int? { named[name] }

    /// Says that the terms sum to 0.
    package mutating func equate(_ terms: [Term]) {
        guard !terms.isEmpty else { return }
        let sum = terms.reduce(0) { $0 + $1.coefficient * values[$1.cell] }
        guard sum == 0 else {
            refusedCount += 1
            return
        }
        equations.append(terms)
    }

    /// Says that a cell is the sum of others.
    package mutating func equate(_ sum: Int, toSumOf parts: [Int]) {
        equate([Term(sum, -1)] + parts.map { Term($0, 1) })
    }

    /// Says that a cell is at most the sum of others.
    package mutating func bound(_ least: Int, by parts: [Int]) {
        let rest = parts.reduce(-values[least]) { $0 + values[$1] }
        guard rest >= 0 else {
            refusedCount += 1
            return
        }
        equate([Term(least, -1), Term(cell(rest, weight: 0), -1)] + parts.map { Term($0, 1) })
    }
}
