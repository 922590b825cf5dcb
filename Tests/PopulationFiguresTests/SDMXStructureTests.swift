import PopulationFigures
import Testing

struct SDMXStructureTests {
    private static func structure(_ table: String) throws -> SDMXStructure {
        try #require(SDMXStructure.ofTable(table))
    }

    @Test func dimensionsStandInTheOrderThatClientsKnow() throws {
        let urbanization = try Self.structure("urbanization")
        #expect(urbanization.dataflowID == "URBANIZATION")
        #expect(urbanization.dataStructureID == "DSD_URBANIZATION")
        #expect(
            urbanization.dimensions.map(\.id) == [
                "FREQ", "REF_AREA", "AREA_LEVEL", "CONCEPT", "INDICATOR", "TIME_PERIOD",
            ])
        #expect(
            urbanization.attributes.map(\.id) == [
                "OBS_STATUS", "UNIT_MEASURE", "DECIMALS", "AREA_NAME", "REACHED",
            ])
        #expect(
            try Self.structure("quality").dimensions.map(\.id) == [
                "FREQ", "SOURCE", "MEASURE", "REASON", "INDICATOR", "TIME_PERIOD",
            ])
    }

    @Test func everyStructureIsWhole() {
        #expect(SDMXStructure.all.count == DataDictionary.tables.count)
        for structure in SDMXStructure.all {
            let ids = structure.dimensions.map(\.id) + structure.attributes.map(\.id)
            #expect(Set(ids).count == ids.count, "\(structure.table.name): an id twice")
            #expect(!structure.indicators.isEmpty, "\(structure.table.name)")
            #expect(structure.name.zh != structure.table.name, "\(structure.table.name): a title")
            for indicator in structure.indicators where indicator.unit != "as unit says" {
                #expect(
                    indicator.unitOfMeasure != nil, "\(structure.table.name).\(indicator.name)")
            }
            let known = SDMXStructure.concepts.map(\.id)
            #expect(ids.allSatisfy(known.contains), "\(structure.table.name): a concept")
        }
        for concept in SDMXStructure.concepts {
            #expect(concept.name.zh != concept.name.en, "\(concept.id) has two names")
        }
    }

    /// Two structures that name the same list mean the same codes.
    @Test func aListIsOneList() {
        var lists: [String: SDMXCodeList] = [:]
        for structure in SDMXStructure.all {
            let all =
                structure.dimensions.compactMap(\.codeList)
                + structure.attributes.compactMap(\.codeList)
            for list in all {
                if let before = lists[list.id] { #expect(before == list, "\(list.id)") }
                lists[list.id] = list
            }
        }
        #expect(lists["CL_SEX"]?.codes?.map(\.id) == ["F", "M"])
        #expect(lists["CL_CONCEPT"]?.codes?.count == 2)
    }

    @Test(arguments: ["", "basic", "row-shape", "449901", "基本 1", "a$b", "5+"])
    func aWordComesBackFromItsCode(word: String) throws {
        let list = try #require(try Self.structure("ladder").dimensions[2].codeList)
        let code = list.code(of: word)
        let isPlain = code.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
                || "_-@$".unicodeScalars.contains($0)
        }
        #expect(isPlain, "\(code)")
        #expect(list.word(of: code) == word)
    }

    @Test func closedWordsHaveStandardCodes() throws {
        let dimensions = try Self.structure("population").dimensions
        let ages = try #require(dimensions.first { $0.id == "AGE_GROUP" }?.codeList)
        #expect(ages.code(of: "0-4") == "Y0T4")
        #expect(ages.code(of: "100+") == "Y_GE100")
        #expect(ages.word(of: "Y_GE100") == "100+")
        #expect(ages.codes?.count == 21)
    }

    @Test(arguments: ["A+B", "$4", "$zz", "$FF"])
    func whatIsNoCodeHasNoWord(code: String) throws {
        let list = try #require(try Self.structure("ladder").dimensions[2].codeList)
        #expect(list.word(of: code) == nil)
    }
}
