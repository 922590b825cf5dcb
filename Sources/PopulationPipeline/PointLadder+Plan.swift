import PopulationAggregate
import PopulationModel

/// The plan's ladder as citizens are asked for it.
extension PointLadder {
    init(_ ladder: Plan.Ladder) {
        func yearly(_ points: Plan.Ladder.YearlyPoints?) -> Yearly {
            points.map { Yearly(points: $0.points.count, cap: $0.cap.count) } ?? .none
        }
        self.init(
            residence: yearly(ladder.residence), insurance: yearly(ladder.insurance),
            tiers: ladder.tiers.map { Tier(name: $0.name, from: $0.from.count) }
        ) { qualification, ownsDwelling in
            func points(_ items: [Plan.Ladder.ItemPoints]) -> [Int] {
                items.filter { $0.item.fits(qualification, ownsDwelling: ownsDwelling) }
                    .map(\.points.count)
            }
            // Of a group none may fit: then it gives nothing.
            return points(ladder.fixed).reduce(0, +)
                + ladder.alternatives.reduce(0) { $0 + (points($1.items).max() ?? 0) }
        }
    }
}

extension LadderItem {
    func fits(_ qualification: Qualification, ownsDwelling: Bool) -> Bool {
        switch self {
        case .own_dwelling: ownsDwelling
        case .education: qualification.degree != 0
        case .postgraduate: qualification.degree == 1
        case .bachelor: qualification.degree == 2
        case .college: qualification.degree == 3
        case .title: qualification.title != 0
        case .intermediate: qualification.title == ProfessionalTitle.intermediate.rawValue
        case .senior: qualification.title == ProfessionalTitle.senior.rawValue
        }
    }
}
