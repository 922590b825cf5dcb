import PopulationFigures

/// Figures of one dataflow, ready to be written.
struct SDMXDataMessage: Sendable {
    var header: SDMXHeader
    var structure: SDMXStructure
    var sets: [SDMXDataSet]
    var options: SDMXOptions

    /// Where the dimension at the observation stands; `nil` = observations without series.
    var observationPlace: Int? {
        structure.dimensions.firstIndex { $0.id == options.dimensionAtObservation }
    }
}

/// Figures as SDMX-ML 2.1, generic or structure-specific.
struct SDMXDataXML: Sendable {
    private static let prefix = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure="

    var message: SDMXDataMessage
    /// Names of components are names of attributes then.
    var isSpecific: Bool

    func bytes() -> [UInt8] {
        let root = isSpecific ? "mes:StructureSpecificData" : "mes:GenericData"
        let structure = message.structure
        let namespace =
            "\(Self.prefix)\(SDMXStructure.agency):\(structure.dataStructureID)"
            + "(\(SDMXStructureXML.version)):ObsLevelDim:\(message.options.dimensionAtObservation)"
        var xml = SDMXMarkup()
        // The word generic must not stand in a specific message: readers look for it.
        xml.open(
            root,
            [
                "xmlns:mes": SDMXHeader.namespaces + "message",
                "xmlns:com": SDMXHeader.namespaces + "common",
                "xmlns:gen": isSpecific ? nil : SDMXHeader.namespaces + "data/generic",
                "xmlns:ss": isSpecific ? SDMXHeader.namespaces + "data/structurespecific" : nil,
                "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                "xmlns:ns1": isSpecific ? namespace : nil,
            ])
        message.header.write(to: &xml) { xml in
            xml.open(
                "mes:Structure",
                [
                    "structureID": structure.dataStructureID,
                    "namespace": isSpecific ? namespace : nil,
                    "dimensionAtObservation": message.options.dimensionAtObservation,
                ])
            xml.open("com:Structure")
            xml.empty(
                "Ref",
                [
                    "agencyID": SDMXStructure.agency, "id": structure.dataStructureID,
                    "version": SDMXStructureXML.version, "package": "datastructure",
                    "class": "DataStructure",
                ])
            xml.close("com:Structure")
            xml.close("mes:Structure")
        }
        for set in message.sets { write(set, to: &xml) }
        xml.close(root)
        return xml.bytes
    }

    private func write(_ set: SDMXDataSet, to xml: inout SDMXMarkup) {
        let id = message.structure.dataStructureID
        let (from, to) =
            message.options.includeHistory ? (set.edition.validFrom, set.validTo) : (nil, nil)
        if isSpecific {
            xml.open(
                "mes:DataSet",
                [
                    "xsi:type": "ns1:DataSetType", "ss:dataScope": "DataStructure",
                    "ss:structureRef": id, "ss:action": set.action.rawValue,
                    "ss:validFromDate": from, "ss:validToDate": to,
                ])
        } else {
            xml.open(
                "mes:DataSet",
                [
                    "structureRef": id, "action": set.action.rawValue, "validFromDate": from,
                    "validToDate": to,
                ])
        }
        if let place = message.observationPlace {
            var ids = message.structure.dimensions.map(\.id)
            ids.remove(at: place)
            for series in SDMXFigures.series(
                set.observations, at: place, options: message.options)
            {
                write(series, ids, place, to: &xml)
            }
        } else {
            for observation in set.observations { writeFlat(observation, to: &xml) }
        }
        xml.close("mes:DataSet")
    }

    private func write(
        _ series: SDMXSeries, _ ids: [String], _ place: Int, to xml: inout SDMXMarkup
    ) {
        if isSpecific {
            xml.start("Series")
            for (id, code) in zip(ids, series.key) { xml.attribute(id, code) }
            xml.raw(">")
        } else {
            xml.open("gen:Series")
            xml.open("gen:SeriesKey")
            for (id, code) in zip(ids, series.key) {
                xml.empty("gen:Value", ["id": id, "value": code])
            }
            xml.close("gen:SeriesKey")
        }
        let observations = message.options.isKeysOnly ? [] : series.observations
        for observation in observations {
            if isSpecific {
                xml.start("Obs")
                xml.attribute(message.options.dimensionAtObservation, observation.key[place])
                writeSpecificValues(observation, to: &xml)
            } else {
                xml.open("gen:Obs")
                xml.empty("gen:ObsDimension", ["value": observation.key[place]])
                writeGenericValues(observation, to: &xml)
                xml.close("gen:Obs")
            }
        }
        xml.close(isSpecific ? "Series" : "gen:Series")
    }

    private func writeFlat(_ observation: SDMXObservation, to xml: inout SDMXMarkup) {
        let ids = message.structure.dimensions.map(\.id)
        if isSpecific {
            xml.start("Obs")
            for (id, code) in zip(ids, observation.key) { xml.attribute(id, code) }
            writeSpecificValues(observation, to: &xml)
        } else {
            xml.open("gen:Obs")
            xml.open("gen:ObsKey")
            for (id, code) in zip(ids, observation.key) {
                xml.empty("gen:Value", ["id": id, "value": code])
            }
            xml.close("gen:ObsKey")
            writeGenericValues(observation, to: &xml)
            xml.close("gen:Obs")
        }
    }

    private func writeSpecificValues(_ observation: SDMXObservation, to xml: inout SDMXMarkup) {
        if message.options.hasMeasures, !observation.value.isEmpty {
            xml.attribute(SDMXStructure.measure, observation.value)
        }
        if message.options.hasAttributes {
            for (attribute, text) in zip(message.structure.attributes, observation.attributes)
            where !text.isEmpty {
                xml.attribute(attribute.id, text)
            }
        }
        xml.raw("/>")
    }

    private func writeGenericValues(_ observation: SDMXObservation, to xml: inout SDMXMarkup) {
        if message.options.hasMeasures, !observation.value.isEmpty {
            xml.empty("gen:ObsValue", ["value": observation.value])
        }
        guard message.options.hasAttributes,
            observation.attributes.contains(where: { !$0.isEmpty })
        else { return }
        xml.open("gen:Attributes")
        for (attribute, text) in zip(message.structure.attributes, observation.attributes)
        where !text.isEmpty {
            xml.empty("gen:Value", ["id": attribute.id, "value": text])
        }
        xml.close("gen:Attributes")
    }
}
