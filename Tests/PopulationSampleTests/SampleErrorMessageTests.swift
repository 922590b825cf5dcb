import Foundation
import PopulationModel
import Testing

import PopulationSample
import PopulationTestSupport

@Suite struct SampleErrorMessageTests {
    @Test(arguments: [
        (
            SampleFault.citizensOutOfRange(found: 9, least: 10_000, most: 100),
            "9 citizens are asked for, 10000 to 100 are possible (SAMPLE-001). Ask for more "
                + "citizens, so that every planted defect stays a small share, or for a clean "
                + "sample.", PopstatError.Kind.usage
        ),
        (
            .citizensOutOfRange(found: 0, least: 1, most: 100),
            "0 citizens are asked for, 1 to 100 are possible (SAMPLE-001). Ask for a number in "
                + "this range.", .usage
        ),
        (
            .unitsOutOfRange(found: 1, least: 120, most: 700),
            "1 statistical units are asked for, 120 to 700 are possible (SAMPLE-002). Ask for a "
                + "number in this range.", .usage
        ),
        (
            .filesOutOfRange(source: .residency, found: 3, least: 4, most: 999),
            "3 files of residency are asked for, 4 to 999 are possible (SAMPLE-003). Ask for a "
                + "number in this range.", .usage
        ),
        (
            .folderNotCreated(path: "a/b", reason: "No such file or directory"),
            "a/b: the folder cannot be made: No such file or directory (SAMPLE-004). Name a "
                + "folder whose parent exists and can be written.", .cannotCreate
        ),
        (
            .fileNotCreated(path: "a/b.csv", reason: "Permission denied"),
            "a/b.csv: the file cannot be made: Permission denied (SAMPLE-005). Check the "
                + "folder's rights.", .cannotCreate
        ),
        (
            .fileNotWritten(path: "a/b.csv", reason: "No space left on device"),
            "a/b.csv: the file cannot be written to its end: No space left on device "
                + "(SAMPLE-006). Check the space left on the disk.", .readOrWriteFailed
        ),
        (
            .percentOutOfRange(found: 0, least: 1, most: 100),
            "news of 0 per cent are asked for, 1 to 100 are possible (SAMPLE-007). Ask for a "
                + "number in this range.", .usage
        ),
        (
            .notASample(path: "a/b"),
            "a/b: the folder holds files that are no sample (SAMPLE-008). Give "
                + "an empty or new folder with --output.", .cannotCreate
        ),
    ])
    func saysWhatIsWrongAndWhatToDo(fault: SampleFault, text: String, kind: PopstatError.Kind) {
        #expect(fault.error.description == text)
        #expect(
            ChineseWording.problems(
                fault.error.line(in: .zh), beside: text, values: ChineseWording.values(of: fault))
                == [])
        #expect(fault.error.kind == kind)
    }

    @Test func refusesNumbersOutOfRange() {
        func code(_ change: (inout SampleSpecification) -> Void) -> String? {
            var specification = SampleSpecification(citizens: 10_000, seed: 1, isClean: false)
            change(&specification)
            do throws(PopstatError) {
                try specification.checked()
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code { _ in } == nil)
        #expect(code { $0.citizens = 9_999 } == "SAMPLE-001")
        #expect(code { $0.citizens = SampleSpecification.citizensMax + 1 } == "SAMPLE-001")
        #expect(
            code {
                $0.citizens = 1; $0.isClean = true
            } == nil)
        #expect(code { $0.units = 119 } == "SAMPLE-002")
        #expect(code { $0.registrationFiles = 7 } == "SAMPLE-003")
        #expect(code { $0.residencyFiles = 3 } == "SAMPLE-003")
        #expect(
            code {
                $0.residencyFiles = 1; $0.isClean = true
            } == nil)
    }

    @Test func saysThatAFolderCannotBeMade() {
        #expect(
            throws: SampleFault.folderNotCreated(
                path: "/proc/none", reason: "No such file or directory"
            ).error
        ) {
            try writeSample(
                SampleSpecification(citizens: 1, seed: 1, isClean: true), to: "/proc/none")
        }
    }

    /// They may be somebody's extracts.
    @Test(arguments: ["README.md", "plan.yaml", "registration-1.csv", "counties.csv"])
    func replacesNoFileThatIsNoSample(name: String) throws {
        try TemporaryFolder.with { folder in
            let city = folder.appendingPathComponent("city")
            let specification = SampleSpecification(citizens: 1, seed: 1, isClean: true)
            try FileManager.default.createDirectory(at: city, withIntermediateDirectories: true)
            let file = city.appendingPathComponent(name)
            try Data("mine".utf8).write(to: file)
            #expect(throws: SampleFault.notASample(path: city.path).error) {
                try writeSample(specification, to: city.path)
            }
            #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
            try FileManager.default.removeItem(at: file)
            try writeSample(specification, to: city.path)
            // An earlier sample is replaced, and so is one that was not written to its end.
            try writeSample(specification, to: city.path)
            try Data("# A fictitious prefecture, 4499 汀澜市\n".utf8)
                .write(to: city.appendingPathComponent("README.md"))
            try writeSample(specification, to: city.path)
        }
    }

    @Test func saysThatAFileCannotBeWritten() throws {
        // The device takes no byte: it stands for a full disk.
        var sink = try ByteSink(path: "/dev/full")
        sink.reserve(1)
        sink.put(0x41)
        let error = SampleFault.fileNotWritten(path: "/dev/full", reason: "No space left on device")
            .error
        do {
            try sink.close()
            Issue.record("a full disk went unnoticed")
        } catch let found {
            #expect(found == error)
        }
    }
}
