import PopulationModel

/// The published figures of one run, typed; tables and report are both made from this value, so
/// that they cannot disagree.
public struct Figures: Sendable {
    public var area: Area
    public var areaName: String
    /// In order of time.
    public var referenceDates: [CalendarDate]
    public var urbanization: [UrbanizationFigure] = []
    public var population: [PopulationFigure] = []
    public var units: [UnitFigure] = []
    public var migration: [MigrationFigure] = []
    public var households: [HouseholdFigure] = []
    public var settlement: [SettlementFigure] = []
    public var balance58: [Balance58Figure] = []
    public var permits: [PermitFigure] = []
    public var ladder: [LadderFigure] = []
    public var eligibility: [EligibilityFigure] = []
    public var services: [ServiceFigure] = []
    public var decomposition: [DecompositionFigure] = []
    /// Tables that are not published, in the order of SPEC 6.
    public var absences: [TableAbsence] = []
    public var progress: [ProgressFigure] = []
    public var quality: [QualityFigure] = []
    /// Persons of the whole area that tasks are measured by; what is not told is left out.
    package var personMeasures: [PersonMeasureFigure] = []
    /// Every revision of every year; `nil` when the table is absent. So are `land` and `official`.
    package var transferEditions: [TransferEdition]?
    package var land: [LandFigure]?
    package var official: [OfficialFigure]?
    package var tasks: [TaskFigure] = []
    public var targets: [Target] = []
    /// Names in English by area code, as far as the counties file gives them.
    public var englishNames: [String: String] = [:]
    /// Remarks on the reference data, in English, for log and manifest; the report says the same in
    /// both languages from what it is given.
    public var remarks: [String] = []

    public init(area: Area, areaName: String, referenceDates: [CalendarDate]) {
        self.area = area
        self.areaName = areaName
        self.referenceDates = referenceDates
    }
}

/// Persons of one concept in one area at one date, by urban and rural territory.
public struct UrbanizationFigure: Sendable, Equatable {
    public var date: CalendarDate
    public var level: AreaLevel
    /// As many digits as the level has.
    public var areaCode: String
    public var concept: Concept
    public var areaName: String
    /// Urban, rural and unclassified persons together.
    public var total: Int
    public var urban: Int
    public var rural: Int
    public var unclassified: Int
    public var target: Target?

    public init(
        date: CalendarDate, level: AreaLevel, areaCode: String, concept: Concept,
        areaName: String, total: Int, urban: Int, rural: Int, unclassified: Int, target: Target?
    ) {
        self.date = date
        self.level = level
        self.areaCode = areaCode
        self.concept = concept
        self.areaName = areaName
        self.total = total
        self.urban = urban
        self.rural = rural
        self.unclassified = unclassified
        self.target = target
    }

    public var rate: Rate { Rate(urban: urban, total: total) }
}

/// Persons of one concept, class, sex and age group in one county at one date.
public struct PopulationFigure: Sendable, Equatable {
    public var date: CalendarDate
    public var countyCode: String
    /// Three digits, `000` for unclassified.
    public var unitClass: String
    public var concept: Concept
    public var sex: Sex
    public var ageGroup: AgeGroup
    public var persons: Int

    public init(
        date: CalendarDate, countyCode: String, unitClass: String, concept: Concept, sex: Sex,
        ageGroup: AgeGroup, persons: Int
    ) {
        self.date = date
        self.countyCode = countyCode
        self.unitClass = unitClass
        self.concept = concept
        self.sex = sex
        self.ageGroup = ageGroup
        self.persons = persons
    }
}

/// Persons of one statistical unit at one date.
public struct UnitFigure: Sendable, Equatable {
    public var date: CalendarDate
    public var unitCode: String
    public var unitClass: String
    public var name: String
    public var registered: Int
    public var resident: Int

    public init(
        date: CalendarDate, unitCode: String, unitClass: String, name: String, registered: Int,
        resident: Int
    ) {
        self.date = date
        self.unitCode = unitCode
        self.unitClass = unitClass
        self.name = name
        self.registered = registered
        self.resident = resident
    }
}

/// Separation of residence and registration in one county at one date (SPEC 4).
public struct MigrationFigure: Sendable, Equatable {
    public var date: CalendarDate
    public var countyCode: String
    /// One count per `MigrationMeasure`, in its order.
    public var counts: [Int]

    /// `counts` has one entry per `MigrationMeasure`.
    public init(date: CalendarDate, countyCode: String, counts: [Int]) {
        precondition(counts.count == MigrationMeasure.allCases.count, "one count per measure")
        self.date = date
        self.countyCode = countyCode
        self.counts = counts
    }

    public subscript(measure: MigrationMeasure) -> Int { counts[measure.rawValue] }
}

/// The columns of the table `migration`; the first four are by county of registration.
public enum MigrationMeasure: Int, CaseIterable, Sendable {
    case registered, registered_resident, registered_elsewhere, away
    case resident, resident_unregistered_local, separated, intra_district, floating
    case floating_own_county, floating_own_prefecture, floating_own_province
    case floating_other_province, floating_unknown, short_stay

    public var word: String { "\(self)" }
}

/// Households and registered persons of one type in one county at one date; a household is a unit with
/// a household number (SPEC 6).
public struct HouseholdFigure: Sendable, Equatable {
    public var date: CalendarDate
    public var countyCode: String
    /// A word of `HouseholdType`, or `unknown`.
    public var householdType: String
    public var households: Int
    public var persons: Int

    public init(
        date: CalendarDate, countyCode: String, householdType: String, households: Int,
        persons: Int
    ) {
        self.date = date
        self.countyCode = countyCode
        self.householdType = householdType
        self.households = households
        self.persons = persons
    }
}

/// How far an area has come towards its target at one date (`reference/report.md` 8d).
public struct ProgressFigure: Sendable, Equatable {
    public var date: CalendarDate
    public var areaCode: String
    public var concept: Concept
    public var target: Target
    /// The plan's first date, and the rate then; of 0 persons when the area did not exist yet.
    public var baseDate: CalendarDate
    public var base: Rate
    public var latest: Rate
    /// Percentage points per year, two decimals; empty where it cannot be told. So are the others.
    public var paceRequired: String
    public var paceObserved: String
    public var ratioPercent: String
    public var status: ProgressStatus
    public var neededPerYear: String
    /// Percent at the target's date.
    public var projectedLinear: String
    public var projectedURGD: String
    /// Year with one decimal in which the path of constant growth difference meets the target.
    public var crossingYear: String

    public init(
        date: CalendarDate, areaCode: String, concept: Concept, target: Target,
        baseDate: CalendarDate, base: Rate, latest: Rate, paceRequired: String,
        paceObserved: String, ratioPercent: String, status: ProgressStatus,
        neededPerYear: String, projectedLinear: String, projectedURGD: String,
        crossingYear: String
    ) {
        self.date = date
        self.areaCode = areaCode
        self.concept = concept
        self.target = target
        self.baseDate = baseDate
        self.base = base
        self.latest = latest
        self.paceRequired = paceRequired
        self.paceObserved = paceObserved
        self.ratioPercent = ratioPercent
        self.status = status
        self.neededPerYear = neededPerYear
        self.projectedLinear = projectedLinear
        self.projectedURGD = projectedURGD
        self.crossingYear = crossingYear
    }
}

/// The grade of an observed pace against the required one.
public enum ProgressStatus: String, CaseIterable, Sendable {
    case achieved
    case onTrack = "on_track"
    case fasterPaceNeeded = "faster_pace_needed"
    case limited
    case movingAway = "moving_away"
    case notAssessable = "not_assessable"
}

/// One line of the quality account: rows of a source under a measure and reason.
public struct QualityFigure: Sendable, Equatable {
    /// `registration`, `residency` or `all`.
    public var source: String
    public var measure: String
    public var reason: String
    public var rows: Int

    public init(source: String, measure: String, reason: String, rows: Int) {
        self.source = source
        self.measure = measure
        self.reason = reason
        self.rows = rows
    }
}
