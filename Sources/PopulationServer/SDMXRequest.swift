import PopulationFigures

/// A question in the query language of SDMX REST, without anything of HTTP but its words.
package struct SDMXRequest: Sendable {
    /// Which of the two query languages it is asked in.
    package enum Language: Sendable {
        /// Below `/rest`: REST 1.5, of SDMX 2.1.
        case rest1
        /// Below `/v2`: REST 2.x, of SDMX 3.0.
        case rest2
    }

    package var language: Language
    /// What stands after `/rest` or `/v2`, as it was sent: percent-encoded.
    package var path: String
    /// What stands after `?`, as it was sent; `nil` without one.
    package var query: String?
    package var accept: String?
    package var acceptLanguage: String?
    /// Whether the caller may see a table in a scope. What he may not see is not there for him.
    package var mayRead: @Sendable (_ table: String, _ scope: TableScope) -> Bool

    package init(
        language: Language, path: String, query: String? = nil, accept: String? = nil,
        acceptLanguage: String? = nil,
        mayRead: @escaping @Sendable (_ table: String, _ scope: TableScope) -> Bool
    ) {
        self.language = language
        self.path = path
        self.query = query
        self.accept = accept
        self.acceptLanguage = acceptLanguage
        self.mayRead = mayRead
    }
}

/// The answer to an `SDMXRequest`: the same bytes for the same request and the same editions.
package struct SDMXResponse: Sendable {
    /// As HTTP numbers it.
    package var status: Int
    package var contentType: String
    package var body: [UInt8]
    /// Beside the content type.
    package var headers: [(name: String, value: String)]
    /// What the caller is not told: for the log of the server.
    package var cause: String?
}

/// What the service bears; each number is a decision, not a property of the format.
package struct SDMXLimits: Sendable {
    /// A key over all counties and age groups is some thousand characters long.
    package var pathBytesMax = 8_192
    package var queryBytesMax = 8_192
    /// More parts than the longest path of either language has.
    package var pathPartsMax = 10
    /// Codes and conditions of one request: each observation is compared with all of them.
    package var codesMax = 1_000
    /// Some 250 bytes each while an answer is put together: 125 MB.
    package var observationsMax = 500_000
    /// Codes of one structure message, some 200 bytes each.
    package var listedCodesMax = 1_000_000

    package init() {}
}
