import PopulationModel

/// What keeps `popstat init` from drafting a plan, with its wording. Headers that hold a number are
/// never shown.
package enum PlanDraftFault: Equatable, Sendable {
    case optionMissing(option: String, example: String)
    case badOption(option: String, found: String, expected: String)
    case optionsExclude(first: String, second: String)
    case fileExists(path: String)
    case sourceUnclear(label: String)
    case noExtract(of: Source)
    case columnsMissing(label: String, source: Source, missing: [Missing], others: [String])
    case twoNames(column: String, source: Source, first: Named, second: Named)
    case unknownColumn(found: String, nearest: String?)
    case headerNotFound(column: String, header: String)
    case cannotWritePlan(path: String, reason: String)

    /// A needed column, and the headers that would all do.
    package struct Missing: Equatable, Sendable {
        package var column: String
        package var candidates: [String]

        package init(column: String, candidates: [String] = []) {
            self.column = column
            self.candidates = candidates
        }
    }

    /// A header and the extract that bears it.
    package struct Named: Equatable, Sendable {
        package var header: String
        package var label: String

        package init(header: String, label: String) {
            self.header = header
            self.label = label
        }
    }

    package var error: PopstatError {
        switch self {
        case .optionMissing, .badOption, .optionsExclude, .unknownColumn, .headerNotFound:
            optionError
        case .fileExists(let path):
            Self.error(
                "004", "the file is there already", "Give another one, or --force to replace it.",
                kind: .cannotCreate, path)
        case .sourceUnclear(let label):
            Self.error(
                "005", "it cannot be told whether this is a registration or a residency extract",
                "Name it with --registration or --residency instead of --extract.", label)
        case .noExtract(let source):
            Self.error(
                "006", "no \(source.rawValue) extract was given, and a plan needs both sources",
                "Give it with --\(source.rawValue) FILE; a header line alone will do.")
        case .columnsMissing(let label, let source, let missing, let others):
            Self.columnsMissing(label, source, missing, others)
        case .twoNames(let column, let source, let first, let second):
            Self.error(
                "008",
                "the \(source.rawValue) extracts name the column \(column) differently: "
                    + "'\(Self.shown(first.header))' in \(first.label), "
                    + "'\(Self.shown(second.header))' here, and a plan names one header",
                "Export both with the same header.", second.label)
        case .cannotWritePlan(let path, let reason):
            Self.error(
                "011", "the file cannot be written: \(reason)",
                "Give --plan in a folder that you may write to.", kind: .cannotCreate, path)
        }
    }

    private var optionError: PopstatError {
        switch self {
        case .optionMissing(let option, let example):
            Self.error("001", "the option \(option) is missing", "Give it, such as \(example).")
        case .badOption(let option, let found, let expected):
            Self.error(
                "002", "\(option) is '\(found.prefix(40))', expected \(expected)",
                "Mend the option.")
        case .optionsExclude(let first, let second):
            Self.error(
                "003", "\(first) and \(second) exclude each other", "Give one of them.")
        case .unknownColumn(let found, let nearest):
            Self.error(
                "009", "no source has a column \(found.prefix(40))",
                nearest.map { "Is \($0) meant?" }
                    ?? "Pipelines/README.md names the columns of both sources.")
        case .headerNotFound(let column, let header):
            Self.error(
                "010", "no extract has the header '\(Self.shown(header))' of --column \(column)=…",
                "Write it as it stands in the first line of the extract.")
        default: preconditionFailure("no fault of an option")
        }
    }

    private static func columnsMissing(
        _ label: String, _ source: Source, _ missing: [Missing], _ others: [String]
    ) -> PopstatError {
        let names = missing.map { missing in
            missing.candidates.isEmpty
                ? missing.column
                : "\(missing.column) (it may be \(list(missing.candidates)))"
        }
        return error(
            "007",
            "no header stands for needed columns of a \(source.rawValue) extract: "
                + names.joined(separator: ", ") + "; headers left over: "
                + (others.isEmpty ? "none" : list(others)),
            "Say which header it is, such as --column \(missing[0].column)=HEADER; if title rows "
                + "stand above the header, take them out. No plan was written.", label)
    }

    private static func list(_ headers: [String]) -> String {
        headers.map { "'\(shown($0))'" }.joined(separator: ", ")
    }

    /// A header as it may be shown.
    static func shown(_ header: String) -> String { HeaderText.shown(header) }

    private static func error(
        _ number: String, _ message: String, _ remedy: String,
        kind: PopstatError.Kind = .usage, _ place: String? = nil
    ) -> PopstatError {
        PopstatError(
            code: "INIT-" + number, kind: kind, message: message, remedy: remedy,
            place: place.map { Place(file: $0) })
    }
}

extension PopstatErrors {
    init(_ fault: PlanDraftFault) { self.init([fault.error]) }
}
