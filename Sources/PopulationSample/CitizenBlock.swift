import PopulationModel

/// 64 consecutive citizens in whole households, and their rows of one source.
///
/// A block is a pure function of the specification and its number, so that any file can be made
/// without the files before it; the rows of one block are all that is held in memory.
package struct CitizenBlock {
    package static let citizenCount = 64
    private let seed: UInt64
    private let citizens: Int
    private let territory: SampleTerritory
    private let factory: CitizenFactory
    /// Rows of the block last filled, in the order of its citizens.
    package private(set) var rows: [SampleRow] = []

    package init(specification: SampleSpecification, territory: SampleTerritory) {
        seed = specification.seed
        citizens = specification.citizens
        self.territory = territory
        factory = CitizenFactory(seed: seed)
        rows.reserveCapacity(4 * Self.citizenCount)
    }

    package static func count(citizens: Int) -> Int { (citizens + citizenCount - 1) / citizenCount }

    /// Replaces `rows` by those of a block.
    package mutating func fill(_ block: Int, source: Source) {
        rows.removeAll(keepingCapacity: true)
        var random = SplitMix64(seed: seed, stream: .households, index: UInt64(block))
        var index = block * Self.citizenCount
        let end = min(citizens, index + Self.citizenCount)
        while index < end {
            let household = Household(
                number: 100_000_000 + UInt64(index), sizeMax: end - index, territory: territory,
                random: &random)
            for member in 0..<household.size {
                addMember(member, of: household, index: index + member, source: source, &random)
            }
            index += household.size
        }
    }

    private mutating func addMember(
        _ member: Int, of household: Household, index: Int, source: Source,
        _ random: inout SplitMix64
    ) {
        let role = Role(member: member, of: household, random: &random)
        let citizen = factory.citizen(
            index: UInt64(index), group: role.group, isMale: role.isMale, random: &random)
        var history = RegistrationHistory(citizen: citizen, role: role, household: household)
        history.draw(random: &random)
        // Rows draw from streams of their own, so that either source sees the same households.
        switch source {
        case .registration:
            var draws = SplitMix64(seed: seed, stream: .rows, index: UInt64(index))
            history.appendRows(to: &rows, territory: territory, random: &draws)
        case .residency:
            var stays = StayHistory(
                history: history, territory: territory,
                random: SplitMix64(seed: seed, stream: .stays, index: UInt64(index)))
            stays.appendRows(to: &rows)
        }
    }
}

/// The place of a member in the household.
package struct Role {
    package var group: Int
    package var isMale: Bool
    /// GB/T 4761: 02 head, 10 spouse, 20 son, 30 daughter, 51 father, 52 mother, 97 other.
    package var relation: UInt8

    package init(member: Int, of household: Household, random: inout SplitMix64) {
        let head = household.headGroup
        isMale = random.next() & 1 == 0
        group = head
        relation = 2
        switch (household.kind, member) {
        case (_, 0):
            isMale = household.headIsMale
        case (.collective, _), (.community, _):
            relation = 97
        case (_, 1) where household.size > 2 || random.below(10) < 8:
            isMale = !household.headIsMale
            relation = 10
        case (_, 1), (_, 2), (_, 3):
            // Heads are 24 to 32 years older than their children, give or take eight.
            let isLate = random.below(10) < (member == 3 ? 5 : 3)
            group = min(CitizenFactory.lastGroup, head + (isLate ? 4 : 3))
            relation = isMale ? 20 : 30
        default:
            group = max(0, head - 3)
            isMale = household.size == 6 && member == 5
            relation = isMale ? 51 : 52
        }
    }
}
