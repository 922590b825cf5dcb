/// Which artefacts are asked for, how much of each, and what goes with them.
struct SDMXStructureQuery: Sendable, Equatable {
    /// Words of the types that are kept here; `nil` in `types` = all of them.
    static let kept = [
        "agencyscheme", "dataflow", "codelist", "conceptscheme", "datastructure",
    ]
    /// Those that SDMX knows beside them: there are none here, which is no fault of the caller.
    static let empty = [
        "actualconstraint", "allowedconstraint", "attachmentconstraint", "categorisation",
        "categoryscheme", "contentconstraint", "customtypescheme", "dataconstraint",
        "dataconsumerscheme", "dataproviderscheme", "geocodelist", "geogridcodelist",
        "geographiccodelist", "hierarchicalcodelist", "hierarchy", "hierarchyassociation",
        "metadataconstraint", "metadataflow", "metadataproviderscheme",
        "metadataprovisionagreement",
        "metadatastructure", "metadataset", "namepersonalisationscheme", "organisationscheme",
        "organisationunitscheme", "process", "provisionagreement", "representationmap",
        "reportingtaxonomy", "rulesetscheme", "structuremap", "structureset",
        "transformationscheme", "userdefinedoperatorscheme", "valuelist", "vtlmappingscheme",
    ]

    enum References: Sendable, Equatable {
        case none, parents, parentsAndSiblings, ancestors, children, descendants, all
        /// Artefacts of these types, wherever they stand.
        case types([String])
    }

    enum Detail: String, Sendable {
        case full
        case allStubs = "allstubs"
        case allCompleteStubs = "allcompletestubs"
        case referenceStubs = "referencestubs"
        case referenceCompleteStubs = "referencecompletestubs"
        case referencePartial = "referencepartial"
        case raw

        var stubsAll: Bool { self == .allStubs || self == .allCompleteStubs }
        var stubsReferences: Bool {
            stubsAll || self == .referenceStubs || self == .referenceCompleteStubs
        }
    }

    var types: [String]?
    var identifier: SDMXIdentifier
    /// Of an item scheme: only these items.
    var items: [String]?
    var references = References.none
    var detail = Detail.full

    init(types: [String]?, identifier: SDMXIdentifier) {
        self.types = types
        self.identifier = identifier
    }

    /// `TYPE/AGENCY/ID/VERSION/ITEM`.
    init(path: [String], items query: [(name: String, value: String)]) throws(SDMXFault) {
        guard path.count <= 5 else {
            throw .badParameter("path", expected: "at most a type, three parts of a name, an item")
        }
        let word = path.first ?? ""
        if SDMXIdentifier.isWild(word) || word == "structure" {
            types = nil
        } else {
            types = word.split { $0 == "," || $0 == "+" }.map(String.init)
            for type in types ?? [] where !Self.kept.contains(type) && !Self.empty.contains(type) {
                throw .unknownResource(type)
            }
        }
        identifier = SDMXIdentifier(path: path, from: 1)
        if path.count > 4, !SDMXIdentifier.isWild(path[4]) {
            items = path[4].split { $0 == "," || $0 == "+" }.map(String.init)
        }
        let known = ["references", "detail"]
        var seen: Set<String> = []
        for (name, value) in query {
            guard known.contains(name) else { throw .unknownParameter(name, known: known) }
            guard seen.insert(name).inserted else { throw .repeatedParameter(name) }
            if name == "references" {
                references = try References(value)
            } else {
                guard let named = Detail(rawValue: value) else {
                    throw .badParameter(
                        name,
                        expected: "full, allstubs, referencestubs, allcompletestubs, "
                            + "referencecompletestubs, referencepartial or raw")
                }
                detail = named
            }
        }
    }
}

extension SDMXStructureQuery.References {
    init(_ text: String) throws(SDMXFault) {
        switch text {
        case "none": self = .none
        case "parents": self = .parents
        case "parentsandsiblings": self = .parentsAndSiblings
        case "ancestors": self = .ancestors
        case "children": self = .children
        case "descendants": self = .descendants
        case "all", "*": self = .all
        default:
            let types = text.split { $0 == "," || $0 == "+" }.map(String.init)
            let known = SDMXStructureQuery.kept + SDMXStructureQuery.empty
            guard !types.isEmpty, types.allSatisfy(known.contains) else {
                throw .badParameter(
                    "references",
                    expected: "none, parents, parentsandsiblings, ancestors, children, "
                        + "descendants, all or a type of artefact")
            }
            self = .types(types)
        }
    }
}
