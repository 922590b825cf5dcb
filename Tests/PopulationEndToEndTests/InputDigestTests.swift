import Foundation
import PopulationTestSupport
import Testing

/// The manifest holds the SHA-256 of every input as anybody can reckon it from the file.
@Suite struct InputDigestTests {
    private func digests(_ city: SampleCity) throws -> [String: String] {
        let bytes = try Data(contentsOf: city.output.appendingPathComponent("manifest.json"))
        let manifest = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let inputs = try #require(manifest["inputs"] as? [[String: Any]])
        return Dictionary(
            uniqueKeysWithValues: inputs.compactMap { input in
                guard let file = input["file"] as? String, file.contains("re"),
                    let digest = input["sha256"] as? String
                else { return nil }
                return (URL(fileURLWithPath: file).lastPathComponent, digest)
            })
    }

    /// What sha256sum of coreutils says of the extracts.
    private func recounted(_ city: SampleCity) throws -> [String: String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: city.extracts.path)
            .filter { $0.hasPrefix("registration-") || $0.hasPrefix("residency-") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        process.arguments = names
        process.currentDirectoryURL = city.extracts
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Dictionary(
            uniqueKeysWithValues: String(decoding: bytes, as: UTF8.self).split(separator: "\n").map
            {
                (String($0.dropFirst(66)), String($0.prefix(64)))
            })
    }

    /// In passing, block by block; with many threads afterwards.
    @Test(arguments: [
        ["--threads", "1"], ["--threads", "2", "--block-size", "7001"], ["--threads", "5"],
        ["--threads", "4", "--block-size", "640"],
        ["--threads", "2", "--parser", "libcsv"],
    ])
    func areThoseOfTheFiles(options: [String]) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            let run = try city.run(options)
            #expect(run.status == 0, "\(run.errors)")
            let found = try digests(city)
            let expected = try recounted(city)
            #expect(expected.count == 12)
            #expect(found.filter { expected.keys.contains($0.key) } == expected)
        }
    }

    /// A manifest without digests is for measuring only: the next run makes them.
    @Test func areMadeByTheNextRunWhenTheyWereLeftOut() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            _ = try city.run(["--skip-input-digests"])
            let extracts = try recounted(city)
            let none = try digests(city).filter { extracts.keys.contains($0.key) }
            #expect(none.count == 12 && none.values.allSatisfy(\.isEmpty))
            _ = try city.run()
            #expect(try digests(city).filter { extracts.keys.contains($0.key) } == extracts)
        }
    }

    /// Of a gzip extract it is that of the packed bytes, as they lie there.
    @Test func areOfThePackedBytesOfGzip() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/gzip")
            process.arguments = [city.extracts.appendingPathComponent("residency-1.csv").path]
            try process.run()
            process.waitUntilExit()
            try city.changePlan("residency-*.csv", to: "residency-*.csv*")
            let run = try city.run(["--threads", "2"])
            #expect(run.status == 0, "\(run.errors)")
            let expected = try recounted(city)
            #expect(expected.keys.contains("residency-1.csv.gz"))
            #expect(try digests(city).filter { expected.keys.contains($0.key) } == expected)
        }
    }
}
