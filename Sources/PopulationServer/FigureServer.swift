import Foundation
import PopulationModel
import PopulationStore

internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging

/// The server: read-only over a store, until it is told to end.
package struct FigureServer: Sendable {
    let settings: ServerSettings
    let service: FigureService
    let sdmx: SDMXService
    let tokens: TokenRegistry
    let landing: LandingPage
    let metrics = ServerMetrics()
    let queue = StoreQueue()
    /// For who watches the service: not behind those who use it.
    let watch = StoreQueue()
    let log: ServerLog

    package init(settings: ServerSettings, reader: any FigureReader) throws(PopstatError) {
        try self.init(settings: settings, reader: reader, log: .standardError)
    }

    init(settings: ServerSettings, reader: any FigureReader, log: ServerLog)
        throws(PopstatError)
    {
        self.settings = settings
        self.log = log
        service = FigureService(reader: reader, limits: settings.limits)
        sdmx = SDMXService(reader: reader)
        tokens = try TokenRegistry(path: settings.tokens, log: log)
        landing = try LandingPage()
        guard (settings.certificate == nil) == (settings.privateKey == nil) else {
            throw ServerFault.halfOfTLS.error
        }
        if let report = settings.report {
            let page = "\(report)/report.html"
            let isThere: Bool
            do throws(SystemFailure) { isThere = try WholeFile.isThere(page) } catch {
                throw ServerFault.cannotLook(path: page, reason: error.reason).error
            }
            guard isThere else { throw ServerFault.noReport(folder: report).error }
        }
    }

    /// Serves until SIGTERM or SIGINT; then takes no new connection, ends what is under way, and
    /// comes back.
    package func run() async throws {
        do {
            try await application().runService()
        } catch let error as PopstatError {
            throw error
        } catch {
            throw ServerFault.cannotListen(
                host: settings.host, port: settings.port, reason: "\(error)"
            ).error
        }
        log.note("ended")
    }

    func application() throws(PopstatError) -> some ApplicationProtocol {
        var logger = Logger(label: "popstat-server")
        // The access log is ours; of the framework's own only what is wrong.
        logger.logLevel = .error
        let address = BindAddress.hostname(settings.host, port: settings.port)
        let scheme = settings.certificate == nil ? "http" : "https"
        let host = settings.host
        let log = self.log
        return Application(
            router: router(), server: try transport(),
            configuration: ApplicationConfiguration(
                address: address, backlog: 512,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    settings.limits.connectionsMax)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                log.note("listening on \(scheme)://\(host):\(port)")
            },
            logger: logger)
    }

    private func transport() throws(PopstatError) -> HTTPServerBuilder {
        let limits = settings.limits
        let plain = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(
                idleTimeout: .seconds(Int64(limits.idleSeconds)),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headerFieldBytesMax,
                    maxHeaderListSize: limits.headerBytesMax,
                    maxHeaderFieldCount: limits.headerFieldsMax)))
        guard let certificate = settings.certificate, let key = settings.privateKey else {
            return plain
        }
        do {
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificate)
                    .map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
            // Older versions are broken; what the bureau runs has spoken 1.2 for a decade.
            configuration.minimumTLSVersion = .tlsv12
            return try .tls(plain, tlsConfiguration: configuration)
        } catch {
            throw ServerFault.badCertificate(
                certificate: certificate, privateKey: key, reason: "\(error)"
            ).error
        }
    }
}
