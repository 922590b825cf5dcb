import PopulationAggregate
import PopulationFigures
import PopulationModel
import Testing

@Suite struct QualityAccountTests {
    private static func lines(_ account: QualityAccount) -> [String] {
        account.figures().map { "\($0.source),\($0.measure),\($0.reason),\($0.rows)" }
    }

    @Test func everyCountHasItsLine() {
        var rows = RowCounts()
        rows.read = 100
        rows.outOfScope = 1
        rows.revoked = 2
        rows.accepted = 84
        rows.rejected = (0..<13).map { _ in 1 }
        rows.warnings = [1, 2, 3, 4, 5, 6]
        var counts = DeduplicateCounts()
        counts.registration.exactDuplicate = 7
        counts.registration.voided = 8
        counts.registration.superseded = 9
        counts.registration.future = 10
        counts.registration.inForce = 50
        counts.registration.conflict = 11
        counts.nameConflict = 12
        counts.closedButPresent = 13
        #expect(rows.isBalanced && counts.registration.rows == rows.accepted)
        let lines = Self.lines(
            QualityAccount(
                ingest: [.registration: rows], deduplicate: counts,
                unknownDivisions: [("449901009009", 2), ("449901009008", 1)]))
        #expect(lines == lines.sorted())
        #expect(
            lines == [
                "all,closed_but_present,,13", "all,name_conflict,,12",
                "all,unknown_division,449901009008,1", "all,unknown_division,449901009009,2",
                "registration,accepted,,84", "registration,conflict,,11",
                "registration,exact_duplicate,,7", "registration,in_force,,50",
                "registration,out_of_scope,,1", "registration,read,,100",
                "registration,rejected,arrival-date,1", "registration,rejected,departure-date,1",
                "registration,rejected,division-format,1", "registration,rejected,encoding,1",
                "registration,rejected,event-date,1", "registration,rejected,event-unknown,1",
                "registration,rejected,id-birth-date,1", "registration,rejected,id-check,1",
                "registration,rejected,id-damaged,1", "registration,rejected,id-format,1",
                "registration,rejected,id-missing,1", "registration,rejected,row-shape,1",
                "registration,rejected,updated-at,1", "registration,revoked,,2",
                "registration,superseded,,9", "registration,superseded,future,10",
                "registration,voided,,8", "registration,warning,birth-mismatch,2",
                "registration,warning,cause-unknown,3", "registration,warning,optional-date,5",
                "registration,warning,optional-encoding,6", "registration,warning,origin-format,4",
                "registration,warning,sex-mismatch,1",
            ])
    }

    @Test func zerosAreLeftOut() {
        let account = QualityAccount(
            ingest: [:], deduplicate: DeduplicateCounts(), unknownDivisions: [])
        #expect(Self.lines(account) == [])
    }

    @Test func countsOfExtractsAddUp() {
        var one = RowCounts()
        one.read = 3
        one.accepted = 2
        one.rejected[4] = 1
        one.warnings[2] = 2
        one.readByLibCSV = 1
        var sum = one
        sum.add(one)
        #expect(sum.read == 6 && sum.rejectedTotal == 2 && sum.rejected[4] == 2)
        #expect(sum.warnings[2] == 4 && sum.readByLibCSV == 2 && sum.isBalanced)
        sum.read += 1
        #expect(!sum.isBalanced)
    }
}
