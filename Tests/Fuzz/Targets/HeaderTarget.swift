import PopulationIngest
import PopulationModel

/// A whole extract whose first lines are anything: known by its headers, or refused.
enum HeaderTarget {
    static func finding(_ input: inout FuzzInput) -> String? {
        let choices = input.choice()
        var settings = IngestedBytes.Settings()
        settings.source = choices & 1 == 0 ? .registration : .residency
        settings.encoding = ["auto", "utf-8", "gb18030", "auto"][choices >> 1 & 3]
        settings.blockBytes = 1 + (choices >> 3)
        if let finding = ExtractTarget.finding(Array(input.rest), settings) { return finding }
        let headers = input.lines.prefix(60).map { String(decoding: $0, as: UTF8.self) }
        let match = HeaderMatcher.match(
            headers, source: settings.source, named: ["name": headers.first ?? ""])
        for fault in match.faults {
            let error = IngestFault.header(label: "a.csv", fault).error
            if error.message.en.isEmpty || error.remedy.zh.isEmpty {
                return "an error without words"
            }
        }
        return nil
    }
}
