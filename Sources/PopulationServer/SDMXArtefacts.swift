import PopulationFigures
import PopulationModel
import PopulationStore

/// A structural artefact that a message may hold; all are maintained by the one agency, in the one
/// version.
enum SDMXArtefact: Sendable {
    case agencies
    case dataflow(SDMXStructure)
    case codeList(SDMXListedCodes)
    case concepts
    case dataStructure(SDMXStructure)

    /// The word of its type in requests.
    var type: String {
        switch self {
        case .agencies: "agencyscheme"
        case .dataflow: "dataflow"
        case .codeList: "codelist"
        case .concepts: "conceptscheme"
        case .dataStructure: "datastructure"
        }
    }

    var id: String {
        switch self {
        case .agencies: "AGENCIES"
        case .dataflow(let structure): structure.dataflowID
        case .codeList(let list): list.id
        case .concepts: SDMXStructure.conceptScheme
        case .dataStructure(let structure): structure.dataStructureID
        }
    }

    /// The agency scheme is maintained by SDMX itself, whose member the agency is.
    var agency: String {
        if case .agencies = self { "SDMX" } else { SDMXStructure.agency }
    }

    var name: Bilingual {
        switch self {
        case .agencies: Bilingual("机构", "agencies")
        case .dataflow(let structure): structure.name
        case .codeList(let list): list.name
        case .concepts: Bilingual("概念", "concepts")
        case .dataStructure(let structure): structure.name + Bilingual("（结构）", " (structure)")
        }
    }
}

/// A code list with the codes that a message gives.
struct SDMXListedCodes: Sendable {
    var id: String
    var name: Bilingual
    var codes: [Code]
    /// Whether codes of the list were left out.
    var isPartial = false

    struct Code: Sendable {
        var id: String
        var name: Bilingual
        /// The code of the next larger area.
        var parent: String?
    }
}

/// An artefact of a message, in full or only its name.
struct SDMXListedArtefact: Sendable {
    var artefact: SDMXArtefact
    var isStub: Bool
}

/// Finds the artefacts that a question names, and those that go with them.
struct SDMXArtefactFinder: Sendable {
    let catalogue: SDMXCatalogue
    let occurring: SDMXOccurringCodes
    let limits: SDMXLimits

    /// In the order of type and id; `notFound` when the question names nothing that is there.
    func find(_ query: SDMXStructureQuery) throws -> [SDMXListedArtefact] {
        let structures = catalogue.structures
        var all: [Node] = [.agencies, .concepts]
        all += structures.map { .dataflow($0) } + structures.map { .dataStructure($0) }
        all += Self.lists(structures)
        let named = all.filter { node in
            (query.types?.contains(node.type) ?? true)
                && query.identifier.fits(agency: node.agency, id: node.id)
        }
        guard !named.isEmpty else {
            throw SDMXFault.notFound("no artefact of that type and name")
        }
        let others = references(query.references, of: named, all: all)
        let ids = Set(named.map(\.path))
        var listed: [SDMXListedArtefact] = []
        for node in all where ids.contains(node.path) || others.contains(node.path) {
            let isNamed = ids.contains(node.path)
            let isStub = isNamed ? query.detail.stubsAll : query.detail.stubsReferences
            listed.append(
                SDMXListedArtefact(
                    artefact: try artefact(
                        node, isStub: isStub,
                        isPartial: query.detail == .referencePartial && !isNamed,
                        items: isNamed ? query.items : nil),
                    isStub: isStub))
        }
        return listed
    }

    /// An artefact before its codes are looked up.
    private enum Node {
        case agencies, concepts
        case dataflow(SDMXStructure)
        case dataStructure(SDMXStructure)
        /// With the structures and dimensions that use the list.
        case list(SDMXCodeList, users: [(structure: SDMXStructure, dimension: String?)])

        var type: String {
            switch self {
            case .agencies: "agencyscheme"
            case .concepts: "conceptscheme"
            case .dataflow: "dataflow"
            case .dataStructure: "datastructure"
            case .list: "codelist"
            }
        }

        var id: String {
            switch self {
            case .agencies: "AGENCIES"
            case .concepts: SDMXStructure.conceptScheme
            case .dataflow(let structure): structure.dataflowID
            case .dataStructure(let structure): structure.dataStructureID
            case .list(let list, _): list.id
            }
        }

        var agency: String { type == "agencyscheme" ? "SDMX" : SDMXStructure.agency }
        var path: String { "\(type)/\(id)" }

        /// What it refers to.
        var children: [String] {
            switch self {
            case .agencies, .concepts, .list: []
            case .dataflow(let structure): ["datastructure/\(structure.dataStructureID)"]
            case .dataStructure(let structure):
                ["conceptscheme/\(SDMXStructure.conceptScheme)"]
                    + SDMXArtefactFinder.lists([structure]).map(\.path)
            }
        }
    }

    private static func lists(_ structures: [SDMXStructure]) -> [Node] {
        var order: [String] = []
        var lists: [String: SDMXCodeList] = [:]
        var users: [String: [(structure: SDMXStructure, dimension: String?)]] = [:]
        for structure in structures {
            let used =
                structure.dimensions.map { ($0.codeList, Optional($0.id)) }
                + structure.attributes.map { ($0.codeList, nil) }
            for (list, dimension) in used {
                guard let list else { continue }
                if lists.updateValue(list, forKey: list.id) == nil { order.append(list.id) }
                users[list.id, default: []].append((structure, dimension))
            }
        }
        return order.sorted().compactMap { id in
            lists[id].map { .list($0, users: users[id] ?? []) }
        }
    }

    private func references(
        _ references: SDMXStructureQuery.References, of named: [Node], all: [Node]
    ) -> Set<String> {
        let down = Dictionary(all.map { ($0.path, $0.children) }, uniquingKeysWith: { a, _ in a })
        func children(_ paths: Set<String>) -> Set<String> {
            Set(paths.flatMap { down[$0] ?? [] })
        }
        func parents(_ paths: Set<String>) -> Set<String> {
            Set(all.filter { !paths.isDisjoint(with: $0.children) }.map(\.path))
        }
        func closure(_ paths: Set<String>, _ step: (Set<String>) -> Set<String>) -> Set<String> {
            var found = paths
            var last = paths
            while !last.isEmpty {
                last = step(last).subtracting(found)
                found.formUnion(last)
            }
            return found
        }
        let start = Set(named.map(\.path))
        switch references {
        case .none: return []
        case .parents: return parents(start)
        case .parentsAndSiblings: return parents(start).union(children(parents(start)))
        case .ancestors: return closure(start, parents)
        case .children: return children(start)
        case .descendants: return closure(start, children)
        case .all: return closure(closure(start, parents), children)
        case .types(let types):
            return closure(closure(start, parents), children).filter { path in
                types.contains { path.hasPrefix("\($0)/") }
            }
        }
    }

    private func artefact(
        _ node: Node, isStub: Bool, isPartial: Bool, items: [String]?
    ) throws -> SDMXArtefact {
        switch node {
        case .agencies: return .agencies
        case .concepts: return .concepts
        case .dataflow(let structure): return .dataflow(structure)
        case .dataStructure(let structure): return .dataStructure(structure)
        case .list(let list, let users):
            var listed = SDMXListedCodes(id: list.id, name: list.name, codes: [])
            if isStub { return .codeList(listed) }
            let occurring = isPartial || list.codes == nil ? try self.codes(users) : nil
            if let codes = list.codes {
                listed.codes = codes.map { SDMXListedCodes.Code(id: $0.id, name: $0.name) }
                if let occurring, !occurring.codes.isEmpty {
                    listed.codes.removeAll { !occurring.codes.contains($0.id) }
                    listed.isPartial = listed.codes.count < codes.count
                }
            } else if let occurring {
                listed.codes = Self.codes(occurring.codes, names: occurring.names)
            }
            if let items {
                let count = listed.codes.count
                listed.codes.removeAll { !items.contains($0.id) }
                listed.isPartial = listed.codes.count < count
                guard !listed.codes.isEmpty else {
                    throw SDMXFault.notFound("the list has no such code")
                }
            }
            return .codeList(listed)
        }
    }

    /// The codes that occur in the newest edition of each table that uses the list.
    private func codes(
        _ users: [(structure: SDMXStructure, dimension: String?)]
    ) throws -> (codes: Set<String>, names: [String: String]) {
        var codes: Set<String> = []
        var names: [String: String] = [:]
        for (structure, dimension) in users {
            guard let dimension,
                let edition = catalogue.editions(of: structure.table.name, asOf: nil).last
            else { continue }
            let found = try occurring.codes(
                of: structure, in: edition, catalogue: catalogue, limits: limits)
            codes.formUnion(found.codes[dimension] ?? [])
            names.merge(found.names[dimension] ?? [:]) { first, _ in first }
        }
        return (codes, names)
    }

    /// A code of an area is the beginning of the codes of the areas in it.
    private static func codes(
        _ ids: Set<String>, names: [String: String]
    ) -> [SDMXListedCodes.Code] {
        ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { id in
            let isArea = id.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            let parent =
                isArea
                ? [9, 6, 4, 2].lazy.filter { $0 < id.utf8.count }.map { String(id.prefix($0)) }
                    .first(where: ids.contains) : nil
            return SDMXListedCodes.Code(
                id: id, name: Bilingual(both: names[id] ?? id), parent: parent)
        }
    }
}
