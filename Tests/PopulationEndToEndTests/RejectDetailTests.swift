import Foundation
import PopulationTestSupport
import Testing

/// How much of a rejected row the work folder keeps is for the bureau to say.
@Suite struct RejectDetailTests {
    private static func rejected(_ city: SampleCity) throws -> [[Substring]] {
        try String(
            contentsOf: city.work.appendingPathComponent("rejected-registration.csv"),
            encoding: .utf8
        ).split(separator: "\n").map { $0.split(separator: ",", maxSplits: 6) }
    }

    @Test func keepsOfARowWhatIsAskedFor() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 2_000)
            var (header, records) = try city.lines(of: "registration-3.csv")
            for index in 0..<5 { records[index] = "X" + records[index].dropFirst() }
            try city.write(
                ([header] + records).joined(separator: "\n") + "\n", to: "registration-3.csv")
            let values = try PersonalValues(
                of: city.names(of: "registration").map {
                    city.extracts.appendingPathComponent($0)
                })
            var files: [String: [[Substring]]] = [:]
            for detail in ["full", "masked", "none", "full"] {
                try #require(try city.run(["--reject-detail", detail]).status == 0)
                let kept = try FolderContents(of: city.work) { $0.contains("rejected") }
                let found = kept.files.values.reduce(0) { $0 + values.occurrences(in: $1) }
                #expect(detail == "full" ? found > 5 : found == 0, "\(detail)")
                let rows = try Self.rejected(city)
                if let before = files[detail] { #expect(rows == before) }
                files[detail] = rows
            }
            let full = try #require(files["full"])
            for detail in ["masked", "none"] {
                #expect(files[detail]?.map { $0.prefix(6) } == full.map { $0.prefix(6) })
            }
            #expect(files["none"]?.dropFirst().allSatisfy { $0[6] == "\"\"" } == true)
            for (masked, whole) in zip(files["masked"] ?? [], full).dropFirst() {
                #expect(masked[6].count == whole[6].count)
                #expect(masked[6].allSatisfy { "9a*,-: \"./".contains($0) })
            }
        }
    }
}
