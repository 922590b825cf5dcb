import PopulationModel
import Testing

@Suite struct PopstatErrorTests {
    private static func error(_ place: Place?, kind: PopstatError.Kind = .usage) -> PopstatError {
        PopstatError(
            code: "INGEST-004", kind: kind, message: Bilingual("有误", "what is wrong"),
            remedy: Bilingual("请改正。", "Do this."),
            place: place)
    }

    @Test func saysPlaceMessageCodeAndRemedyInOneLine() {
        let place = Place(
            file: "a.csv", rowNumber: 1_207, line: 1_210, byteOffset: 99, column: "event")
        #expect(
            Self.error(place).description
                == "a.csv, row 1207, line 1210, byte 99, column event: what is wrong "
                + "(INGEST-004). Do this.")
        #expect(Self.error(nil).description == "what is wrong (INGEST-004). Do this.")
        #expect(
            Self.error(place).line(in: .zh)
                == "a.csv，数据第 1207 行，第 1210 行，字节 99，列 event：有误（INGEST-004）。请改正。")
        #expect(Self.error(nil).line(in: .zh) == "有误（INGEST-004）。请改正。")
    }

    @Test(arguments: [
        (Place(file: "a.csv"), "a.csv"), (Place(file: "a.csv", line: 3), "a.csv, line 3"),
        (Place(file: "p.yaml", line: 3, column: "7"), "p.yaml, line 3, column 7"),
        (Place(file: "a.csv", byteOffset: 0), "a.csv, byte 0"),
    ])
    func leavesOutWhatIsNotKnownOfAPlace(place: Place, text: String) {
        #expect(place.description == text)
    }

    @Test func severalFaultsAreOneLineEachAndTheGravestStatusHolds() {
        let errors = PopstatErrors([
            Self.error(nil), Self.error(Place(file: "b"), kind: .inputMissing),
        ])
        #expect(errors.description.split(separator: "\n").count == 2)
        #expect(errors.exitStatus == 66)
    }

    @Test func exitStatusesAreThoseOfTheHelp() {
        let kinds: [PopstatError.Kind] = [
            .usage, .dataBeyondLimits, .inputMissing, .internalFault, .cannotCreate,
            .readOrWriteFailed, .lockHeld,
        ]
        #expect(kinds.map { Self.error(nil, kind: $0).exitStatus } == [64, 65, 66, 70, 73, 74, 75])
    }

    @Test func stagesAreNumberedInTheOrderOfTheData() {
        #expect(
            StageName.allCases.map(\.folderName) == [
                "1-ingest", "2-deduplicate", "3-classify", "4-aggregate", "5-publish",
            ])
        #expect(StageName.ingest < .publish)
    }
}
