import PopulationModel

/// Writes what the sources of a clean sample deliver on the night after: one registration and one
/// residency extract with new versions and events of some citizens, and with newborns.
///
/// Takes the specification that the sample was made with, and how many in a hundred households
/// have news. The files may be put beside the sample's extracts, whose patterns take them. Cost:
/// the households with news are made anew, the others are skipped.
package struct NextNight {
    package let specification: SampleSpecification
    /// 1 to 100.
    package let percent: Int
    private let territory: SampleTerritory

    package static let percentRange = 1...100
    /// The sources write all of it on this day, after every row of the sample.
    package static let writtenOn = SampleCalendar.day(2021, 2, 1)
    /// No extract of a sample has this number, from which spelling is drawn.
    private static let fileNumber = SampleSpecification.filesMax
    /// New citizens among a hundred with news.
    private static let newbornsPerHundred = 4

    package init(specification: SampleSpecification, percent: Int) throws(PopstatError) {
        try specification.checked()
        guard Self.percentRange.contains(percent) else {
            throw SampleFault.percentOutOfRange(
                found: percent, least: Self.percentRange.lowerBound,
                most: Self.percentRange.upperBound
            ).error
        }
        self.specification = specification
        self.percent = percent
        territory = SampleTerritory(seed: specification.seed, units: specification.units)
    }

    package static func fileName(of source: Source) -> String {
        "\(source.rawValue)-next-night.csv"
    }

    /// Writes both files into a folder, which is made; gives the rows of each.
    @discardableResult
    package func write(to directory: String) throws(PopstatError) -> SampleLedger {
        try makeFolder(directory)
        var ledger = SampleLedger()
        for source in Source.allCases {
            ledger.add(try write(source, to: "\(directory)/\(Self.fileName(of: source))"))
        }
        return ledger
    }

    private func write(_ source: Source, to path: String) throws(PopstatError) -> SampleLedger {
        var sink = try ByteSink(path: path)
        var writer = CleanFile(
            source: source, spelling: specification.cleanSpelling, seed: specification.seed,
            file: Self.fileNumber)
        writer.writeHeader(to: &sink)
        var block = CitizenBlock(specification: specification, territory: territory)
        for number in 0..<CitizenBlock.count(citizens: specification.citizens) {
            var random = SplitMix64(
                seed: specification.seed, stream: .night, index: UInt64(number))
            guard random.below(100) < percent else { continue }
            block.fill(number, source: source)
            for position in block.rows.indices where isLastOfCitizen(position, in: block.rows) {
                let row = news(of: block.rows[position], random: &random)
                writer.write(row, rival: nil, to: &sink)
            }
            guard source == .registration else { continue }
            for position in 0..<newborns(random: &random) {
                let row = newborn(of: number, position: position, random: &random)
                writer.write(row, rival: nil, to: &sink)
            }
        }
        try sink.close()
        return writer.ledger
    }

    private func isLastOfCitizen(_ position: Int, in rows: [SampleRow]) -> Bool {
        position + 1 == rows.count
            || rows[position + 1].citizen.index != rows[position].citizen.index
    }

    /// A newer version of a citizen's last row, or a row of its own that follows it.
    private func news(of last: SampleRow, random: inout SplitMix64) -> SampleRow {
        var row = last
        row.updated = Self.written(random: &random)
        let isNewVersion = random.below(10) < 6
        // Whoever is no longer registered gets no further event.
        let isClosed =
            row.source == .registration
            && row.event.rawValue > RegistrationEvent.return.rawValue
        if isNewVersion || isClosed {
            row.citizen.education = row.citizen.education == 60 ? 30 : 60
            let begin = max(row.date, SampleCalendar.day(2020, 11, 1))
            if row.source == .residency, row.departure == 0 {
                row.departure = random.day(from: begin, through: SampleCalendar.day(2021, 1, 25))
            }
            return row
        }
        // The sample gives a citizen the numbers 1 to 7 of eight.
        row.recordNumber = row.citizen.index * 8 + 8
        let begin = max(row.date, row.departure, SampleCalendar.day(2020, 10, 1))
        row.date = random.day(from: begin, through: SampleCalendar.day(2021, 1, 25))
        let unit = territory.units[random.below(territory.units.count)]
        row.place = unit.code(on: row.date)
        row.placeDigits = 12
        if row.source == .registration {
            row.event = .move_within
        } else {
            row.departure = 0
            row.countFrom = 0
        }
        return row
    }

    private func newborns(random: inout SplitMix64) -> Int {
        (0..<CitizenBlock.citizenCount).count { _ in random.below(100) < Self.newbornsPerHundred }
    }

    /// A child of the youngest years, late in being registered; its number is in no sample of as
    /// many citizens.
    private func newborn(of block: Int, position: Int, random: inout SplitMix64) -> SampleRow {
        let index = specification.citizens + block * CitizenBlock.citizenCount + position
        let citizen = CitizenFactory(seed: specification.seed).citizen(
            index: UInt64(index), group: CitizenFactory.lastGroup,
            isMale: random.next() & 1 == 0, random: &random)
        var row = SampleRow(source: .registration, citizen: citizen)
        row.recordNumber = UInt64(index) * 8 + 1
        row.event = .birth
        row.date = citizen.birth
        row.place = territory.units[random.below(territory.units.count)].code(on: row.date)
        row.household = 900_000_000 + UInt64(block)
        row.householdType = HouseholdType.family.rawValue
        row.relation = 20
        row.updated = Self.written(random: &random)
        return row
    }

    private static func written(random: inout SplitMix64) -> Timestamp {
        Timestamp(
            date: CalendarDate(dayNumber: writtenOn), secondOfDay: Int32(random.below(86_400)))
    }
}
