import Foundation
import PopulationTestSupport
import Testing

/// One citizen in a county of her own, as a mistyped code gives.
@Suite struct SmallAreaReleaseTests {
    private struct Manifest: Decodable {
        var protection: Protection

        struct Protection: Decodable { var account: [Row] }
        struct Row: Decodable {
            var cells: Int
            var hidden: Int
            var hiddenDerived: Int
        }
    }

    /// A way to hide her without the whole release is longer than most, and is found.
    @Test func hidesNoMoreThanItMust() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 10_000, seed: 7, isClean: false)
            let row =
                "449901198101019029,99990000,测试,,,Z0,family,,449999001001,initial,1981-12-30"
                + ",,,,,,,2014-06-01\n"
            let text = try city.read("registration-1.csv")
            #expect(text.hasSuffix("\n"))
            try city.write(text + row, to: "registration-1.csv")
            try #require(try city.run().status == 0)
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let manifest = try decoder.decode(
                Manifest.self,
                from: Data(contentsOf: city.output.appendingPathComponent("manifest.json")))
            let account = manifest.protection.account
            let cells = account.reduce(0) { $0 + $1.cells }
            let hidden = account.reduce(0) { $0 + $1.hidden + $1.hiddenDerived }
            #expect(cells > 3_000)
            #expect(hidden * 10 < cells * 6, "\(hidden) of \(cells)")
            let rates = try String(
                contentsOf: city.output.appendingPathComponent("public/urbanization.csv"),
                encoding: .utf8)
            let whole = rates.split(separator: "\n").filter { $0.contains(",4499,") }
            #expect(whole.count == 2)
            for row in whole {
                let fields = row.split(separator: ",", omittingEmptySubsequences: false)
                // Total, urban and the rate.
                for index in [5, 6, 9] { #expect(fields[index] != "[c]", "\(row)") }
            }
        }
    }

    private struct Summary: Decodable { var remarks: [String] }

    private func remarks(_ city: SampleCity) throws -> [String] {
        let outcome = try city.run(["--json"])
        try #require(outcome.status == 0)
        return try JSONDecoder().decode(Summary.self, from: Data(outcome.output.utf8)).remarks
    }

    /// Two nights that can be subtracted tell of the citizen who is in one of them.
    @Test func saysThatAReleaseIsAnotherOneThanBefore() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 10_000, seed: 7, isClean: false)
            let words = "rows of the public tables are others than those published before"
            #expect(try !remarks(city).contains { $0.contains(words) })
            #expect(try !remarks(city).contains { $0.contains(words) })
            let row =
                "449901198101019029,99990000,测试,,,Z0,family,,449901001001,initial,1981-12-30"
                + ",,,,,,,2014-06-01\n"
            try city.write(city.read("registration-1.csv") + row, to: "registration-1.csv")
            #expect(try remarks(city).contains { $0.contains(words) })
        }
    }
}
