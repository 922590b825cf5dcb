import PopulationDeduplicate
import PopulationModel
import PopulationTestSupport
import Testing

@Suite struct RecordOrderTests {
    private static func random(_ random: inout SeededRandom, isResidency: Bool) -> PackedRow {
        var row = PackedRow()
        row.isResidency = isResidency
        row.isRevoked = random.chance(20)
        row.sex = UInt64(random.below(3))
        row.title = UInt64(random.below(3))
        row.date += UInt64(random.below(2))
        row.updated += UInt64(random.below(2))
        row.event = UInt64(random.below(2))
        row.cause = UInt64(random.below(15))
        row.householdType = UInt64(random.below(4))
        row.dwelling = UInt64(random.below(6))
        row.code += UInt64(random.below(2))
        row.birth = UInt64(random.below(2))
        row.secondCode = random.pick([0, 440_300_000_000])
        row.secondLength = row.secondCode == 0 ? 0 : UInt64(1 + random.below(2))
        row.originClass = UInt64(random.below(3))
        row.departure = UInt64(random.below(2))
        row.countFrom = UInt64(random.below(2))
        row.permits = UInt64(random.below(2))
        row.since = UInt64(random.below(2))
        for key in [\PackedRow.recordID, \.name, \.third, \.relation, \.education] {
            row[keyPath: key] = random.pick(["", "a", "ab", "b", "甲"])
        }
        return row
    }

    @Test(arguments: Seeds.list(upTo: 20), Source.allCases)
    func isATotalOrder(seed: UInt64, source: Source) {
        var chance = SeededRandom(seed: seed)
        var rows = (0..<40).map { _ in
            Self.random(&chance, isResidency: source == .residency)
        }
        // Neighbours: equal but for a column or two, or wholly equal.
        rows += rows.prefix(20).map { row in
            var other = row
            if chance.chance(50) { other.education = "c" }
            return other
        }
        PackedRow.withViews(rows) { views in
            let order = source == .registration ? RecordOrder.registration : RecordOrder.stay
            let signs = views.map { a in views.map { b in order(a, b).signum() } }
            for a in views.indices {
                for b in views.indices {
                    #expect(signs[a][b] == -signs[b][a], "POPSTAT_SEED=\(seed)")
                    #expect((signs[a][b] == 0) == RecordOrder.areEqual(views[a], views[b]))
                    for c in views.indices where signs[a][b] <= 0 && signs[b][c] <= 0 {
                        if signs[a][c] > 0 { Issue.record("not transitive, POPSTAT_SEED=\(seed)") }
                    }
                }
            }
        }
    }

    /// Each row differs from the plain one in a column of less weight than the row before it.
    @Test func registrationColumnsWeighInTheOrderOfTheContract() {
        let changes: [(inout PackedRow) -> Void] = [
            { $0.date += 1 }, { $0.updated += 1 }, { $0.code += 1 }, { $0.event += 1 },
            { $0.recordID = "a" }, { $0.name = "a" }, { $0.sex = 1 }, { $0.birth = 1 },
            { $0.third = "a" }, { $0.householdType = 1 }, { $0.relation = "a" }, { $0.cause = 1 },
            { $0.secondCode = 1 }, { $0.originClass = 1 }, { $0.education = "a" },
            { $0.title = 1 }, { $0.isRevoked = true },
        ]
        expectDescending(changes, PackedRow(), RecordOrder.registration)
    }

    @Test func stayColumnsWeighInTheOrderOfTheContract() {
        let changes: [(inout PackedRow) -> Void] = [
            { $0.date += 1 }, { $0.updated += 1 }, { $0.code += 1 }, { $0.departure = 1 },
            { $0.recordID = "a" }, { $0.name = "a" }, { $0.sex = 1 }, { $0.birth = 1 },
            { $0.isRevoked = true }, { $0.secondCode = 1 }, { $0.countFrom = 1 },
            { $0.third = "a" }, { $0.permits = 1 }, { $0.since = 1 }, { $0.dwelling = 1 },
            { $0.education = "a" }, { $0.title = 1 },
        ]
        var plain = PackedRow()
        plain.isResidency = true
        expectDescending(changes, plain, RecordOrder.stay)
    }

    private func expectDescending(
        _ changes: [(inout PackedRow) -> Void], _ plain: PackedRow,
        _ order: (PackedRecordView, PackedRecordView) -> Int
    ) {
        let rows = changes.indices.map { first in
            var row = plain
            changes[first](&row)
            return row
        }
        // A column outweighs all columns behind it together.
        let rests = changes.indices.map { first in
            var row = plain
            for change in changes[(first + 1)...] { change(&row) }
            return row
        }
        PackedRow.withViews(rows) { rows in
            PackedRow.withViews(rests) { rests in
                for index in rows.indices {
                    #expect(order(rows[index], rests[index]) > 0, "column \(index)")
                }
            }
        }
    }

    @Test func codesCompareByTheirWords() {
        // female before male; business before employment, talent before nothing else but resettlement.
        let pairs: [((inout PackedRow) -> Void, (inout PackedRow) -> Void)] = [
            ({ $0.sex = 2 }, { $0.sex = 1 }),
            ({ $0.cause = 3 }, { $0.cause = 2 }),
            ({ $0.cause = 11 }, { $0.cause = 10 }),
            ({ $0.householdType = 2 }, { $0.householdType = 3 }),
            ({ $0.householdType = 3 }, { $0.householdType = 1 }),
        ]
        for (lower, higher) in pairs {
            var (a, b) = (PackedRow(), PackedRow())
            lower(&a)
            higher(&b)
            PackedRow.withViews([a, b]) {
                #expect(RecordOrder.registration($0[0], $0[1]) < 0)
            }
        }
    }

    @Test func bytesCompareUnsignedAndABeginningIsLower() {
        func order(_ a: String, _ b: String) -> Int {
            Array(a.utf8).withUnsafeBytes { a in
                Array(b.utf8).withUnsafeBytes { RecordOrder.bytes(a, $0).signum() }
            }
        }
        #expect(order("", "") == 0 && order("", "a") == -1 && order("ab", "a") == 1)
        #expect(order("z", "甲") == -1 && order("a", "b") == -1 && order("b", "ab") == 1)
    }

    /// Of every length, and with a difference at every place.
    @Test func sameBytesAreTheSameAtEveryPlace() {
        for count in 0...40 {
            let bytes = (0..<count).map { UInt8($0 + 1) }
            bytes.withUnsafeBytes { bytes in
                let copy = Array(bytes)
                #expect(copy.withUnsafeBytes { RecordOrder.areSameBytes(bytes, $0) })
                let longer = copy + [0]
                #expect(!longer.withUnsafeBytes { RecordOrder.areSameBytes(bytes, $0) })
                for place in 0..<count {
                    var other = copy
                    other[place] ^= 0x80
                    let areSame = other.withUnsafeBytes { RecordOrder.areSameBytes(bytes, $0) }
                    #expect(!areSame, "\(place) of \(count)")
                }
            }
        }
    }
}
