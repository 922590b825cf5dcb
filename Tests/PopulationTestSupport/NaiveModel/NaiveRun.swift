/// Runs the model of SPEC 2 to 6 over one input.
public func naiveRun(_ input: NaiveInput) throws -> NaiveResult {
    let dates = try Set(
        input.referenceDates.map { text in
            guard let date = Dates.date(text) else { throw NaiveFault("reference date \(text)") }
            return date
        }
    ).sorted()
    guard let lastDate = dates.last else { throw NaiveFault("no reference date") }
    guard [2, 4, 6].contains(input.area.utf8.count), Texts.isDigits(input.area) else {
        throw NaiveFault("area \(input.area)")
    }
    let knownAt = try input.knownAt.map { text in
        guard let time = Dates.time(text) else { throw NaiveFault("known-at \(text)") }
        return time
    }
    let counties = try readCounties(input.counties)
    let targets = try readTargets(input.targets, area: input.area)
    let changes = try readChanges(input.changes)
    let editions = try input.divisions.map { try Edition($0) }

    let registration = try ingest(
        .registration, files: input.registration, encoding: input.registrationEncoding,
        columns: input.registrationColumns, values: input.registrationValues, area: input.area)
    let residency = try ingest(
        .residency, files: input.residency, encoding: input.residencyEncoding,
        columns: input.residencyColumns, values: input.residencyValues, area: input.area)
    let records = try Histories(registration, knownAt: knownAt, lastDate: lastDate)
    let stays = try Histories(residency, knownAt: knownAt, lastDate: lastDate)

    var territories: [String: Territory] = [:]
    let citizens = Set(records.rows.keys).union(stays.rows.keys).sorted()
    let snapshots = try dates.map { date in
        let edition = try Territory.edition(editions, at: date)
        let territory = territories[edition.date] ?? Territory(edition: edition, changes: changes)
        territories[edition.date] = territory
        let rules = ResidenceRules(
            date: date, area: input.area, months: input.residenceMonths,
            gapDays: input.stayGapDays, territory: territory)
        let standings = citizens.map { citizen in
            rules.standing(
                citizen, registration: records.inForce(citizen, at: date),
                stays: stays.stays(citizen, at: date))
        }
        return Snapshot(
            date: date, area: input.area, territory: territory, counties: counties,
            standings: standings)
    }

    var maker = TableMaker()
    var progress = ProgressMaker(base: snapshots[0], targets: targets)
    for snapshot in snapshots {
        try maker.add(snapshot, targets: targets)
        progress.add(snapshot)
    }
    var quality = QualityMaker()
    quality.add(registration, records)
    quality.add(residency, stays)
    quality.addNames([registration, residency])
    quality.addLast(snapshots.last!)

    let everyNight = tables(maker, progress, quality)
    let pairs = YearPair.all(snapshots)
    let yearly = try yearlyTables(input, snapshots, pairs)
    let dated = try datedTables(input, snapshots, pairs)
    return NaiveResult(
        tables: everyNight.merging(yearly) { first, _ in first }
            .merging(dated) { first, _ in first },
        rejected: registration.rejected + residency.rejected)
}

/// The tables of the main job as text by name.
private func tables(_ maker: TableMaker, _ progress: ProgressMaker, _ quality: QualityMaker)
    -> [String: String]
{
    [
        "urbanization": maker.urbanization.text(),
        "population": maker.population.text(ageColumn: 5),
        "units": maker.units.text(),
        "migration": maker.migration.text(),
        "households": maker.households.text(),
        "progress": progress.table.text(),
        "quality": quality.text,
    ]
}

/// The tables of yearly dates and pairs (SPEC 6.1, 6.3).
private func yearlyTables(
    _ input: NaiveInput, _ snapshots: [Snapshot], _ pairs: [YearPair]
) throws -> [String: String] {
    var settlement = SettlementMaker()
    var decomposition = DecompositionMaker()
    var balance = Balance58Maker()
    for pair in pairs {
        settlement.add(pair)
        try decomposition.add(pair)
    }
    for end in YearPair.yearly(snapshots) {
        try balance.add(end, after: pairs.first { $0.end.date == end.date })
    }
    var tables = [
        "settlement": settlement.table.text(), "decomposition": decomposition.table.text(),
        "balance58": balance.table.text(),
    ]
    guard let plan = input.transfer else { return tables }
    var transfer = try TransferMaker(plan)
    for pair in pairs { try transfer.add(pair, all: pairs) }
    tables["transfer"] = transfer.table.text()
    // Land per head needs the finance factors, which a plan names under `transfer`.
    guard let plan = input.land else { return tables }
    var land = LandMaker(plan, factors: transfer.factors)
    for pair in pairs { try land.add(pair) }
    tables["land"] = land.table.text()
    return tables
}

/// The tables of every reference date of SPEC 6.2, and what is compared with official figures.
private func datedTables(
    _ input: NaiveInput, _ snapshots: [Snapshot], _ pairs: [YearPair]
) throws -> [String: String] {
    var permits = PermitsMaker()
    var eligibility = EligibilityMaker()
    var services = ServicesMaker()
    for snapshot in snapshots {
        permits.addPermits(snapshot)
        if let ladder = input.ladder { try permits.addLadder(snapshot, ladder) }
        eligibility.add(snapshot)
        services.add(snapshot, endOf: pairs.first { $0.end.date == snapshot.date })
    }
    var tables = [
        "permits": permits.permits.text(), "eligibility": eligibility.table.text(),
        "services": services.table.text(),
    ]
    if input.ladder != nil { tables["ladder"] = permits.ladder.text() }
    if let official = input.official {
        tables["official"] = try OfficialMaker(official, snapshots).table.text()
    }
    return tables
}
