import PopulationModel
import PopulationPipeline
import PopulationTestSupport
import Testing

/// Every fault of gates in its final words and with its exit status.
@Suite struct GateFaultMessageTests {
    static let rows: [(fault: GateFault, status: Int32, text: String)] = [
        (
            .broken(
                gate: "jump", found: Bilingual("9 对 5", "9 against 5"), reason: "towns do not jump"),
            65,
            "the gate jump is broken: 9 against 5; it is there because: towns do not jump "
                + "(GATE-001). Look into it; if the figures are right, run again with "
                + "--accept-gate jump --reason TEXT. Nothing was published."
        ),
        (
            .notAGate(name: "jmp", known: ["rejected-registration", "jump"]), 64,
            "the plan has no gate jmp (GATE-002). Its gates are: rejected-registration, jump."
        ),
        (
            .personalReason(name: "jump"), 64,
            "the reason for accepting jump is too long or not one line of text, or holds a number "
                + "as long as an identity number (GATE-003). Write why in up to 500 characters, "
                + "without personal values: it is published."
        ),
    ]

    @Test(arguments: rows.indices)
    func saysWhatIsWrongAndWhatToDo(index: Int) {
        let (fault, status, text) = Self.rows[index]
        #expect(fault.error.description == text)
        #expect(
            ChineseWording.problems(
                fault.error.line(in: .zh), beside: text, values: ChineseWording.values(of: fault))
                == [])
        #expect(fault.error.exitStatus == status)
    }
}
