import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Testing

@testable import PopulationServer

/// An answer that a slow client takes: given in parts, and whole before its end is written.
struct LongBodyTests {
    /// What the answer did, in its order.
    private final class Steps: Sendable {
        private let list = Mutex<[String]>([])

        func add(_ step: String) { list.withLock { $0.append(step) } }
        var all: [String] { list.withLock { $0 } }
    }

    private struct Writer: ResponseBodyWriter {
        let steps: Steps

        mutating func write(_ buffer: ByteBuffer) async throws {
            steps.add("part \(buffer.readableBytes)")
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws { steps.add("end") }
    }

    private static func steps(of byteCount: Int, waiting: [Int]) async throws -> [String] {
        let steps = Steps()
        let left = Mutex(waiting)
        let connection = ClientConnection(
            close: { steps.add("closed") },
            waitingBytes: {
                let bytes = left.withLock { $0.isEmpty ? 0 : $0.removeFirst() }
                steps.add("waiting \(bytes)")
                return bytes
            })
        let bytes = ByteBuffer(repeating: 0x41, count: byteCount)
        let body = LongBody.of(bytes, lease: nil, seconds: 60, to: connection)
        #expect(body.contentLength == byteCount)
        try await body.write(Writer(steps: steps))
        return steps.all
    }

    /// A server that ends closes connections whose answers have ended, and drops what waits in them.
    @Test func endsWhenTheSystemHasTakenAll() async throws {
        let part = LongBody.partBytes
        #expect(
            try await Self.steps(of: 2 * part + 7, waiting: [300, 20]) == [
                "part \(part)", "part \(part)", "part 7", "waiting 300", "waiting 20",
                "waiting 0", "end",
            ])
    }

    @Test func whatIsShortWaitsForNothing() async throws {
        #expect(try await Self.steps(of: 500, waiting: [300]) == ["part 500", "end"])
    }
}
