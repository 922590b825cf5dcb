import Synchronization

internal import Hummingbird
internal import Logging

/// What is known about a request while it is answered.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address that asks, without its port.
    let client: String
    /// Ends the connection, for a client that does not take its answer.
    let closeConnection: @Sendable () -> Void
    var caller = Caller.anonymous
    let notes = RequestNotes()

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        let channel = source.channel
        client = channel.remoteAddress?.ipAddress ?? "unknown"
        closeConnection = { channel.close(promise: nil) }
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
