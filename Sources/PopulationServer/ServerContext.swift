import Synchronization

internal import Hummingbird
internal import Logging

/// What is known about a request while it is answered.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address that asks, without its port.
    let client: String
    let connection: ClientConnection
    var caller = Caller.anonymous
    let notes = RequestNotes()

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        let channel = source.channel
        client = channel.remoteAddress?.ipAddress ?? "unknown"
        connection = ClientConnection(
            close: { channel.close(promise: nil) },
            waitingBytes: { try await channel.getOption(.bufferedWritableBytes).get() })
    }
}

/// The connection of a request, as far as its answer needs it.
struct ClientConnection: Sendable {
    /// Ends it, for a client that does not take its answer.
    let close: @Sendable () -> Void
    /// Bytes of answers that the system has not taken yet.
    let waitingBytes: @Sendable () async throws -> Int

    /// Waits until the system has taken all that was written. An answer counts as given when its end is
    /// written, and a server that is told to end then drops what it still holds of it.
    func drain() async throws {
        while try await waitingBytes() > 0 { try await Task.sleep(for: .milliseconds(20)) }
    }
}

/// What is found out about a request on the way and belongs in the access log.
final class RequestNotes: Sendable {
    private let values = Mutex<(token: String?, table: String?)>((nil, nil))

    var token: String? {
        get { values.withLock { $0.token } }
        set { values.withLock { $0.token = newValue } }
    }

    /// Only of an answer that was given: what else stands in a path may be anything.
    var table: String? {
        get { values.withLock { $0.table } }
        set { values.withLock { $0.table = newValue } }
    }
}
