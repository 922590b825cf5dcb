import PopulationFigures
import PopulationModel

/// Structures as SDMX-ML 2.1, whose versions have two parts.
struct SDMXStructureXML: Sendable {
    static let version = "1.0"
    private static let classes = "urn:sdmx:org.sdmx.infomodel."

    var header: SDMXHeader
    var artefacts: [SDMXListedArtefact]
    var availability: [SDMXAvailability] = []

    func bytes() -> [UInt8] {
        var xml = SDMXMarkup()
        xml.open(
            "mes:Structure",
            [
                "xmlns:mes": SDMXHeader.namespaces + "message",
                "xmlns:str": SDMXHeader.namespaces + "structure",
                "xmlns:com": SDMXHeader.namespaces + "common",
            ])
        header.write(to: &xml)
        xml.open("mes:Structures")
        // The order of the schema.
        group("OrganisationSchemes", "agencyscheme", to: &xml)
        group("Dataflows", "dataflow", to: &xml)
        group("Codelists", "codelist", to: &xml)
        group("Concepts", "conceptscheme", to: &xml)
        group("DataStructures", "datastructure", to: &xml)
        if !availability.isEmpty {
            xml.open("str:Constraints")
            for one in availability { Self.constraint(one, to: &xml) }
            xml.close("str:Constraints")
        }
        xml.close("mes:Structures")
        xml.close("mes:Structure")
        return xml.bytes
    }

    private func group(_ name: String, _ type: String, to xml: inout SDMXMarkup) {
        let members = artefacts.filter { $0.artefact.type == type }
        guard !members.isEmpty else { return }
        xml.open("str:\(name)")
        for member in members { Self.artefact(member, to: &xml) }
        xml.close("str:\(name)")
    }

    private static func artefact(_ listed: SDMXListedArtefact, to xml: inout SDMXMarkup) {
        let artefact = listed.artefact
        let (package, name) = className(artefact)
        var isPartial: String?
        if case .codeList(let list) = artefact, list.isPartial { isPartial = "true" }
        xml.open(
            "str:\(name)",
            [
                "id": artefact.id, "agencyID": artefact.agency, "version": version,
                "urn": "\(classes)\(package).\(name)=\(artefact.agency):\(artefact.id)(\(version))",
                "isExternalReference": listed.isStub ? "true" : nil, "isPartial": isPartial,
            ])
        xml.names(artefact.name)
        if !listed.isStub { content(artefact, to: &xml) }
        xml.close("str:\(name)")
    }

    private static func className(_ artefact: SDMXArtefact) -> (package: String, name: String) {
        switch artefact {
        case .agencies: ("base", "AgencyScheme")
        case .dataflow: ("datastructure", "Dataflow")
        case .codeList: ("codelist", "Codelist")
        case .concepts: ("conceptscheme", "ConceptScheme")
        case .dataStructure: ("datastructure", "DataStructure")
        }
    }

    private static func content(_ artefact: SDMXArtefact, to xml: inout SDMXMarkup) {
        switch artefact {
        case .agencies:
            xml.open("str:Agency", ["id": SDMXStructure.agency])
            xml.names(Self.agencyName)
            xml.close("str:Agency")
        case .dataflow(let structure):
            xml.open("str:Structure")
            reference(
                structure.dataStructureID, "datastructure", "DataStructure", to: &xml)
            xml.close("str:Structure")
        case .codeList(let list):
            for code in list.codes {
                xml.open("str:Code", ["id": code.id])
                xml.names(code.name)
                if let parent = code.parent {
                    xml.open("str:Parent")
                    xml.empty("Ref", ["id": parent])
                    xml.close("str:Parent")
                }
                xml.close("str:Code")
            }
        case .concepts:
            for concept in SDMXStructure.concepts {
                xml.open("str:Concept", ["id": concept.id])
                xml.names(concept.name)
                xml.close("str:Concept")
            }
        case .dataStructure(let structure): components(structure, to: &xml)
        }
    }

    static let agencyName = Bilingual("人口统计发布", "population statistics")

    private static func reference(
        _ id: String, _ package: String, _ name: String, to xml: inout SDMXMarkup
    ) {
        xml.empty(
            "Ref",
            [
                "id": id, "version": version, "agencyID": SDMXStructure.agency,
                "package": package, "class": name,
            ])
    }

    private static func concept(_ id: String, to xml: inout SDMXMarkup) {
        xml.open("str:ConceptIdentity")
        xml.empty(
            "Ref",
            [
                "id": id, "maintainableParentID": SDMXStructure.conceptScheme,
                "maintainableParentVersion": version, "agencyID": SDMXStructure.agency,
                "package": "conceptscheme", "class": "Concept",
            ])
        xml.close("str:ConceptIdentity")
    }

    private static func representation(
        _ list: SDMXCodeList?, textType: String, to xml: inout SDMXMarkup
    ) {
        xml.open("str:LocalRepresentation")
        if let list {
            xml.open("str:Enumeration")
            reference(list.id, "codelist", "Codelist", to: &xml)
            xml.close("str:Enumeration")
        } else {
            xml.empty("str:TextFormat", ["textType": textType])
        }
        xml.close("str:LocalRepresentation")
    }

    private static func components(_ structure: SDMXStructure, to xml: inout SDMXMarkup) {
        xml.open("str:DataStructureComponents")
        xml.open("str:DimensionList", ["id": "DimensionDescriptor"])
        for (index, dimension) in structure.dimensions.enumerated() {
            let isTime = dimension.id == "TIME_PERIOD"
            let name = isTime ? "str:TimeDimension" : "str:Dimension"
            xml.open(name, ["id": dimension.id, "position": "\(index + 1)"])
            concept(dimension.id, to: &xml)
            representation(dimension.codeList, textType: "ObservationalTimePeriod", to: &xml)
            xml.close(name)
        }
        xml.close("str:DimensionList")
        xml.open("str:AttributeList", ["id": "AttributeDescriptor"])
        for attribute in structure.attributes {
            xml.open(
                "str:Attribute",
                [
                    "id": attribute.id,
                    "assignmentStatus": attribute.id == "OBS_STATUS" ? "Mandatory" : "Conditional",
                ])
            concept(attribute.id, to: &xml)
            representation(attribute.codeList, textType: "String", to: &xml)
            xml.open("str:AttributeRelationship")
            xml.open("str:PrimaryMeasure")
            xml.empty("Ref", ["id": SDMXStructure.measure])
            xml.close("str:PrimaryMeasure")
            xml.close("str:AttributeRelationship")
            xml.close("str:Attribute")
        }
        xml.close("str:AttributeList")
        xml.open("str:MeasureList", ["id": "MeasureDescriptor"])
        xml.open("str:PrimaryMeasure", ["id": SDMXStructure.measure])
        concept(SDMXStructure.measure, to: &xml)
        representation(nil, textType: "Decimal", to: &xml)
        xml.close("str:PrimaryMeasure")
        xml.close("str:MeasureList")
        xml.close("str:DataStructureComponents")
    }

    private static func constraint(_ one: SDMXAvailability, to xml: inout SDMXMarkup) {
        xml.open(
            "str:ContentConstraint",
            [
                "id": "AVAILABLE_\(one.structure.dataflowID)", "agencyID": SDMXStructure.agency,
                "version": version, "type": "Actual",
            ])
        xml.open("com:Annotations")
        for (id, count) in one.counts {
            xml.open("com:Annotation", ["id": id])
            xml.element("com:AnnotationTitle", "\(count)")
            xml.element("com:AnnotationType", "sdmx_metrics")
            xml.close("com:Annotation")
        }
        xml.close("com:Annotations")
        xml.names(one.name)
        xml.open("str:ConstraintAttachment")
        xml.open("str:Dataflow")
        reference(one.structure.dataflowID, "datastructure", "Dataflow", to: &xml)
        xml.close("str:Dataflow")
        xml.close("str:ConstraintAttachment")
        xml.open("str:CubeRegion", ["include": "true"])
        for (id, values) in one.values {
            xml.open("com:KeyValue", ["id": id])
            if id == "TIME_PERIOD", let first = values.first, let last = values.last {
                xml.open("com:TimeRange")
                xml.element("com:StartPeriod", first, ["isInclusive": "true"])
                xml.element("com:EndPeriod", last, ["isInclusive": "true"])
                xml.close("com:TimeRange")
            } else {
                for value in values { xml.element("com:Value", value) }
            }
            xml.close("com:KeyValue")
        }
        xml.close("str:CubeRegion")
        xml.close("str:ContentConstraint")
    }
}
