internal import PopulationModel

/// What is decided about one citizen before any reference date is looked at: the rows that count,
/// in order, and their places.
struct Citizen: ~Copyable {
    /// Ascending in the order of SPEC 4; the last with event_date <= t is in force at t.
    private(set) var registrations = ReusedList<Registration>()
    /// One per arrival and residence, ascending by (arrival_date, updated_at, residence_code).
    private(set) var stays = ReusedList<Stay>()

    struct Registration {
        var row: PackedRecordView
        var day: Int32
        var place: Int32
        var event: UInt8

        @inline(__always)
        var isActive: Bool { Citizen.isActive(event) }
        /// Rule 0.
        @inline(__always)
        var isClosed: Bool {
            event >= RegistrationEvent.death.rawValue
                && event <= RegistrationEvent.emigration.rawValue
        }
    }

    /// Registered after the event.
    @inline(__always)
    static func isActive(_ event: UInt8) -> Bool { event <= RegistrationEvent.return.rawValue }

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
    @inline(__always)
    mutating func setRegistrations(
        _ rows: inout ReusedList<PackedRecordView>, places: PlaceTable, lastDay: Int32,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        registrations.removeAll()
        if rows.isEmpty { return }
        if rows.count > 1 { rows.sort { RecordOrder.registration($0, $1) < 0 } }
        var dated = 0
        for index in 0..<rows.count {
            let row = rows[index]
            let day = row.date
            if day <= lastDay { dated &+= 1 }
            registrations.append(
                Registration(
                    row: row, day: day, place: places.place(of: row.code), event: row.event))
        }
        Self.account(all: rows.count, dated: dated, counts: &counts)
        if dated > 1, holdsConflict(dated) { counts.conflict += 1 }
    }

    /// Another row ties with the one in force at the last date and says something else.
    private func holdsConflict(_ dated: Int) -> Bool {
        let top = registrations[dated - 1].row
        var index = dated - 2
        while index >= 0, registrations[index].row.dateThenUpdated == top.dateThenUpdated {
            let row = registrations[index].row
            if row.code != top.code || row.event != top.event { return true }
            index -= 1
        }
        return false
    }

    /// Takes the rows that count and keeps one per arrival and residence.
    @inline(__always)
    mutating func setStays(
        _ rows: inout ReusedList<PackedRecordView>, places: PlaceTable, lastDay: Int32,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        stays.removeAll()
        if rows.isEmpty { return }
        if rows.count > 1 { Self.keepOnePerStay(&rows, lastDay: lastDay, counts: &counts) }
        var dated = 0
        for index in 0..<rows.count {
            let row = rows[index]
            let arrival = row.date
            if arrival <= lastDay { dated &+= 1 }
            stays.append(
                Stay(
                    row: row, arrival: arrival, departure: row.departure,
                    place: places.place(of: row.code),
                    registeredPlace: row.secondCodeLength == 0
                        ? -1 : places.place(of: row.registeredCode)))
        }
        Self.account(all: rows.count, dated: dated, counts: &counts)
        // One row per arrival and residence is left, so a tie differs in residence.
        if dated > 1,
            stays[dated - 1].row.dateThenUpdated == stays[dated - 2].row.dateThenUpdated
        {
            counts.conflict += 1
        }
    }

    private static func keepOnePerStay(
        _ rows: inout ReusedList<PackedRecordView>, lastDay: Int32,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        rows.sort { a, b in
            if a.date != b.date { return a.date < b.date }
            if a.code != b.code { return a.code < b.code }
            return RecordOrder.stay(a, b) < 0
        }
        var kept = 0
        for index in 0..<rows.count {
            let row = rows[index]
            if index + 1 < rows.count, rows[index + 1].date == row.date,
                rows[index + 1].code == row.code
            {
                if row.date > lastDay { counts.future += 1 } else { counts.superseded += 1 }
            } else {
                rows[kept] = row
                kept += 1
            }
        }
        rows.keepFirst(kept)
        rows.sort { a, b in
            (a.dateThenUpdated, a.code) < (b.dateThenUpdated, b.code)
        }
    }

    /// The row in force at the last date, if any, and what is left.
    @inline(__always)
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
