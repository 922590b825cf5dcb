import PopulationModel

/// A column that a sample can write, of either source.
package enum SampleColumn: UInt8, Sendable {
    case citizenID, recordID, name, sex, birthDate, revoked, updatedAt, education, title
    /// division_code or residence_code; event_date or arrival_date.
    case place, date
    case householdNumber, householdType, relation, event, cause, originCode, originClass
    case registeredCode, departure, countFrom, permitNumber, permitIssued, permitValidTo
    case employedSince, insuredSince, dwelling
    /// Columns that no reader knows.
    case address, remark

    /// The known columns of a source, in the order of `Column.all(of:)`.
    package static func all(of source: Source) -> [SampleColumn] {
        source == .registration ? registration : residency
    }

    private static let registration: [SampleColumn] = [
        .citizenID, .recordID, .name, .sex, .birthDate, .householdNumber, .householdType,
        .relation, .place, .event, .date, .cause, .originCode, .originClass, .education, .title,
        .revoked, .updatedAt,
    ]

    private static let residency: [SampleColumn] = [
        .citizenID, .recordID, .name, .sex, .birthDate, .revoked, .updatedAt, .registeredCode,
        .place, .date, .departure, .countFrom, .permitNumber, .permitIssued, .permitValidTo,
        .employedSince, .insuredSince, .dwelling, .education, .title,
    ]

    /// Text that exporters like to put into quotes; none of them is needed.
    package var isText: Bool {
        switch self {
        case .name, .householdNumber, .householdType, .relation, .cause, .permitNumber, .dwelling,
            .address, .remark:
            true
        default: false
        }
    }

    package var isNeeded: Bool {
        switch self {
        case .citizenID, .place, .date, .event, .updatedAt: true
        default: false
        }
    }
}
