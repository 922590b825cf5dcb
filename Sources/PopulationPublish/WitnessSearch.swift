/// Another possible world: changes of cells that keep every equation and every count not negative.
package struct Witness: Sendable, Equatable {
    package var changes: [Change]

    /// What a cell is more, or less, in the other world.
    package struct Change: Sendable, Equatable {
        package var cell: Int
        package var difference: Int
    }
}

/// Looks for worlds that nobody can tell from the true one by what stays published.
///
/// A world is found step by step: lift the cell, take an equation that no longer holds, mend it
/// with one more cell, and so on, the cheapest beginning first. Cost is bounded by the number of
/// beginnings looked at. Before you change this: nothing here may depend on chance or on the order
/// of a dictionary, because a release is the same bytes on any machine.
struct WitnessSearch {
    private let system: CountSystem
    /// The equations of each cell, one after the other, and where those of a cell begin.
    private let uses: [Use]
    private let useStarts: [Int]
    /// Cells that are hidden cost next to nothing, for a short way is still a better one.
    private(set) var isHidden: [Bool]
    /// Cells that may not be changed.
    private let isFixed: [Bool]

    private var beginnings: [Beginning] = []
    /// What the cheapest beginning costs that leaves the same equations open in the same way:
    /// another one is no better, because what is left to mend is the same.
    private var costOfState: [UInt64: Int] = [:]
    private var queue = BeginningQueue()
    private var residuals: [Int]
    private var touched: [Int] = []
    private var isChanged: [Bool]
    /// Equations that do not hold.
    private var openCount = 0
    /// Cells of this weight and more stay as they are, unless they are hidden already.
    private var keptWeight = Int.max

    private struct Use {
        var equation: Int
        var coefficient: Int
    }

    /// The changes up to here: this one and those of the beginning before it.
    private struct Beginning {
        var parent: Int
        var change: Witness.Change
        var cost: Int
        /// Of the equations that it leaves open.
        var state: UInt64
    }

    /// How eagerly to finish what was begun, against looking for something cheaper.
    fileprivate struct Effort {
        var costPerOpenEquation: Int
        var beginningsMax: Int
    }

    /// How long a world is looked for.
    enum Patience {
        /// Measured on the sample: nine of ten worlds are found within 20 beginnings.
        case short
        /// A tenth of a second each, for what would hide the whole release otherwise.
        case long

        fileprivate var efforts: [Effort] {
            switch self {
            case .short:
                [
                    Effort(costPerOpenEquation: 40, beginningsMax: 600),
                    Effort(costPerOpenEquation: 4_000, beginningsMax: 2_000),
                    Effort(costPerOpenEquation: 1_000_000, beginningsMax: 4_000),
                ]
            case .long:
                [400, 20_000, 1_000_000].map {
                    Effort(costPerOpenEquation: $0, beginningsMax: 60_000)
                }
            }
        }
    }

    init(system: CountSystem, isHidden: [Bool], isFixed: [Bool]) {
        self.system = system
        self.isHidden = isHidden
        self.isFixed = isFixed
        var counts = [Int](repeating: 0, count: system.cellCount + 1)
        for equation in system.equations { for term in equation { counts[term.cell + 1] += 1 } }
        for index in 1..<counts.count { counts[index] += counts[index - 1] }
        useStarts = counts
        var uses = [Use](
            repeating: Use(equation: 0, coefficient: 0), count: counts[system.cellCount])
        for (index, equation) in system.equations.enumerated() {
            for term in equation {
                uses[counts[term.cell]] = Use(equation: index, coefficient: term.coefficient)
                counts[term.cell] += 1
            }
        }
        self.uses = uses
        residuals = [Int](repeating: 0, count: system.equations.count)
        isChanged = [Bool](repeating: false, count: system.cellCount)
    }

    /// Hides the cells that a witness changes.
    mutating func hide(_ witness: Witness) {
        for change in witness.changes where system.isPublished[change.cell] {
            isHidden[change.cell] = true
        }
    }

    mutating func hide(_ cell: Int) { isHidden[cell] = true }

    /// What it costs to hide what a witness changes and is not hidden.
    func cost(_ witness: Witness) -> Int {
        witness.changes.reduce(0) { $0 + (isHidden[$1.cell] ? 0 : system.weights[$1.cell]) }
    }

    /// A world in which the cell is so much more, and in which cells of the kept weight and more
    /// are what they are; `nil` when none was found.
    mutating func witness(
        lifting cell: Int, by difference: Int, keeping keptWeight: Int = .max,
        patience: Patience = .short
    ) -> Witness? {
        self.keptWeight = keptWeight
        for effort in patience.efforts {
            if let found = search(cell, difference, effort) { return found }
        }
        return nil
    }

    /// The world in which everything that hangs together with the cell is so many times more: it
    /// exists always, because the equations are homogeneous.
    func scaling(from cell: Int, times factor: Int) -> Witness {
        var isReached = [Bool](repeating: false, count: system.cellCount)
        var reached = [cell]
        isReached[cell] = true
        var next = 0
        while next < reached.count {
            for use in uses[useStarts[reached[next]]..<useStarts[reached[next] + 1]] {
                for term in system.equations[use.equation]
                where !isReached[term.cell] && system.values[term.cell] != 0 {
                    isReached[term.cell] = true
                    reached.append(term.cell)
                }
            }
            next += 1
        }
        return Witness(
            changes: reached.sorted().map {
                .init(cell: $0, difference: system.values[$0] * factor)
            }
        )
    }

    private mutating func search(_ cell: Int, _ difference: Int, _ effort: Effort) -> Witness? {
        beginnings.removeAll(keepingCapacity: true)
        queue.removeAll()
        costOfState.removeAll(keepingCapacity: true)
        var state: UInt64 = 0
        for use in uses[useStarts[cell]..<useStarts[cell + 1]] {
            state &+= Self.mixed(use.equation, use.coefficient * difference)
        }
        add(
            .init(cell: cell, difference: difference), after: -1, cost: 0, state: state, open: 0,
            effort)
        var count = 0
        while count < effort.beginningsMax, let index = queue.popFirst() {
            count += 1
            let changes = begin(index)
            defer { leave(changes) }
            guard let equation = narrowestOpen() else { return Witness(changes: changes) }
            mend(equation, after: index, effort)
        }
        return nil
    }

    /// Applies the changes of a beginning to the residuals.
    private mutating func begin(_ index: Int) -> [Witness.Change] {
        var changes: [Witness.Change] = []
        var next = index
        while next >= 0 {
            changes.append(beginnings[next].change)
            next = beginnings[next].parent
        }
        changes.reverse()
        for change in changes {
            isChanged[change.cell] = true
            for use in uses[useStarts[change.cell]..<useStarts[change.cell + 1]] {
                let before = residuals[use.equation]
                let after = before + use.coefficient * change.difference
                if before == 0, after != 0 { openCount += 1 }
                if before != 0, after == 0 { openCount -= 1 }
                residuals[use.equation] = after
                touched.append(use.equation)
            }
        }
        return changes
    }

    private mutating func leave(_ changes: [Witness.Change]) {
        for change in changes { isChanged[change.cell] = false }
        for equation in touched { residuals[equation] = 0 }
        touched.removeAll(keepingCapacity: true)
        openCount = 0
    }

    /// The shortest equation that does not hold: the fewest ways to mend it.
    private func narrowestOpen() -> Int? {
        var best: Int?
        for equation in touched where residuals[equation] != 0 {
            guard let known = best else {
                best = equation
                continue
            }
            let (size, least) = (system.equations[equation].count, system.equations[known].count)
            if size < least || (size == least && equation < known) { best = equation }
        }
        return best
    }

    /// Every cell that makes the equation hold again begins something new.
    private mutating func mend(_ equation: Int, after parent: Int, _ effort: Effort) {
        let residual = residuals[equation]
        let openBefore = openCount
        for term in system.equations[equation] where !isChanged[term.cell] && !isKept(term.cell) {
            guard residual % term.coefficient == 0 else { continue }
            let difference = -residual / term.coefficient
            guard system.values[term.cell] + difference >= 0 else { continue }
            var open = openBefore
            var state = beginnings[parent].state
            for use in uses[useStarts[term.cell]..<useStarts[term.cell + 1]] {
                let before = residuals[use.equation]
                let after = before + use.coefficient * difference
                state &+= Self.mixed(use.equation, after) &- Self.mixed(use.equation, before)
                if before == 0, after != 0 { open += 1 }
                if before != 0, after == 0 { open -= 1 }
            }
            let cost =
                beginnings[parent].cost + 1 + (isHidden[term.cell] ? 0 : system.weights[term.cell])
            add(
                .init(cell: term.cell, difference: difference), after: parent, cost: cost,
                state: state, open: open, effort)
        }
    }

    /// A number for one open equation; those of a beginning are summed, so that their order does
    /// not matter. 0 for one that holds.
    private static func mixed(_ equation: Int, _ residual: Int) -> UInt64 {
        guard residual != 0 else { return 0 }
        var bits = UInt64(bitPattern: Int64(equation)) &* 0x9E37_79B9_7F4A_7C15
        bits ^= UInt64(bitPattern: Int64(residual)) &* 0xC2B2_AE3D_27D4_EB4F
        bits = (bits ^ (bits &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits &>> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits &>> 31)
    }

    private func isKept(_ cell: Int) -> Bool {
        isFixed[cell] || (system.weights[cell] >= keptWeight && !isHidden[cell])
    }

    private mutating func add(
        _ change: Witness.Change, after parent: Int, cost: Int, state: UInt64, open: Int,
        _ effort: Effort
    ) {
        if let known = costOfState[state], known <= cost { return }
        costOfState[state] = cost
        beginnings.append(Beginning(parent: parent, change: change, cost: cost, state: state))
        queue.insert(beginnings.count - 1, cost: cost + open * effort.costPerOpenEquation)
    }
}

/// Beginnings by what they promise to cost, the earlier made first among equals.
private struct BeginningQueue {
    private var heap: [(cost: Int, index: Int)] = []

    mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

    mutating func insert(_ index: Int, cost: Int) {
        heap.append((cost, index))
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func popFirst() -> Int? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first.index }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child] < heap[least] { least = child }
            if least == parent { return first.index }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
