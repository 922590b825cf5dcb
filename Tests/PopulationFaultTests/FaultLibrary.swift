import Foundation
import PopulationTestSupport

/// Tests/Faults/interpose.c, built for the tests that use it.
enum FaultLibrary {
    static let compiler = ["clang", "cc", "gcc"].lazy.compactMap(TestTool.program).first

    /// Benches that work at once: as many as there are cores, two at most.
    static func withBenches(_ body: ([FaultBench]) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = try build(in: folder)
            let count = min(2, ProcessInfo.processInfo.activeProcessorCount)
            try body(
                try (0..<count).map { index in
                    try FaultBench(
                        in: folder.appendingPathComponent("\(index)"), library: library)
                })
        }
    }

    static func build(in folder: URL) throws -> URL {
        let library = folder.appendingPathComponent("interpose.so")
        let source = PackageFolder.root + "/Tests/Faults/interpose.c"
        let build = try ChildProgram([
            compiler ?? "cc", "-O1", "-shared", "-fPIC", "-o", library.path, source, "-ldl",
        ])
        guard build.wait() == 0 else {
            throw FaultBench.SetUpFailure(words: "\(source) cannot be built")
        }
        return library
    }
}
