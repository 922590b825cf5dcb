import PopulationModel

/// What keeps the server from serving; the wording is made here.
package enum ServerFault: Sendable, Equatable {
    case halfOfTLS
    case badCertificate(certificate: String, privateKey: String, reason: String)
    case cannotListen(host: String, port: Int, reason: String)
    case noReport(folder: String)
    case unknownStore(store: String)
    case templateBroken(reason: String)

    package var error: PopstatError {
        switch self {
        case .halfOfTLS:
            PopstatError(
                code: "SERVE-010", kind: .usage,
                message: "TLS needs a certificate and its private key, and one of them is given",
                remedy: "Give both --certificate and --private-key, or neither.")
        case .badCertificate(let certificate, let privateKey, let reason):
            PopstatError(
                code: "SERVE-011", kind: .usage,
                message: "the certificate, or its key in \(privateKey), cannot be used: \(reason)",
                remedy: "Give PEM files that belong together: the certificate with its chain, and "
                    + "the key without a pass phrase.", place: Place(file: certificate))
        case .cannotListen(let host, let port, let reason):
            PopstatError(
                code: "SERVE-012", kind: .cannotCreate,
                message: "the server cannot listen on \(host), port \(port): \(reason)",
                remedy: "Give an address of this machine with --host, and a port that is free and "
                    + "that you may use with --port.")
        case .noReport(let folder):
            PopstatError(
                code: "SERVE-013", kind: .inputMissing,
                message: "the folder holds no report.html",
                remedy: "Give the published folder of a run with --report.",
                place: Place(file: folder))
        case .unknownStore(let store):
            PopstatError(
                code: "SERVE-014", kind: .inputMissing,
                message: "there is no store and no published folder here",
                remedy: "Give the store of a plan, or a plan's publish.output, with --store.",
                place: Place(file: store))
        case .templateBroken(let reason):
            PopstatError(
                code: "SERVE-015", kind: .internalFault,
                message: "the page inside the program is no valid mustache: \(reason)",
                remedy: "This is a fault of popstat: report it with this line.")
        }
    }
}
