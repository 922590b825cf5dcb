import PopulationModel

/// A row of a planted case, and whether it must stand in one file with others of the case.
package struct PlantedRow {
    package var row: SampleRow
    package var isTogether: Bool
}

/// Makes the planted cases: citizens of their own, whose few rows break one rule or exercise one.
///
/// A case is a pure function of the specification, its story and its number.
package struct CasePlanter {
    package let seed: UInt64
    package let territory: SampleTerritory
    private let citizens: Int
    private let factory: CitizenFactory

    // The case being made.
    package var rows: [PlantedRow] = []
    package var random: SplitMix64
    package var story = SampleKind.fieldMissing
    package var number = 0
    private var nextIndex: UInt64 = 0
    private var isCounted = false

    package init(specification: SampleSpecification, territory: SampleTerritory) {
        seed = specification.seed
        citizens = specification.citizens
        self.territory = territory
        factory = CitizenFactory(seed: specification.seed)
        random = SplitMix64(seed: specification.seed, stream: .planting, index: 0)
    }

    /// Replaces `rows` by those of a case.
    package mutating func make(_ planted: PlantedStory, number: Int) {
        rows.removeAll(keepingCapacity: true)
        story = planted.kind
        self.number = number
        isCounted = false
        let casesMax = UInt64(PlantedStory.countMax(citizens: citizens))
        let ordinal =
            UInt64(planted.kind.rawValue) * 2 + (planted.source == .registration ? 0 : 1)
        nextIndex = UInt64(citizens) + ordinal * casesMax + UInt64(number)
        random = SplitMix64(seed: seed, stream: .planting, index: nextIndex)
        if planted.isDefect {
            plantDefect(source: planted.source)
        } else if planted.source == .registration {
            plantRegistrationStory()
        } else {
            plantResidencyStory()
        }
    }

    // MARK: - Parts of a case

    /// The citizen of the case, adult and born in the 20th century.
    package mutating func citizen() -> SampleCitizen {
        factory.citizen(
            index: nextIndex, group: 4 + random.below(6), isMale: random.below(2) == 0,
            random: &random)
    }

    /// A citizen for the sound rows of a file of one defect.
    package mutating func soundCitizen(_ position: Int) -> SampleCitizen {
        factory.citizen(
            index: nextIndex + 1_000_000 + UInt64(position), group: 7, isMale: true,
            random: &random)
    }

    package mutating func ruralUnit() -> Int {
        territory.ruralUnit(of: random.below(SampleTerritory.counties.count), random: &random)
    }

    package mutating func urbanUnit() -> Int {
        territory.urbanUnit(of: random.below(SampleTerritory.counties.count), random: &random)
    }

    /// A first registration in a rural unit, ten to twenty years old.
    package mutating func firstRegistration(of citizen: SampleCitizen, unit: Int? = nil)
        -> SampleRow
    {
        let day = random.day(
            from: SampleCalendar.day(2001, 1, 1), through: SampleCalendar.day(2011, 1, 1))
        let home = unit ?? ruralUnit()
        return registration(
            of: citizen, record: 1, .initial, territory.units[home].code(on: day), day: day)
    }

    package mutating func registration(
        of citizen: SampleCitizen, record: UInt64, _ event: RegistrationEvent, _ place: UInt64,
        day: Int32
    ) -> SampleRow {
        var row = SampleRow(source: .registration, citizen: citizen)
        row.recordNumber = citizen.index * 8 + record
        row.event = event
        row.place = place
        row.date = max(day, citizen.birth)
        row.updated = RegistrationHistory.updated(after: row.date, random: &random)
        row.household = 800_000_000 + citizen.index
        row.householdType = 1
        row.relation = 2
        return row
    }

    package mutating func stay(
        of citizen: SampleCitizen, record: UInt64, _ place: UInt64, from arrival: Int32,
        to departure: Int32 = 0
    ) -> SampleRow {
        var row = SampleRow(source: .residency, citizen: citizen)
        row.recordNumber = citizen.index * 8 + record
        row.place = place
        row.date = arrival
        row.departure = departure
        row.dwelling = 2
        row.updated = RegistrationHistory.updated(
            after: departure > 0 ? departure : arrival, random: &random)
        return row
    }

    /// Adds a row; the first of the story's own rows bears the story's count.
    package mutating func plant(_ row: SampleRow, counts: Bool = true, isTogether: Bool = false) {
        var row = row
        if counts, !isCounted, row.defect == nil {
            row.story = story
            isCounted = true
        }
        rows.append(PlantedRow(row: row, isTogether: isTogether))
    }

    /// The same row, written so many days later.
    package func rewritten(_ row: SampleRow, daysLater: Int64) -> SampleRow {
        var row = row
        row.updated = Timestamp(seconds: row.updated.seconds + daysLater * 86_400)
        return row
    }
}

/// A story of one source that a sample holds several cases of.
package struct PlantedStory {
    package let kind: SampleKind
    package let source: Source

    package var isDefect: Bool {
        kind.measure == .rejected || kind.measure == .warning || kind.measure == .outOfScope
    }

    /// Cases of each story: few enough that rejected rows stay below 1 % of either source.
    package static func countMax(citizens: Int) -> Int { max(2, citizens / 5_000) }

    package func count(citizens: Int) -> Int {
        switch kind {
        // Rows of over 64 KiB, or of 100 lines: two show the rule.
        case .fieldTooLong, .linesTooMany: 2
        // A run stops when one citizen in a thousand lives in a unit that no edition knows.
        case .unlistedUnit, .abolishedUnit: max(1, citizens / 15_000)
        // A third of the rows are rows of residency.
        case _ where source == .residency && kind.measure == .rejected: max(1, citizens / 15_000)
        default: max(1, citizens / 5_000)
        }
    }

    /// All stories, defects first, in the order of `SampleKind`.
    package static let all: [PlantedStory] = SampleKind.allCases.flatMap { kind in
        Source.allCases.compactMap { source in
            isPlanted(kind, in: source) ? PlantedStory(kind: kind, source: source) : nil
        }
    }

    private static func isPlanted(_ kind: SampleKind, in source: Source) -> Bool {
        let isRegistration = source == .registration
        switch kind.measure {
        case .rejected, .warning, .outOfScope:
            switch kind {
            case .eventUnknown, .eventMissing, .causeUnknown, .originClass: return isRegistration
            case .departureNoSuchDay, .departureBeforeArrival: return !isRegistration
            default: return true
            }
        case .conflict: return isRegistration || kind == .tieOfCodes
        case .nameConflict, .closedButPresent, .unknownDivision: return isRegistration
        case .rule:
            if kind.rawValue >= SampleKind.roomChange.rawValue { return !isRegistration }
            switch kind {
            case .recordRevoked, .recordRestored, .revokedWithoutRecord, .revokedTooEarly,
                .revokedAfterKnownAt, .threeVersions, .versionTie, .duplicateOtherSpelling,
                .datedAfterEnd, .writtenAfterKnownAt, .oldCodeLate, .newCodeEarly,
                .placeOf15Digits:
                return true
            default: return isRegistration
            }
        default: return false
        }
    }
}
