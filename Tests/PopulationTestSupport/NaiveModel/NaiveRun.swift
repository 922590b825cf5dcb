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

    return NaiveResult(
        tables: tables(maker, progress, quality),
        rejected: registration.rejected + residency.rejected)
}

/// Every table as text by its name.
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
