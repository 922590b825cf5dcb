/// The five stages of a run, in the order in which data pass through them.
///
/// The raw value is the one spelling used as plan key, `--through` argument, log field,
/// prefix of error codes and folder of a run.
public enum StageName: String, CaseIterable, Sendable, Comparable {
    case ingest, deduplicate, classify, aggregate, publish

    /// 1 for `ingest` … 5 for `publish`.
    public var number: Int { Self.allCases.firstIndex(of: self)! + 1 }

    /// As a sentence names it.
    public var words: Bilingual {
        switch self {
        case .ingest: Bilingual("读入", rawValue)
        case .deduplicate: Bilingual("去重", rawValue)
        case .classify: Bilingual("归类", rawValue)
        case .aggregate: Bilingual("汇总", rawValue)
        case .publish: Bilingual("发布", rawValue)
        }
    }

    /// The stage's folder inside the work folder, such as `1-ingest`.
    public var folderName: String { "\(number)-\(rawValue)" }

    public static func < (lhs: StageName, rhs: StageName) -> Bool { lhs.number < rhs.number }
}
