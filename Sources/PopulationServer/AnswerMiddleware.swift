import PopulationModel

internal import Hummingbird

/// The outermost step: times each request, turns every error into words, counts, logs, and puts the
/// security headers on whatever goes out.
struct AnswerMiddleware: RouterMiddleware {
    let log: ServerLog
    let metrics: ServerMetrics

    func handle(
        _ request: Request, context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
        } catch let refusal as Refusal {
            response = refusal.response
        } catch let error as HTTPError where error.status == .notFound {
            response = Refusal.noSuchPage.response
        } catch {
            // What a store says may name tables and files; the caller is told less.
            log.note("error: \(error)")
            let refusal = error is PopstatError ? Refusal.storeUnavailable : .internalFault
            response = refusal.response
        }
        Self.secure(&response)
        let route = context.endpointPath.map(Self.pattern) ?? "none"
        let status = Int(response.status.code)
        // A HEAD answer names the length that it leaves out.
        let bytes = request.method == .head ? 0 : response.body.contentLength ?? 0
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        metrics.count(route: route, status: status, seconds: seconds, bytes: bytes)
        log.note(
            AccessLine(
                method: request.method.rawValue, route: route, table: context.notes.table,
                status: status, bytes: bytes, seconds: seconds, token: context.notes.token
            ).text)
        return response
    }

    /// The route as it was registered: what a client wrote in its place may be anything.
    private static func pattern(_ path: String) -> String { path == "NotFound" ? "none" : path }

    private static func secure(_ response: inout Response) {
        // Pages hold their style and drawings themselves, have no script, and load nothing.
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.init("Referrer-Policy")!] = "no-referrer"
        response.headers[.init("X-Frame-Options")!] = "DENY"
        response.headers[.init("Cross-Origin-Resource-Policy")!] = "same-origin"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    }
}

/// One request in the access log. It holds no token and nothing of the query.
struct AccessLine {
    var method: String
    var route: String
    var table: String?
    var status: Int
    var bytes: Int
    var seconds: Double
    /// The name of the token that was sent and is valid.
    var token: String?

    var text: String {
        let microseconds = Int((seconds * 1_000_000).rounded())
        return "request method=\(Self.word(method)) route=\(route) table=\(table ?? "-") "
            + "status=\(status) bytes=\(bytes) microseconds=\(microseconds) token=\(token ?? "-")"
    }

    /// A method is what the client wrote.
    private static func word(_ method: String) -> String {
        let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        return known.contains(method) ? method : "OTHER"
    }
}

extension Refusal {
    /// RFC 9457, problem details.
    var response: Response {
        var headers = HTTPFields()
        headers[.contentType] = "application/problem+json"
        headers[.vary] = "Authorization"
        switch self {
        case .signIn: headers[.wwwAuthenticate] = "Bearer realm=\"popstat\""
        case .badToken:
            headers[.wwwAuthenticate] = "Bearer realm=\"popstat\", error=\"invalid_token\""
        case .notForScope:
            headers[.wwwAuthenticate] = "Bearer realm=\"popstat\", error=\"insufficient_scope\""
        case .methodNotAllowed: headers[.allow] = "GET, HEAD"
        default: break
        }
        if let retrySeconds { headers[.init("Retry-After")!] = "\(retrySeconds)" }
        let status = HTTPResponse.Status(code: status)
        let body =
            "{\"title\":\(JSONText.quoted(title)),\"status\":\(status.code),"
            + "\"detail\":\(JSONText.quoted(words))}\n"
        return Response(
            status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: body)))
    }
}
