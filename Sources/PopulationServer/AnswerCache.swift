import Synchronization

internal import Hummingbird

/// Answers that others will ask for again, by their tag, up to so many bytes; the one that was
/// longest not asked for goes first. Because a tag names bytes that never change, nothing in it
/// can be out of date; who may see it was decided before the tag was made.
final class AnswerCache: Sendable {
    /// The bytes as they are sent.
    struct Entry {
        var body: ByteBuffer
        var coding: ContentCoding
    }

    private struct State {
        var entries: [String: (entry: Entry, lastUse: Int)] = [:]
        var bytes = 0
        var uses = 0
    }

    private let bytesMax: Int
    private let state = Mutex(State())

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    subscript(tag: String) -> Entry? {
        get {
            state.withLock { state in
                guard let found = state.entries[tag] else { return nil }
                state.uses += 1
                state.entries[tag]?.lastUse = state.uses
                return found.entry
            }
        }
        set {
            guard let newValue else { return }
            let size = newValue.body.readableBytes
            // One long answer must not drive out all the short ones.
            guard size <= bytesMax / 8 else { return }
            state.withLock { state in
                guard state.entries[tag] == nil else { return }
                state.uses += 1
                state.entries[tag] = (newValue, state.uses)
                state.bytes += size
                while state.bytes > bytesMax,
                    let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
                {
                    state.entries[oldest.key] = nil
                    state.bytes -= oldest.value.entry.body.readableBytes
                }
            }
        }
    }
}

/// How many bytes of long answers wait for their clients.
final class BytesUnderWay: Sendable {
    private let max: Int
    private let bytes = Mutex(0)

    init(max: Int) { self.max = max }

    /// A part of the bytes; given back when the answer is sent or dropped.
    final class Lease: Sendable {
        private let owner: BytesUnderWay
        private let count: Int

        fileprivate init(owner: BytesUnderWay, count: Int) {
            self.owner = owner
            self.count = count
        }

        deinit { owner.bytes.withLock { $0 -= count } }
    }

    func lease(_ count: Int) throws(Refusal) -> Lease {
        let isFree = bytes.withLock { bytes in
            // A single answer always goes, however long.
            guard bytes == 0 || bytes + count <= max else { return false }
            bytes += count
            return true
        }
        guard isFree else { throw .tooBusy }
        return Lease(owner: self, count: count)
    }
}

/// Until when an answer is of use.
struct Deadline: Sendable {
    private let end: ContinuousClock.Instant

    init(seconds: Int) { end = .now + .seconds(seconds) }

    func check() throws(Refusal) {
        if ContinuousClock.now > end { throw .tookTooLong }
    }
}
