internal import PopulationModel

/// What is decided about one citizen before any reference date is looked at: the rows that count,
/// in order, and their places.
struct Citizen {
    /// Ascending in the order of SPEC 4; the last with event_date <= t is in force at t.
    var registrations: [Registration] = []
    /// One per arrival and residence, ascending by (arrival_date, updated_at, residence_code).
    var stays: [Stay] = []

    struct Registration {
        var row: PackedRecordView
        var day: Int32
        var place: Int32
        var isActive: Bool
        var isClosed: Bool
    }

    struct Stay {
        var row: PackedRecordView
        var arrival: Int32
        /// 0 = still there.
        var departure: Int32
        var place: Int32
        /// -1 = no registered_code.
        var registeredPlace: Int32

        @inline(__always)
        func isPresent(at day: Int32) -> Bool { departure == 0 || departure > day }
    }

    /// Takes the rows that count.
    mutating func setRegistrations(
        _ rows: inout [PackedRecordView], places: PlaceTable, lastDay: Int32,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        registrations.removeAll(keepingCapacity: true)
        if rows.isEmpty { return }
        if rows.count > 1 { rows.sort { RecordOrder.registration($0, $1) < 0 } }
        for row in rows {
            let event = row.event
            registrations.append(
                Registration(
                    row: row, day: row.date, place: places.place(of: row.code),
                    isActive: event <= RegistrationEvent.return.rawValue,
                    isClosed: event >= RegistrationEvent.death.rawValue
                        && event <= RegistrationEvent.emigration.rawValue))
        }
        let dated = registrations.count { $0.day <= lastDay }
        Self.account(all: rows.count, dated: dated, counts: &counts)
        if dated > 1 {
            let top = registrations[dated - 1].row
            let ties = registrations[..<(dated - 1)].reversed().prefix {
                $0.row.dateThenUpdated == top.dateThenUpdated
            }
            if ties.contains(where: { $0.row.code != top.code || $0.row.event != top.event }) {
                counts.conflict += 1
            }
        }
    }

    /// Takes the rows that count and keeps one per arrival and residence.
    mutating func setStays(
        _ rows: inout [PackedRecordView], places: PlaceTable, lastDay: Int32,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        stays.removeAll(keepingCapacity: true)
        if rows.isEmpty { return }
        if rows.count > 1 { Self.keepOnePerStay(&rows, lastDay: lastDay, counts: &counts) }
        for row in rows {
            stays.append(
                Stay(
                    row: row, arrival: row.date, departure: row.departure,
                    place: places.place(of: row.code),
                    registeredPlace: row.secondCodeLength == 0
                        ? -1 : places.place(of: row.registeredCode)))
        }
        let dated = stays.count { $0.arrival <= lastDay }
        Self.account(all: rows.count, dated: dated, counts: &counts)
        // One row per arrival and residence is left, so a tie differs in residence.
        if dated > 1,
            stays[dated - 1].row.dateThenUpdated == stays[dated - 2].row.dateThenUpdated
        {
            counts.conflict += 1
        }
    }

    private static func keepOnePerStay(
        _ rows: inout [PackedRecordView], lastDay: Int32,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        rows.sort { a, b in
            if a.date != b.date { return a.date < b.date }
            if a.code != b.code { return a.code < b.code }
            return RecordOrder.stay(a, b) < 0
        }
        var kept: [PackedRecordView] = []
        for (index, row) in rows.enumerated() {
            if index + 1 < rows.count, rows[index + 1].date == row.date,
                rows[index + 1].code == row.code
            {
                if row.date > lastDay { counts.future += 1 } else { counts.superseded += 1 }
            } else {
                kept.append(row)
            }
        }
        kept.sort { a, b in
            (a.dateThenUpdated, a.code) < (b.dateThenUpdated, b.code)
        }
        rows = kept
    }

    /// The row in force at the last date, if any, and what is left.
    private static func account(
        all: Int, dated: Int, counts: inout DeduplicateCounts.SourceCounts
    ) {
        counts.future += all - dated
        if dated > 0 {
            counts.inForce += 1
            counts.superseded += dated - 1
        }
    }
}
