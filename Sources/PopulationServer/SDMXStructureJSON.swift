import PopulationFigures

/// Structures as SDMX-JSON 2.0, whose versions have three parts.
struct SDMXStructureJSON: Sendable {
    static let version = SDMXStructure.version
    private static let classes = "urn:sdmx:org.sdmx.infomodel."
    private static let schema =
        "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json"

    var header: SDMXHeader
    var artefacts: [SDMXListedArtefact]
    var availability: [SDMXAvailability] = []

    func bytes() -> [UInt8] {
        var data: [(String, SDMXJSON)] = []
        let groups = [
            ("agencySchemes", "agencyscheme"), ("dataflows", "dataflow"),
            ("codelists", "codelist"), ("conceptSchemes", "conceptscheme"),
            ("dataStructures", "datastructure"),
        ]
        for (name, type) in groups {
            let members = artefacts.filter { $0.artefact.type == type }
            if !members.isEmpty { data.append((name, .list(members.map(Self.artefact)))) }
        }
        if !availability.isEmpty {
            data.append(("dataConstraints", .list(availability.map(Self.constraint))))
        }
        return SDMXJSON.object([
            ("meta", Self.meta(header, schema: Self.schema)), ("data", .object(data)),
        ]).bytes
    }

    static func meta(_ header: SDMXHeader, schema: String) -> SDMXJSON {
        .object([
            ("schema", .text(schema)), ("id", .text(header.id)), ("test", .flag(false)),
            ("prepared", .text(header.prepared)),
            ("contentLanguages", .list([.text("en"), .text("zh")])),
            (
                "sender",
                .object(
                    [("id", .text(SDMXStructure.agency))]
                        + SDMXJSON.names(SDMXStructureXML.agencyName))
            ),
        ])
    }

    private static func artefact(_ listed: SDMXListedArtefact) -> SDMXJSON {
        let artefact = listed.artefact
        var members: [(String, SDMXJSON)] = [("id", .text(artefact.id))]
        members += SDMXJSON.names(artefact.name)
        members.append(("agencyID", .text(artefact.agency)))
        // Agency schemes are not versioned in SDMX 3.0 but for the first version.
        members.append(("version", .text(artefact.agency == "SDMX" ? "1.0" : version)))
        if listed.isStub { members.append(("isExternalReference", .flag(true))) }
        if !listed.isStub { members += content(artefact) }
        return .object(members)
    }

    private static func content(_ artefact: SDMXArtefact) -> [(String, SDMXJSON)] {
        switch artefact {
        case .agencies:
            let agency: [(String, SDMXJSON)] =
                [("id", .text(SDMXStructure.agency))] + SDMXJSON.names(SDMXStructureXML.agencyName)
            return [("agencies", .list([.object(agency)]))]
        case .dataflow(let structure):
            return [
                (
                    "structure",
                    .text(urn("datastructure.DataStructure", structure.dataStructureID))
                )
            ]
        case .codeList(let list):
            let codes = list.codes.map { code -> SDMXJSON in
                var members: [(String, SDMXJSON)] = [("id", .text(code.id))]
                members += SDMXJSON.names(code.name)
                if let parent = code.parent { members.append(("parent", .text(parent))) }
                return .object(members)
            }
            // An empty list is no list in the schema.
            return (list.isPartial ? [("isPartial", .flag(true))] : [])
                + (codes.isEmpty ? [] : [("codes", .list(codes))])
        case .concepts:
            let concepts = SDMXStructure.concepts.map { concept in
                SDMXJSON.object([("id", .text(concept.id))] + SDMXJSON.names(concept.name))
            }
            return [("concepts", .list(concepts))]
        case .dataStructure(let structure):
            return [("dataStructureComponents", components(structure))]
        }
    }

    private static func urn(_ name: String, _ id: String, item: String? = nil) -> String {
        "\(classes)\(name)=\(SDMXStructure.agency):\(id)(\(version))"
            + (item.map { ".\($0)" } ?? "")
    }

    private static func component(
        _ id: String, _ list: SDMXCodeList?, dataType: String,
        _ others: [(String, SDMXJSON)] = []
    ) -> SDMXJSON {
        let representation: [(String, SDMXJSON)] =
            if let list {
                [("enumeration", .text(urn("codelist.Codelist", list.id)))]
            } else {
                [("format", .object([("dataType", .text(dataType))]))]
            }
        return .object(
            [
                ("id", .text(id)),
                (
                    "conceptIdentity",
                    .text(
                        urn("conceptscheme.Concept", SDMXStructure.conceptScheme, item: id))
                ),
            ] + others + [("localRepresentation", .object(representation))])
    }

    private static func components(_ structure: SDMXStructure) -> SDMXJSON {
        let dimensions = structure.dimensions.dropLast().enumerated().map { index, dimension in
            component(
                dimension.id, dimension.codeList, dataType: "String",
                [("position", .number("\(index)"))])
        }
        let time = component("TIME_PERIOD", nil, dataType: "ObservationalTimePeriod")
        let attributes = structure.attributes.map { attribute in
            component(
                attribute.id, attribute.codeList, dataType: "String",
                [
                    ("attributeRelationship", .object([("observation", .object([]))])),
                    (
                        "usage",
                        .text(attribute.id == "OBS_STATUS" ? "mandatory" : "optional")
                    ),
                    ("measureRelationship", .list([.text(SDMXStructure.measure)])),
                ])
        }
        let measure = component(
            SDMXStructure.measure, nil, dataType: "Decimal", [("usage", .text("optional"))])
        return .object([
            (
                "dimensionList",
                .object([
                    ("id", .text("DimensionDescriptor")), ("dimensions", .list(dimensions)),
                    ("timeDimension", time),
                ])
            ),
            (
                "attributeList",
                .object([
                    ("id", .text("AttributeDescriptor")), ("attributes", .list(attributes)),
                ])
            ),
            (
                "measureList",
                .object([("id", .text("MeasureDescriptor")), ("measures", .list([measure]))])
            ),
        ])
    }

    private static func constraint(_ one: SDMXAvailability) -> SDMXJSON {
        let annotations = one.counts.map { id, count in
            SDMXJSON.object([
                ("id", .text(id)), ("type", .text("sdmx_metrics")), ("title", .text("\(count)")),
            ])
        }
        let keys = one.values.map { id, values -> SDMXJSON in
            if id == "TIME_PERIOD", let first = values.first, let last = values.last {
                func end(_ period: String) -> SDMXJSON {
                    .object([("period", .text(period)), ("isInclusive", .flag(true))])
                }
                return .object([
                    ("id", .text(id)),
                    (
                        "timeRange",
                        .object([("startPeriod", end(first)), ("endPeriod", end(last))])
                    ),
                ])
            }
            return .object([
                ("id", .text(id)),
                ("values", .list(values.map { .object([("value", .text($0))]) })),
            ])
        }
        var members: [(String, SDMXJSON)] = [
            ("id", .text("AVAILABLE_\(one.structure.dataflowID)"))
        ]
        members += SDMXJSON.names(one.name)
        members += [
            ("agencyID", .text(SDMXStructure.agency)), ("version", .text(version)),
            ("annotations", .list(annotations)), ("role", .text("Actual")),
            (
                "constraintAttachment",
                .object([
                    (
                        "dataflows",
                        .list([
                            .text(urn("datastructure.Dataflow", one.structure.dataflowID))
                        ])
                    )
                ])
            ),
            (
                "cubeRegions",
                .list([.object([("include", .flag(true)), ("keyValues", .list(keys))])])
            ),
        ]
        return .object(members)
    }
}
