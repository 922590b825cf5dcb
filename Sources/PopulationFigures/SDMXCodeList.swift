import PopulationModel

/// The codes that a component of an SDMX structure may take.
package struct SDMXCodeList: Sendable, Equatable {
    /// `CL_SEX`; a list that differs by table bears its name, `CL_REF_AREA_UNITS`.
    package var id: String
    package var name: Bilingual
    /// `nil`: those that occur in the data, see `code(of:)`.
    package var codes: [Code]?
    /// The column whose text names a code of the data, where the table has one.
    package var nameColumn: String?

    /// A code and the word that stands for it in the tables.
    package struct Code: Sendable, Equatable {
        package var id: String
        package var word: String
        package var name: Bilingual
    }

    /// The code of a word of the tables.
    package func code(of word: String) -> String {
        codes?.first { $0.word == word }?.id ?? Self.escaped(word)
    }

    /// The word of a code; `nil` when the list cannot have that code.
    package func word(of code: String) -> String? {
        if let codes, let known = codes.first(where: { $0.id == code }) { return known.word }
        return Self.unescaped(code)
    }

    /// A code holds letters, digits, `_`, `-`, `@` and `$`: any other byte is written as `$` and two
    /// hexadecimal digits, so that each word has one code and each code one word.
    private static func escaped(_ word: String) -> String {
        if word.isEmpty { return SDMXStructure.notApplicable }
        var bytes: [UInt8] = []
        for byte in word.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "$"), digit(byte >> 4), digit(byte & 15)]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func unescaped(_ code: String) -> String? {
        if code == SDMXStructure.notApplicable { return "" }
        var bytes: [UInt8] = []
        var rest = Array(code.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "$") else {
                guard isPlain(byte) else { return nil }
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(value),
                let low = rest.popFirst().flatMap(value)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "@"):
            true
        default: false
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        Array("0123456789ABCDEF".utf8)[Int(value)]
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension SDMXCodeList {
    /// Every reference date stands for its year.
    static let frequency = SDMXCodeList("CL_FREQ", "FREQ", [("A", "年度", "annual")])
    static let status = SDMXCodeList(
        "CL_OBS_STATUS", "OBS_STATUS",
        [("A", "正常", "normal value"), ("Q", "为保护个人信息而隐去", "missing value; suppressed")])
    static let units = SDMXCodeList(
        "CL_UNIT_MEASURE", "UNIT_MEASURE",
        UnitOfMeasure.all.map { ($0.code, $0.label.zh, $0.label.en) })
    static let decimals = SDMXCodeList(
        "CL_DECIMALS", "DECIMALS",
        (0...15).map { ("\($0)", "\($0)位", $0 == 1 ? "1 place" : "\($0) places") })

    private init(_ id: String, _ concept: String, _ codes: [(String, String, String)]) {
        self.id = id
        name = SDMXWords.concept(concept)
        self.codes = codes.map { Code(id: $0.0, word: $0.0, name: Bilingual($0.1, $0.2)) }
    }

    static func indicators(
        _ columns: [DataDictionary.ColumnMeaning], of table: DataDictionary.TableMeaning
    ) -> SDMXCodeList {
        var list = SDMXCodeList(
            "CL_INDICATOR_\(SDMXStructure.identifier(table.name))", "INDICATOR", [])
        list.codes = columns.map {
            Code(
                id: SDMXStructure.identifier($0.name), word: $0.name,
                name: table.label(of: $0))
        }
        return list
    }

    /// A list of words that is the same in every table.
    static func closed(_ words: [(word: String, label: Bilingual)], id: String) -> SDMXCodeList {
        var list = SDMXCodeList("CL_\(id)", id, [])
        list.codes = words.map {
            Code(id: standardCode($0.word, of: id), word: $0.word, name: $0.label)
        }
        return list
    }

    static func open(
        _ id: String, _ column: DataDictionary.ColumnMeaning, of table: DataDictionary.TableMeaning
    ) -> SDMXCodeList {
        var list = SDMXCodeList("CL_\(id)_\(SDMXStructure.identifier(table.name))", id, [])
        list.codes = nil
        let names = ["area_code": "area_name", "unit_code": "name"]
        list.nameColumn = names[column.name].flatMap { name in
            table.columns.contains { $0.name == name } ? name : nil
        }
        return list
    }

    /// The cross-domain codes of the SDMX guidelines for sexes (`F`, `M`) and spans of years
    /// (`Y0T4`, `Y_GE100`); other words are their own codes.
    private static func standardCode(_ word: String, of list: String) -> String {
        switch list {
        case "SEX": return word == "female" ? "F" : word == "male" ? "M" : escaped(word)
        case "AGE_GROUP", "RESIDENCE_YEARS", "INSURED_YEARS":
            if word.hasSuffix("+") { return "Y_GE\(word.dropLast())" }
            return "Y" + word.split(separator: "-").joined(separator: "T")
        default: return escaped(word)
        }
    }
}
