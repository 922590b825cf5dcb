import PopulationModel
import Testing

import PopulationSample

@Suite struct SampleLedgerTests {
    @Test func hasOneLineForEveryKind() {
        #expect(SampleKind.table.count == SampleKind.allCases.count)
    }

    @Test func groupsKindsByMeasureInOneRun() {
        // Lines out of step with their cases would mix measures.
        #expect(SampleKind.fieldMissing.words == "a field too few")
        #expect(SampleKind.updatedNoSuchTime.measure == .rejected)
        #expect(SampleKind.sexMismatch.reason(in: .registration) == "sex-mismatch")
        #expect(SampleKind.optionalBytes.reason(in: .residency) == "optional-encoding")
        #expect(SampleKind.hongKong.measure == .outOfScope)
        #expect(SampleKind.abolishedUnit.measure == .unknownDivision)
        #expect(SampleKind.recordRevoked.measure == .rule)
        #expect(SampleKind.permitSuspended.words == "a permit that was not endorsed again")
        #expect(SampleKind.quotedField.measure == .spelling)
        #expect(SampleKind.eventByPlan.words == "events by a code that only the plan knows")
    }

    @Test func givesOnlyReasonsThatIngestKnows() {
        let rejected = Set(RejectReason.allCases.map(\.word))
        let warnings = Set(WarningReason.allCases.map(\.word))
        for kind in SampleKind.allCases {
            for source in Source.allCases {
                let reason = kind.reason(in: source)
                switch kind.measure {
                case .rejected: #expect(rejected.contains(reason))
                case .warning: #expect(warnings.contains(reason))
                default: #expect(reason == "")
                }
            }
        }
    }

    @Test func plantsEveryRejectReasonAndEveryWarning() {
        let reasons = Set(
            PlantedStory.all.filter(\.isDefect).map { $0.kind.reason(in: $0.source) })
        for reason in RejectReason.allCases { #expect(reasons.contains(reason.word)) }
        for reason in WarningReason.allCases { #expect(reasons.contains(reason.word)) }
    }

    @Test func addsUp() {
        var one = SampleLedger()
        one.add(.idShort, .residency)
        one.add(.idLetters, .residency, count: 2)
        one.addRow(.residency)
        var sum = one
        sum.add(one)
        #expect(sum[.idShort, .residency] == 2)
        #expect(sum[.idShort, .registration] == 0)
        #expect(sum.count(.rejected, reason: "id-format", source: .residency) == 6)
        #expect(sum.rows == [0, 2])
        #expect(sum.entries.map(\.kind) == [.idShort, .idLetters])
    }
}
