/// What reads bytes of others, each as a function of any bytes: in the order of the data's path.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// An extract behind a fixed header: records, blocks, quotes, encodings.
    case extract
    /// One well-formed row of fields.
    case row
    /// The first lines of an extract.
    case header
    /// A plan.
    case plan
    /// The files of reference data.
    case reference
    /// A request of SDMX REST.
    case sdmx
    /// A request of the figure routes.
    case figures

    /// What is wrong with the answer to these bytes; `nil` when they were read as they have to be, or
    /// refused with one of our errors.
    package func finding(in bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        switch self {
        case .extract: return ExtractTarget.finding(&input)
        case .row: return RowTarget.finding(&input)
        case .header: return HeaderTarget.finding(&input)
        case .plan: return PlanTarget.finding(input)
        case .reference: return ReferenceTarget.finding(&input)
        case .sdmx: return SDMXTarget.finding(&input)
        case .figures: return FiguresTarget.finding(&input)
        }
    }
}

/// The bytes of one input: choices first, then what is read.
struct FuzzInput {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// The next byte as a choice; 0 at the end, so that an empty input is an input too.
    mutating func choice() -> Int { Int(rest.popFirst() ?? 0) }

    var text: String { String(decoding: rest, as: UTF8.self) }

    /// The rest cut at line feeds.
    var lines: [ArraySlice<UInt8>] {
        rest.split(separator: 0x0A, omittingEmptySubsequences: false)
    }
}
