internal import PopulationModel

/// Hands the true start of the next block's first record from each block to the next.
///
/// A worker indexes its block from the first line end behind the cut, then asks here whether that
/// was right: it was not when the cut fell inside quotes. Blocks are taken in order, so the block
/// that others wait for is always being worked on.
final class BlockChain: Sendable {
    struct Link: Sendable, Equatable {
        /// Offset in the file of the first record of the block.
        var start: Int
        /// Rows and line ends before it.
        var rows: Int
        var lineEnds: Int
    }

    private let state: Monitor<State>

    private struct State {
        var block = 0
        var link: Link
        var isBroken = false
    }

    init(first: Link) { state = Monitor(State(link: first)) }

    /// Waits for the link of a block; `nil` when a block before it failed.
    func link(of block: Int) -> Link? {
        state.wait { state in
            if state.isBroken { return .some(nil) }
            return state.block == block ? .some(state.link) : nil
        }
    }

    func hand(_ link: Link, to block: Int) {
        state.update {
            $0.block = block
            $0.link = link
        }
    }

    func breakOff() { state.update { $0.isBroken = true } }
}
