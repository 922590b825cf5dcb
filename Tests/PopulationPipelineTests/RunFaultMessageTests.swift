import PopulationModel
import PopulationPipeline
import PopulationTestSupport
import Testing

/// Every fault that stops a run outside the stages, in its final words and with its exit status.
@Suite struct RunFaultMessageTests {
    static let rows: [(fault: RunFault, status: Int32, text: String)] = rowsOfFolders + rowsOfData

    private static let rowsOfFolders: [(fault: RunFault, status: Int32, text: String)] = [
        (
            .cannotReadInput(
                label: "counties.csv", reason: Bilingual(both: "No such file or directory"),
                isMissing: true), 66,
            "counties.csv: the file cannot be read: No such file or directory (PLAN-090). Check "
                + "the path in the plan and the rights of the file."
        ),
        (
            .cannotReadInput(
                label: "targets.csv", reason: Bilingual(both: "Input/output error"),
                isMissing: false), 74,
            "targets.csv: the file cannot be read: Input/output error (PLAN-090). Check the path "
                + "in the plan and the rights of the file."
        ),
        (
            .workFolder(path: "/srv/private", reason: "Permission denied"), 73,
            "/srv/private: the work folder cannot be used: Permission denied (INGEST-020). Give a "
                + "folder that popstat may write with --work."
        ),
        (
            .workFolderOpen(path: "/srv/private", mode: "0755"), 73,
            "/srv/private: the work folder is open to others (mode 0755, 0700 is needed), and it "
                + "holds personal data (INGEST-021). Run `chmod 700` on it, or give another folder "
                + "with --work."
        ),
        (
            .workFileOpen(path: "/srv/private/lock", mode: "0644"), 73,
            "/srv/private/lock: a file or folder in the work folder is open to others (mode 0644), "
                + "and it may hold personal data (INGEST-024). Run `chmod -R go-rwx` on the work "
                + "folder."
        ),
        (
            .noWorkFolder(path: "/srv/private"), 66,
            "/srv/private: there is no work folder (INGEST-023). Give the one that the runs were "
                + "given with --work."
        ),
        (
            .notAWorkFolder(path: "/srv"), 73,
            "/srv: the work folder holds files that are not popstat's (INGEST-025). Give an empty or "
                + "new folder with --work."
        ),
        (
            .lockHeld(path: "/srv/private", holder: "process 4711"), 75,
            "/srv/private: another run holds the work folder (process 4711) (INGEST-022). Wait for "
                + "it to end."
        ),
        (
            .cannotPublish(path: "/srv/figures", reason: "No space left on device"), 73,
            "/srv/figures: the results cannot be written: No space left on device (PUBLISH-020). "
                + "Free space or mend the rights of the folder."
        ),
        (
            .outputHeld(path: "/srv/figures"), 75,
            "/srv/figures: another run publishes into this folder (PUBLISH-027). Wait for it to end."
        ),
        (
            .outputIsFile(path: "/srv/plan.yaml"), 73,
            "/srv/plan.yaml: this is a file, and the output folder would take its place "
                + "(PUBLISH-024). Give an empty or new folder with --output or publish.output."
        ),
        (
            .outputIsLink(path: "/srv/figures"), 73,
            "/srv/figures: this is a symbolic link, and the output folder would take its place "
                + "(PUBLISH-025). Give the folder that it leads to with --output or "
                + "publish.output."
        ),
        (
            .outputLost(reason: "No space left on device"), 74,
            "standard output cannot be written: No space left on device (PUBLISH-026). Look at the "
                + "file or program that it leads to; the work itself was done."
        ),
        (
            .notAPublication(path: "/srv/figures"), 73,
            "/srv/figures: the output folder holds files that popstat did not publish "
                + "(PUBLISH-021). Move them away, or give an empty or new folder with --output or "
                + "publish.output."
        ),
        (
            .foldersOverlap(output: "/srv/figures", work: "/srv/figures/work"), 64,
            "/srv/figures: the output folder and the work folder /srv/figures/work lie in one "
                + "another, and the work folder is private (PUBLISH-022). Give a folder of its own "
                + "to each, with --output and --work."
        ),
        (
            .storeInOutput(store: "/srv/figures/a.sqlite", output: "/srv/figures"), 64,
            "/srv/figures/a.sqlite: the store lies in the output folder /srv/figures, which a run "
                + "replaces (PUBLISH-023). Name a file outside of it in publish.store."
        ),
    ]

    private static let rowsOfData: [(fault: RunFault, status: Int32, text: String)] = [
        (
            .rejectedShare(
                source: .residency, rejected: 120, read: 9_000, limit: "0.01",
                dominant: .idCheck, dominantRows: 80, file: "rejected-residency.csv"), 65,
            "120 of 9000 residency rows are rejected, more than the share 0.01; most of them for "
                + "id-check, check character (80 rows) (INGEST-030). Look at rejected-residency.csv in the work "
                + "folder; mend the extract or raise ingest.residency.rejected-share-max. Nothing "
                + "was published."
        ),
        (
            .unclassifiedShare(
                concept: .resident, unclassified: 7, total: 500, limit: "0.001"), 65,
            "7 of 500 resident persons at the last date are in units without a class, more than "
                + "the share 0.001 (CLASSIFY-030). Add the missing codes to the divisions or the "
                + "changes, or raise classify.unclassified-share-max. Nothing was published."
        ),
        (
            .rateParts(area: "449901", year: 2020, change: "0.01", parts: "0.02"), 70,
            "the parts of the change of the rate of 449901 in 2020 come to 0.02, not to the change "
                + "0.01 (AGGREGATE-003). This is a fault of popstat: report it with this line. "
                + "Nothing was published."
        ),
        (
            .balance(
                equation: "separated = intra_district + floating", left: 3, right: 2,
                where: "2020-12-31"), 70,
            "the balance separated = intra_district + floating does not hold for 2020-12-31: 3 "
                + "against 2 (AGGREGATE-001). This is a fault of popstat: report it with this "
                + "line. Nothing was published."
        ),
    ]

    @Test(arguments: rows.indices)
    func saysWhatIsWrongAndWhatToDo(index: Int) {
        let (fault, status, text) = Self.rows[index]
        #expect(fault.error.description == text)
        // The word before the number of the process is in Chinese too.
        let values = ChineseWording.values(of: fault).map { $0.replacing("process ", with: "") }
        #expect(
            ChineseWording.problems(
                fault.error.line(in: .zh), beside: text, values: values)
                == [])
        #expect(fault.error.exitStatus == status)
    }

    /// A new case does not compile here until it has a number, and fails until it has a row.
    @Test func hasARowForEveryFault() {
        func number(_ fault: RunFault) -> Int {
            switch fault {
            case .cannotReadInput: 0
            case .workFolder: 1
            case .workFolderOpen: 2
            case .lockHeld: 3
            case .cannotPublish: 4
            case .notAPublication: 5
            case .foldersOverlap: 6
            case .rejectedShare: 7
            case .unclassifiedShare: 8
            case .balance: 9
            case .rateParts: 10
            case .storeInOutput: 11
            case .workFileOpen: 12
            case .noWorkFolder: 13
            case .outputIsFile: 14
            case .outputIsLink: 15
            case .outputLost: 16
            case .notAWorkFolder: 17
            case .outputHeld: 18
            }
        }
        #expect(Set(Self.rows.map { number($0.fault) }) == Set(0...18))
        let codes = Self.rows.map(\.fault.error.code)
        #expect(Set(codes).count == 19, "two faults share a code")
    }
}

/// The exit statuses are those of sysexits.h and part of the contract (SPEC 7, HOUSE 8).
@Suite struct ExitStatusTests {
    @Test func areThoseOfTheContract() {
        let statuses = PopstatError.Kind.allCases.map { ($0.rawValue, "\($0)") }
        #expect(statuses.map(\.0) == [64, 65, 66, 69, 70, 73, 74, 75])
        #expect(
            statuses.map(\.1) == [
                "usage", "dataBeyondLimits", "inputMissing", "unavailable", "internalFault",
                "cannotCreate", "readOrWriteFailed", "lockHeld",
            ])
    }

    /// Of several faults the highest status is given, so that a missing file is not hidden.
    @Test func takesTheHighestOfSeveralFaults() {
        let faults = PopstatErrors([
            RunFault.cannotReadInput(
                label: "a", reason: Bilingual(both: "r"), isMissing: true
            ).error,
            RunFault.foldersOverlap(output: "a", work: "b").error,
        ])
        #expect(faults.exitStatus == 66)
    }
}
