import PopulationModel

/// One row of `urbanization` as published, beside the same row under other classes or targets.
public struct ComparisonFigure: Sendable, Equatable {
    public let published: UrbanizationFigure
    public let assumed: UrbanizationFigure

    /// Both are of one date, area and concept, and of the same persons.
    public init(published: UrbanizationFigure, assumed: UrbanizationFigure) {
        precondition(
            published.date == assumed.date && published.areaCode == assumed.areaCode
                && published.concept == assumed.concept && published.total == assumed.total,
            "two rows of different persons")
        self.published = published
        self.assumed = assumed
    }

    /// What the rate gains, in percentage points with two decimals, rounded once from the exact
    /// difference; with a sign unless it is 0, empty when nobody is there.
    public var pointsText: String {
        guard published.total > 0 else { return "" }
        let text = Decimal2.text(
            numerator: (assumed.urban - published.urban) * 100, denominator: published.total)
        return assumed.urban > published.urban && text != "0.00" ? "+" + text : text
    }
}

extension UrbanizationFigure {
    /// Percent with two decimals; empty without a target.
    public var targetText: String {
        target.map { Decimal2.text(hundredths: $0.percentHundredths) } ?? ""
    }

    /// `yes` or `no`; empty without a target or without anybody.
    public var reachedText: String {
        target.flatMap { rate.reaches(percentHundredths: $0.percentHundredths) }
            .map { $0 ? "yes" : "no" } ?? ""
    }

    /// Urban persons missing for the target; empty without one.
    public var urbanShortText: String {
        target.map { "\(rate.urbanShort(percentHundredths: $0.percentHundredths))" } ?? ""
    }
}
