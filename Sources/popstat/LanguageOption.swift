import ArgumentParser
import PopulationFigures
import PopulationModel

/// In which language a command speaks on the terminal.
struct LanguageOption: ParsableArguments {
    @Option(help: "Language of what is said: zh or en (default: that of the locale).")
    var language: MessageLanguage?

    var chosen: MessageLanguage { language ?? .ofEnvironment }
}

extension MessageLanguage: ExpressibleByArgument {}

extension ReportLanguage: ExpressibleByArgument {}

extension Optional where Wrapped == ReportLanguage {
    /// The terminal speaks one language: that of the report where it is one, else that of the
    /// locale.
    var messages: MessageLanguage {
        switch self {
        case .zh: .zh
        case .en: .en
        case .both, nil: .ofEnvironment
        }
    }
}

extension ValidationError {
    /// Thrown before the options are known, so that the locale decides.
    init(_ words: Bilingual) { self.init(words[.ofEnvironment]) }

    static let threads = ValidationError(
        Bilingual("--threads 必须是 1 至 1024。", "--threads must be 1 to 1024."))
}

/// How many threads may be asked for: more than the largest machine has are a slip of the finger.
let threadsAllowed = 1...1_024

extension ExpressibleByArgument {
    /// Reads a value, or says what it has to look like.
    static func reader(_ expected: Bilingual) -> @Sendable (String) throws -> Self {
        { text in
            guard let value = Self(argument: text) else {
                throw ValidationError(expected)
            }
            return value
        }
    }
}
