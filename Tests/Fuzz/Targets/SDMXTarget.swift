import PopulationServer

/// A path and a query of SDMX REST: figures, or a refusal in the words of SDMX.
enum SDMXTarget {
    private static let service = SDMXService(reader: FuzzFigures.reader)

    private static let accepts: [String?] = [
        nil, "application/vnd.sdmx.data+csv;version=2.0.0",
        "application/vnd.sdmx.data+csv;version=1.0.0;labels=both",
        "application/vnd.sdmx.data+json;version=2.0.0",
        "application/vnd.sdmx.data+json;version=1.0.0",
        "application/vnd.sdmx.structure+json", "application/vnd.sdmx.genericdata+xml;version=2.1",
    ]

    static func finding(_ input: inout FuzzInput) -> String? {
        let choices = input.choice()
        let form = choices >> 2 & 7
        let isPublic = choices & 2 != 0
        let address = input.rest.split(
            separator: 0x3F, maxSplits: 1, omittingEmptySubsequences: false)
        var query = address.count > 1 ? String(decoding: address[1], as: UTF8.self) : nil
        var accept = form < accepts.count ? accepts[form] : nil
        // The caller's own words, behind a blank, which no address holds.
        if form == accepts.count, let parts = query?.split(separator: " ", maxSplits: 1),
            parts.count == 2
        {
            (query, accept) = (String(parts[0]), String(parts[1]))
        }
        let response = service.respond(
            to: SDMXRequest(
                language: choices & 1 == 0 ? .rest2 : .rest1,
                path: String(decoding: address[0], as: UTF8.self), query: query, accept: accept,
                acceptLanguage: choices & 32 == 0 ? nil : accept,
                mayRead: { _, scope in !isPublic || scope == .public }))
        guard [200, 400, 404, 406, 413, 501].contains(response.status) else {
            return "status \(response.status): \(response.cause ?? "")"
        }
        if response.body.isEmpty { return "an answer without a body" }
        return AnswerBytes.finding(response.body, contentType: response.contentType)
    }
}
