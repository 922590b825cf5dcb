import PopulationIngest
import PopulationModel
import Testing

/// The numbers are the vectors of domain.md 1.6 and others made up in the same way.
@Suite struct IdentityNumberTests {
    private static func read(_ text: String) -> IdentityNumber.Reading {
        FieldBytes.with(text) { IdentityNumber.read($0) }
    }

    private static let citizens = [
        "11010519491231002X", "440524188001010014", "449901198002290016", "449901198002290024",
        "449901199912310156", "449902200001011237", "449903201606300083", "449981195505051218",
        "44992319700101999X", "44990119880808019X",
        // Right check, impossible birth date: that is tested later.
        "449901198202290010", "449901198013010016",
    ]

    @Test(arguments: citizens.indices)
    func readsEighteenCharacters(index: Int) throws {
        let text = Self.citizens[index]
        let first17 = try #require(UInt64(text.prefix(17)))
        #expect(Self.read(text) == .citizen(CitizenID(first17: first17)))
        #expect((FieldBytes.with(text) { IdentityNumber.checkedFirst17($0) } == first17) == true)
    }

    @Test(
        arguments: [
            ("449901800229001", "449901198002290016"), ("449901991231015", "449901199912310156"),
            ("449901550505121", "449901195505051216"), ("449901950101996", "449901189501019963"),
            ("449901950101997", "44990118950101997"), ("449901950101998", "44990118950101998"),
            ("449901950101999", "44990118950101999"), ("449901950101995", "44990119950101995"),
        ].enumerated().map { ($0.offset, $0.element.0, $0.element.1) })
    func upgradesFifteenDigits(index: Int, short: String, long: String) throws {
        let first17 = try #require(UInt64(long.prefix(17)))
        #expect(Self.read(short) == .citizen(CitizenID(first17: first17)), "vector \(index)")
    }

    @Test(
        arguments: [
            ("", .idMissing),
            ("4.49901E+17", .idDamaged), ("4.49901e17", .idDamaged), ("4E17", .idDamaged),
            ("4.4990119800229E+17", .idDamaged), ("449901198002290000", .idDamaged),
            ("4.E+17", .idFormat), ("4.49901E+7", .idFormat), ("4.49901E+017", .idFormat),
            ("4.49901E-17", .idFormat), ("44.9E+17", .idFormat), (".4E+17", .idFormat),
            ("4.4E+1x", .idFormat), ("4.4E", .idFormat), ("4", .idFormat),
            ("44990119800229001", .idFormat), ("4499011980022900166", .idFormat),
            ("44990119800229001x", .idFormat), ("44990119800229001Y", .idFormat),
            ("4499011980022900*6", .idFormat), ("X49901198002290016", .idFormat),
            ("44990180022900", .idFormat), ("44990180022900X", .idFormat), ("A1", .idFormat),
            ("AB1234567890123", .idFormat), ("ABCD12345678901", .idFormat),
            ("449901198002290017", .idCheck), ("44990119800229001X", .idCheck),
            ("449901198002290001", .idCheck),
        ] as [(String, RejectReason)])
    func rejectsUnderTheFirstRuleThatIsBroken(text: String, reason: RejectReason) {
        #expect(Self.read(text) == .rejected(reason))
        #expect((FieldBytes.with(text) { IdentityNumber.checkedFirst17($0) } == nil) == true)
    }

    /// 18 digits ending 000 whose check is right are a number like any other.
    @Test func zerosAtTheEndWithARightCheckAreNoDamage() throws {
        let found = (0..<300).map { 44_990_119_800_229_000 + UInt64($0) * 100_000_000_000_000 }
            .first { CitizenID(first17: $0).checkCharacter == 0x30 }
        let id = CitizenID(first17: try #require(found))
        #expect(Self.read(id.unmaskedText) == .citizen(id))
    }

    @Test(arguments: [
        "810000198506150012", "820000199011030023", "830000197707070034", "ABC123456789012",
        "abc123456789012",
    ])
    func leavesOtherPeoplesNumbersOutOfScope(text: String) {
        #expect(Self.read(text) == .outOfScope)
    }

    @Test func foreignersNumbersBeginWithNine() {
        for start in UInt64(80)...99 {
            let id = CitizenID(first17: start * 1_000_000_000_000_000 + 119_800_229_001)
            let isOther = start != 80 && (start < 84 || start >= 90)
            #expect((Self.read(id.unmaskedText) == .outOfScope) == isOther)
            #expect(IdentityNumber.isOutOfScope(first17: id.first17) == isOther)
        }
    }

    /// A wrong check comes before the scope: rules are tested in their order.
    @Test func aWrongCheckIsRejectedBeforeTheScopeIsLookedAt() {
        #expect(Self.read("810000198506150011") == .rejected(.idCheck))
        #expect(Self.read("810000198506150000") == .rejected(.idDamaged))
    }

    @Test func fastAndCarefulWayAgreeOnEveryCheckCharacter() {
        var number: UInt64 = 44_990_100_000_000_007
        for _ in 0..<2_000 {
            number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let id = CitizenID(first17: number % 80_000_000_000_000_000)
            for last in Array("0123456789X".utf8) {
                let text = Array(id.unmaskedText.utf8.prefix(17)) + [last]
                let (fast, careful) = FieldBytes.with(text) {
                    (IdentityNumber.checkedFirst17($0), IdentityNumber.read($0))
                }
                let isRight = last == id.checkCharacter
                #expect((fast == (isRight ? id.first17 : nil)) == true)
                if isRight, !IdentityNumber.isOutOfScope(first17: id.first17) {
                    #expect(careful == .citizen(id))
                }
            }
        }
    }

    @Test func aLowerCaseXIsTakenAtFullSpeed() {
        let same = FieldBytes.with("11010519491231002x") { IdentityNumber.checkedFirst17($0) }
        #expect((same == 11_010_519_491_231_002) == true)
    }
}
