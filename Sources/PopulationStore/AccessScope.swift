import PopulationFigures

/// What a caller of the server may read; the word that a token is given.
package enum AccessScope: String, CaseIterable, Sendable, Codable {
    /// Public tables only: what anybody reads without a token.
    case `public`
    /// Every table as it is, for the statistics bureau itself.
    case statistics
    /// What money is paid by: transfer and land as they are, and the public form of all others.
    case finance

    /// The tables that the finance bureau reads as they are; none of them has a row about fewer
    /// people than a county.
    package static let financeTables: Set = ["transfer", "land"]

    /// The one form in which the scope sees a table. Nobody sees both, so that the two cannot be
    /// taken for each other.
    package func form(of table: String) -> TableScope {
        switch self {
        case .public: .public
        case .statistics: .internal
        case .finance: Self.financeTables.contains(table) ? .internal : .public
        }
    }
}
