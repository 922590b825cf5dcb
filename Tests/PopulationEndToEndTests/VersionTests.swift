import Foundation
import PopulationTestSupport
import Testing

/// What `--version` says: the version alone on its line, then what the program was built from.
@Suite struct VersionTests {
    private func lines(of program: String) throws -> [String] {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("version")
            try Data().write(to: file)
            let path = BuiltProgram.file.deletingLastPathComponent()
                .appendingPathComponent(program).path
            let child = try ChildProgram(
                [path, "--version"], output: FileHandle(forWritingTo: file))
            #expect(child.wait() == 0)
            return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                .map(String.init)
        }
    }

    @Test(arguments: [
        ("popstat", ["libcrypto", "libcsv", "libpq", "libxlsxwriter", "sqlite", "zlib"]),
        ("popstat-server", ["libpq", "libxlsxwriter", "sqlite", "zlib"]),
    ])
    func namesBuildAndLibraries(program: String, libraries: [String]) throws {
        let lines = try lines(of: program)
        #expect(lines.count == 3)
        #expect(lines[0].wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
        #expect(lines[1].wholeMatch(of: /built: (release|debug), Swift \d+\.\d+(\.\d+)?.*/) != nil)
        let listed = lines[2].dropFirst("libraries: ".count).components(separatedBy: ", ")
        #expect(listed.map { $0.components(separatedBy: " ")[0] } == libraries)
        for entry in listed {
            #expect(entry.wholeMatch(of: /[a-z]+ [0-9]+(\.[0-9]+)+/) != nil)
        }
    }

    @Test func leavesTheManifestTheVersionAlone() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            #expect(try city.run().status == 0)
            let manifest = try Data(
                contentsOf: city.output.appendingPathComponent("manifest.json"))
            let object = try JSONSerialization.jsonObject(with: manifest) as? [String: Any]
            #expect(object?["program_version"] as? String == (try lines(of: "popstat"))[0])
        }
    }
}
