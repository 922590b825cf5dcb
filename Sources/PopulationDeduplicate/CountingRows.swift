package import PopulationModel

/// Finds, among the rows of one citizen and source, those that count (SPEC 4, **Voided**), and
/// accounts for the others.
package struct CountingRows {
    /// Rows updated later do not exist; `nil` = no limit.
    package let knownAt: Int64?

    package init(knownAt: Int64?) { self.knownAt = knownAt }

    /// Reduces `rows` to those that count; they come out in no particular order. Every accepted row
    /// that goes is counted as exact duplicate, future or voided.
    @inline(__always)
    func reduce(
        _ rows: inout ReusedList<PackedRecordView>, source: Source,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        if !allCount(rows) { reduceByEveryRule(&rows, source: source, counts: &counts) }
    }

    /// Those of the rows that count, found by every rule: so that the rules can be asked by themselves.
    package func countingRows(
        of rows: [PackedRecordView], source: Source, counts: inout DeduplicateCounts.SourceCounts
    ) -> [PackedRecordView] {
        var list = ReusedList<PackedRecordView>()
        for row in rows { list.append(row) }
        reduceByEveryRule(&list, source: source, counts: &counts)
        return Array(list.buffer)
    }

    /// Whether it is plain that every row counts: none is cancelled or too late, no two are equal
    /// or versions of one record. Rows are few, so each is compared with each.
    @inline(__always)
    private func allCount(_ rows: borrowing ReusedList<PackedRecordView>) -> Bool {
        let limit = knownAt ?? .max
        if rows.count > Self.fewRows { return false }
        for index in 0..<rows.count {
            let row = rows[index]
            if row.isRevoked || row.updatedAt > limit { return false }
            for earlier in 0..<index where isSameRecord(row, rows[earlier]) { return false }
        }
        return true
    }

    /// Of up to so many rows each is compared with each.
    private static var fewRows: Int { 8 }

    @inline(__always)
    private func isSameRecord(_ a: PackedRecordView, _ b: PackedRecordView) -> Bool {
        let id = a.recordID
        return id.isEmpty
            ? RecordOrder.areEqual(a, b) : RecordOrder.areSameBytes(id, b.recordID)
    }

    private func reduceByEveryRule(
        _ rows: inout ReusedList<PackedRecordView>, source: Source,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        dropDuplicates(&rows, counts: &counts)
        if let knownAt {
            rows.removeAll { row in
                guard row.updatedAt > knownAt else { return false }
                if !row.isRevoked { counts.future += 1 }
                return true
            }
        }
        keepLatestVersions(&rows, source: source, counts: &counts)
        applyRevocations(&rows, source: source, counts: &counts)
    }

    private func dropDuplicates(
        _ rows: inout ReusedList<PackedRecordView>,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        let areMany = rows.count > Self.fewRows
        // Equal rows stand together after this; the order itself is of no account.
        if areMany { rows.sort { RecordOrder.bytes($0.bytes, $1.bytes) < 0 } }
        var kept = 0
        for index in 0..<rows.count {
            let row = rows[index]
            var other = areMany ? max(kept - 1, 0) : 0
            while other < kept, !RecordOrder.areEqual(rows[other], row) { other += 1 }
            if other == kept {
                rows[kept] = row
                kept += 1
            } else if !row.isRevoked {
                counts.exactDuplicate += 1
            }
        }
        rows.keepFirst(kept)
    }

    /// Of the versions of one record only the one written last stands; a cancelled one stands for
    /// no row at all.
    private func keepLatestVersions(
        _ rows: inout ReusedList<PackedRecordView>, source: Source,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        guard rows.buffer.contains(where: { !$0.recordID.isEmpty }) else { return }
        rows.sort { a, b in
            let ids = RecordOrder.bytes(a.recordID, b.recordID)
            if ids != 0 { return ids < 0 }
            if a.updatedAt != b.updatedAt { return a.updatedAt < b.updatedAt }
            let order =
                source == .registration
                ? RecordOrder.registration(a, b) : RecordOrder.stay(a, b)
            return order < 0
        }
        var kept = 0
        for index in 0..<rows.count {
            let row = rows[index]
            let id = row.recordID
            let isLast =
                index + 1 == rows.count
                || !RecordOrder.areSameBytes(id, rows[index + 1].recordID)
            if id.isEmpty || (isLast && !row.isRevoked) {
                rows[kept] = row
                kept += 1
            } else if !row.isRevoked {
                counts.voided += 1
            }
        }
        rows.keepFirst(kept)
    }

    /// A cancelled row without record_id voids the rows that it names and that are not younger.
    private func applyRevocations(
        _ rows: inout ReusedList<PackedRecordView>, source: Source,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        // Cancelled rows go behind the others. The list forgets them, but they stand there until
        // something is appended.
        var all = rows.buffer
        let count = all.partition(by: \.isRevoked)
        let revocations = all[count...]
        rows.keepFirst(count)
        if revocations.isEmpty { return }
        rows.removeAll { row in
            let isVoided = revocations.contains { revocation in
                revocation.date == row.date && revocation.code == row.code
                    && (source == .residency || revocation.event == row.event)
                    && row.updatedAt <= revocation.updatedAt
            }
            if isVoided { counts.voided += 1 }
            return isVoided
        }
    }
}
