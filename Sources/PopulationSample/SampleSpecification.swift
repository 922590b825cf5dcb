import PopulationModel

/// What a sample is: the same specification gives the same bytes on any machine.
package struct SampleSpecification: Sendable, Equatable {
    /// Citizens who live by the rules of the model; the planted ones come on top.
    package var citizens: Int
    package var seed: UInt64
    /// Plain extracts for measurements, in place of extracts with every ugly row.
    package var isClean: Bool
    package var registrationFiles: Int
    package var residencyFiles: Int
    /// Statistical units of the prefecture, about.
    package var units: Int
    /// How the extracts of a clean sample are spelled; an ugly sample has every spelling.
    package var cleanSpelling: CleanSpelling
    /// Files written at the same time; changes no byte. `nil` = as many as there are processors.
    package var threads: Int?

    package init(citizens: Int, seed: UInt64, isClean: Bool) {
        self.citizens = citizens
        self.seed = seed
        self.isClean = isClean
        registrationFiles = 8
        residencyFiles = 4
        units = isClean ? 3_000 : 360
        cleanSpelling = .plain
        threads = nil
    }

    /// Beyond it the identity numbers of the prefecture's birthdays would run out.
    package static let citizensMax = 100_000_000
    /// With fewer, one row of every defect is more than the 1 % of rows that a plan lets pass.
    package static let uglyCitizensMin = 10_000
    /// Below it a county has no unit to recode; above, a township more than 199 villages.
    package static let unitsRange = 120...700_000
    package static let filesMax = 999

    package func checked() throws(PopstatError) {
        let least = isClean ? 1 : Self.uglyCitizensMin
        guard citizens >= least, citizens <= Self.citizensMax else {
            throw SampleFault.citizensOutOfRange(
                found: citizens, least: least, most: Self.citizensMax
            ).error
        }
        guard Self.unitsRange.contains(units) else {
            throw SampleFault.unitsOutOfRange(
                found: units, least: Self.unitsRange.lowerBound, most: Self.unitsRange.upperBound
            ).error
        }
        for source in Source.allCases {
            // Every ugly layout of a source must have its file.
            let least = isClean ? 1 : FileLayout.all(of: source).count
            guard files(of: source) >= least, files(of: source) <= Self.filesMax else {
                throw SampleFault.filesOutOfRange(
                    source: source, found: files(of: source), least: least, most: Self.filesMax
                ).error
            }
        }
    }

    package func files(of source: Source) -> Int {
        source == .registration ? registrationFiles : residencyFiles
    }
}

/// How a clean sample is spelled: the variants that measurements compare.
package enum CleanSpelling: String, CaseIterable, Sendable {
    /// UTF-8; one row in a thousand has a quoted name.
    case plain
    /// As plain, with every text column but event in quotes.
    case quotedText = "quoted-text"
    /// As plain, with one more column of addresses, one in a thousand with a line end in quotes.
    case lineEnds = "line-ends"
    /// As plain, in GB18030.
    case gb18030
}
