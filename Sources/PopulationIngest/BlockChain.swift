internal import PopulationModel

/// Hands the true start of the next block's first record from each block to the next.
///
/// A worker indexes its block from the first line end behind the cut, then asks here whether that
/// was right: it was not when the cut fell inside quotes. Blocks are taken in order, so the block
/// that others wait for is always being worked on.
///
/// The digest of the extract goes from block to block as well, behind the starts.
final class BlockChain: Sendable {
    typealias Link = ExtractSplit.Link

    /// What the block before knows.
    enum Handed {
        case begins(Link)
        /// A split was cut out of an extract, and no record has begun in it yet.
        case nothing
    }

    private let state: Monitor<State>

    private struct State {
        var block: Int
        var handed: Handed
        /// Blocks before it are in the digest.
        var digestBlock: Int
        var isBroken = false
    }

    init(first: Link?, of block: Int) {
        state = Monitor(
            State(
                block: block, handed: first.map(Handed.begins) ?? .nothing, digestBlock: block))
    }

    /// Waits for what is handed to a block; `nil` when a block before it failed.
    func handed(to block: Int) -> Handed? {
        state.wait { state in
            if state.isBroken { return .some(nil) }
            return state.block == block ? .some(state.handed) : nil
        }
    }

    func hand(_ handed: Handed, to block: Int) {
        state.update {
            $0.block = block
            $0.handed = handed
        }
    }

    /// Whether all blocks before one are in the digest.
    func isDigest(at block: Int) -> Bool { state.read { $0.digestBlock == block } }

    /// Waits until they are; false when a block of the extract failed.
    func digestComes(to block: Int) -> Bool {
        state.wait { state in
            if state.isBroken { return false }
            return state.digestBlock == block ? true : nil
        }
    }

    func handDigest(to block: Int) { state.update { $0.digestBlock = block } }

    func breakOff() { state.update { $0.isBroken = true } }
}
