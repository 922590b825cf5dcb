internal import PopulationModel

/// Hands the true start of the next block's first record from each block to the next.
///
/// A worker indexes its block from the first line end behind the cut, then asks here whether that
/// was right: it was not when the cut fell inside quotes. Blocks are taken in order, so the block
/// that others wait for is always being worked on.
final class BlockChain: Sendable {
    typealias Link = ExtractSplit.Link

    private let state: Monitor<State>

    private struct State {
        var block: Int
        var link: Link
        var isBroken = false
    }

    init(first: Link, of block: Int) { state = Monitor(State(block: block, link: first)) }

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
