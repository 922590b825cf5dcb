import Glibc
internal import PopulationModel

/// The code tables of one source in one encoding, the plan's own values included.
struct CodeTables {
    let sex: CodeTable
    let householdType: CodeTable
    let event: CodeTable
    let cause: CodeTable
    let title: CodeTable
    let revoked: CodeTable
    let dwelling: CodeTable

    /// `planValues`: column → raw value → canonical word.
    init(source: Source, encoding: TextEncoding, planValues: [String: [String: String]]) {
        let columns = Column.all(of: source)
        func table(_ name: String, _ codes: [String: UInt8]) -> CodeTable {
            let standard = columns.first { $0.name == name }?.values ?? [:]
            let values = standard.merging(planValues[name] ?? [:]) { _, own in own }
            let sorted = values.sorted { $0.key < $1.key }
            return CodeTable(
                sorted.compactMap { value, word in
                    guard let code = codes[word], let bytes = Self.bytes(value, in: encoding)
                    else { return nil }
                    return (bytes, code)
                })
        }
        func words<Code: CaseIterable & RawRepresentable>(
            _: Code.Type, _ word: (Code) -> String
        ) -> [String: UInt8] where Code.RawValue == UInt8 {
            Dictionary(uniqueKeysWithValues: Code.allCases.map { (word($0), $0.rawValue) })
        }
        sex = table("sex", ["1": 1, "2": 2])
        householdType = table("household_type", words(HouseholdType.self, \.word))
        event = table("event", words(RegistrationEvent.self, \.word))
        cause = table("cause", words(SettlementCause.self, \.word))
        title = table("title", words(ProfessionalTitle.self, \.word))
        revoked = table("revoked", ["1": 1])
        dwelling = table("dwelling", words(Dwelling.self, \.word))
    }

    /// A value as an extract in this encoding writes it; `nil` where it cannot.
    private static func bytes(_ text: String, in encoding: TextEncoding) -> [UInt8]? {
        let utf8 = Array(text.utf8)
        guard case .gb18030 = encoding, utf8.contains(where: { $0 >= 0x80 }) else { return utf8 }
        guard let descriptor = iconv_open("GB18030", "UTF-8"),
            Int(bitPattern: descriptor) != -1
        else { return nil }
        defer { iconv_close(descriptor) }
        var input = utf8.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: utf8.count * 2 + 8)
        return input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var fromCount = source.count
                var to = target.baseAddress
                var toCount = target.count
                guard iconv(descriptor, &from, &fromCount, &to, &toCount) != -1 else { return nil }
                return target[..<(target.count - toCount)].map { UInt8(bitPattern: $0) }
            }
        }
    }
}
