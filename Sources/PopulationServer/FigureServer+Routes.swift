import Foundation
import PopulationFigures
import PopulationStore

internal import Hummingbird

/// Every address that is answered.
extension FigureServer {
    func router() -> Router<ServerContext> {
        let router = Router(
            context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AnswerMiddleware(log: log, metrics: metrics))
        router.add(
            middleware: RequestGuard(
                limits: settings.limits, tokens: tokens,
                rates: RequestRates(limits: settings.limits)))
        router.get("/", use: landingPage)
        router.get("/figures", use: list)
        router.get("/figures/:file", use: figure)
        router.get("/report", use: report)
        router.get("/health", use: health)
        router.get("/metrics", use: metricsPage)
        mountSDMX(on: router)
        return router
    }

    /// SDMX REST under `/rest` (REST 1, SDMX 2.1) and `/v2` (REST 2, SDMX 3.0).
    private func mountSDMX(on router: Router<ServerContext>) {
        for (base, language) in [("rest", SDMXRequest.Language.rest1), ("v2", .rest2)] {
            router.get("/\(base)/**") { request, context in
                try await answerSDMX(language, below: "/\(base)/", request, context)
            }
        }
    }

    private func answerSDMX(
        _ language: SDMXRequest.Language, below base: String, _ request: Request,
        _ context: ServerContext
    ) async throws -> Response {
        let scope = context.caller.scope
        let asked = SDMXRequest(
            language: language, path: String(request.uri.path.dropFirst(base.count)),
            query: request.uri.query,
            accept: request.headers[values: .accept].joined(separator: ","),
            acceptLanguage: request.headers[values: .acceptLanguage].joined(separator: ","),
            mayRead: { table, form in scope.form(of: table) == form })
        let coding = ContentCoding.chosen(
            request.headers[values: .acceptEncoding].joined(separator: ","))
        let (answer, isPacked) = try await queue.run { [sdmx] in
            var answer = sdmx.respond(to: asked)
            let isPacked = coding == .gzip && answer.body.count >= ContentCoding.leastBytes
            if isPacked { answer.body = try GzipBody.pack(answer.body) }
            return (answer, isPacked)
        }
        if let cause = answer.cause { log.note("sdmx: \(cause)") }
        var headers: HTTPFields = [
            .contentType: answer.contentType,
            .vary: "Accept, Accept-Language, Accept-Encoding, Authorization",
        ]
        for (name, value) in answer.headers {
            if let name = HTTPFields.Element.Name(name) { headers[name] = value }
        }
        if isPacked { headers[.contentEncoding] = "gzip" }
        let limits = settings.limits
        let lease =
            answer.body.count < limits.longAnswerBytes
            ? nil : try service.underWay.lease(answer.body.count)
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: LongBody.of(
                ByteBuffer(bytes: answer.body), lease: lease, seconds: limits.takingSeconds,
                to: context.connection))
    }

    private func figure(_ request: Request, context: ServerContext) async throws -> Response {
        let limits = settings.limits
        let wanted = try FigureRequest(
            file: try context.parameters.require("file"), query: request.uri.query,
            limits: limits)
        let coding = ContentCoding.chosen(
            request.headers[values: .acceptEncoding].joined(separator: ","))
        let condition = Condition(request.headers)
        let deadline = Deadline(seconds: limits.answerSeconds)
        let answer = try await queue.run { [service, caller = context.caller] in
            try service.answer(
                wanted, caller: caller, coding: coding, condition: condition, deadline: deadline)
        }
        context.notes.table = wanted.table
        return answer.response(limits: limits, to: context.connection)
    }

    private func list(_ request: Request, context: ServerContext) async throws -> Response {
        let parameters = try QueryItems.parse(request.uri.query, limits: settings.limits)
        let plan = parameters.first { $0.name == "plan" }?.value
        if let other = parameters.first(where: { $0.name != "plan" }) {
            throw Refusal.unknownParameter(
                name: FigureQuery.shown(other.name), known: ["plan"])
        }
        let body = try await queue.run { [service, scope = context.caller.scope] in
            try FigureList(catalog: service.catalog, scope: scope, plan: plan).json()
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json", .vary: "Authorization",
                .cacheControl: context.caller.name == nil
                    ? "public, no-cache" : "private, no-cache",
            ], body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }

    /// The report of the published folder. One that was made from exact tables, because the folder
    /// has no public ones, is for the bureau itself.
    private func report(_ request: Request, context: ServerContext) async throws -> Response {
        guard let folder = settings.report else { throw Refusal.noSuchPage }
        let (isPublic, page) = try await queue.run {
            guard let report = PublishedReportFile(folder: folder) else {
                throw Refusal.storeUnavailable
            }
            return (report.isPublic, report.bytes)
        }
        guard isPublic || context.caller.scope == .statistics else {
            throw context.caller.name == nil ? Refusal.signIn : .notForScope
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .vary: "Authorization",
                .cacheControl: isPublic ? "public, no-cache" : "private, no-cache",
            ],
            body: LongBody.of(
                ByteBuffer(bytes: page), lease: nil, seconds: settings.limits.takingSeconds,
                to: context.connection))
    }

    private func landingPage(_ request: Request, context: ServerContext) async throws -> Response {
        let language = PageLanguage.chosen(
            query: try QueryItems.parse(request.uri.query, limits: settings.limits)
                .first { $0.name == "language" }?.value,
            accept: request.headers[values: .acceptLanguage].joined(separator: ","))
        let hasReport = settings.report.map {
            FileManager.default.fileExists(atPath: "\($0)/public")
                || context.caller.scope == .statistics
        }
        let page = try await queue.run { [service, landing, scope = context.caller.scope] in
            landing.page(
                try LandingFigures(catalog: service.catalog, scope: scope), language: language,
                hasReport: hasReport ?? false)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .contentLanguage: language.tag,
                .vary: "Accept-Language, Authorization",
                .cacheControl: context.caller.name == nil
                    ? "public, no-cache" : "private, no-cache",
            ], body: .init(byteBuffer: ByteBuffer(string: page)))
    }

    /// For the watcher of the service: whether the store can be read, and how old its newest
    /// edition is.
    private func health(_ request: Request, context: ServerContext) async throws -> Response {
        let now = RunContext.now
        let newest: String?
        do {
            newest = try await watch.run { [service] in
                try service.catalog.editions().last?.validFrom
            }
        } catch {
            log.note("store: \(error)")
            return Response(
                status: .serviceUnavailable, headers: [.contentType: "application/json"],
                body: .init(byteBuffer: ByteBuffer(string: "{\"status\":\"store unreachable\"}\n")))
        }
        let age = newest.flatMap { HTTPDate.date(iso: $0) }.map {
            Int(now.timeIntervalSince($0))
        }
        let text =
            "{\"status\":\"ok\",\"newest_edition_age_seconds\":"
            + (age.map(String.init) ?? "null") + "}\n"
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private func metricsPage(_ request: Request, context: ServerContext) async throws -> Response {
        let editions: Int?
        do {
            editions = try await watch.run { [service] in
                try service.catalog.editions().count
            }
        } catch {
            // The page tells of the server also when its store is away; /health tells of the store.
            editions = nil
        }
        let text = metrics.text(editions: editions, residentBytes: ServerMetrics.residentBytes)
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
