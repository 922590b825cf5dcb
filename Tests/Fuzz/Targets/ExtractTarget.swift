import PopulationModel

/// Any rows behind a fixed header, of some columns or of all in their order: the scanner, in blocks
/// of any size, must answer what libcsv answers for the whole, and account for every row.
enum ExtractTarget {
    static let headers: [Source: String] = [
        .registration: "citizen_id,division_code,event,event_date,updated_at,name,record_id,"
            + "household_no,origin_code\n",
        .residency: "citizen_id,residence_code,arrival_date,departure_date,updated_at,name,"
            + "record_id,registered_code,permit_no\n",
    ]

    static func finding(_ input: inout FuzzInput) -> String? {
        let choices = input.choice()
        var settings = IngestedBytes.Settings()
        settings.encoding = choices & 1 == 0 ? "utf-8" : "gb18030"
        settings.source = choices & 2 == 0 ? .registration : .residency
        settings.threads = choices & 4 == 0 ? 1 : 2
        settings.blockBytes = 1 + input.choice()
        let all = Column.all(of: settings.source).map(\.name).joined(separator: ",") + "\n"
        let header = choices & 8 == 0 ? headers[settings.source, default: ""] : all
        return finding(Array(header.utf8) + input.rest, settings)
    }

    /// The same for a whole file, whatever its header.
    static func finding(_ bytes: [UInt8], _ settings: IngestedBytes.Settings) -> String? {
        var reference = settings
        reference.threads = 1
        reference.blockBytes = 1 << 14
        reference.alwaysLibCSV = true
        let (scanned, parsed) = (answer(bytes, settings), answer(bytes, reference))
        switch (scanned, parsed) {
        case (.success(let scanned), .success(let parsed)):
            if !scanned.extract.counts.isBalanced { return "a row is not accounted for" }
            return scanned.difference(from: parsed)
        case (.failure(let scanned), .failure(let parsed)):
            return "\(scanned)" == "\(parsed)" ? nil : "the errors differ"
        default: return "one of scanner and libcsv refuses what the other reads"
        }
    }

    private static func answer(_ bytes: [UInt8], _ settings: IngestedBytes.Settings)
        -> Result<IngestedBytes, PopstatErrors>
    {
        do throws(PopstatErrors) {
            return .success(try IngestedBytes(bytes, settings))
        } catch {
            return .failure(error)
        }
    }
}
