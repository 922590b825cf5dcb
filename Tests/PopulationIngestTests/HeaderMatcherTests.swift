import PopulationIngest
import PopulationModel
import Testing

@Suite struct HeaderMatcherTests {
    private static let needed = [
        "citizen_id", "division_code", "event", "event_date", "updated_at",
    ]

    private static func match(_ headers: [String], named: [String: String] = [:])
        -> (map: ColumnMap, faults: [HeaderFault])
    {
        HeaderMatcher.match(headers, source: .registration, named: named)
    }

    private static func index(_ column: String, in map: ColumnMap) -> Int32 {
        map.fieldIndexes[Column.registration.firstIndex { $0.name == column }!]
    }

    @Test func everyAliasNamesItsColumnInWhateverCase() {
        for source in Source.allCases {
            let columns = Column.all(of: source)
            for (place, column) in columns.enumerated() {
                for name in [column.name] + column.aliases {
                    for spelled in [name, name.uppercased(), name.capitalized] {
                        let others = columns.filter { $0.isNeeded && $0.name != column.name }
                        let match = HeaderMatcher.match(
                            [spelled] + others.map(\.name), source: source, named: [:])
                        #expect(match.map.fieldIndexes[place] == 0)
                        #expect(match.faults == [] && match.map.unknownHeaders == [])
                    }
                }
            }
        }
    }

    @Test func orderIsFreeAndOptionalColumnsMayBeAbsent() {
        let (map, faults) = Self.match(Self.needed.reversed())
        #expect(faults == [])
        #expect(map.fieldCount == 5)
        #expect(Self.needed.map { Self.index($0, in: map) } == [4, 3, 2, 1, 0])
        #expect(Self.index("name", in: map) == -1)
    }

    @Test func unknownHeadersAreListedAndEmptyOnesIgnored() {
        let (map, faults) = Self.match(["备注"] + Self.needed + ["", "", "x"])
        #expect(faults == [])
        #expect(map.unknownHeaders == ["备注", "x"])
        #expect(map.fieldCount == 9)
    }

    @Test func aPlansNameIsOneMore() {
        let named = Self.match(
            ["证件号"] + Self.needed.dropFirst(), named: ["citizen_id": "证件号"])
        #expect(named.faults == [])
        #expect(Self.index("citizen_id", in: named.map) == 0)
        let standard = Self.match(Self.needed, named: ["citizen_id": "证件号"])
        #expect(standard.faults == [])
    }

    @Test func aPlansNameTakesAnAliasFromAnotherColumn() {
        let (map, faults) = Self.match(Self.needed + ["xm"], named: ["household_no": "XM"])
        #expect(faults == [])
        #expect(Self.index("household_no", in: map) == 5)
        #expect(Self.index("name", in: map) == -1)
    }

    @Test func aHeaderNamedTwiceIsAFault() {
        #expect(
            Self.match(Self.needed + ["备注", "备注"]).faults == [.namedTwice(header: "备注")])
        #expect(
            Self.match(Self.needed + ["EVENT"]).faults == [.namedTwice(header: "EVENT")])
    }

    @Test func twoHeadersForOneColumnAreAFault() {
        #expect(
            Self.match(Self.needed + ["bdlx"]).faults
                == [.twoHeaders(column: "event", first: "event", second: "bdlx")])
    }

    /// A row that stands where the header should, even where a value of it is a column's name.
    @Test(arguments: [
        ["449901198001010019", "", "密名", "", "", "HH", "449901001001", "2010-01-01"],
        ["", "", "密名", "", "", "户7", "", "initial", "2010-01-01", "2010-01-02 00:00:00"],
        ["title", "密名", "2010/1/1", "20100102"],
    ])
    func aRowIsToldByItsValues(fields: [String]) {
        #expect(Self.match(fields).faults == [.isRow])
    }

    /// Nothing is said of a word but how many there are.
    @Test func ofALineWithoutAKnownWordNoneIsRepeated() {
        let fields = ["张三", "是", "是", ""]
        #expect(
            Self.match(fields).faults == [
                .missing(
                    expected: Self.needed, found: ["张三", "是"], missing: Self.needed,
                    additional: ["张三", "是"])
            ])
    }

    @Test func manyNumbersBesideTheNeededColumnsMakeNoRow() {
        let months = (1...12).map { "2020\($0 < 10 ? "0" : "")\($0)" }
        let (map, faults) = Self.match(Self.needed + months)
        #expect(faults == [])
        #expect(map.unknownHeaders == months)
    }

    @Test func aNumberAmongHeadersMakesNoRow() {
        let (map, faults) = Self.match(Self.needed + ["449901198001010019"])
        #expect(faults == [])
        #expect(map.unknownHeaders.count == 1)
    }

    @Test func allFaultsAreNamedAtOnce() {
        let headers = ["citizen_id", "gmsfhm", "x", "x", "event"]
        #expect(
            Self.match(headers).faults == [
                .twoHeaders(column: "citizen_id", first: "citizen_id", second: "gmsfhm"),
                .namedTwice(header: "x"),
                .missing(
                    expected: Self.needed, found: headers,
                    missing: ["division_code", "event_date", "updated_at"], additional: ["x"]),
            ])
    }
}
