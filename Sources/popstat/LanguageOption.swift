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
        Bilingual("--threads 必须是 1 或更大。", "--threads must be 1 or more."))
}
