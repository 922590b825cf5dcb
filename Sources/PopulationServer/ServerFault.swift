import PopulationModel

/// What keeps the server from serving; the wording is made here.
package enum ServerFault: Sendable, Equatable {
    case halfOfTLS
    case badCertificate(certificate: String, privateKey: String, reason: String)
    case cannotListen(host: String, port: Int, reason: String)
    case noReport(folder: String)
    case unknownStore(store: String)
    case cannotLook(path: String, reason: String)
    case templateBroken(reason: String)

    package var error: PopstatError {
        switch self {
        case .halfOfTLS:
            PopstatError(
                code: "SERVE-010", kind: .usage,
                message: Bilingual(
                    "TLS 需要证书及其私钥，现在只给了其中一个",
                    "TLS needs a certificate and its private key, and one of them is given"),
                remedy: Bilingual(
                    "请同时给出 --certificate 和 --private-key，或都不给。",
                    "Give both --certificate and --private-key, or neither."))
        case .badCertificate(let certificate, let privateKey, let reason):
            PopstatError(
                code: "SERVE-011", kind: .usage,
                message: Bilingual(
                    "证书或其私钥 \(privateKey) 无法使用：\(reason)",
                    "the certificate, or its key in \(privateKey), cannot be used: \(reason)"),
                remedy: Bilingual(
                    "请给出相互匹配的 PEM 文件：带证书链的证书和没有口令的私钥。",
                    "Give PEM files that belong together: the certificate with its chain, and "
                        + "the key without a pass phrase."), place: Place(file: certificate))
        case .cannotListen(let host, let port, let reason):
            PopstatError(
                code: "SERVE-012", kind: .cannotCreate,
                message: Bilingual(
                    "服务器无法在 \(host) 的端口 \(port) 上监听：\(reason)",
                    "the server cannot listen on \(host), port \(port): \(reason)"),
                remedy: Bilingual(
                    "请用 --host 给出本机地址，用 --port 给出空闲且允许使用的端口。",
                    "Give an address of this machine with --host, and a port that is free and "
                        + "that you may use with --port."))
        case .noReport(let folder):
            PopstatError(
                code: "SERVE-013", kind: .inputMissing,
                message: Bilingual(
                    "文件夹中没有 report.html", "the folder holds no report.html"),
                remedy: Bilingual(
                    "请用 --report 给出运行的发布文件夹。",
                    "Give the published folder of a run with --report."),
                place: Place(file: folder))
        case .unknownStore(let store):
            PopstatError(
                code: "SERVE-014", kind: .inputMissing,
                message: Bilingual(
                    "这里没有存储库，也没有发布文件夹",
                    "there is no store and no published folder here"),
                remedy: Bilingual(
                    "请用 --store 给出计划的存储库或计划的 publish.output。",
                    "Give the store of a plan, or a plan's publish.output, with --store."),
                place: Place(file: store))
        case .cannotLook(let path, let reason):
            PopstatError(
                code: "SERVE-016", kind: .readOrWriteFailed,
                message: Bilingual(
                    "无法查看它是否存在：\(reason)", "whether it is there cannot be told: \(reason)"),
                remedy: Bilingual(
                    "请让服务的账户有权进入其上的各级文件夹。",
                    "Let the account of the service enter the folders above it."),
                place: Place(file: path))
        case .templateBroken(let reason):
            PopstatError(
                code: "SERVE-015", kind: .internalFault,
                message: Bilingual(
                    "程序自带的页面不是有效的 mustache：\(reason)",
                    "the page inside the program is no valid mustache: \(reason)"),
                remedy: Bilingual(
                    "这是 popstat 的故障：请附上本行报告。",
                    "This is a fault of popstat: report it with this line."))
        }
    }
}
