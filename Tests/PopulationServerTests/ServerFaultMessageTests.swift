import PopulationModel
import PopulationServer
import PopulationStore
import PopulationTestSupport
import Testing

/// Every fault that keeps the server from serving, in its final words.
struct ServerFaultMessageTests {
    static let rows: [(error: PopstatError, status: Int32, text: String)] = [
        (
            ServerFault.halfOfTLS.error, 64,
            "TLS needs a certificate and its private key, and one of them is given (SERVE-010). "
                + "Give both --certificate and --private-key, or neither."
        ),
        (
            ServerFault.badCertificate(
                certificate: "chain.pem", privateKey: "key.pem", reason: "no PEM"
            ).error, 64,
            "chain.pem: the certificate, or its key in key.pem, cannot be used: no PEM "
                + "(SERVE-011). Give PEM files that belong together: the certificate with its "
                + "chain, and the key without a pass phrase."
        ),
        (
            ServerFault.cannotListen(host: "127.0.0.1", port: 80, reason: "Permission denied")
                .error, 73,
            "the server cannot listen on 127.0.0.1, port 80: Permission denied (SERVE-012). Give "
                + "an address of this machine with --host, and a port that is free and that you "
                + "may use with --port."
        ),
        (
            ServerFault.noReport(folder: "/srv/figures").error, 66,
            "/srv/figures: the folder holds no report.html (SERVE-013). Give the published folder "
                + "of a run with --report."
        ),
        (
            ServerFault.unknownStore(store: "figures.sqlite").error, 66,
            "figures.sqlite: there is no store and no published folder here (SERVE-014). Give the "
                + "store of a plan, or a plan's publish.output, with --store."
        ),
        (
            ServerFault.cannotLook(path: "/srv/store.sqlite", reason: "Permission denied").error,
            74,
            "/srv/store.sqlite: whether it is there cannot be told: Permission denied (SERVE-016). Let "
                + "the account of the service enter the folders above it."
        ),
        (
            ServerFault.templateBroken(reason: "unfinished section").error, 70,
            "the page inside the program is no valid mustache: unfinished section (SERVE-015). "
                + "This is a fault of popstat: report it with this line."
        ),
        (
            FolderFault.otherTable(file: "/srv/figures/internal/land.csv").error, 74,
            "/srv/figures/internal/land.csv: the table cannot be read, or it is not the one that was "
                + "published (SERVE-003). Run as an account that may read internal/, or publish the "
                + "folder again."
        ),
        (
            FolderFault.noManifest(folder: "/srv/figures").error, 66,
            "/srv/figures: the folder is no publication: it holds no manifest.json that can be "
                + "read (SERVE-001). Give the published folder of a run, a plan's publish.output."
        ),
        (
            FolderFault.badManifest(folder: "/srv/figures").error, 64,
            "/srv/figures/manifest.json: the manifest cannot be read as one of popstat "
                + "(SERVE-002). Publish the folder again with `popstat run`."
        ),
    ]

    @Test(arguments: rows.indices) func saysWhatIsWrongAndWhatToDo(index: Int) {
        let row = Self.rows[index]
        #expect(row.error.description == row.text)
        let reasons = ["no PEM", "Permission denied", "unfinished section"]
        #expect(
            ChineseWording.problems(row.error.line(in: .zh), beside: row.text, values: reasons)
                == [])
        #expect(row.error.exitStatus == row.status)
    }
}
