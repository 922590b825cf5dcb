import PopulationModel

/// Which languages the page holds.
public enum ReportLanguage: String, CaseIterable, Sendable, Codable {
    case zh, en
    /// Chinese first, English beside it.
    case both

    package var showsChinese: Bool { self != .en }
    package var showsEnglish: Bool { self != .zh }

    /// The language of the page as a whole.
    package var tag: String { self == .en ? "en" : "zh-Hans" }

    /// The text in the language of the page; both where the page holds both.
    package func text(_ text: Bilingual) -> Bilingual {
        switch self {
        case .zh: Bilingual(both: text.zh)
        case .en: Bilingual(both: text.en)
        case .both: text
        }
    }

    /// The text on one line.
    package func line(_ text: Bilingual) -> String {
        let text = self.text(text)
        return text.zh == text.en ? text.zh : "\(text.zh) \(text.en)"
    }
}
