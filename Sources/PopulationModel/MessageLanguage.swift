import Glibc

/// The language of what a person reads on a terminal. Logs, manifests and ledgers are in English
/// whatever it is: they are searched and compared.
public enum MessageLanguage: String, Sendable, CaseIterable {
    case zh, en

    /// That of the environment, as POSIX orders its variables; English when none says Chinese.
    public static var ofEnvironment: MessageLanguage {
        ofLocale { name in getenv(name).map { String(cString: $0) } }
    }

    /// The first variable that is set and not empty decides.
    public static func ofLocale(_ variable: (String) -> String?) -> MessageLanguage {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(variable)
            .first { !$0.isEmpty }
        return locale?.lowercased().hasPrefix("zh") == true ? .zh : .en
    }
}
