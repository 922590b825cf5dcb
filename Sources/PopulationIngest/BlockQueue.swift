internal import PopulationModel

/// Hands the blocks of all extracts to the workers, those of one extract in order.
///
/// A worker stays with its extract to the end, and turns to the next one that nobody has begun: so
/// it seldom waits for the block before its own, or for a file that another worker writes to. When
/// all are begun it helps where most blocks are left.
package final class BlockQueue: Sendable {
    /// A block of an extract, both by number.
    package struct Turn: Comparable, Sendable {
        package var extract: Int
        package var block: Int

        package init(extract: Int, block: Int) {
            self.extract = extract
            self.block = block
        }

        package static func < (a: Turn, b: Turn) -> Bool {
            (a.extract, a.block) < (b.extract, b.block)
        }
    }

    private let state: Monitor<State>

    private struct State {
        /// Per extract: the blocks that nobody has taken.
        var left: [Range<Int>]
        /// Extracts in front of it are begun.
        var begun = 0
        /// Extracts behind it give no more blocks.
        var last: Int

        mutating func take(from extract: Int) -> Turn? {
            guard extract <= last, let block = left[extract].first else { return nil }
            left[extract].removeFirst()
            return Turn(extract: extract, block: block)
        }

        mutating func begin() -> Turn? {
            while begun <= last {
                defer { begun += 1 }
                if let turn = take(from: begun) { return turn }
            }
            return nil
        }

        /// The extract with the most blocks left, of several the first.
        var longest: Int? {
            left.indices.filter { $0 <= last && !left[$0].isEmpty }
                .max { (left[$0].count, $1) < (left[$1].count, $0) }
        }
    }

    package init(_ blocks: [Range<Int>]) {
        state = Monitor(State(left: blocks, last: blocks.count - 1))
    }

    /// The block of a worker whose last one is given; `nil` when there are no more.
    package func next(after turn: Turn?) -> Turn? {
        state.update { state in
            turn.flatMap { state.take(from: $0.extract) } ?? state.begin()
                ?? state.longest.flatMap { state.take(from: $0) }
        }
    }

    /// An extract failed: neither it nor those behind it are gone on with. Those before it are, since
    /// one that fails there is told in its place.
    package func stop(at extract: Int) {
        state.update { $0.last = min($0.last, extract - 1) }
    }
}
