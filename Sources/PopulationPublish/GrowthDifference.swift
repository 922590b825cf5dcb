#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The UN's method of a constant difference between urban and rural growth (URGD): between two
/// counts and beyond them the urban share follows a logistic curve (`domain.md` 8.1).
package struct GrowthDifference: Sendable, Equatable {
    /// ln(urban/rural) at the start.
    package let start: Double
    /// Difference of the growth rates per year.
    package let perYear: Double

    /// `nil` when a count is not positive or no time lies between the two; then no curve exists.
    package init?(
        urbanAtStart: Int, ruralAtStart: Int, urbanAtEnd: Int, ruralAtEnd: Int, years: Double
    ) {
        guard urbanAtStart > 0, ruralAtStart > 0, urbanAtEnd > 0, ruralAtEnd > 0, years > 0
        else { return nil }
        let atStart = Double(urbanAtStart) / Double(ruralAtStart)
        let atEnd = Double(urbanAtEnd) / Double(ruralAtEnd)
        start = log(atStart)
        // Exactly 0 when the odds are equal, so that such a path has no crossing.
        perYear = atStart == atEnd ? 0 : log(atEnd / atStart) / years
    }

    /// Urban share between 0 and 1, so many years after the start.
    package func share(afterYears years: Double) -> Double {
        let odds = exp(start + perYear * years)
        return odds.isInfinite ? 1 : odds / (1 + odds)
    }

    /// Years from the start until the curve meets a share; negative when it lies before the start,
    /// `nil` when the share is not between 0 and 1 or the curve is flat.
    package func years(untilShare share: Double) -> Double? {
        guard share > 0, share < 1, perYear != 0 else { return nil }
        return (log(share / (1 - share)) - start) / perYear
    }
}
