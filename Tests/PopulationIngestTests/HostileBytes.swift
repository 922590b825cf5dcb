import PopulationTestSupport

/// Files with a valid header and bodies of bytes that hurt: rows that are nearly right, and strings
/// over an alphabet of separators, quotes, line ends, blanks, digits and characters of several bytes.
struct HostileBytes {
    private var random: SeededRandom
    private let isGB18030: Bool

    init(seed: UInt64, isGB18030: Bool) {
        random = SeededRandom(seed: seed &* 2 &+ (isGB18030 ? 1 : 0))
        self.isGB18030 = isGB18030
    }

    private var fullWidthSpace: [UInt8] { isGB18030 ? [0xA1, 0xA1] : [0xE3, 0x80, 0x80] }

    /// Weighted towards what a parser decides on.
    private mutating func atom() -> [UInt8] {
        switch random.below(20) {
        case 0...2: [0x2C]
        case 3...6: [0x22]
        case 7: [0x0D]
        case 8: [0x0A]
        case 9: [0x0D, 0x0A]
        case 10: [0x20]
        case 11: random.pick([[0x09], [0x20, 0x20], [0x27], [0x3D, 0x22], [0x00]])
        case 12, 13: fullWidthSpace
        case 14: [UInt8(0x30 + random.below(10))]
        case 15: random.pick([[0x58], [0x78], [0x2D], [0x61], [0x54], [0x3A]])
        case 16, 17: character()
        case 18: [UInt8(truncatingIfNeeded: random.next())]
        default: random.pick([[0x22, 0x22], [0x2C, 0x22], [0x22, 0x2C], [0x22, 0x0A]])
        }
    }

    private mutating func character() -> [UInt8] {
        isGB18030
            ? random.pick([
                [0xBC, 0xD7], [0xB0, 0xA1], [0xA3, 0xB1], [0xA3, 0xD8], [0x81, 0x30, 0x81, 0x30],
                [0xA1], [0x81], [0xA1, 0xA1, 0xA1], [0xFE, 0x51],
            ])
            : random.pick([
                Array("甲".utf8), Array("😀".utf8), Array("１".utf8), Array("Ｘ".utf8), [0xE3],
                [0xE3, 0x80], [0x80], Array("\u{A0}".utf8),
            ])
    }

    mutating func noise(upTo count: Int) -> [UInt8] {
        (0..<random.below(count + 1)).flatMap { _ in atom() }
    }

    private mutating func field(_ column: Int) -> [UInt8] {
        let plain =
            switch column {
            case 0:
                random.pick([
                    "449901198002290016", "44990119880808019X", "449901800229001", "4.49901E+17",
                    "449901198002290017", "810000198506150012",
                ])
            case 1: random.pick(["449901001001", "449901001001000", "4499010010"])
            case 2: random.pick(["birth", "move_in", "return", "x", ""])
            case 3: random.pick(["2001-01-01", "20010101", "2001/2/29", ""])
            case 4: random.pick(["2020-01-01 12:00:00", "2020-01-01", "2020-1-1T1:02", ""])
            case 6: random.pick(["R1", "", "R2"])
            default: random.pick(["1", "甲", "", "H-7", "2001-01-01", "440300"])
            }
        let bytes = isGB18030 && plain == "甲" ? [0xBC, 0xD7] : Array(plain.utf8)
        switch random.below(30) {
        case 0: return [0x22] + bytes + [0x22]
        case 1: return [0x22] + bytes + noise(upTo: 3) + [0x22]
        case 2: return fullWidthSpace + bytes + [0x20]
        case 3: return [0x20, 0x22] + bytes + [0x22] + fullWidthSpace
        case 4: return bytes + noise(upTo: 2)
        case 5: return [0x22] + bytes + [0x22, 0x22] + bytes + [0x22]
        case 6: return noise(upTo: 4)
        case 7: return [0x27] + bytes
        default: return bytes
        }
    }

    private mutating func row() -> [UInt8] {
        var row: [UInt8] = []
        for column in 0..<9 {
            if column > 0 { row.append(0x2C) }
            row += field(column)
        }
        return row + random.pick([[0x0A], [0x0A], [0x0D, 0x0A], [0x0D], [0x0A, 0x0A]])
    }

    /// A whole file of about so many rows.
    mutating func file(rows: Int) -> IngestFile {
        let header =
            "citizen_id,division_code,event,event_date,updated_at,name,record_id,household_no,"
            + "origin_code\n"
        var bytes = Array(header.utf8)
        for _ in 0..<rows {
            switch random.below(10) {
            case 0: bytes += noise(upTo: 60)
            case 1: bytes += [0x22] + noise(upTo: 40)
            default: bytes += row()
            }
        }
        var file = IngestFile(bytes)
        file.encoding = isGB18030 ? "gb18030" : "utf-8"
        return file
    }
}
