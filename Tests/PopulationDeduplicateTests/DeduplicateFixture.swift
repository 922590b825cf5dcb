import Foundation
import PopulationDeduplicate
import PopulationIngest
import PopulationModel
import PopulationTestSupport

/// Rows of both registers through ingest and deduplicate.
struct DeduplicateFixture {
    var registration: [String] = []
    var residency: [String] = []
    var dates = ["2020-12-31"]
    var knownAt: Timestamp?
    var threads = 1
    var placeCountMax = PlaceTable.countMax

    static let registrationHeader =
        "citizen_id,division_code,event,event_date,updated_at,name,household_no,household_type\n"
    static let residencyHeader =
        "citizen_id,residence_code,arrival_date,departure_date,updated_at,registered_code,"
        + "count_from\n"

    /// Each person at each date in words, sorted, and the counts.
    func run() throws -> (persons: [String], counts: DeduplicateCounts) {
        try TemporaryFolder.with { folder in
            let outcome = try deduplicate(try ingest(in: folder))
            return (outcome.consumers.flatMap { $0 }.sorted(), outcome.counts)
        }
    }

    func ingest(in folder: URL) throws -> [IngestedExtract] {
        let files: [(Source, String)] = [
            (.registration, Self.registrationHeader + registration.joined(separator: "\n")),
            (.residency, Self.residencyHeader + residency.joined(separator: "\n")),
        ]
        let requests = try files.map { source, text in
            let path = folder.appendingPathComponent("\(source).csv").path
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            return IngestRequest(
                path: path, label: "\(source).csv", source: source, encoding: "utf-8",
                columns: [:], values: [:], partitionPath: path + ".partition",
                rejectedPath: path + ".rejected", unpackPath: path + ".unpacked")
        }
        return try IngestStage.run(
            requests,
            settings: IngestSettings(
                area: Area(code: "4499")!, threads: 1, partitionCountLog2: 2, chunkBytes: 2_048))
    }

    func deduplicate(_ extracts: [IngestedExtract]) throws
        -> (consumers: [[String]], counts: DeduplicateCounts)
    { try deduplicate(extracts) { Collector(places: $0) } }

    func deduplicate<Consumer: PersonConsumer & SendableMetatype>(
        _ extracts: [IngestedExtract],
        makeConsumer: @escaping @Sendable (PlaceTable) -> Consumer
    ) throws -> (consumers: [Consumer.Result], counts: DeduplicateCounts) {
        let territory = Territory(
            area: Area(code: "4499")!, dates: dates.map { CalendarDate(iso: $0)! },
            editions: [
                DivisionEdition(
                    date: CalendarDate(iso: "2015-06-30")!,
                    units: DivisionUnits(classes: [
                        449_901_001_001: 111, 449_901_001_002: 220, 449_901_002_001: 112,
                        449_902_001_001: 111, 449_981_001_001: 121,
                    ]))
            ], changes: [],
            counties: [("449901", .district), ("449902", .district), ("449981", .countyCity)].map {
                County(code: $0, nameZH: "", nameEN: "", kind: $1)
            })
        let stage = try DeduplicateStage(
            extracts, territory: territory,
            settings: DeduplicateSettings(
                knownAt: knownAt, residenceMonths: 6, stayGapDays: 31,
                placeCountMax: placeCountMax))
        return try stage.run(threads: threads, makeConsumer: makeConsumer)
    }
}

/// Writes down what it is given: date index, registered, resident, status.
struct Collector: PersonConsumer {
    let places: PlaceTable
    var lines: [String] = []

    init(places: PlaceTable) { self.places = places }

    mutating func take(_ spans: UnsafeBufferPointer<PersonSpan>) {
        for span in spans {
            for date in span.first...span.last { lines.append(words(span, date: date)) }
        }
    }

    consuming func finish() -> [String] { lines }

    private func words(_ span: PersonSpan, date: UInt16) -> String {
        func code(_ place: Int32) -> String {
            place < 0 ? "-" : DivisionCode(digits: places[place].code).text
        }
        let names: [(PersonStatus, String)] = [
            (.registeredResident, "home"), (.registeredElsewhere, "elsewhere"), (.away, "away"),
            (.unregisteredLocal, "local"), (.separated, "separated"),
            (.intraDistrict, "intraDistrict"), (.shortStay, "shortStay"),
        ]
        var status = names.filter { span.status.contains($0.0) }.map(\.1)
        if span.status.contains(.separated), !span.status.contains(.intraDistrict) {
            status.append("\(OriginTier(rawValue: UInt8(span.status.tier))!)")
        }
        let end = status.isEmpty ? "none" : status.joined(separator: "+")
        return "\(date) \(code(span.registered)) \(code(span.resident)) \(end)"
    }
}
