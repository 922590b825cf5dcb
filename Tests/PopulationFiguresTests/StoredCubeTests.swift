import PopulationFigures
import PopulationModel
import Testing

@Suite struct StoredCubeTests {
    private let stored = StoredCubeFixture.stored

    @Test func givesBackWhatWasStored() throws {
        let bytes = stored.bytes()
        let read = try StoredCube(bytes: bytes)
        #expect(read.area == stored.area)
        #expect(read.dates == stored.dates)
        #expect(read.counties == stored.counties)
        #expect(read.targets == stored.targets)
        #expect(read.cube == stored.cube)
        #expect(read.editions.map(\.date) == stored.editions.map(\.date))
        #expect(read.editions.map(\.units) == stored.editions.map(\.units))
        #expect(read.editions.map(\.areaNames) == stored.editions.map(\.areaNames))
        #expect(read.bytes() == bytes)
    }

    /// Swift takes a letter with its accent and the same letter with an accent behind it for equal.
    @Test func keepsTheBytesOfNamesThatReadTheSame() throws {
        var other = stored
        other.editions[0].units = DivisionUnits(
            classes: [449_901_001_001: 111, 449_901_002_001: 220],
            names: [449_901_001_001: "Ren\u{E9}", 449_901_002_001: "Rene\u{301}"])
        let units = try StoredCube(bytes: other.bytes()).editions[0].units
        #expect(Array(units.name(of: 449_901_001_001).utf8) == Array("Ren\u{E9}".utf8))
        #expect(Array(units.name(of: 449_901_002_001).utf8) == Array("Rene\u{301}".utf8))
    }

    /// A dictionary that was filled in another order.
    @Test func givesTheSameBytesForTheSameNames() {
        var other = stored
        for index in other.editions.indices {
            var names: [String: String] = [:]
            names.reserveCapacity(1_000)
            for (code, name) in stored.editions[index].areaNames.sorted(by: { $0.key > $1.key }) {
                names[code] = name
            }
            other.editions[index].areaNames = names
        }
        #expect(other.bytes() == stored.bytes())
    }

    /// More names than the list begins with, many of them more than once.
    @Test func keepsManyNames() throws {
        let codes = (0..<5_000).map { 449_901_001_000 + UInt64($0) }
        let names = codes.map { "第\($0 % 1_700)村" }
        var other = stored
        other.editions[1].units = DivisionUnits(
            classes: Dictionary(uniqueKeysWithValues: codes.map { ($0, UInt16(220)) }),
            names: Dictionary(uniqueKeysWithValues: zip(codes, names)))
        let units = try StoredCube(bytes: other.bytes()).editions[1].units
        #expect(units.codes == codes && units.indices.map(units.name) == names)
    }

    @Test func keepsOnlyWhatLiesInTheArea() {
        #expect(stored.editions[0].units.codes == [449_901_001_001, 449_901_002_001])
        #expect(stored.editions[0].areaNames.keys.sorted() == ["4499", "449901"])
        #expect(stored.counties.map(\.code) == ["449981", "449901"])
        #expect(stored.hasUnit(449_901_002_001) && stored.hasUnit(449_981_101_001))
        #expect(!stored.hasUnit(440_101_001_001) && !stored.hasUnit(449_901_009_009))
    }

    @Test func beginsWithItsNameAndVersion() {
        let start = Array(stored.bytes().prefix(16))
        #expect(Array(start[..<8]) == Array("POPCUBE\n".utf8))
        #expect(Array(start[8...]) == [2, 0, 0, 0, UInt8(CubeLayout.count), 0, 0, 0])
    }

    @Test func givesAUnitItsClassInEveryEditionThatHasIt() {
        let other = stored.reclassified([449_901_001_001: 210, 449_981_101_001: 111])
        #expect(other.editions[0].units.codes == [449_901_001_001, 449_901_002_001])
        #expect(other.editions[0].units.classes == [210, 220])
        #expect(other.editions[1].units.codes == [449_901_001_001, 449_981_101_001])
        #expect(other.editions[1].units.classes == [210, 111])
        #expect(stored.reclassified([449_901_009_009: 111]).bytes() == stored.bytes())
    }

    /// Refused, and read within its bounds: whatever byte is another one.
    @Test func findsEveryDamagedByte() {
        let bytes = stored.bytes()
        for index in bytes.indices {
            for flip in [UInt8(1), 0x80] {
                var damaged = bytes
                damaged[index] ^= flip
                #expect(throws: CubeFormatFault.self, "byte \(index)") {
                    try StoredCube(bytes: damaged)
                }
            }
        }
    }

    @Test func findsEveryCutAndWhatWasAdded() {
        let bytes = stored.bytes()
        for count in bytes.indices {
            #expect(throws: CubeFormatFault.self, "\(count) bytes") {
                try StoredCube(bytes: Array(bytes[..<count]))
            }
        }
        #expect(throws: CubeFormatFault.damaged("end")) { try StoredCube(bytes: bytes + [0]) }
    }

    @Test func saysWhatIsWrongWithAFile() {
        #expect(throws: CubeFormatFault.notACube) { try StoredCube(bytes: []) }
        #expect(throws: CubeFormatFault.notACube) {
            try StoredCube(bytes: Array("reference_date,area_level".utf8))
        }
        var bytes = stored.bytes()
        bytes[bytes.count - 1] ^= 1
        #expect(throws: CubeFormatFault.damaged("households")) { try StoredCube(bytes: bytes) }
        bytes = stored.bytes()
        bytes[60] ^= 1
        #expect(throws: CubeFormatFault.damaged("area")) { try StoredCube(bytes: bytes) }
    }

    /// Another version has a right header, and is told from damage by it.
    @Test(arguments: [8, 12])
    func namesAnotherVersion(index: Int) {
        let measures = CubeLayout.count
        let version =
            index == 8 ? "3 with \(measures) measures" : "2 with \(measures + 1) measures"
        var bytes = stored.bytes()
        bytes[index] += 1
        let sum = bytes[..<24].withUnsafeBytes { Checksum.of($0) }
        withUnsafeBytes(of: sum.littleEndian) { bytes.replaceSubrange(24..<32, with: $0) }
        #expect(throws: CubeFormatFault.otherVersion(found: version)) {
            try StoredCube(bytes: bytes)
        }
        #expect(CubeFormat.versionText == "2 with \(measures) measures")
    }

    @Test func namesTheFirstVersionWhateverItsChecksum() {
        var bytes = stored.bytes()
        bytes[8] = 1
        #expect(
            throws: CubeFormatFault.otherVersion(found: "1 with \(CubeLayout.count) measures")
        ) { try StoredCube(bytes: bytes) }
    }

    /// Whatever a payload says under a right checksum, reading it stays within its bounds.
    @Test func survivesEveryOtherByteUnderARightChecksum() {
        let bytes = stored.bytes()
        var start = 32
        var refused = 0
        while start < bytes.count {
            let tag = bytes[start..<(start + 8)].reversed().reduce(UInt64(0)) {
                $0 << 8 | UInt64($1)
            }
            let size = bytes[(start + 8)..<(start + 16)].reversed().reduce(0) { $0 << 8 | Int($1) }
            for index in 0..<size {
                for value in [UInt8(0), 1, 0x7F, 0x80, 0xFF] {
                    var payload = Array(bytes[(start + 24)..<(start + 24 + size)])
                    payload[index] = value
                    let other = replacing(payload, in: bytes, at: start, tag: tag)
                    do throws(CubeFormatFault) { _ = try StoredCube(bytes: other) } catch {
                        refused += 1
                    }
                }
            }
            start += 24 + size
        }
        #expect(refused > 500)
    }

    /// Where the checksum is right, what the payload says is still looked at.
    @Test func refusesPayloadsThatNobodyWrites() {
        let bytes = stored.bytes()
        // The payload of `area`: a text of four digits, two dates of three bytes each.
        let payload = Array(bytes[56..<68])
        #expect(Array(payload[..<6]) == [4, 0x34, 0x34, 0x39, 0x39, 2])
        for (index, value) in [(0, 3), (0, 200), (1, 0x41), (5, 1), (5, 3), (8, 0x7F)]
            as [(Int, UInt8)]
        {
            var other = payload
            other[index] = value
            #expect(throws: CubeFormatFault.damaged("area"), "\(index) \(value)") {
                try StoredCube(bytes: replacing(other, in: bytes, at: 32, tag: 0x4145_5241))
            }
        }
    }

    /// Another payload of the section at `start`, with its checksum.
    private func replacing(_ payload: [UInt8], in bytes: [UInt8], at start: Int, tag: UInt64)
        -> [UInt8]
    {
        var bytes = bytes
        bytes.replaceSubrange((start + 24)..<(start + 24 + payload.count), with: payload)
        let sum =
            payload.withUnsafeBytes { Checksum.of($0, seed: tag) }
        withUnsafeBytes(of: sum.littleEndian) {
            bytes.replaceSubrange((start + 16)..<(start + 24), with: $0)
        }
        return bytes
    }
}

@Suite struct TargetAssumptionTests {
    private let area = Area(code: "4499")!

    @Test func changesTheLastTargetOfTheAreasResidents() throws {
        let targets = StoredCubeFixture.targets.assuming(percentHundredths: 5_500, area: area)
        let own = targets.filter { $0.areaCode == "4499" }
        #expect(own.map(\.percentHundredths).sorted() == [4_800, 5_500])
        #expect(own.max { $0.date < $1.date }?.percentHundredths == 5_500)
        #expect(targets.count == 3)
    }

    @Test func setsATargetWhereThereWasNone() {
        let targets = [Target]().assuming(percentHundredths: 5_525, area: area)
        #expect(targets.map(\.percentHundredths) == [5_525])
        #expect(targets.map(\.date.description) == ["2020-12-31"])
    }

    @Test func readsPercentagesOfAtMostTwoDecimals() {
        let texts = ["55", "55.5", "55.05", "0", "100.00", "100.01", "5.123", "-1", "", "5.", "٥"]
        #expect(
            texts.map(Target.percentHundredths)
                == [5_500, 5_550, 5_505, 0, 10_000, nil, nil, nil, nil, nil, nil])
    }
}

@Suite struct ComparisonFigureTests {
    private func row(_ urban: Int, _ assumed: Int, of total: Int) -> ComparisonFigure {
        func figure(_ urban: Int) -> UrbanizationFigure {
            UrbanizationFigure(
                date: StoredCubeFixture.dates[0], level: .county, areaCode: "449901",
                concept: .resident, areaName: "", total: total, urban: urban,
                rural: total - urban, unclassified: 0, target: nil)
        }
        return ComparisonFigure(published: figure(urban), assumed: figure(assumed))
    }

    /// The difference of the printed rates would be 0.01 in the third case.
    @Test func roundsTheExactDifferenceOnce() {
        #expect(row(1, 2, of: 3).pointsText == "+33.33")
        #expect(row(2, 1, of: 3).pointsText == "-33.33")
        #expect(row(50_004, 50_006, of: 1_000_000).pointsText == "0.00")
        #expect(row(0, 1, of: 20_000).pointsText == "+0.01")
        #expect(row(1, 0, of: 30_000).pointsText == "0.00")
        #expect(row(0, 0, of: 0).pointsText == "")
    }
}
