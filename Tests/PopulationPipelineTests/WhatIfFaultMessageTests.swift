import PopulationModel
import PopulationPipeline
import PopulationTestSupport
import Testing

/// Every fault that stops a what-if, in its final words and with its exit status.
@Suite struct WhatIfFaultMessageTests {
    private static let cube = "/srv/figures/internal/cube.popcube"

    static let rows: [(fault: WhatIfFault, status: Int32, text: String)] = [
        (
            .noRun(path: "figures"), 66,
            "figures: there is no such folder (PUBLISH-040). Name the output folder of a run, or "
                + "its plan."
        ),
        (
            .noCube(path: "/srv/figures"), 66,
            "/srv/figures: the folder holds no cube of a run (PUBLISH-041). Name the output "
                + "folder of a run. Run the plan again with this version of popstat."
        ),
        (
            .cannotRead(path: "new.csv", reason: "No such file or directory", isMissing: true), 66,
            "new.csv: the file cannot be read: No such file or directory (PUBLISH-042). Check its "
                + "path and its rights."
        ),
        (
            .cannotRead(path: cube, reason: "Permission denied", isMissing: false), 74,
            "\(cube): the file cannot be read: Permission denied (PUBLISH-042). Check its path "
                + "and its rights."
        ),
        (
            .notACube(path: cube), 64,
            "\(cube): the file is no cube of popstat (PUBLISH-043). Run the plan again with this "
                + "version of popstat."
        ),
        (
            .otherVersion(
                path: cube, found: "2 with 101 measures", expected: "1 with 101 measures"), 64,
            "\(cube): the cube is of version 2 with 101 measures, expected 1 with 101 measures "
                + "(PUBLISH-044). Run the plan again with this version of popstat."
        ),
        (
            .damaged(path: cube, part: "units"), 74,
            "\(cube): the cube is damaged: units (PUBLISH-045). Run the plan again with this "
                + "version of popstat."
        ),
        (
            .noManifest(
                path: "/srv/figures/manifest.json",
                reason: Bilingual("缺少“cube”", "'cube' is missing")), 64,
            "/srv/figures/manifest.json: the manifest is none of this version: 'cube' is missing "
                + "(PUBLISH-046). Run the plan again with this version of popstat."
        ),
        (
            .otherTable(path: cube, table: "units"), 64,
            "\(cube): the cube does not give the table units that was published beside it "
                + "(PUBLISH-047). Run the plan again with this version of popstat."
        ),
        (
            .foldersOverlap(output: "/srv/figures/new", run: "/srv/figures"), 64,
            "/srv/figures/new: this folder and the folder of the run /srv/figures lie in one "
                + "another, and the next run replaces that as a whole (PUBLISH-048). Give another "
                + "folder with --output."
        ),
        (
            .noPublicTables(path: "/srv/figures"), 64,
            "/srv/figures: the run published no public tables (PUBLISH-071). Name release dates in "
                + "publish.protection and run the plan again, or take --scope internal."
        ),
        (
            .tableChanged(path: "/srv/figures/public/units.csv"), 74,
            "/srv/figures/public/units.csv: the table is not the one that the manifest names "
                + "(PUBLISH-072). Run the plan again."
        ),
    ]

    @Test(arguments: rows.indices)
    func saysWhatIsWrongAndWhatToDo(index: Int) {
        let (fault, status, text) = Self.rows[index]
        #expect(fault.error.description == text)
        #expect(
            ChineseWording.problems(
                fault.error.line(in: .zh), beside: text, values: ChineseWording.values(of: fault))
                == [])
        #expect(fault.error.exitStatus == status)
    }

    /// A new case does not compile here until it has a number, and fails until it has a row.
    @Test func hasARowForEveryFault() {
        func number(_ fault: WhatIfFault) -> Int {
            switch fault {
            case .noRun: 0
            case .noCube: 1
            case .cannotRead: 2
            case .notACube: 3
            case .otherVersion: 4
            case .damaged: 5
            case .noManifest: 6
            case .otherTable: 7
            case .foldersOverlap: 8
            case .noPublicTables: 9
            case .tableChanged: 10
            }
        }
        #expect(Set(Self.rows.map { number($0.fault) }) == Set(0...10))
        #expect(Set(Self.rows.map(\.fault.error.code)).count == 11, "two faults share a code")
    }
}
