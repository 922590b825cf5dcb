/// What a request asks for, as far as its path and query say it without looking into the store.
struct SDMXQuestion: Sendable {
    enum Resource: Sendable, Equatable {
        case data
        /// Which codes and periods occur, and how many observations.
        case availability
        case structure(SDMXStructureQuery)
    }

    var resource: Resource
    /// The dataflow, or the structure, that data and availability are about.
    var flow = SDMXIdentifier()
    /// Whether `flow` names a data structure.
    var isOfStructure = false
    var key = ""
    /// Of availability: the one component asked for.
    var component: String?
    var options = SDMXOptions()

    init(_ request: SDMXRequest, limits: SDMXLimits) throws(SDMXFault) {
        let path = try SDMXText.parts(ofPath: request.path, limits: limits)
        let items = try SDMXText.items(ofQuery: request.query, limits: limits)
        let name = path.first ?? ""
        switch (name, request.language) {
        case ("data", .rest1), ("availableconstraint", .rest1):
            resource = name == "data" ? .data : .availability
            try Self.expect(path, atMost: name == "data" ? 4 : 5)
            guard path.count > 1 else { throw .notFound("a dataflow has to be named") }
            flow = SDMXIdentifier(flow: path[1])
            key = path.count > 2 ? path[2] : ""
            if path.count > 3 { try Self.checkProvider(path[3]) }
            if path.count > 4, !SDMXIdentifier.isWild(path[4]) { component = path[4] }
        case ("data", .rest2), ("availability", .rest2):
            resource = name == "data" ? .data : .availability
            try Self.expect(path, atMost: name == "data" ? 6 : 7)
            let context = path.count > 1 ? path[1] : "*"
            guard ["dataflow", "datastructure"].contains(context) || SDMXIdentifier.isWild(context)
            else { throw .notFound("data are kept by dataflow") }
            isOfStructure = context == "datastructure"
            flow = SDMXIdentifier(path: path, from: 2)
            key = path.count > 5 ? path[5] : ""
            if path.count > 6, !SDMXIdentifier.isWild(path[6]) { component = path[6] }
        case ("schema", .rest2), ("schema", .rest1):
            try Self.expect(path, atMost: 5)
            let context = path.count > 1 ? path[1] : ""
            guard context == "dataflow" || context == "datastructure" else {
                throw .notFound("schemas are those of dataflows and data structures")
            }
            var query = SDMXStructureQuery(
                types: [context], identifier: SDMXIdentifier(path: path, from: 2))
            query.references = .all
            resource = .structure(query)
            return
        case ("structure", .rest2):
            resource = .structure(
                try SDMXStructureQuery(path: Array(path.dropFirst()), items: items))
            return
        default:
            resource = .structure(try SDMXStructureQuery(path: path, items: items))
            return
        }
        options = try SDMXOptions(
            items, isData: resource == .data, language: request.language, limits: limits)
    }

    private static func expect(_ path: [String], atMost count: Int) throws(SDMXFault) {
        guard path.count <= count else {
            throw .badParameter("path", expected: "at most \(count) parts")
        }
    }

    /// There is one provider: the agency itself.
    private static func checkProvider(_ text: String) throws(SDMXFault) {
        let names = text.split { $0 == "," || $0 == "+" }.map(String.init)
        guard SDMXIdentifier.isWild(text) || names.contains("POPSTAT") else {
            throw .notFound("the provider has no data here")
        }
    }
}
