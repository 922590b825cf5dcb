import PopulationFigures
import PopulationStore

/// Answers requests of SDMX REST from the store.
///
/// Takes a request without anything of HTTP but its words; gives a whole answer, also where it
/// refuses. Refuses what the caller may not see in the words for what is not there.
package struct SDMXService: Sendable {
    private let reader: any FigureReader
    private let limits: SDMXLimits
    private let occurring = SDMXOccurringCodes()
    private let contents = SDMXEditionContents()

    package init(reader: any FigureReader, limits: SDMXLimits = SDMXLimits()) {
        self.reader = reader
        self.limits = limits
    }

    package func respond(to request: SDMXRequest) -> SDMXResponse {
        do {
            return try answer(request)
        } catch let fault as SDMXFault {
            return Self.refusal(fault, accept: request.accept, cause: nil)
        } catch {
            return Self.refusal(.store, accept: request.accept, cause: String(describing: error))
        }
    }

    private func answer(_ request: SDMXRequest) throws -> SDMXResponse {
        let question = try SDMXQuestion(request, limits: limits)
        let catalogue = try SDMXCatalogue(
            reader: reader, contents: contents, mayRead: request.mayRead)
        switch question.resource {
        case .structure(let query):
            let (format, _) = try SDMXFormat.negotiate(
                request.accept, among: SDMXFormat.ofStructures)
            return Self.response(
                format, structures(try finder(catalogue).find(query), [], catalogue, format))
        case .availability: return try availability(question, request, catalogue)
        case .data: return try data(question, request, catalogue)
        }
    }

    private func finder(_ catalogue: SDMXCatalogue) -> SDMXArtefactFinder {
        SDMXArtefactFinder(catalogue: catalogue, occurring: occurring, limits: limits)
    }

    private func structures(
        _ artefacts: [SDMXListedArtefact], _ availability: [SDMXAvailability],
        _ catalogue: SDMXCatalogue, _ format: SDMXFormat
    ) -> [UInt8] {
        let header = SDMXHeader(
            id: "STRUCTURE-\(catalogue.editions.last?.id ?? 0)", prepared: catalogue.prepared)
        return format == .structureJSON
            ? SDMXStructureJSON(header: header, artefacts: artefacts, availability: availability)
                .bytes()
            : SDMXStructureXML(header: header, artefacts: artefacts, availability: availability)
                .bytes()
    }

    /// The one dataflow that a request is about.
    private func structure(
        _ question: SDMXQuestion, _ catalogue: SDMXCatalogue
    ) throws(SDMXFault) -> SDMXStructure {
        let found = catalogue.structures.filter {
            question.flow.fits(
                agency: SDMXStructure.agency,
                id: question.isOfStructure ? $0.dataStructureID : $0.dataflowID)
        }
        guard let first = found.first else { throw .notFound("no such dataflow") }
        guard found.count == 1 else {
            throw .unsupported("several dataflows in one answer; name one")
        }
        return first
    }

    private func selection(
        _ question: SDMXQuestion, _ structure: SDMXStructure, _ request: SDMXRequest
    ) throws(SDMXFault) -> SDMXSelection {
        try SDMXSelection(
            structure: structure, key: question.key, language: request.language,
            conditions: question.options.conditions, limits: limits)
    }

    private func availability(
        _ question: SDMXQuestion, _ request: SDMXRequest, _ catalogue: SDMXCatalogue
    ) throws -> SDMXResponse {
        let (format, _) = try SDMXFormat.negotiate(
            request.accept, among: SDMXFormat.ofStructures)
        let structure = try structure(question, catalogue)
        let available = try SDMXFigures(catalogue: catalogue, limits: limits).availability(
            structure, try selection(question, structure, request), question.options,
            component: question.component)
        var artefacts: [SDMXListedArtefact] = []
        if question.options.references != .none {
            var query = SDMXStructureQuery(
                types: ["dataflow"], identifier: SDMXIdentifier(ids: [structure.dataflowID]))
            query.references = .descendants
            artefacts = try finder(catalogue).find(query)
            if case .types(let types) = question.options.references {
                artefacts.removeAll { !types.contains($0.artefact.type) }
            }
        }
        return Self.response(format, structures(artefacts, [available], catalogue, format))
    }

    private func data(
        _ question: SDMXQuestion, _ request: SDMXRequest, _ catalogue: SDMXCatalogue
    ) throws -> SDMXResponse {
        let (format, parameters) = try SDMXFormat.negotiate(
            request.accept, among: SDMXFormat.ofData)
        let structure = try structure(question, catalogue)
        let options = question.options
        let places = structure.dimensions.map(\.id)
        guard
            options.dimensionAtObservation == "AllDimensions"
                || places.contains(options.dimensionAtObservation)
        else {
            throw SDMXFault.badParameter(
                "dimensionAtObservation",
                expected: "AllDimensions or one of " + places.joined(separator: ", "))
        }
        if options.includeHistory, format == .csv1 || format == .csv2 {
            throw SDMXFault.unsupported(
                "history as CSV, whose lines do not say which edition they are of; ask for XML")
        }
        var sets = try SDMXFigures(catalogue: catalogue, limits: limits).dataSets(
            structure, try selection(question, structure, request), options)
        sets = SDMXFigures.ends(sets, options: options, timePlace: places.count - 1)
        let edition = sets[sets.count - 1].edition
        let message = SDMXDataMessage(
            header: SDMXHeader(
                id: "\(structure.dataflowID)-\(edition.id)", prepared: edition.validFrom),
            structure: structure, sets: sets, options: options)
        switch format {
        case .genericXML, .specificXML:
            return Self.response(
                format, SDMXDataXML(message: message, isSpecific: format == .specificXML).bytes())
        case .csv1, .csv2:
            guard let labels = SDMXDataCSV.Labels(rawValue: parameters["labels"] ?? "id") else {
                throw SDMXFault.notAcceptable(known: ["labels=id", "labels=name", "labels=both"])
            }
            let names = try names(
                structure, edition, catalogue, request, hasNames: labels != .id)
            return Self.response(
                format,
                SDMXDataCSV(
                    message: message, isSecond: format == .csv2, labels: labels, names: names
                ).bytes())
        default:
            let names = try names(structure, edition, catalogue, request, hasNames: true)
            return Self.response(
                format,
                SDMXDataJSON(message: message, names: names, isDraft: format == .draftJSON).bytes())
        }
    }

    private func names(
        _ structure: SDMXStructure, _ edition: EditionRecord, _ catalogue: SDMXCatalogue,
        _ request: SDMXRequest, hasNames: Bool
    ) throws -> SDMXNames {
        let occurring =
            hasNames
            ? try occurring.codes(
                of: structure, in: edition, catalogue: catalogue, limits: limits
            ).names : [:]
        return SDMXNames(
            structure, occurring: occurring,
            isChinese: SDMXFormat.isChinese(request.acceptLanguage))
    }

    private static let vary = [("Vary", "Accept, Accept-Encoding, Accept-Language")]

    private static func response(_ format: SDMXFormat, _ body: [UInt8]) -> SDMXResponse {
        SDMXResponse(
            status: 200, contentType: format.contentType, body: body, headers: headers())
    }

    private static func headers() -> [(name: String, value: String)] {
        vary.map { (name: $0.0, value: $0.1) }
    }

    private static func refusal(
        _ fault: SDMXFault, accept: String?, cause: String?
    ) -> SDMXResponse {
        if SDMXFormat.prefersJSON(accept) {
            let error = SDMXJSON.object([
                ("code", .number("\(fault.code)")), ("title", .text(fault.message)),
                ("titles", .object([("en", .text(fault.message))])),
            ])
            return SDMXResponse(
                status: fault.status, contentType: "application/json",
                body: SDMXJSON.object([("errors", .list([error]))]).bytes, headers: headers(),
                cause: cause)
        }
        var xml = SDMXMarkup()
        xml.open(
            "mes:Error",
            [
                "xmlns:mes": SDMXHeader.namespaces + "message",
                "xmlns:com": SDMXHeader.namespaces + "common",
            ])
        xml.open("mes:ErrorMessage", ["code": "\(fault.code)"])
        xml.element("com:Text", fault.message, ["xml:lang": "en"])
        xml.close("mes:ErrorMessage")
        xml.close("mes:Error")
        return SDMXResponse(
            status: fault.status, contentType: "application/xml", body: xml.bytes,
            headers: headers(), cause: cause)
    }
}
