import PopulationFigures
import PopulationModel

extension Plan {
    /// A rule that a run must keep before anything of it is published.
    public struct Gate: Sendable, Equatable {
        /// By which it is accepted on the command line.
        public var name: String
        public var rule: Rule
        /// Why the rule is there, for whoever is called at night.
        public var reason: String
        public var severity: Severity

        /// What is held against a limit.
        public enum Rule: Sendable, Equatable {
            /// Rejected rows in the rows read of a source.
            case rejectedShare(Source, max: Share)
            /// Persons without a class in all at the last date.
            case unclassifiedShare(Concept, max: Share)
            /// Conflicts (SPEC 4) of a source in its citizens in force at the last date; without a
            /// source, citizens with two names in all citizens registered.
            case conflictShare(Source?, max: Share)
            /// Persons of the area, more or fewer than in what was published last.
            case totalChange(Concept, max: Share)
            /// A county that has nobody, and had somebody in what was published last.
            case countyMissing(Concept)
            /// Days since an extract of a source was written.
            case extractAge(Source, daysMax: Int)
            /// Rows read of a source, fewer than in what was published last.
            case extractShrink(Source, max: Share)

            /// Whether what was published last is needed.
            var asksForThePrevious: Bool {
                switch self {
                case .totalChange, .countyMissing, .extractShrink: true
                default: false
                }
            }

            /// The word of the plan.
            var word: RuleWord {
                switch self {
                case .rejectedShare: .rejectedShare
                case .unclassifiedShare: .unclassifiedShare
                case .conflictShare: .conflictShare
                case .totalChange: .totalChange
                case .countyMissing: .countyMissing
                case .extractAge: .extractAge
                case .extractShrink: .extractShrink
                }
            }
        }

        /// The rules by the words of a plan.
        enum RuleWord: String, CaseIterable {
            case rejectedShare = "rejected-share"
            case unclassifiedShare = "unclassified-share"
            case conflictShare = "conflict-share"
            case totalChange = "total-change"
            case countyMissing = "county-missing"
            case extractAge = "extract-age"
            case extractShrink = "extract-shrink"
        }

        /// What becomes of a run that breaks the rule.
        public enum Severity: String, CaseIterable, Sendable {
            /// Nothing is published.
            case stop
            /// It is said, and the run goes on.
            case warn
        }

        /// The four limits that every plan has.
        static func standard(_ source: Source) -> String { "rejected-\(source.rawValue)" }
        static func standard(_ concept: Concept) -> String { "unclassified-\(concept.rawValue)" }
        static let standardNames =
            Source.allCases.map(standard) + Concept.allCases.map(standard)
    }

    /// Everything that can be accepted by its name.
    var gateNames: [String] { Gate.standardNames + gates.map(\.name) }
}

/// A gate that may be broken this once, as the command line says.
public struct AcceptedGate: Sendable, Equatable {
    public var name: String
    public var reason: String

    public init(name: String, reason: String) {
        self.name = name
        self.reason = reason
    }
}
