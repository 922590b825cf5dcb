package import PopulationModel

/// Finds, among the rows of one citizen and source, those that count (SPEC 4, **Voided**), and
/// accounts for the others.
package struct CountingRows {
    /// Rows updated later do not exist; `nil` = no limit.
    package let knownAt: Int64?
    /// Day number of the last reference date.
    package let lastDay: Int32

    package init(knownAt: Int64?, lastDay: Int32) {
        self.knownAt = knownAt
        self.lastDay = lastDay
    }

    /// Reduces `rows` to those that count; they come out in no particular order.
    @inline(__always)
    func reduce(
        _ rows: inout ReusedList<PackedRecordView>, source: Source,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        if allCount(rows) { return }
        var kept = Array(rows.buffer)
        reduce(&kept, source: source, counts: &counts)
        rows.replace(with: kept)
    }

    /// Whether it is plain that every row counts: none is cancelled or too late, no two are equal
    /// or versions of one record. Rows are few, so each is compared with each.
    @inline(__always)
    private func allCount(_ rows: borrowing ReusedList<PackedRecordView>) -> Bool {
        let limit = knownAt ?? .max
        if rows.count > 8 { return false }
        for index in 0..<rows.count {
            let row = rows[index]
            if row.isRevoked || row.updatedAt > limit { return false }
            for earlier in 0..<index where isSameRecord(row, rows[earlier]) { return false }
        }
        return true
    }

    private func isSameRecord(_ a: PackedRecordView, _ b: PackedRecordView) -> Bool {
        let id = a.recordID
        return id.isEmpty
            ? RecordOrder.areEqual(a, b) : RecordOrder.bytes(id, b.recordID) == 0
    }

    /// The same with every rule. Every accepted row that goes is counted as exact duplicate, future
    /// or voided.
    package func reduce(
        _ rows: inout [PackedRecordView], source: Source,
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
        _ rows: inout [PackedRecordView], counts: inout DeduplicateCounts.SourceCounts
    ) {
        if rows.count > 8 {
            // Equal rows stand together after this; the order itself is of no account.
            rows.sort { RecordOrder.bytes(Self.bytes($0), Self.bytes($1)) < 0 }
            var kept: [PackedRecordView] = []
            for row in rows {
                if let last = kept.last, RecordOrder.areEqual(last, row) {
                    if !row.isRevoked { counts.exactDuplicate += 1 }
                } else {
                    kept.append(row)
                }
            }
            rows = kept
            return
        }
        var index = 1
        while index < rows.count {
            if rows[..<index].contains(where: { RecordOrder.areEqual($0, rows[index]) }) {
                if !rows[index].isRevoked { counts.exactDuplicate += 1 }
                rows.remove(at: index)
            } else {
                index += 1
            }
        }
    }

    private static func bytes(_ row: PackedRecordView) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: row.start, count: row.byteCount)
    }

    /// Of the versions of one record only the one written last stands; a cancelled one stands for
    /// no row at all.
    private func keepLatestVersions(
        _ rows: inout [PackedRecordView], source: Source,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        guard rows.contains(where: { !$0.recordID.isEmpty }) else { return }
        rows.sort { a, b in
            let ids = RecordOrder.bytes(a.recordID, b.recordID)
            if ids != 0 { return ids < 0 }
            if a.updatedAt != b.updatedAt { return a.updatedAt < b.updatedAt }
            let order =
                source == .registration
                ? RecordOrder.registration(a, b) : RecordOrder.stay(a, b)
            return order < 0
        }
        var kept: [PackedRecordView] = []
        for (index, row) in rows.enumerated() {
            let id = row.recordID
            let isLast =
                index + 1 == rows.count || RecordOrder.bytes(id, rows[index + 1].recordID) != 0
            if id.isEmpty || (isLast && !row.isRevoked) {
                kept.append(row)
            } else if !row.isRevoked {
                counts.voided += 1
            }
        }
        rows = kept
    }

    /// A cancelled row without record_id voids the rows that it names and that are not younger.
    private func applyRevocations(
        _ rows: inout [PackedRecordView], source: Source,
        counts: inout DeduplicateCounts.SourceCounts
    ) {
        guard rows.contains(where: \.isRevoked) else { return }
        let revocations = rows.filter(\.isRevoked)
        rows.removeAll { row in
            if row.isRevoked { return true }
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
