import PopulationFigures
import PopulationModel

/// Figures as SDMX-CSV 1.0 or 2.0: one line for an observation.
struct SDMXDataCSV: Sendable {
    var message: SDMXDataMessage
    /// Version 2.0, of SDMX 3.0; else 1.0, of SDMX 2.1.
    var isSecond: Bool
    var labels: Labels
    /// Names by component and code, where labels ask for them.
    var names: SDMXNames

    enum Labels: String, Sendable {
        case id, name, both
    }

    func bytes() -> [UInt8] {
        let structure = message.structure
        let components = structure.dimensions.map(\.id)
        let attributes = structure.attributes.map(\.id)
        var header = isSecond ? ["STRUCTURE", "STRUCTURE_ID"] : ["DATAFLOW"]
        // Names stand in columns of their own in the second version.
        if isSecond, labels == .name { header.append("STRUCTURE_NAME") }
        if isSecond { header.append("ACTION") }
        for id in components { header += columns(id, isCoded: id != "TIME_PERIOD") }
        header.append(title(SDMXStructure.measure))
        if isSecond, labels == .name { header.append(names.concept(SDMXStructure.measure)) }
        for attribute in structure.attributes {
            header += columns(attribute.id, isCoded: attribute.codeList != nil)
        }
        var bytes: [UInt8] = []
        Self.append(header, to: &bytes)
        for set in message.sets {
            let start = start(set)
            for observation in set.observations {
                var line = start
                for (id, code) in zip(components, observation.key) {
                    line += cells(id, code, isCoded: id != "TIME_PERIOD")
                }
                let value = message.options.hasMeasures ? observation.value : ""
                line.append(value)
                if isSecond, labels == .name { line.append("") }
                for (index, id) in attributes.enumerated() {
                    let text = message.options.hasAttributes ? observation.attributes[index] : ""
                    line += cells(
                        id, text, isCoded: structure.attributes[index].codeList != nil)
                }
                Self.append(line, to: &bytes)
            }
        }
        return bytes
    }

    private func start(_ set: SDMXDataSet) -> [String] {
        let id = message.structure.dataflowID
        let name = names.flow(message.structure)
        guard isSecond else {
            let text = "\(SDMXStructure.agency):\(id)(\(SDMXStructureXML.version))"
            return [labels == .both ? "\(text): \(name)" : text]
        }
        let action = set.action == .delete ? "D" : "I"
        let text = "\(SDMXStructure.agency):\(id)(\(SDMXStructure.version))"
        switch labels {
        case .id: return ["dataflow", text, action]
        case .both: return ["dataflow", "\(text): \(name)", action]
        case .name: return ["dataflow", text, name, action]
        }
    }

    private func title(_ id: String) -> String {
        labels == .both ? "\(id): \(names.concept(id))" : id
    }

    private func columns(_ id: String, isCoded: Bool) -> [String] {
        isSecond && labels == .name ? [id, names.concept(id)] : [title(id)]
    }

    private func cells(_ id: String, _ code: String, isCoded: Bool) -> [String] {
        let name = isCoded && !code.isEmpty ? names.code(code, of: id) : ""
        switch labels {
        case .id: return [code]
        case .name: return isSecond ? [code, name] : [name.isEmpty ? code : name]
        case .both: return [name.isEmpty ? code : "\(code): \(name)"]
        }
    }

    /// Comma, quote, line ends.
    private static let special: [UInt8] = [0x2C, 0x22, 0x0A, 0x0D]

    private static func append(_ fields: [String], to bytes: inout [UInt8]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            let isQuoted = field.utf8.contains { special.contains($0) }
            if isQuoted { bytes.append(0x22) }
            for byte in field.utf8 {
                if byte == 0x22 { bytes.append(0x22) }
                bytes.append(byte)
            }
            if isQuoted { bytes.append(0x22) }
        }
        bytes.append(0x0A)
    }
}

/// Names of concepts and codes in one language.
struct SDMXNames: Sendable {
    private let isChinese: Bool
    private let concepts: [String: Bilingual]
    private let codes: [String: [String: Bilingual]]

    /// `occurring` are the names of codes that only the data know, by dimension.
    init(
        _ structure: SDMXStructure, occurring: [String: [String: String]], isChinese: Bool
    ) {
        self.isChinese = isChinese
        concepts = Dictionary(
            SDMXStructure.concepts.map { ($0.id, $0.name) }, uniquingKeysWith: { a, _ in a })
        var codes: [String: [String: Bilingual]] = [:]
        let components =
            structure.dimensions.map { ($0.id, $0.codeList) }
            + structure.attributes.map { ($0.id, $0.codeList) }
        for (id, list) in components {
            for code in list?.codes ?? [] { codes[id, default: [:]][code.id] = code.name }
        }
        for (id, names) in occurring {
            for (code, name) in names { codes[id, default: [:]][code] = Bilingual(both: name) }
        }
        self.codes = codes
    }

    func concept(_ id: String) -> String { concepts[id].map(text) ?? id }
    func flow(_ structure: SDMXStructure) -> String { text(structure.name) }
    func code(_ code: String, of id: String) -> String { codes[id]?[code].map(text) ?? code }
    func bilingual(_ code: String, of id: String) -> Bilingual {
        codes[id]?[code] ?? Bilingual(both: code)
    }
    func bilingual(concept id: String) -> Bilingual { concepts[id] ?? Bilingual(both: id) }

    private func text(_ name: Bilingual) -> String { isChinese ? name.zh : name.en }
}
