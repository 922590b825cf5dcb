import PopulationFigures
import PopulationModel

/// A decimal number of at most six places, kept exactly as parts of a million.
public struct Millionths: Sendable, Hashable, Comparable {
    /// 1_500_000 is 1.5.
    public var count: Int

    public init(count: Int) { self.count = count }

    public static func < (lhs: Millionths, rhs: Millionths) -> Bool { lhs.count < rhs.count }
}

extension Millionths: CustomStringConvertible {
    /// The shortest decimal: `1.5`, `0.000001`, `-0.1`, `3`.
    public var description: String { Decimal6.text(millionths: count) }
}

extension Plan {
    /// The points of the settlement ladder (SPEC 6.2).
    public struct Ladder: Sendable, Equatable {
        /// Per full year of residence; `nil` gives no points for it.
        public var residence: YearlyPoints?
        /// Per full year of insurance; `nil` gives no points for it.
        public var insurance: YearlyPoints?
        /// In the order of `LadderItem`.
        public var fixed: [ItemPoints]
        /// Sorted by name; of a group only the largest points of a citizen count.
        public var alternatives: [Group]
        /// Ascending by `from`, names once, at least one.
        public var tiers: [Tier]

        /// Points for each full year, up to a cap.
        public struct YearlyPoints: Sendable, Equatable {
            public var points: Millionths
            public var cap: Millionths
        }

        /// Points for one fact about a citizen.
        public struct ItemPoints: Sendable, Equatable {
            public var item: LadderItem
            public var points: Millionths
        }

        /// Items of which a citizen is given the largest.
        public struct Group: Sendable, Equatable {
            public var name: String
            /// In the order of `LadderItem`.
            public var items: [ItemPoints]
        }

        /// A step of the ladder, reached with so many points.
        public struct Tier: Sendable, Equatable {
            public var name: String
            public var from: Millionths
        }
    }

    /// How a pool of money is shared out among the counties (SPEC 6.3).
    public struct Transfer: Sendable, Equatable {
        public var factors: PlanPath
        /// Whole units of `unit`.
        public var pool: Int
        public var unit: MoneyUnit
        public var weights: TierWeights
        /// Between 0 and 1: what a settlement of one year earlier still weighs.
        public var decay: Millionths
        /// How many earlier years count, 0 for none.
        public var yearsBack: Int
        public var permitWeight: Millionths
        public var childrenWeight: Millionths
    }

    /// What one settled citizen weighs, by where he came from.
    public struct TierWeights: Sendable, Equatable {
        public var ownPrefecture: Millionths
        public var ownProvince: Millionths
        public var otherProvince: Millionths
        /// Origin not known; 0 unless the plan says otherwise.
        public var unknown: Millionths
    }

    /// New building land per settled citizen (SPEC 6.3, domain 7).
    public struct Land: Sendable, Equatable {
        /// Ascending by `upTo`; the last, and only the last, is open.
        public var bands: [Band]
        /// Between -0.1 and 0.1: a province may move the standard by a tenth.
        public var adjustment: Millionths

        /// The standard for counties with at most so much urban land per head, in square metres.
        public struct Band: Sendable, Equatable {
            /// `nil` in the open band.
            public var upTo: Millionths?
            public var standard: Millionths
        }
    }

    /// Where published figures are kept as editions.
    public enum Store: Sendable, Equatable {
        /// `figures.sqlite` in a folder beside the output, named after it.
        case standard
        case none
        case sqlite(PlanPath)
        /// What libpq takes, without a password; a single word is a service.
        case postgres(connection: String)
    }

    /// How public tables hide small cells (SPEC 6.4).
    public struct Protection: Sendable, Equatable {
        /// Counts of 1 up to one less than this are hidden.
        public var threshold: Int
        /// Ascending, each once, all of them reference dates.
        public var releaseDates: [CalendarDate]
    }
}

/// The unit of a pool of money.
public enum MoneyUnit: String, CaseIterable, Sendable {
    case yuan, wan_yuan
}

/// What a citizen can be given fixed points for; the raw value is the word in plans.
///
/// `education` is college or above and `title` any title; the others are one degree or one title
/// (GB/T 4658, SPEC 2.1).
public enum LadderItem: String, CaseIterable, Sendable {
    case own_dwelling, education, college, bachelor, postgraduate, title, intermediate, senior
}

extension Plan {
    /// Without what counts stays and shares out money and land.
    var withMainTablesOnly: Plan {
        var plan = self
        plan.publish.ladder = nil
        plan.publish.transfer = nil
        plan.publish.land = nil
        plan.publish.official = nil
        plan.publish.store = .none
        return plan
    }
}
