internal import PopulationFigures
internal import PopulationModel

/// Settlement by transition and the columns of balance58 (SPEC 6.1).
extension CountyCounter {
    /// A transition with what follows from the classes of its places.
    private struct Change {
        var transition: PersonTransition
        /// By the editions of start and end.
        var isUrbanBefore = false
        var isRuralBefore = false
        var isUrban = false
        /// Where the people of the unit at the start are counted at the end; -1 = was not registered.
        var carried: Int32 = -1
        var isReclassified = false
        var tier = SettlementTier.unknown

        var event: RegistrationEvent? { RegistrationEvent(rawValue: transition.event) }

        /// Born, or come back, within the pair: never a settlement.
        var isNewborn: Bool {
            transition.isBornInside || (event == .birth && transition.isEventInside)
        }
        var isDischarged: Bool { event == .discharge && transition.isEventInside }
        var isReturned: Bool { event == .return && transition.isEventInside }

        /// `originClass` is three digits.
        func originBegins(with digit: UInt16) -> Bool { transition.originClass / 100 == digit }

        var isSettled: Bool {
            guard isUrban, !isUrbanBefore, !isReclassified, !isNewborn, !isDischarged,
                !isReturned
            else { return false }
            return transition.registeredBefore >= 0 ? isRuralBefore : originBegins(with: 2)
        }
    }

    mutating func count(_ transition: PersonTransition) {
        let pair = Int(transition.pair)
        countDeath(transition, pair)
        let change = change(transition, pair)
        let isSameCounty =
            change.isUrbanBefore && change.isUrban
            && places[change.carried].county == places[transition.registered].county
        if isSameCounty { return }
        if change.isUrban {
            let block = block(of: transition.registered)
            for column in columnsOfIncrease(change) {
                block[layout.balance(pair, column: column)] += 1
            }
            if change.isSettled { addSettled(change, pair, block) }
        }
        if change.isUrbanBefore {
            let block = block(of: change.carried)
            block[layout.balance(pair, column: 23)] += 1
            block[layout.balance(pair, column: columnOfDecrease(change))] += 1
        }
    }

    private func change(_ transition: PersonTransition, _ pair: Int) -> Change {
        let start = editionOfDate[pairs[pair].start]
        let end = editionOfDate[pairs[pair].end]
        let (before, after) = (transition.registeredBefore, transition.registered)
        var change = Change(transition: transition)
        change.isUrban = places.isUrban(after, inEdition: end)
        guard before >= 0 else {
            change.tier = tier(of: transition)
            return change
        }
        change.tier = .own_prefecture
        change.isUrbanBefore = places.isUrban(before, inEdition: start)
        change.isRuralBefore = places.unitClass(of: before, inEdition: start) / 100 == 2
        change.carried = places.carried(before, toEdition: end)
        if change.isUrban, change.isRuralBefore {
            let isSameUnit = places.standing(for: before, inEdition: end) == after
            let isCorrected =
                switch change.event {
                case .rezoning, .correction, .supplement, .restore: true
                default: false
                }
            change.isReclassified =
                transition.isSameRow || isSameUnit || isCorrected
                || transition.cause == SettlementCause.reclassification.rawValue
        }
        return change
    }

    /// By origin_code against the unit.
    private func tier(of transition: PersonTransition) -> SettlementTier {
        guard transition.hasOriginCode, transition.registered >= 0 else { return .unknown }
        let (origin, unit) = (transition.originCode, places[transition.registered].code)
        if origin / 100_000_000 == unit / 100_000_000 { return .own_prefecture }
        return origin / 10_000_000_000 == unit / 10_000_000_000 ? .own_province : .other_province
    }

    /// The columns of balance58 that an increase counts in: the first that fits, and its sums.
    private func columnsOfIncrease(_ change: Change) -> [Int] {
        if change.isNewborn { return [2, 3] }
        if change.isDischarged { return [2, 4] }
        if change.isReturned { return [2, 5] }
        if change.isReclassified { return [2, 8, 9, 20] }
        if change.isSettled, change.tier != .unknown {
            let tierColumn = 9 + Int(change.tier.rawValue)
            return [2, 8, tierColumn, Self.column(of: change.transition.cause)]
        }
        if change.isUrbanBefore { return [2, 6] }
        if change.originBegins(with: 1) {
            switch change.tier {
            case .own_prefecture, .own_province: return [2, 6]
            case .other_province: return [2, 7]
            case .unknown: break
            }
        }
        return [2, 22]
    }

    /// The column of a settlement's cause; that of the reclassified is not among them.
    private static func column(of cause: UInt8) -> Int {
        switch SettlementCause(rawValue: cause) {
        case .student: 12
        case .employment, .talent: 13
        case .business: 14
        case .investment: 15
        case .housing: 16
        case .kin_spouse, .kin_child, .kin_parent, .kin_other: 17
        case .resettlement: 18
        case .redevelopment: 19
        case .reclassification, .other, nil: 21
        }
    }

    private func columnOfDecrease(_ change: Change) -> Int {
        switch change.event {
        case .death: 24
        case .military: 25
        case .emigration: 26
        case .move_out: 27
        case .deletion, nil: 28
        // Still registered: by another row somewhere else, or by the same in another class.
        default: change.transition.isSameRow ? 28 : 27
        }
    }

    private mutating func addSettled(
        _ change: Change, _ pair: Int, _ block: UnsafeMutableBufferPointer<Int>
    ) {
        let transition = change.transition
        let end = pairs[pair].end
        let sex = Int(transition.sex) - 1
        block[layout.settled(pair, sex: sex, band: band(of: transition.birth, at: end))] += 1
        let cause = SettlementCause(rawValue: transition.cause) ?? .other
        let kind = SettledKind(
            county: places[transition.registered].county,
            place: settlementPlace(transition.registered, inEdition: editionOfDate[end]),
            cause: cause, tier: change.tier)
        settled.put(
            SettledPersons.run(
                kind: kind, pair: pair, household: transition.household,
                isTalent: transition.isTalent, number: aloneCount))
        aloneCount += 1
    }

    private func settlementPlace(_ place: Int32, inEdition edition: Int) -> SettlementPlace {
        switch places.unitClass(of: place, inEdition: edition) {
        case 111, 112:
            places[place].isDistrict
                ? .central_city : places[place].isCountyCity ? .county_city : .other
        case 121...129: .town
        default: .other
        }
    }

    /// A resident of the start of whom a death is in force at the end; for the decomposition.
    private mutating func countDeath(_ transition: PersonTransition, _ pair: Int) {
        guard transition.residentBefore >= 0,
            transition.event == RegistrationEvent.death.rawValue
        else { return }
        let end = editionOfDate[pairs[pair].end]
        let place = transition.residentBefore
        let block = block(of: places.carried(place, toEdition: end))
        block[layout.deaths(pair)] += 1
        if places.isUrban(places.standing(for: place, inEdition: end), inEdition: end) {
            block[layout.urbanDeaths(pair)] += 1
        }
    }
}
