import PopulationModel

/// Persons of the whole area at one date that only the person-level tables tell: what tasks of the
/// plan are measured by.
package enum PersonMeasure: String, CaseIterable, Sendable {
    /// Settled in 111 or 112 of a district (task 3).
    case settledCentralCity
    /// Settled in a county-level city or a town (task 2).
    case settledCountyCityAndTown
    /// Settled for a reason `kin_…` (task 4).
    case settledJoiningRelatives
    /// Settled with college or a title (task 5).
    case settledWithCollegeOrTitle
    /// Settled together with somebody of the same household (task 19).
    case settledWithFamily
    /// Settled, 16 years or older (task 14).
    case settledAged16Plus
    /// Settled, 16 to 59 (task 16).
    case settledWorking16To59
    /// Valid permits (task 20).
    case permitHolders
    /// Valid permits with three or more full years of residence (task 9).
    case permitHoldersThreeYears
    /// Valid permits, 16 to 59 (task 17).
    case permitHoldersWorking16To59
    /// Floating residents, 6 to 14 (task 18).
    case floatingChildren6To14
}

/// The persons of one measure in the whole area at one date.
package struct PersonMeasureFigure: Sendable, Equatable {
    package var date: CalendarDate
    package var measure: PersonMeasure
    package var persons: Int

    package init(date: CalendarDate, measure: PersonMeasure, persons: Int) {
        self.date = date
        self.measure = measure
        self.persons = persons
    }
}
