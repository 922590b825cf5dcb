/// `publish.ladder` of a plan; numbers are decimals as they stand in the plan (SPEC 6.2, 7).
public struct NaiveLadder: Sendable {
    /// Points per full year and their cap.
    public struct Yearly: Sendable {
        public var points: String
        public var cap: String

        public init(points: String, cap: String) {
            self.points = points
            self.cap = cap
        }
    }

    /// A step of the ladder and the points from which on it is reached.
    public struct Tier: Sendable {
        public var name: String
        public var from: String

        public init(name: String, from: String) {
            self.name = name
            self.from = from
        }
    }

    public var residence: Yearly?
    public var insurance: Yearly?
    /// Item → points.
    public var fixed: [String: String]
    /// Name of the group → item → points.
    public var alternatives: [String: [String: String]]
    /// Ascending.
    public var tiers: [Tier]

    public init(
        residence: Yearly? = nil, insurance: Yearly? = nil, fixed: [String: String] = [:],
        alternatives: [String: [String: String]] = [:], tiers: [Tier]
    ) {
        self.residence = residence
        self.insurance = insurance
        self.fixed = fixed
        self.alternatives = alternatives
        self.tiers = tiers
    }
}

/// `publish.transfer` of a plan (SPEC 6.3, 7).
public struct NaiveTransfer: Sendable {
    /// The finance factors file of SPEC 2.3.
    public var factors: [UInt8]
    public var pool: Int
    public var unit: String
    /// Tier → weight.
    public var weights: [String: String]
    public var decay: String
    public var yearsBack: Int
    public var permitWeight: String
    public var childrenWeight: String

    public init(
        factors: [UInt8], pool: Int, unit: String = "wan_yuan", weights: [String: String],
        decay: String, yearsBack: Int, permitWeight: String, childrenWeight: String
    ) {
        self.factors = factors
        self.pool = pool
        self.unit = unit
        self.weights = weights
        self.decay = decay
        self.yearsBack = yearsBack
        self.permitWeight = permitWeight
        self.childrenWeight = childrenWeight
    }
}

/// `publish.land` of a plan (SPEC 6.3, 7).
public struct NaiveLand: Sendable {
    /// The standard in square metres up to so much land per head; the last band is open.
    public struct Band: Sendable {
        public var upTo: String?
        public var standard: String

        public init(upTo: String? = nil, standard: String) {
            self.upTo = upTo
            self.standard = standard
        }
    }

    public var bands: [Band]
    public var adjustment: String

    public init(bands: [Band], adjustment: String = "0") {
        self.bands = bands
        self.adjustment = adjustment
    }
}
