import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PopulationServer
import PopulationTestSupport

/// `/rest` and `/v2` on a free port of loopback, for clients that know nothing of Swift.
enum SDMXServer {
    struct Output {
        var status: Int32
        var text: String
    }

    /// Runs a script of `clients` against the service as one who sees all sees it; the
    /// address is its first argument.
    static func run(_ script: String, _ service: SDMXService) async throws -> Output {
        let application = Application(
            router: router(service),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        return try await application.test(.live) { client in
            let port = client.port ?? 0
            return try await Task.detached {
                try Self.process(script, "http://127.0.0.1:\(port)", scope: "internal")
            }.value
        }
    }

    private static func router(_ service: SDMXService) -> Router<BasicRequestContext> {
        let router = Router()
        for (base, language) in [("rest", SDMXRequest.Language.rest1), ("v2", .rest2)] {
            router.get("/\(base)/**") { request, _ -> Response in
                let answer = service.respond(
                    to: SDMXRequest(
                        language: language,
                        path: String(request.uri.path.dropFirst(base.utf8.count + 1)),
                        query: request.uri.query, accept: request.headers[.accept],
                        acceptLanguage: request.headers[.acceptLanguage],
                        mayRead: { _, _ in true }))
                var headers: HTTPFields = [.contentType: answer.contentType]
                for (name, value) in answer.headers {
                    if let name = HTTPField.Name(name) { headers[name] = value }
                }
                return Response(
                    status: .init(code: answer.status), headers: headers,
                    body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
            }
        }
        return router
    }

    /// Runs a script against whatever serves the sample's tables of a scope at `base`.
    static func process(_ script: String, _ base: String, scope: String) throws -> Output {
        let process = Process()
        process.executableURL = URL(filePath: TestTool.python)
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        process.arguments = [folder.appending(path: "clients/\(script).py").path, base, scope]
        process.currentDirectoryURL = URL(filePath: PackageFolder.root)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Output(
            status: process.terminationStatus, text: String(decoding: bytes, as: UTF8.self))
    }
}
