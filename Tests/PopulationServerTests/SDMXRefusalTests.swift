import PopulationFigures
import PopulationServer
import PopulationStore
import PopulationTestSupport
import Testing

/// What the service refuses, and that no request whatever brings it down.
struct SDMXRefusalTests {
    private static let flow = "/data/dataflow/POPSTAT/HOUSEHOLDS/1.0.0"

    @Test(
        arguments: [
            ("/data/%", nil, 400, "percent-encoded"), ("/data/%GG", nil, 400, "percent-encoded"),
            ("/data/%ff", nil, 400, "percent-encoded"), ("/data/%00", nil, 400, "percent-encoded"),
            (flow, "c[REF_AREA]=%", 400, "percent-encoded"),
            ("/" + String(repeating: "a", count: 9_000), nil, 400, "longer than 8192 bytes"),
            (flow, String(repeating: "a", count: 9_000), 400, "longer than 8192 bytes"),
            (String(repeating: "/a", count: 40), nil, 400, "more than 10 parts"),
            ("", nil, 200, ""), ("/nothing", nil, 400, "no resource"),
            ("/structure/nothing", nil, 400, "no resource"),
            ("/structure/categoryscheme", nil, 404, "no results"),
            ("/data/provisionagreement/POPSTAT/X", nil, 404, "no results"),
            (flow + "/" + String(repeating: "+", count: 4_000), nil, 400, "more than 1000 codes"),
            (flow + "/A.'%20OR%201=1--", nil, 404, "no results"),
            (flow + "/%3Cscript%3E", nil, 404, "no results"),
            (flow, "c[REF_AREA]=", 400, "condition on REF_AREA"),
            (flow, "c[REF_AREA]=ge:1,le:2", 400, "condition on REF_AREA"),
            (flow, "c[c[c[c[REF_AREA]]]]=1", 400, "no component 'c[c[c[REF_AREA]]]'"),
            (flow, "c[<b>]=1", 400, "no component '?b?'"),
            (flow, "c[TIME_PERIOD]=sw:20", 400, "condition on TIME_PERIOD"),
            (flow, "startPeriod=yesterday", 400, "a period such as"),
            (flow, "startPeriod=2020-02-30", 400, "a period such as"),
            (flow, "limit=0", 400, "whole number from 1"),
            (flow, "limit=99999999999999999999", 400, "whole number from 1"),
            (flow, "offset=-1", 400, "whole number from 0"),
            (flow, "limit=1&limit=2", 400, "twice"),
            (flow, "detail=some", 400, "dataonly"), (flow, "asOf=now", 400, "a moment"),
            (flow, "dimensionAtObservation=X", 400, "AllDimensions or one of"),
            (flow, "includeHistory=maybe", 400, "true or false"),
            (flow, "other=1", 400, "known here"),
            (flow, "sort=REF_AREA", 501, "sorting"), ("/data/*/*/*", nil, 404, "no results"),
            ("/structure/dataflow", "references=cousins", 400, "parentsandsiblings"),
            ("/structure/dataflow", "detail=half", 400, "allstubs"),
            ("/structure/dataflow/a/b/c/d/e", nil, 400, "at most a type"),
            (
                "/availability/dataflow/POPSTAT/HOUSEHOLDS/1.0.0", "mode=available", 501,
                "availability"
            ),
        ] as [(String, String?, Int, String)])
    func saysWhatIsWrong(path: String, query: String?, status: Int, words: String) {
        let isEmptyStore = path == "/data/*/*/*"
        let response = SDMXServiceTests.ask(
            path, query, accept: nil,
            service: isEmptyStore
                ? SDMXService(reader: TableFolderReader()) : SDMXServiceTests.service())
        #expect(response.status == status)
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(words.isEmpty || text.contains(words), "\(text.prefix(400))")
        #expect(text.hasPrefix("<?xml"))
        #expect(text.contains("<mes:Error ") == (status != 200))
    }

    @Test func saysSoAsJSONToThoseWhoReadIt() {
        let response = SDMXServiceTests.ask(
            "/data/*/*/NOTHING", accept: "application/vnd.sdmx.data+json;version=1.0.0")
        #expect(response.status == 404)
        #expect(
            String(decoding: response.body, as: UTF8.self).hasPrefix(#"{"errors":[{"code":100"#))
    }

    @Test func servesNoFormatThatItHasNot() {
        for accept in ["image/png", "application/vnd.sdmx.data+csv;version=9", "text/csv;q=0"] {
            #expect(SDMXServiceTests.ask(Self.flow, accept: accept).status == 406)
        }
        #expect(
            SDMXServiceTests.ask(Self.flow, accept: SDMXServiceTests.csv + ";labels=x").status
                == 406)
    }

    @Test func refusesWhatIsTooLarge() {
        var limits = SDMXLimits()
        limits.observationsMax = 8
        let service = SDMXServiceTests.service(limits: limits)
        #expect(SDMXServiceTests.ask(Self.flow, service: service).status == 413)
        #expect(SDMXServiceTests.ask(Self.flow, "limit=8", service: service).status == 200)
        limits.listedCodesMax = 1
        let fewer = SDMXServiceTests.service(limits: limits)
        let codes = "/structure/codelist/POPSTAT/CL_REF_AREA_HOUSEHOLDS"
        #expect(SDMXServiceTests.ask(codes, accept: nil, service: fewer).status == 413)
    }

    @Test func tellsTheLogAloneThatTheStoreIsBroken() {
        struct Broken: FigureReader {
            struct Fault: Error { let secret = "a path of the server" }
            func editions() throws -> [EditionRecord] { throw Fault() }
            func tables(ofEdition id: Int) throws -> [StoredTable] { [] }
            func read(_ query: FigureQuery, row: ([String]) throws -> Void) throws {}
        }
        let response = SDMXServiceTests.ask(
            Self.flow, accept: nil, service: SDMXService(reader: Broken()))
        #expect(response.status == 503)
        #expect(response.cause?.contains("a path of the server") == true)
        #expect(!String(decoding: response.body, as: UTF8.self).contains("a path"))
    }

    /// Requests put together by chance from what requests are made of, and from what they are not.
    @Test(arguments: Seeds.list(upTo: 8)) func answersWhateverIsAsked(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let words = [
            "data", "availability", "availableconstraint", "structure", "dataflow", "codelist", "*",
            "all", "+", "~", "latest", "POPSTAT", "HOUSEHOLDS", "DSD_HOUSEHOLDS", "1.0.0", "1.0",
            "A",
            "449901", ".", "..", "...", ",", "/", "%2F", "%", "%C3", "%E4%BA%BA", "c[", "]", "[",
            "=",
            "&", "REF_AREA", "TIME_PERIOD", "ge:", "le:", "2019", "2020-Q9", "2020-W53",
            "startPeriod=",
            "limit=", "offset=", "asOf=", "references=", "detail=", "'", "\"", "<", ">", ";", "--",
            "\u{0}",
            "九", "-1", "0", "9223372036854775808", "includeHistory=true",
            "dimensionAtObservation=", "AllDimensions", "schema", "firstNObservations=",
        ]
        let accepts = [
            nil, "", "*/*", SDMXServiceTests.csv, ",;=q", "application/json;q=nan", "text/csv;q=2",
            "application/vnd.sdmx.data+json;version=1.0.0", "application/vnd.sdmx.structure+json",
        ]
        let service = SDMXServiceTests.service()
        var refused = 0
        for _ in 0..<400 {
            func text(_ count: Int) -> String {
                (0..<random.below(count)).map { _ in random.pick(words) }.joined()
            }
            let start = random.chance(60) ? Self.flow + "/" : "/"
            let response = SDMXServiceTests.ask(
                start + text(8), random.chance(50) ? text(8) : nil,
                language: random.chance(30) ? .rest1 : .rest2, accept: random.pick(accepts),
                acceptLanguage: random.pick(accepts), service: service)
            #expect([200, 400, 404, 406, 501].contains(response.status), "seed \(seed)")
            #expect(!response.body.isEmpty)
            if response.status != 200 { refused += 1 }
        }
        #expect(refused > 100)
    }
}
