import PopulationModel
import Testing

import PopulationSample

@Suite struct NextNightTests {
    private let citizens = 20_000

    private func lines(_ text: String) -> [[Substring]] {
        text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
    }

    /// The rows of a sample's source and those of its next night, headers left out.
    private func rows(
        of source: Source, percent: Int
    ) throws -> (sample: [[Substring]], night: [[Substring]], ledger: SampleLedger) {
        let specification = SampleSpecification(citizens: citizens, seed: 7, isClean: true)
        let (first, second) = (SampleFolder(), SampleFolder())
        try writeSample(specification, to: first.path)
        let ledger = try NextNight(specification: specification, percent: percent)
            .write(to: second.path)
        let sample = SampleFolder.names(in: first.path).filter { $0.hasPrefix(source.rawValue) }
            .flatMap { lines(SampleFolder.text("\(first.path)/\($0)")).dropFirst() }
        let night = lines(
            SampleFolder.text("\(second.path)/\(NextNight.fileName(of: source))"))
        #expect(night[0].map(String.init) == Column.all(of: source).map(\.name))
        #expect(SampleFolder.names(in: second.path).count == 2)
        return (sample, Array(night.dropFirst()), ledger)
    }

    @Test(arguments: Source.allCases)
    func bringsNewsOfAboutSoManyPerCent(source: Source) throws {
        let (sample, night, ledger) = try rows(of: source, percent: 10)
        #expect(night.count == ledger.rows[source == .registration ? 0 : 1])
        #expect((5...16).contains(night.count * 100 / sample.count))
    }

    @Test(arguments: Source.allCases)
    func writesEveryRowAfterAllRowsOfTheSample(source: Source) throws {
        let (sample, night, _) = try rows(of: source, percent: 10)
        let place = Column.all(of: source).firstIndex { $0.name == "updated_at" }!
        let last = sample.map { $0[place] }.filter { !$0.contains(" 25:") }.max()!
        let first = night.map { $0[place] }.min()!
        #expect(last < first)
    }

    @Test func bringsVersionsOfKnownRecordsNewRowsAndNewCitizens() throws {
        let (sample, night, _) = try rows(of: .registration, percent: 10)
        let records = Set(sample.map { $0[1] })
        let known = Set(sample.map { $0[0] })
        let versions = night.count { records.contains($0[1]) }
        let additional = night.count { !records.contains($0[1]) && known.contains($0[0]) }
        let newborns = night.count { !known.contains($0[0]) }
        #expect(versions > night.count / 3)
        #expect(additional > night.count / 5)
        #expect(newborns > night.count / 100)
        #expect(versions + additional + newborns == night.count)
    }

    @Test func givesTheSameBytesEveryTime() throws {
        let one = try rows(of: .residency, percent: 3)
        let other = try rows(of: .residency, percent: 3)
        #expect(one.night == other.night)
    }

    @Test(arguments: [0, 101])
    func refusesAShareThatIsNone(percent: Int) {
        let specification = SampleSpecification(citizens: citizens, seed: 7, isClean: true)
        #expect(throws: SampleFault.percentOutOfRange(found: percent, least: 1, most: 100).error) {
            try NextNight(specification: specification, percent: percent)
        }
    }
}
