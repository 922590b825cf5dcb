import Foundation
import PopulationFigures
import PopulationServer
import PopulationStore
import Testing

/// The service as a pure function: paths, keys, conditions, formats, editions, refusals.
struct SDMXServiceTests {
    static let csv = "application/vnd.sdmx.data+csv;version=2.0.0"

    /// A small table, so that every number can be seen; `change` replaces cells of it.
    static func households(_ persons: String = "118", more: [[String]] = []) -> Table {
        Table(
            name: "households",
            columns: ["reference_date", "county_code", "household_type", "households", "persons"],
            keyCount: 3,
            rows: [
                ["2018-12-31", "449901", "collective", "35", persons],
                ["2019-12-31", "449901", "collective", "36", "119"],
                ["2019-12-31", "449901", "family", "1816", ""],
                ["2020-12-31", "449901", "collective", "37", "120"],
                ["2020-12-31", "449902", "family", "900", "2700"],
            ] + more)
    }

    static func service(limits: SDMXLimits = SDMXLimits()) -> SDMXService {
        var reader = TableFolderReader()
        reader.add(
            [PublishedTable(households(), scope: .internal)], publishedAt: "2021-01-05T00:00:00Z")
        reader.add(
            [PublishedTable(households("117"), scope: .internal)],
            publishedAt: "2021-02-05T00:00:00Z")
        return SDMXService(reader: reader, limits: limits)
    }

    static func ask(
        _ path: String, _ query: String? = nil, language: SDMXRequest.Language = .rest2,
        accept: String? = csv, acceptLanguage: String? = nil, isPublic: Bool = false,
        service: SDMXService = service()
    ) -> SDMXResponse {
        service.respond(
            to: SDMXRequest(
                language: language, path: path, query: query, accept: accept,
                acceptLanguage: acceptLanguage,
                mayRead: { _, scope in !isPublic || scope == .public }))
    }

    /// `area type indicator time value` of each line of SDMX-CSV 2.0.
    static func lines(_ response: SDMXResponse) -> [String] {
        String(decoding: response.body, as: UTF8.self).split(separator: "\n").dropFirst().map {
            let cells = $0.split(separator: ",", omittingEmptySubsequences: false)
            return cells[4...8].joined(separator: " ")
        }
    }

    @Test(arguments: [
        ("/data/HOUSEHOLDS", SDMXRequest.Language.rest1),
        ("/data/POPSTAT%2CHOUSEHOLDS%2C1.0/all/all/", .rest1),
        ("/data/HOUSEHOLDS/...", .rest1), ("/data/all,HOUSEHOLDS,latest/all", .rest1),
        ("/data/dataflow/POPSTAT/HOUSEHOLDS/1.0.0/*/", .rest2),
        ("/data/*/POPSTAT/HOUSEHOLDS/+/%2A", .rest2),
        ("/data/datastructure/POPSTAT/DSD_HOUSEHOLDS/~", .rest2), ("data/*/*/HOUSEHOLDS", .rest2),
    ])
    func takesEveryWayToNameAFlow(path: String, language: SDMXRequest.Language) {
        let response = Self.ask(path, language: language)
        #expect(response.status == 200)
        #expect(Self.lines(response).count == 9)
    }

    @Test func takesKeysWithWildcardsAndAlternatives() {
        let all = "/data/dataflow/POPSTAT/HOUSEHOLDS/1.0.0"
        let found = Self.lines(Self.ask("\(all)/A.449901+449902.family.*"))
        #expect(
            found == [
                "449901 family HOUSEHOLDS 2019-12-31 1816",
                "449902 family HOUSEHOLDS 2020-12-31 900",
                "449902 family PERSONS 2020-12-31 2700",
            ])
        #expect(
            Self.lines(Self.ask("\(all)/A.449902,A.449901.family")) == [
                "449901 family HOUSEHOLDS 2019-12-31 1816",
                "449902 family HOUSEHOLDS 2020-12-31 900",
                "449902 family PERSONS 2020-12-31 2700",
            ])
        #expect(Self.ask("/data/HOUSEHOLDS/A.449901", language: .rest1).status == 400)
        #expect(Self.ask("\(all)/A.4499.....").status == 400)
    }

    @Test(arguments: [
        ("c[REF_AREA]=449902", 2), ("c%5BREF_AREA%5D=ne:449902", 7),
        ("c[REF_AREA]=ne:449902,449901", 0), ("c[HOUSEHOLD_TYPE]=sw:fam", 3),
        ("c[HOUSEHOLD_TYPE]=nc:ll", 3), ("c[TIME_PERIOD]=ge:2019%2Ble:2019", 3),
        ("c[TIME_PERIOD]=gt:2019", 4), ("c[TIME_PERIOD]=lt:2019-06", 2),
        ("c[TIME_PERIOD]=2018,2020-12-31", 6), ("startPeriod=2019&endPeriod=2020-W52", 3),
        ("startPeriod=2020-Q4", 4), ("endPeriod=2020-W53", 9), ("c[OBS_STATUS]=Q", 0),
        ("firstNObservations=1", 5),
        ("lastNObservations=1", 5), ("firstNObservations=1&lastNObservations=1", 7),
        ("offset=2&limit=3", 3), ("offset=8", 1), ("c[INDICATOR]=PERSONS&limit=2", 2),
    ])
    func narrowsByConditions(query: String, count: Int) {
        let response = Self.ask("/data/dataflow/POPSTAT/HOUSEHOLDS/1.0.0", query)
        #expect(response.status == (count == 0 ? 404 : 200))
        if count > 0 { #expect(Self.lines(response).count == count) }
    }

    @Test func travelsInTime() {
        let path = "/data/dataflow/POPSTAT/HOUSEHOLDS/1.0.0"
        func value(_ query: String?) -> String? {
            Self.lines(Self.ask("\(path)/A.449901.collective.PERSONS", query)).first
        }
        #expect(value(nil) == "449901 collective PERSONS 2018-12-31 117")
        #expect(value("asOf=2021-01-31") == "449901 collective PERSONS 2018-12-31 118")
        #expect(value("asOf=2021-02-05T07:59:59%2B08:00") == value("asOf=2021-01-31"))
        #expect(Self.ask(path, "asOf=2020-01-01").status == 404)
        #expect(
            Self.lines(Self.ask(path, "updatedAfter=2021-01-10")) == [
                "449901 collective PERSONS 2018-12-31 117"
            ])
        #expect(Self.ask(path, "updatedAfter=2021-03-01").status == 404)
        let history = Self.ask(path, "includeHistory=true", accept: nil)
        let text = String(decoding: history.body, as: UTF8.self)
        #expect(text.contains(#"validToDate="2021-02-05T00:00:00Z""#))
        #expect(text.components(separatedBy: "<mes:DataSet ").count == 3)
        #expect(Self.ask(path, "includeHistory=true").status == 501)
    }

    /// Tables of codes alone take the names from the one that has them.
    @Test(arguments: ["POPULATION", "LAND", "URBANIZATION"])
    func areasHaveNames(table: String) throws {
        let service = SDMXService(reader: try TableFolderReader.sample())
        let response = Self.ask(
            "/structure/codelist/POPSTAT/CL_REF_AREA_\(table)", accept: nil, isPublic: true,
            service: service)
        #expect(response.status == 200)
        let text = String(decoding: response.body, as: UTF8.self)
        let urbanization = try TableFolderReader.sampleTables().first { $0.name == "urbanization" }
        let rows = try #require(urbanization?.rows)
        let county = try #require(rows.first { $0[1] == "county" })
        #expect(text.contains(">\(county[4])<"), "\(county[2])")
        #expect(!text.contains(">\(county[2])<"))
    }

    /// The table with the names may be for others only, or too long to be listed.
    @Test func areasAreCodesWhereTheirNamesAreOutOfReach() throws {
        let tables = try TableFolderReader.sampleTables()
        let named = try #require(tables.first { $0.name == "urbanization" })
        let county = try #require(named.rows.first { $0[2] == "449901" })
        var reader = TableFolderReader()
        reader.add(
            [
                PublishedTable(TableFolderReader.protected(Self.households()), scope: .public),
                PublishedTable(named, scope: .internal),
            ], publishedAt: "2021-01-05T00:00:00Z")
        func listed(isPublic: Bool, codesMax: Int = 1_000) -> String {
            var limits = SDMXLimits()
            limits.listedCodesMax = codesMax
            let response = Self.ask(
                "/structure/codelist/POPSTAT/CL_REF_AREA_HOUSEHOLDS", accept: nil,
                isPublic: isPublic, service: SDMXService(reader: reader, limits: limits))
            #expect(response.status == 200)
            return String(decoding: response.body, as: UTF8.self)
        }
        #expect(listed(isPublic: false).contains(">\(county[4])<"))
        for text in [listed(isPublic: true), listed(isPublic: false, codesMax: 10)] {
            #expect(text.contains(">449901<"))
            #expect(!text.contains(county[4]))
        }
    }

    @Test func linesHaveNamesOfAreas() throws {
        let service = SDMXService(reader: try TableFolderReader.sample())
        let response = Self.ask(
            "/data/dataflow/POPSTAT/POPULATION/1.0.0", "limit=1",
            accept: Self.csv + ";labels=both", isPublic: true, service: service)
        #expect(response.status == 200)
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(text.contains(try Regex(",4499[0-9]{2}: \\p{Han}+,")), "\(text)")
    }

    /// Two plans in one store: figures of the other are no earlier form of the newest.
    @Test func historiesAreOfOnePlan() {
        var reader = TableFolderReader()
        let gone = ["2020-12-31", "449921", "family", "5", "9"]
        for (plan, persons, more, month) in [
            ("sample", "118", [], "01"), ("trial", "500", [gone], "02"),
            ("sample", "117", [], "03"),
        ] {
            reader.add(
                [PublishedTable(Self.households(persons, more: more), scope: .internal)],
                publishedAt: "2021-\(month)-05T00:00:00Z", plan: plan)
        }
        let service = SDMXService(reader: reader)
        let path = "/data/dataflow/POPSTAT/HOUSEHOLDS/1.0.0"
        let history = Self.ask(path, "includeHistory=true", accept: nil, service: service)
        let text = String(decoding: history.body, as: UTF8.self)
        #expect(text.components(separatedBy: "<mes:DataSet ").count == 3)
        #expect(!text.contains("449921"))
        #expect(text.contains(#"validToDate="2021-03-05T00:00:00Z""#))
        #expect(
            Self.lines(Self.ask(path, "updatedAfter=2021-02-10", service: service)) == [
                "449901 collective PERSONS 2018-12-31 117"
            ])
    }

    @Test func saysWhatWasTakenAway() {
        var reader = TableFolderReader()
        let gone = ["2020-12-31", "449921", "family", "5", "9"]
        reader.add(
            [PublishedTable(Self.households(more: [gone]), scope: .internal)],
            publishedAt: "2021-01-05T00:00:00Z")
        reader.add(
            [PublishedTable(Self.households(), scope: .internal)],
            publishedAt: "2021-02-05T00:00:00Z")
        let response = Self.ask(
            "/data/dataflow/POPSTAT/HOUSEHOLDS/1.0.0", "updatedAfter=2021-01-06",
            service: SDMXService(reader: reader))
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(text.contains("1.0.0),D,A,449921,family,PERSONS,2020-12-31,9"))
        #expect(text.split(separator: "\n").count == 3)
    }

    @Test func showsNobodyWhatHeMayNotSee() {
        let hidden = Self.ask("/data/dataflow/POPSTAT/HOUSEHOLDS/1.0.0", isPublic: true)
        let absent = Self.ask("/data/dataflow/POPSTAT/NOWHERE/1.0.0", isPublic: true)
        #expect(hidden.status == 404)
        #expect(hidden.body == absent.body)
        let codes = Self.ask(
            "/structure/codelist/POPSTAT/CL_REF_AREA_HOUSEHOLDS", accept: nil, isPublic: true)
        #expect(codes.status == 404)
    }

    @Test func givesTheSameBytesAgain() {
        for accept in [nil, Self.csv, "application/vnd.sdmx.data+json;version=1.0.0"] {
            let first = Self.ask("/data/*/*/HOUSEHOLDS", accept: accept)
            #expect(first.body == Self.ask("/data/*/*/HOUSEHOLDS", accept: accept).body)
        }
    }

    @Test(
        arguments: [
            (nil, "genericdata+xml; version=2.1"), ("*/*", "genericdata+xml; version=2.1"),
            ("application/xml", "genericdata+xml; version=2.1"),
            ("application/vnd.sdmx.structurespecificdata+xml;version=2.1", "specificdata+xml"),
            ("text/csv", "data+csv; version=2.0.0"),
            ("application/vnd.sdmx.data+csv;version=1.0.0;labels=both", "csv; version=1.0.0"),
            ("image/png, application/json;q=0.5, text/csv;q=0.4", "data+json; version=1.0.0"),
            ("text/csv;q=0, */*;q=0.1", "genericdata+xml"),
        ] as [(String?, String)])
    func answersInTheFormatAskedFor(accept: String?, type: String) {
        let response = Self.ask("/data/*/*/HOUSEHOLDS", accept: accept)
        #expect(response.status == 200)
        #expect(response.contentType.contains(type))
        #expect(response.headers.contains { $0.name == "Vary" })
    }

    @Test func labelsInTheLanguageAskedFor() {
        func head(_ accept: String, _ language: String) -> [Substring] {
            String(
                decoding: Self.ask(
                    "/data/*/*/HOUSEHOLDS", "limit=1", accept: accept, acceptLanguage: language
                ).body, as: UTF8.self
            ).split(separator: "\n")
        }
        let both = head(Self.csv + ";labels=both", "zh-CN, en;q=0.5")
        #expect(both[0].contains("HOUSEHOLD_TYPE: 户类型"))
        #expect(both[1].contains("collective: 集体户"))
        let name = head(Self.csv + ";labels=name", "fr, en;q=0.5")
        #expect(name[0].contains("HOUSEHOLD_TYPE,household type"))
        #expect(name[1].contains("collective,collective household"))
        let first = head("application/vnd.sdmx.data+csv;version=1.0.0", "en")
        #expect(first[0].hasPrefix("DATAFLOW,FREQ,REF_AREA,HOUSEHOLD_TYPE,INDICATOR,TIME_PERIOD"))
    }

    @Test func countsWhatIsThere() {
        let response = Self.ask(
            "/availability/dataflow/POPSTAT/HOUSEHOLDS/1.0.0/*/REF_AREA",
            "c[HOUSEHOLD_TYPE]=family",
            accept: "application/vnd.sdmx.structure+json;version=2.0.0")
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(text.contains(#""id":"obs_count","type":"sdmx_metrics","title":"3""#))
        #expect(text.contains(#""keyValues":[{"id":"REF_AREA","values":[{"value":"449901"},"#))
        #expect(!text.contains("HOUSEHOLD_TYPE"))
    }
}
