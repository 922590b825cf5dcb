package import PopulationModel

/// The settlement ladder of a plan (SPEC 6.2), ready to be asked for each citizen: points are whole
/// millionths, so that sums are exact.
package struct PointLadder: Sendable, Equatable {
    /// For each full year of residence and of insurance.
    package var residence: Yearly
    package var insurance: Yearly
    /// Ascending by `from`.
    package var tiers: [Tier]
    /// What the other items come to, by degree, title and dwelling.
    private let itemPoints: [Int]

    /// Points for each full year, up to a cap.
    package struct Yearly: Sendable, Equatable {
        package var points: Int
        package var cap: Int

        package init(points: Int, cap: Int) {
            self.points = points
            self.cap = cap
        }

        /// No points at all.
        package static let none = Yearly(points: 0, cap: 0)

        func points(years: Int) -> Int { min(cap, points * years) }
    }

    /// A step of the ladder.
    package struct Tier: Sendable, Equatable {
        package var name: String
        package var from: Int

        package init(name: String, from: Int) {
            self.name = name
            self.from = from
        }
    }

    /// `itemPoints` is asked once for every qualification, with and without a dwelling of one's own.
    package init(
        residence: Yearly, insurance: Yearly, tiers: [Tier],
        itemPoints: (Qualification, _ ownsDwelling: Bool) -> Int
    ) {
        self.residence = residence
        self.insurance = insurance
        self.tiers = tiers
        self.itemPoints = (0..<24).map { index in
            itemPoints(
                Qualification(degree: UInt8(index >> 1 & 3), title: UInt8(index >> 3)),
                index & 1 == 1)
        }
    }

    func points(
        residenceYears: Int, insuredYears: Int, _ qualification: Qualification, ownsDwelling: Bool
    ) -> Int {
        let title = Int(qualification.title)
        let index = title << 3 | Int(qualification.degree) << 1 | (ownsDwelling ? 1 : 0)
        return residence.points(years: residenceYears) + insurance.points(years: insuredYears)
            + itemPoints[index]
    }

    /// The last tier that the points reach; `nil` when they reach none.
    func tier(of points: Int) -> Int? { tiers.lastIndex { $0.from <= points } }
}
