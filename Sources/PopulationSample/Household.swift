import PopulationModel

/// One household before its members: where it is registered, and the move that it makes.
package struct Household {
    /// Where a household lives and where it is registered.
    package enum Kind {
        /// Registered in the area under one number.
        case family, collective, community
        /// Registered elsewhere, staying in the area.
        case floating
        /// Registered elsewhere at first, settled in the area between 2016 and 2020.
        case arriving
    }

    /// What happens to the registration of a household between 2016 and 2020.
    package enum Move {
        case none, withinArea, leavesArea
    }

    package var kind: Kind
    package var size: Int
    package var number: UInt64
    /// Group of birth years of the head, as in `CitizenFactory`.
    package var headGroup: Int
    package var headIsMale: Bool
    /// Unit index; of the registration, or of the first stay.
    package var unit: Int
    package var isRural: Bool
    /// Registered there from this day on.
    package var since: Int32
    package var move = Move.none
    package var moveDay: Int32 = .max
    package var unitAfter = -1
    package var movesWhole = true
    package var cause = SettlementCause.other
    /// Where it comes from: padded to 12 digits; 0 = unknown.
    package var origin: UInt64 = 0
    package var originClass: UInt16 = 0

    /// Bounds of the kinds, of household sizes 1 to 6, of the head's group, of the causes.
    private static let kinds: [Kind] = [.floating, .arriving, .collective, .community, .family]
    private static let kindBounds = [80, 92, 112, 120, 1_000]
    private static let sizeBounds = [110, 270, 490, 790, 910, 1_000]
    private static let headBounds = [0, 0, 30, 85, 170, 280, 440, 640, 835, 1_000]
    private static let causeBounds = [70, 300, 380, 400, 650, 730, 790, 850, 870, 910, 950, 985]

    package init(
        number: UInt64, sizeMax: Int, territory: SampleTerritory,
        random: inout SplitMix64
    ) {
        kind = Self.kinds[random.place(in: Self.kindBounds)]
        self.number = number
        size = min(sizeMax, random.place(in: Self.sizeBounds) + 1)
        headGroup = random.place(in: Self.headBounds)
        headIsMale = random.below(10) < 7
        since = random.day(
            from: SampleCalendar.day(1996, 1, 1), through: SampleCalendar.day(2014, 12, 31))
        unit = 0
        isRural = false
        switch kind {
        case .floating, .arriving:
            size = min(size, 3)
            headGroup = max(5, headGroup)
            let county = random.place(in: territory.arrivalBounds)
            unit =
                random.below(100) < 86
                ? territory.urbanUnit(of: county, random: &random)
                : territory.ruralUnit(of: county, random: &random)
            drawOrigin(random: &random)
            if kind == .arriving { settle(random: &random) }
        case .collective, .community:
            if kind == .collective { headGroup = random.below(2) == 0 ? 9 : 10 }
            unit = territory.urbanUnit(
                of: random.place(in: territory.registeredBounds), random: &random)
        case .family:
            drawHome(territory: territory, random: &random)
            drawMove(territory: territory, random: &random)
        }
    }

    private mutating func drawHome(
        territory: SampleTerritory, random: inout SplitMix64
    ) {
        let county = random.place(in: territory.registeredBounds)
        let draw = random.below(1_000)
        let urbanShare = SampleTerritory.counties[county].urbanShare
        if draw < urbanShare {
            unit = territory.urbanUnit(of: county, random: &random)
        } else if draw < urbanShare + 7 {
            let pool = territory.upgraded[county]
            unit = Int(pool[random.below(pool.count)])
            isRural = true
        } else if draw < urbanShare + 8 {
            let pool = territory.downgraded[county]
            unit = Int(pool[random.below(pool.count)])
        } else {
            unit = territory.ruralUnit(of: county, random: &random)
            isRural = true
        }
    }

    private mutating func drawMove(
        territory: SampleTerritory, random: inout SplitMix64
    ) {
        let draw = random.below(1_000)
        let (within, leaving) = isRural ? (47, 57) : (28, 34)
        guard draw < leaving else { return }
        moveDay = random.day(
            from: SampleCalendar.day(2016, 1, 1), through: SampleCalendar.day(2020, 12, 20))
        guard draw < within else {
            move = .leavesArea
            return
        }
        move = .withinArea
        movesWhole = random.below(10) < 6
        let home = Int(territory.units[unit].county)
        let county = random.below(10) < 6 ? home : random.place(in: territory.arrivalBounds)
        unitAfter =
            isRural && draw >= 42
            ? territory.ruralUnit(of: county, random: &random)
            : territory.urbanUnit(of: county, random: &random)
        drawCause(random: &random)
        origin = territory.units[unit].code(on: moveDay)
        originClass = territory.units[unit].class2015
    }

    private mutating func settle(random: inout SplitMix64) {
        moveDay = random.day(
            from: SampleCalendar.day(2016, 1, 1), through: SampleCalendar.day(2020, 12, 20))
        drawCause(random: &random)
        let draw = random.below(10)
        originClass = draw < 6 ? 220 : draw < 9 ? 121 : 0
    }

    private mutating func drawCause(random: inout SplitMix64) {
        let place = random.place(in: Self.causeBounds)
        // `reclassification` is no reason for a move; the last bound stands for `other`.
        let rawValue = UInt8(place + 1)
        cause = SettlementCause(rawValue: rawValue) ?? .other
        if random.below(60) == 0 { cause = .other }
    }

    package mutating func drawOrigin(random: inout SplitMix64) {
        let draw = random.below(100)
        if draw < 44 {
            origin = Self.ownProvince[random.below(Self.ownProvince.count)]
        } else if draw < 96 {
            origin = Self.otherProvinces[random.below(Self.otherProvinces.count)]
        }
    }

    /// Counties outside the area, padded to 12 digits with a village of their own.
    package static let ownProvince: [UInt64] = [
        440_106_001_005, 440_305_002_011, 440_605_001_003, 441_303_101_201, 441_402_102_203,
        441_900_003_002, 445_202_100_205,
    ]
    package static let otherProvinces: [UInt64] = [
        430_102_001_002, 450_103_002_001, 360_702_101_204, 520_102_001_003, 350_203_001_001,
        310_115_004_006, 420_106_001_002,
    ]
}
