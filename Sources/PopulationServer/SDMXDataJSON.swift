import PopulationFigures
import PopulationModel

/// Figures as SDMX-JSON 1.0, or in the layout of its draft, which other clients read.
struct SDMXDataJSON: Sendable {
    private static let schema =
        "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/"
        + "1.0/sdmx-json-data-schema.json"

    var message: SDMXDataMessage
    var names: SDMXNames
    var isDraft: Bool

    /// The values of a component that occur, each with its place.
    private struct Values {
        var order: [String] = []
        var places: [String: Int] = [:]

        mutating func place(of value: String) -> Int {
            if let known = places[value] { return known }
            places[value] = order.count
            order.append(value)
            return order.count - 1
        }
    }

    /// Places of the attributes that any observation has: readers take no other.
    private var given: [Int] = []

    init(message: SDMXDataMessage, names: SDMXNames, isDraft: Bool) {
        self.message = message
        self.names = names
        self.isDraft = isDraft
        given = message.structure.attributes.indices.filter { index in
            message.options.hasAttributes
                && message.sets.contains { set in
                    set.observations.contains { !$0.attributes[index].isEmpty }
                }
        }
    }

    func bytes() -> [UInt8] {
        let structure = message.structure
        var dimensions = structure.dimensions.map { _ in Values() }
        var attributes = structure.attributes.map { _ in Values() }
        let sets = message.sets.map { dataSet($0, &dimensions, &attributes) }
        let described = description(dimensions, attributes)
        if isDraft {
            return SDMXJSON.object([
                (
                    "header",
                    .object([
                        ("id", .text(message.header.id)), ("test", .flag(false)),
                        ("prepared", .text(message.header.prepared)),
                        (
                            "sender",
                            .object([
                                ("id", .text(SDMXStructure.agency)),
                                ("name", .text(SDMXStructureXML.agencyName.en)),
                            ])
                        ),
                    ])
                ), ("structure", described), ("dataSets", .list(sets)),
            ]).bytes
        }
        return SDMXJSON.object([
            ("meta", SDMXStructureJSON.meta(message.header, schema: Self.schema)),
            ("data", .object([("structure", described), ("dataSets", .list(sets))])),
        ]).bytes
    }

    private func dataSet(
        _ set: SDMXDataSet, _ dimensions: inout [Values], _ attributes: inout [Values]
    ) -> SDMXJSON {
        var members: [(String, SDMXJSON)] = [
            ("action", .text(set.action.rawValue)), ("links", .list([])),
        ]
        if message.options.includeHistory {
            members.append(("validFrom", .text(set.edition.validFrom)))
            if let to = set.validTo { members.append(("validTo", .text(to))) }
        }
        if let place = message.observationPlace {
            var all: [(String, SDMXJSON)] = []
            for series in SDMXFigures.series(
                set.observations, at: place, options: message.options)
            {
                var key = series.key
                key.insert("", at: place)
                let parts = key.enumerated().filter { $0.offset != place }.map {
                    String(dimensions[$0.offset].place(of: $0.element))
                }
                var observations: [(String, SDMXJSON)] = []
                for observation in message.options.isKeysOnly ? [] : series.observations {
                    let at = dimensions[place].place(of: observation.key[place])
                    observations.append((String(at), values(observation, &attributes)))
                }
                all.append(
                    (
                        parts.joined(separator: ":"),
                        .object([("observations", .object(observations))])
                    ))
            }
            members.append(("series", .object(all)))
        } else {
            let all = set.observations.map { observation -> (String, SDMXJSON) in
                let key = observation.key.enumerated().map {
                    String(dimensions[$0.offset].place(of: $0.element))
                }
                return (key.joined(separator: ":"), values(observation, &attributes))
            }
            members.append(("observations", .object(all)))
        }
        return .object(members)
    }

    private func values(_ observation: SDMXObservation, _ attributes: inout [Values]) -> SDMXJSON {
        let hasValue = message.options.hasMeasures && !observation.value.isEmpty
        var values: [SDMXJSON] = [hasValue ? .number(observation.value) : .null]
        for index in given {
            let text = observation.attributes[index]
            values.append(
                text.isEmpty ? .null : .number(String(attributes[index].place(of: text))))
        }
        return .list(values)
    }

    private func description(_ dimensions: [Values], _ attributes: [Values]) -> SDMXJSON {
        let structure = message.structure
        var ofSeries: [SDMXJSON] = []
        var ofObservation: [SDMXJSON] = []
        for (index, dimension) in structure.dimensions.enumerated() {
            let described = component(
                dimension.id, dimensions[index].order,
                others: [("keyPosition", .number("\(index)"))])
            if message.observationPlace == nil || message.observationPlace == index {
                ofObservation.append(described)
            } else {
                ofSeries.append(described)
            }
        }
        let described = given.map { index in
            let attribute = structure.attributes[index]
            return component(
                attribute.id, attributes[index].order,
                others: [
                    (
                        "relationship",
                        .object([("primaryMeasure", .text(SDMXStructure.measure))])
                    )
                ], isCoded: attribute.codeList != nil)
        }
        return .object(
            name(structure.name) + [
                (
                    "dimensions",
                    .object([
                        ("dataSet", .list([])), ("series", .list(ofSeries)),
                        ("observation", .list(ofObservation)),
                    ])
                ),
                (
                    "attributes",
                    .object([
                        ("dataSet", .list([])), ("series", .list([])),
                        ("observation", .list(described)),
                    ])
                ),
            ])
    }

    private func component(
        _ id: String, _ values: [String], others: [(String, SDMXJSON)], isCoded: Bool = true
    ) -> SDMXJSON {
        // Free text is no code.
        let listed = values.map { value -> SDMXJSON in
            .object(
                (isCoded ? [("id", .text(value))] : []) + name(names.bilingual(value, of: id)))
        }
        return .object(
            [("id", .text(id))] + name(names.bilingual(concept: id)) + others
                + [("values", .list(listed))])
    }

    /// The draft knows one language only.
    private func name(_ name: Bilingual) -> [(String, SDMXJSON)] {
        isDraft ? [("name", .text(name.en))] : SDMXJSON.names(name)
    }
}
