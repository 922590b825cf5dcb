import Synchronization

internal import Hummingbird

/// Lets in what this server can answer at all: GET or HEAD without a body, an address of bounded
/// length, a client that is not too fast, a token that holds.
struct RequestGuard: RouterMiddleware {
    let limits: ServerLimits
    let tokens: TokenRegistry
    let rates: RequestRates

    func handle(
        _ request: Request, context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        // First, because it is cheapest and all else costs something.
        if let seconds = rates.secondsToWait(of: context.client) {
            throw Refusal.tooFast(seconds: seconds)
        }
        guard request.method == .get || request.method == .head else {
            closeLater(context)
            throw Refusal.methodNotAllowed
        }
        let length = request.headers[.contentLength]
        guard length == nil || length == "0", request.headers[.transferEncoding] == nil else {
            closeLater(context)
            throw Refusal.bodyNotAccepted
        }
        guard request.uri.string.utf8.count <= limits.addressBytesMax else {
            throw Refusal.addressTooLong(max: limits.addressBytesMax)
        }
        var context = context
        if let field = request.headers[.authorization] {
            guard let caller = tokens.caller(authorization: field) else { throw Refusal.badToken }
            context.caller = caller
            context.notes.token = caller.name
        }
        return try await next(request, context)
    }

    /// What the client still wants to send is not read to its end: it may have none. The second lets
    /// the answer go out first.
    private func closeLater(_ context: ServerContext) {
        let close = context.connection.close
        Task {
            try await Task.sleep(for: .seconds(1))
            close()
        }
    }
}

/// How fast each address asks: a bucket of tokens per address, filled at a steady rate.
final class RequestRates: Sendable {
    /// As it was at its last request.
    private struct Bucket {
        var left: Double
        var time: ContinuousClock.Instant
    }

    private let limits: ServerLimits
    private let buckets = Mutex<[String: Bucket]>([:])

    init(limits: ServerLimits) { self.limits = limits }

    /// `nil` when the address may ask now; else whole seconds until it may.
    func secondsToWait(of client: String, at now: ContinuousClock.Instant = .now) -> Int? {
        let name = Self.network(of: client)
        return buckets.withLock { buckets in
            var bucket = buckets[name] ?? Bucket(left: limits.requestBurst, time: now)
            bucket.left = filled(bucket, at: now)
            bucket.time = now
            let isAllowed = bucket.left >= 1
            if isAllowed { bucket.left -= 1 }
            if buckets[name] == nil, buckets.count >= limits.clientsMax {
                forget(&buckets, at: now)
            }
            buckets[name] = bucket
            guard !isAllowed else { return nil }
            return max(1, Int(((1 - bucket.left) / limits.requestsPerSecond).rounded(.up)))
        }
    }

    private func filled(_ bucket: Bucket, at now: ContinuousClock.Instant) -> Double {
        let seconds = (now - bucket.time) / .seconds(1)
        return min(limits.requestBurst, bucket.left + seconds * limits.requestsPerSecond)
    }

    /// Full buckets say nothing; when none is full, all are forgotten rather than one kept out.
    private func forget(_ buckets: inout [String: Bucket], at now: ContinuousClock.Instant) {
        let count = buckets.count
        buckets = buckets.filter { filled($0.value, at: now) < limits.requestBurst }
        if buckets.count > count / 2 { buckets.removeAll() }
    }

    /// One customer has a whole /64 of IPv6 addresses to ask from.
    static func network(of client: String) -> String {
        guard client.contains(":") else { return client }
        let parts = client.split(separator: ":", omittingEmptySubsequences: false)
        guard let gap = parts.firstIndex(of: ""), gap < 4 else {
            return parts.prefix(4).joined(separator: ":")
        }
        // A gap among the first four groups: what stands before it tells networks apart well enough,
        // with the number of groups after it.
        return parts.prefix(gap).joined(separator: ":") + "::/\(parts.count)"
    }
}
