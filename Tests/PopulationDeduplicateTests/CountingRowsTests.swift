import PopulationDeduplicate
import PopulationModel
import Testing

@Suite struct CountingRowsTests {
    /// A row whose name tells it apart.
    private static func row(
        _ name: String, record: String = "", updated: UInt64 = 10, date: UInt64 = 60_000,
        event: UInt64 = 0, code: UInt64 = 1, revoked: Bool = false, residency: Bool = false
    ) -> PackedRow {
        var row = PackedRow()
        row.name = name
        row.recordID = record
        row.updated = updated
        row.date = date
        row.event = event
        row.code = code
        row.isRevoked = revoked
        row.isResidency = residency
        return row
    }

    /// Names of the rows that count, then exact duplicates, voided and future rows.
    private static func reduce(_ rows: [PackedRow], knownAt: Int64? = nil) -> String {
        var counts = DeduplicateCounts.SourceCounts()
        let source: Source = rows.first?.isResidency == true ? .residency : .registration
        let names = PackedRow.withViews(rows) { views in
            CountingRows(knownAt: knownAt)
                .countingRows(of: views, source: source, counts: &counts)
                .map { String(decoding: $0.name, as: UTF8.self) }.sorted()
        }
        let left = names.joined(separator: ",")
        let balance = names.count + counts.exactDuplicate + counts.voided + counts.future
        let accepted = rows.count { !$0.isRevoked }
        #expect(balance == accepted, "every accepted row is accounted for")
        return "\(left) \(counts.exactDuplicate) \(counts.voided) \(counts.future)"
    }

    /// The answer of every order of the rows must be the same.
    private static func reduceAllOrders(_ rows: [PackedRow], knownAt: Int64? = nil) -> Set<String> {
        func orders(_ rest: [PackedRow]) -> [[PackedRow]] {
            rest.isEmpty
                ? [[]]
                : rest.indices.flatMap { index in
                    var others = rest
                    let first = others.remove(at: index)
                    return orders(others).map { [first] + $0 }
                }
        }
        return Set(orders(rows).map { reduce($0, knownAt: knownAt) })
    }

    @Test func oneRowCounts() {
        #expect(Self.reduce([Self.row("a")]) == "a 0 0 0")
        #expect(Self.reduce([Self.row("a", revoked: true)]) == " 0 0 0")
        #expect(Self.reduce([Self.row("a", record: "R", revoked: true)]) == " 0 0 0")
    }

    @Test func ofEqualRowsOneCounts() {
        #expect(Self.reduce(Array(repeating: Self.row("a"), count: 3)) == "a 2 0 0")
        #expect(Self.reduce(Array(repeating: Self.row("a"), count: 12)) == "a 11 0 0")
        let many = (0..<20).map { Self.row("\($0 % 10)", code: UInt64($0 % 10)) }
        #expect(Self.reduce(many) == "0,1,2,3,4,5,6,7,8,9 10 0 0")
    }

    @Test func ofVersionsOfOneRecordTheNewestCounts() {
        let rows = [
            Self.row("a", record: "R", updated: 1), Self.row("b", record: "R", updated: 3),
            Self.row("c", record: "R", updated: 2), Self.row("d", record: "S", updated: 1),
        ]
        #expect(Self.reduceAllOrders(rows) == ["b,d 0 2 0"])
    }

    @Test func versionsWrittenAtOnceGoByTheOrderOfRows() {
        let rows = [
            Self.row("a", record: "R", date: 60_002), Self.row("b", record: "R", date: 60_001),
            Self.row("c", record: "R", date: 60_002, event: 1),
        ]
        #expect(Self.reduceAllOrders(rows) == ["c 0 2 0"])
    }

    @Test func rowsWithoutRecordIDAreNoVersionsOfEachOther() {
        let rows = [
            Self.row("a", updated: 1), Self.row("b", updated: 2), Self.row("c", updated: 3),
        ]
        #expect(Self.reduceAllOrders(rows) == ["a,b,c 0 0 0"])
    }

    @Test func aCancelledNewestVersionLeavesNone() {
        let rows = [
            Self.row("a", record: "R", updated: 1),
            Self.row("b", record: "R", updated: 2, revoked: true),
            Self.row("c", record: "S", updated: 1),
        ]
        #expect(Self.reduceAllOrders(rows) == ["c 0 1 0"])
    }

    @Test func aCancelledOlderVersionChangesNothing() {
        let rows = [
            Self.row("a", record: "R", updated: 2),
            Self.row("b", record: "R", updated: 1, revoked: true),
        ]
        #expect(Self.reduceAllOrders(rows) == ["a 0 0 0"])
    }

    /// More rows than are compared each with each, and than are sorted by insertion.
    @Test func manyRowsGoByTheSameRules() {
        var rows = (1...12).map { Self.row("r\($0)", record: "R", updated: UInt64($0)) }
        rows += Array(repeating: Self.row("twin", updated: 4, code: 2), count: 3)
        rows += [
            Self.row("older", updated: 4), Self.row("younger", updated: 6),
            Self.row("x", updated: 5, revoked: true),
            Self.row("s", record: "S", updated: 9), Self.row("t", record: "S", updated: 8),
            Self.row("gone", record: "T", updated: 9),
            Self.row("y", record: "T", updated: 10, revoked: true),
        ]
        for start in rows.indices {
            let turned = Array(rows[start...] + rows[..<start])
            for order in [turned, turned.reversed()] {
                #expect(Self.reduce(order) == "r12,s,twin,younger 2 14 0")
                #expect(Self.reduce(order, knownAt: 11) == "r11,s,twin,younger 2 13 1")
            }
        }
    }

    /// It is the record's version that is cancelled, not rows that look like it.
    @Test func aCancelledRowWithRecordIDVoidsNoOtherRow() {
        let rows = [
            Self.row("a", updated: 1), Self.row("b", record: "R", updated: 2, revoked: true),
        ]
        #expect(Self.reduceAllOrders(rows) == ["a 0 0 0"])
    }

    @Test func aCancelledRowWithoutRecordIDVoidsWhatItNames() {
        let revocation = Self.row("x", updated: 5, revoked: true)
        let rows = [
            revocation, Self.row("older", updated: 4), Self.row("same", updated: 5),
            Self.row("younger", updated: 6), Self.row("record", record: "R", updated: 4),
            Self.row("otherDay", updated: 4, date: 60_001),
        ]
        #expect(Self.reduceAllOrders(rows) == ["otherDay,younger 0 3 0"])
        #expect(
            Self.reduceAllOrders([
                revocation, Self.row("otherCode", code: 2), Self.row("otherEvent", event: 1),
            ]) == ["otherCode,otherEvent 0 0 0"])
    }

    @Test func aStayIsNamedByItsDayAndPlaceAlone() {
        var other = Self.row("a", updated: 4, residency: true)
        other.dwelling = 3
        other.departure = 61_000
        let revocation = Self.row("x", updated: 5, revoked: true, residency: true)
        #expect(Self.reduceAllOrders([revocation, other]) == [" 0 1 0"])
    }

    /// A revocation first, versions after it, would leave the older version: versions go first.
    @Test func versionsAreTakenBeforeRevocations() {
        let rows = [
            Self.row("a", record: "R", updated: 1), Self.row("b", record: "R", updated: 3),
            Self.row("x", updated: 4, revoked: true),
        ]
        #expect(Self.reduceAllOrders(rows) == [" 0 2 0"])
    }

    @Test func whatIsWrittenAfterKnownAtDoesNotExist() {
        let rows = [
            Self.row("a", record: "R", updated: 5), Self.row("b", record: "R", updated: 6),
            Self.row("c", updated: 5, date: 60_001),
            Self.row("x", updated: 6, date: 60_001, revoked: true),
        ]
        #expect(Self.reduceAllOrders(rows, knownAt: 5) == ["a,c 0 0 1"])
        #expect(Self.reduceAllOrders(rows, knownAt: 6) == ["b 0 2 0"])
        #expect(Self.reduce([Self.row("a", updated: 6)], knownAt: 5) == " 0 0 1")
        #expect(Self.reduce([Self.row("a", updated: 5)], knownAt: 5) == "a 0 0 0")
    }
}
