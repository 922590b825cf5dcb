import PopulationModel
import Testing

import PopulationSample

@Suite struct SampleWriterTests {
    private func write(
        citizens: Int = 10_000, seed: UInt64 = 7, isClean: Bool = false,
        change: (inout SampleSpecification) -> Void = { _ in }
    ) throws -> (folder: SampleFolder, ledger: SampleLedger) {
        let folder = SampleFolder()
        var specification = SampleSpecification(citizens: citizens, seed: seed, isClean: isClean)
        change(&specification)
        return (folder, try writeSample(specification, to: folder.path))
    }

    private func expectSameFiles(_ one: String, _ other: String) {
        let (first, second) = (SampleFolder.contents(of: one), SampleFolder.contents(of: other))
        #expect(first.map(\.name) == second.map(\.name))
        for (a, b) in zip(first, second) { #expect(a.bytes == b.bytes, "\(a.name) differs") }
    }

    @Test(arguments: [false, true])
    func givesTheSameBytesWhateverTheNumberOfThreads(isClean: Bool) throws {
        let one = try write(isClean: isClean) { $0.threads = 1 }
        let three = try write(isClean: isClean) { $0.threads = 3 }
        expectSameFiles(one.folder.path, three.folder.path)
        #expect(one.ledger == three.ledger)
    }

    @Test func givesOtherCitizensForAnotherSeed() throws {
        let one = try write(citizens: 500, isClean: true)
        let other = try write(citizens: 500, seed: 8, isClean: true)
        let name = "/registration-1.csv"
        #expect(
            SampleFolder.bytes(one.folder.path + name)
                != SampleFolder.bytes(other.folder.path + name))
    }

    @Test func countsEveryKindInAnUglySample() throws {
        let ledger = try write().ledger
        let counted = Set(ledger.entries.map(\.kind))
        for kind in SampleKind.allCases { #expect(counted.contains(kind), "no \(kind)") }
    }

    @Test(arguments: [10_000, 30_000])
    func keepsRejectedRowsBelowOnePercentOfEitherSource(citizens: Int) throws {
        let ledger = try write(citizens: citizens).ledger
        for (place, source) in Source.allCases.enumerated() {
            let rejected = SampleKind.allCases.filter { $0.measure == .rejected }
                .reduce(0) { $0 + ledger[$1, source] }
            #expect(rejected > 0)
            #expect(rejected * 100 < ledger.rows[place])
        }
    }

    @Test func countsTheRowsOfAPlainFile() throws {
        let (folder, ledger) = try write(citizens: 2_000, isClean: true)
        for (place, source) in Source.allCases.enumerated() {
            let lines = SampleFolder.names(in: folder.path).filter { $0.hasPrefix(source.rawValue) }
                .map { SampleFolder.text("\(folder.path)/\($0)").utf8.count { $0 == 0x0A } - 1 }
            #expect(lines.count == (source == .registration ? 8 : 4))
            #expect(lines.reduce(0, +) == ledger.rows[place])
        }
    }

    @Test func plantsFourReasonsInAThousandthOfTheRowsOfACleanSample() throws {
        let ledger = try write(citizens: 200_000, isClean: true).ledger
        let kinds: [SampleKind] = [.idWrongCheck, .dateNoSuchDay, .updatedNoSuchTime, .placeShort]
        for kind in kinds { #expect(ledger[kind, .registration] > 0) }
        let rejected = SampleKind.allCases.filter { $0.measure == .rejected }
            .reduce(0) { $0 + ledger[$1, .registration] }
        #expect(rejected == kinds.reduce(0) { $0 + ledger[$1, .registration] })
        #expect((700...1_300).contains(rejected * 1_000_000 / ledger.rows[0]))
        #expect(ledger[.tieOfCodes, .registration] > 0)
        #expect(ledger[.exactDuplicate, .registration] > 0)
    }

    @Test(arguments: CleanSpelling.allCases)
    func spellsACleanSampleInOneWay(spelling: CleanSpelling) throws {
        let (folder, ledger) = try write(citizens: 5_000, isClean: true) {
            $0.cleanSpelling = spelling
        }
        let plain = try write(citizens: 5_000, isClean: true).ledger
        #expect(ledger == plain)
        let bytes = SampleFolder.bytes(folder.path + "/registration-1.csv")!
        let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        #expect(isUTF8 == (spelling != .gb18030))
    }

    @Test func writesTheCommittedSampleData() throws {
        let (folder, _) = try write(citizens: 30_000, seed: 4_499)
        let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        expectSameFiles("/\(tests)/SampleData", folder.path)
    }
}
