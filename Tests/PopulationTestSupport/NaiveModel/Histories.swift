/// The rows that count of every citizen of one source, and the balance (SPEC 3, 4).
struct Histories {
    var source: Source
    /// Citizen → rows that count; stays are one per (arrival_date, residence_code).
    var rows: [String: [Row]] = [:]
    /// Citizen → rows that count before stays are reduced, for `conflict`.
    var counting: [String: [Row]] = [:]
    var exactDuplicates = 0
    var voided = 0
    var superseded = 0
    var future = 0
    var inForce = 0
    var conflicts = 0

    init(_ ingested: Ingested, knownAt: String?, lastDate: String) throws {
        source = ingested.source
        var accepted: [String: [Row]] = [:]
        var revoked: [String: [Row]] = [:]
        for row in ingested.accepted { accepted[row.citizen, default: []].append(row) }
        for row in ingested.revoked { revoked[row.citizen, default: []].append(row) }
        for (citizen, all) in accepted {
            addCitizen(
                citizen, all, revoked: revoked[citizen] ?? [], knownAt: knownAt,
                lastDate: lastDate)
        }
        if ingested.accepted.count != exactDuplicates + voided + superseded + future + inForce {
            throw NaiveFault("\(source.rawValue): the balance is broken")
        }
    }

    private mutating func addCitizen(
        _ citizen: String, _ all: [Row], revoked: [Row], knownAt: String?, lastDate: String
    ) {
        // Of n equal rows one stays.
        var seen: Set<[UInt8]> = []
        let distinct = all.filter { seen.insert($0.usedColumns(source)).inserted }
        exactDuplicates += all.count - distinct.count

        // Rows written after known-at do not exist, revocations included.
        let exists: (Row) -> Bool = { row in knownAt.map { row.updatedAt <= $0 } ?? true }
        let existing = distinct.filter(exists)
        future += distinct.count - existing.count
        let cancelling = revoked.filter(exists)

        let valid = withoutVoided(existing, cancelling)
        voided += existing.count - valid.count
        let kept = source == .registration ? valid : oneStayPerPlaceAndDay(valid)
        counting[citizen] = valid
        rows[citizen] = kept

        let row = inForce(citizen, at: lastDate)
        inForce += row == nil ? 0 : 1
        let late = valid.filter { $0[dateColumn] > lastDate }.count
        future += late
        superseded += valid.count - late - (row == nil ? 0 : 1)
        if hasConflict(valid, at: lastDate) { conflicts += 1 }
    }

    private var dateColumn: String {
        source == .registration ? "event_date" : "arrival_date"
    }

    private var codeColumn: String {
        source == .registration ? "division_code" : "residence_code"
    }

    /// SPEC 4, Voided: first the versions of records, then revocations without record_id.
    private func withoutVoided(_ existing: [Row], _ cancelling: [Row]) -> [Row] {
        var versions: [String: [Row]] = [:]
        for row in existing + cancelling where !row["record_id"].isEmpty {
            versions[row["record_id"], default: []].append(row)
        }
        var valid = existing.filter { $0["record_id"].isEmpty }
        for (_, all) in versions {
            let latest = all.max { isLess(versionKey($0), versionKey($1)) }!
            if !latest.isRevoked { valid.append(latest) }
        }
        return valid.filter { row in
            !cancelling.contains { cancel in
                cancel["record_id"].isEmpty
                    && cancel[dateColumn] == row[dateColumn]
                    && cancel[codeColumn] == row[codeColumn]
                    && cancel["event"] == row["event"]
                    && row.updatedAt <= cancel.updatedAt
            }
        }
    }

    private func oneStayPerPlaceAndDay(_ valid: [Row]) -> [Row] {
        var stays: [String: Row] = [:]
        for row in valid {
            let key = row["arrival_date"] + row["residence_code"]
            if let other = stays[key], isLess(stayKey(row), stayKey(other)) { continue }
            stays[key] = row
        }
        return stays.values.sorted { isLess(orderKey($0), orderKey($1)) }
    }

    /// The row in force at a date (SPEC 4).
    func inForce(_ citizen: String, at date: String) -> Row? {
        (rows[citizen] ?? []).filter { $0[dateColumn] <= date }
            .max { isLess(orderKey($0), orderKey($1)) }
    }

    /// Stays that began by a date, in the order of SPEC 4; the last one is in force.
    func stays(_ citizen: String, at date: String) -> [Row] {
        (rows[citizen] ?? []).filter { $0["arrival_date"] <= date }
            .sorted { isLess(orderKey($0), orderKey($1)) }
    }

    private func hasConflict(_ valid: [Row], at date: String) -> Bool {
        let dated = valid.filter { $0[dateColumn] <= date }
        guard let top = dated.map({ $0[dateColumn] + $0.updatedAt }).max() else { return false }
        let tied = dated.filter { $0[dateColumn] + $0.updatedAt == top }
        return tied.contains {
            $0[codeColumn] != tied[0][codeColumn] || $0["event"] != tied[0]["event"]
        }
    }

    // MARK: Orders

    private func others(_ row: Row, without used: [String]) -> [String] {
        Columns.of(source).map(\.name).filter { !used.contains($0) }.map { row[$0] }
    }

    /// Registration: (event_date, updated_at, division_code, event place, others). Stays:
    /// (arrival_date, updated_at, residence_code, departure_date, others).
    private func orderKey(_ row: Row) -> [String] {
        if source == .registration {
            return [row["event_date"], row.updatedAt, row["division_code"], row.eventPlace]
                + others(row, without: ["event_date", "updated_at", "division_code", "event"])
        }
        let used = ["arrival_date", "updated_at", "residence_code", "departure_date"]
        return used.map { row[$0] } + others(row, without: used)
    }

    /// Among stays of one place and day: (updated_at, departure_date, others).
    private func stayKey(_ row: Row) -> [String] {
        let used = ["updated_at", "departure_date"]
        return used.map { row[$0] } + others(row, without: used)
    }

    private func versionKey(_ row: Row) -> [String] {
        [row.updatedAt] + orderKey(row)
    }

    private func isLess(_ a: [String], _ b: [String]) -> Bool {
        for (x, y) in zip(a, b) {
            let order = Texts.compare(x, y)
            if order != 0 { return order < 0 }
        }
        return false
    }
}
