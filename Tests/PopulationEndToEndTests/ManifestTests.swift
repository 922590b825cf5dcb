import Foundation
import PopulationTestSupport
import Testing

/// What the manifest says of the folder that it stands in.
@Suite struct ManifestTests {
    @Test func namesEveryFileOfTheFolderWithItsDigest() throws {
        let folder = BuiltProgram.repository.appendingPathComponent("Reports/sample")
        let contents = try FolderContents(of: folder)
        let bytes = try #require(contents.files["manifest.json"])
        let manifest =
            try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let files = try #require(manifest["files"] as? [[String: Any]])
        let paths = files.compactMap { $0["path"] as? String }
        #expect(paths == paths.sorted())
        #expect(Set(paths) == Set(contents.files.keys).subtracting(["manifest.json"]))
        #expect(paths.contains("report.xlsx"))
        for file in files {
            let path = try #require(file["path"] as? String)
            #expect(file["bytes"] as? Int == contents.files[path]?.count, "\(path)")
            let sum = try Client.sha256(of: folder.appendingPathComponent(path))
            #expect(file["sha256"] as? String == sum, "\(path)")
        }
    }
}

extension Client {
    /// By the system's own program.
    static func sha256(of file: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sha256sum")
        process.arguments = [file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data.prefix(64), as: UTF8.self)
    }
}
