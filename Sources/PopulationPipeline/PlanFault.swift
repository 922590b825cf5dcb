import PopulationModel

/// Everything that can be wrong with a plan; the wording is in `PlanFault+Message.swift` and
/// `PlanFault+InputMessage.swift`.
///
/// `key` is the whole path of a key, such as `ingest.registration.files`.
package enum PlanFault: Error, Sendable, Equatable {
    // The file itself.
    case planMissing
    case planUnreadable(reason: String)
    case planIsAFolder
    case planTooLong(byteCountMax: Int)
    case planNotUTF8
    case planEmpty
    case syntax(problem: String)
    case starWithoutQuotes

    // Keys and the form of values.
    case unknownKey(key: String, nearest: String?, known: [String])
    case keyTwice(key: String, firstLine: Int)
    case keyMissing(key: String)
    case wrongForm(key: Bilingual, expected: Bilingual, found: Bilingual)
    case emptyList(key: String)
    case badText(key: String, found: String)
    case badArea(found: String)
    case badDate(key: String, found: String)
    case badTime(key: String, found: String)
    case badInteger(key: String, found: String, range: ClosedRange<Int>)
    case badDecimal(key: String, found: String, range: ClosedRange<Millionths>)
    case unknownWord(key: String, found: String, nearest: String?, known: [String])

    // What two values say together.
    case dateTwice(key: String, date: CalendarDate, firstLine: Int)
    case nameTwice(key: String, name: String, firstLine: Int)
    case notAscending(key: String, found: Millionths, previous: Millionths)
    case bandOpenBeforeLast(key: String)
    case lastBandClosed(key: String)
    case releaseDateNotReference(key: String, date: CalendarDate)
    case gateNameTaken(name: String)
    case badTimeOfDay(key: String, found: String)

    case passwordInPlan(key: String)

    // Columns and values of extracts.
    case unknownColumn(key: String, source: Source, found: String, nearest: String?)
    case columnWithoutWords(key: String, column: String, coded: [String])
    case headerOfTwoColumns(header: String, column: String, other: String)

    // Files.
    case fileMissing(label: String)
    case notAFile(label: String)
    case fileUnreadable(label: String, reason: String)
    case patternWithoutMatch(pattern: String)
    case patternWithManyMatches(key: String, pattern: String, count: Int)
    case fileTwice(label: String, firstLabel: String, firstLine: Int)
    case fileNameNotUTF8(pattern: String)
    case outputNotAFolder(label: String)
    case outputHoldsInput(label: String, input: String)
}

extension PlanFault {
    /// The stable code of a fault; a number is never used for another fault.
    package enum Code: String, CaseIterable, Sendable {
        case planMissing = "PLAN-001"
        case planUnreadable = "PLAN-002"
        case planTooLong = "PLAN-003"
        case planNotUTF8 = "PLAN-004"
        case planEmpty = "PLAN-005"
        case syntax = "PLAN-006"
        case unknownKey = "PLAN-007"
        case keyTwice = "PLAN-008"
        case keyMissing = "PLAN-009"
        case wrongForm = "PLAN-010"
        case emptyList = "PLAN-011"
        case badText = "PLAN-012"
        case badArea = "PLAN-013"
        case badDate = "PLAN-014"
        case badTime = "PLAN-015"
        case badInteger = "PLAN-016"
        case badDecimal = "PLAN-017"
        case unknownWord = "PLAN-018"
        case dateTwice = "PLAN-019"
        case nameTwice = "PLAN-020"
        case notAscending = "PLAN-021"
        case bandOpenBeforeLast = "PLAN-022"
        case lastBandClosed = "PLAN-023"
        case releaseDateNotReference = "PLAN-024"
        case unknownColumn = "PLAN-025"
        case columnWithoutWords = "PLAN-026"
        case headerOfTwoColumns = "PLAN-027"
        case fileMissing = "PLAN-028"
        case notAFile = "PLAN-029"
        case fileUnreadable = "PLAN-030"
        case patternWithoutMatch = "PLAN-031"
        case patternWithManyMatches = "PLAN-032"
        case fileTwice = "PLAN-033"
        case fileNameNotUTF8 = "PLAN-034"
        case outputNotAFolder = "PLAN-035"
        case outputHoldsInput = "PLAN-036"
        case starWithoutQuotes = "PLAN-037"
        case planIsAFolder = "PLAN-038"
        case passwordInPlan = "PLAN-039"
        case gateNameTaken = "PLAN-040"
        case badTimeOfDay = "PLAN-041"
    }
}

/// A place in a plan, both numbers from 1; columns count Unicode scalars, as libyaml does.
package struct PlanMark: Hashable, Comparable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (lhs: PlanMark, rhs: PlanMark) -> Bool {
        (lhs.line, lhs.column) < (rhs.line, rhs.column)
    }
}

/// A fault and where it stands; `nil` when the whole file is meant.
struct PlacedFault: Error {
    var fault: PlanFault
    var mark: PlanMark?

    init(_ fault: PlanFault, at mark: PlanMark?) {
        self.fault = fault
        self.mark = mark
    }
}
