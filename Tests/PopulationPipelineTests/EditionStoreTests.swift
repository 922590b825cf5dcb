import Foundation
import PopulationFigures
import PopulationModel
import PopulationPipeline
import PopulationPublish
import PopulationTestSupport
import Testing

/// Delivered editions are frozen: kept, never changed, and checked at every run.
@Suite struct EditionStoreTests {
    /// One county's year with so many settled.
    private static func edition(_ year: Int, settled: Int) throws -> TransferEdition {
        var counts = CountyYearCounts(year: year, countyCode: "449901")
        counts.resident = 9
        counts.persons.settled.ownPrefecture = settled
        let rule = TransferRule(
            pool: 97_800, unit: "wan_yuan",
            weights: .init(
                ownPrefecture: .one, ownProvince: .one, otherProvince: .one, unknown: .zero),
            decay: .one, yearsBack: 0, permitWeight: .zero, childrenWeight: .zero)
        let factor = FinanceFactor(
            year: year, countyCode: "449901", hardship: .one, cost: .one,
            urbanLandMillionths: nil)
        return TransferEdition(
            try TransferCalculator(rule: rule, factors: [factor]).figures(of: [counts]),
            year: year, rule: rule,
            origin: .init(knownAt: "", divisionsEdition: "2020-06-30", planDigest: "ab"))
    }

    /// Publishes a folder that carries the editions of the one before and the given ones.
    @discardableResult
    private static func publish(_ editions: [TransferEdition], to output: String) throws
        -> [String]
    {
        var store = try EditionStore(output: output)
        let delivered = editions.map { edition in
            let (revision, isNew) = store.deliver(edition)
            return "\(edition.year) r\(revision)\(isNew ? " new" : "")"
        }
        let folder = try PublishedFolder(path: output)
        try store.write(to: folder)
        let entries = try store.editions.map { edition in
            let name = "transfer-\(edition.year)-revision-\(edition.revision).csv"
            let sum = try #require(store.sha256(ofFile: name))
            return #"{"file":"editions/\#(name)","sha256":"\#(sum)"}"#
        }
        let manifest = #"{"editions":[\#(entries.joined(separator: ","))]}"#
        try folder.write(Array(manifest.utf8), to: "manifest.json")
        try folder.publish()
        return delivered
    }

    private static func names(in output: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: output + "/editions").sorted()
    }

    private static func bytes(_ name: String, in output: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: "\(output)/editions/\(name)"))
    }

    @Test func theFirstRunOfAYearIsRevisionOneAndAnEqualOneKeepsIt() throws {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("out").path
            let first = try [Self.edition(2019, settled: 1), Self.edition(2020, settled: 2)]
            #expect(try Self.publish(first, to: output) == ["2019 r1 new", "2020 r1 new"])
            let before = try FolderContents(of: URL(fileURLWithPath: output))
            #expect(try Self.publish(first, to: output) == ["2019 r1", "2020 r1"])
            #expect(try FolderContents(of: URL(fileURLWithPath: output)) == before)
            #expect(
                try Self.names(in: output) == [
                    "SHA256SUMS", "transfer-2019-revision-1.csv", "transfer-2020-revision-1.csv",
                ])
        }
    }

    @Test func otherFiguresAreANewRevisionAndTheDeliveredOneStaysAsItIs() throws {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("out").path
            try Self.publish([try Self.edition(2020, settled: 2)], to: output)
            let delivered = try Self.bytes("transfer-2020-revision-1.csv", in: output)
            #expect(
                try Self.publish([try Self.edition(2020, settled: 3)], to: output)
                    == ["2020 r2 new"])
            // Back to the first figures is a third edition: the second was delivered.
            #expect(
                try Self.publish([try Self.edition(2020, settled: 2)], to: output)
                    == ["2020 r3 new"])
            #expect(try Self.bytes("transfer-2020-revision-1.csv", in: output) == delivered)
            let store = try EditionStore(output: output)
            #expect(store.editions.map(\.revision) == [1, 2, 3])
            #expect(
                store.editions.map { $0.field("settled_own_prefecture", of: $0.rows[0]) }
                    == ["2", "3", "2"])
            #expect(store.editions.map { $0.field("revision", of: $0.rows[0]) } == ["1", "2", "3"])
        }
    }

    /// A plan that no longer asks for a transfer keeps what was delivered.
    @Test func editionsOutliveAPlanWithoutATransfer() throws {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("out").path
            try Self.publish([try Self.edition(2020, settled: 2)], to: output)
            let before = try Self.bytes("SHA256SUMS", in: output)
            try Self.publish([], to: output)
            #expect(try Self.bytes("SHA256SUMS", in: output) == before)
        }
    }

    @Test func aFolderWithoutEditionsHasNone() throws {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("out").path
            #expect(try EditionStore(output: output).editions.isEmpty)
            try Self.publish([], to: output)
            #expect(try FolderContents(of: URL(fileURLWithPath: output)).files.count == 1)
        }
    }

    /// What can happen to a file, and what is said of it.
    enum Damage: CaseIterable {
        case flipped, cut, gone, goneWithItsLine, lastGone, added, replaced, folderGone, sumsGone,
            sumsBroken

        func apply(in editions: URL) throws {
            let file = editions.appendingPathComponent("transfer-2020-revision-1.csv")
            let sums = editions.appendingPathComponent("SHA256SUMS")
            var bytes = try Data(contentsOf: file)
            switch self {
            case .flipped:
                bytes[bytes.count - 3] ^= 1
                try bytes.write(to: file)
            case .cut: try bytes.dropLast(10).write(to: file)
            case .gone: try FileManager.default.removeItem(at: file)
            case .added:
                try bytes.write(to: editions.appendingPathComponent("transfer-2021.csv"))
            case .goneWithItsLine: try Self.forget("transfer-2020-revision-1.csv", in: editions)
            case .lastGone: try Self.forget("transfer-2020-revision-2.csv", in: editions)
            case .replaced:
                // Another file and its right digest, but not what was delivered.
                let second = editions.appendingPathComponent("transfer-2020-revision-2.csv")
                try FileManager.default.removeItem(at: file)
                try FileManager.default.copyItem(at: second, to: file)
                let lines = try String(contentsOf: sums, encoding: .utf8).split(separator: "\n")
                let sum = lines[1].prefix(64)
                try Data("\(sum)  transfer-2020-revision-1.csv\n\(lines[1])\n".utf8)
                    .write(to: sums)
            case .folderGone: try FileManager.default.removeItem(at: editions)
            case .sumsGone: try FileManager.default.removeItem(at: sums)
            case .sumsBroken: try Data("no digest at all\n".utf8).write(to: sums)
            }
        }

        /// A file and its line in the list, both gone.
        private static func forget(_ name: String, in editions: URL) throws {
            try FileManager.default.removeItem(at: editions.appendingPathComponent(name))
            let sums = editions.appendingPathComponent("SHA256SUMS")
            let lines = try String(contentsOf: sums, encoding: .utf8).split(separator: "\n")
            let kept = lines.filter { !$0.hasSuffix(name) }.map { $0 + "\n" }.joined()
            try Data(kept.utf8).write(to: sums)
        }

        var words: String {
            let file = "editions/transfer-2020-revision-1.csv"
            switch self {
            case .flipped, .cut:
                return "\(file): the delivered edition is damaged: its SHA-256 is not the one in "
                    + "SHA256SUMS"
            case .gone, .goneWithItsLine:
                return "\(file): the delivered edition is damaged: it is missing or cannot be "
                    + "read"
            case .replaced:
                return "\(file): the delivered edition is damaged: SHA256SUMS and manifest.json "
                    + "disagree"
            case .lastGone:
                return "editions/transfer-2020-revision-2.csv: the delivered edition is damaged: "
                    + "it is missing or cannot be read"
            case .folderGone:
                return "editions: the delivered edition is damaged: it is gone, and manifest.json "
                    + "names files of it"
            case .added:
                return "editions/transfer-2021.csv: the delivered edition is damaged: SHA256SUMS "
                    + "does not name it"
            case .sumsGone:
                return "editions/SHA256SUMS: the delivered edition is damaged: it cannot be read"
            case .sumsBroken:
                return "editions/SHA256SUMS: the delivered edition is damaged: a line is no "
                    + "digest and file name, or names a file twice"
            }
        }
    }

    @Test(arguments: Damage.allCases)
    func aDamagedEditionIsNamedInOneLine(damage: Damage) throws {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("out").path
            try Self.publish([try Self.edition(2020, settled: 2)], to: output)
            try Self.publish([try Self.edition(2020, settled: 3)], to: output)
            try damage.apply(in: folder.appendingPathComponent("out/editions"))
            let faults = #expect(throws: PopstatErrors.self) {
                _ = try EditionStore(output: output)
            }
            #expect(faults?.errors.count == 1)
            let first = try #require(faults?.errors.first)
            #expect(
                first.description == "\(output)/\(damage.words) (PUBLISH-050). Restore the file "
                    + "from a copy; popstat never changes or drops an edition that was "
                    + "delivered. Nothing was published.")
            #expect(first.exitStatus == 74)
        }
    }

    @Test func explainsFromThePublishedFolderAlone() throws {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("out").path
            try Self.publish([try Self.edition(2020, settled: 2)], to: output)
            try Self.publish([try Self.edition(2020, settled: 3)], to: output)
            let text = try Explain.transfer(
                year: 2020, countyCode: "449901", run: output, in: .en)
            #expect(text.contains("transfer 2020, county 449901, revision 1\n"))
            #expect(
                text.contains("changed from revision 1 to 2\n  settled_own_prefecture  2 → 3\n"))
            #expect(
                try Explain.transfer(year: 2020, countyCode: nil, run: output, in: .en)
                    .hasPrefix(
                        "transfer 2020, changed from revision 1 to 2\n"
                            + "  449901  settled_own_prefecture  2 → 3\n"))
        }
    }

    @Test(arguments: [
        (2019, "449901", "2019; there are: 2020 (PUBLISH-051). "),
        (2020, "449999", "2020 holds county 449999; there are: 449901 (PUBLISH-051). "),
    ])
    func saysWhatThereIsToExplain(year: Int, county: String, words: String) throws {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("out").path
            try Self.publish([try Self.edition(2020, settled: 2)], to: output)
            let faults = #expect(throws: PopstatErrors.self) {
                _ = try Explain.transfer(year: year, countyCode: county, run: output, in: .en)
            }
            #expect(
                faults?.errors.first?.description.hasPrefix(
                    "\(output): no edition of the transfer of \(words)") == true)
        }
    }
}
