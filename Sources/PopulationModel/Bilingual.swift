/// The same text in Chinese and English, so that neither can be left out.
public struct Bilingual: Sendable, Equatable {
    public var zh: String
    public var en: String

    public init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    /// The same in both languages, such as a number, a code, or the words of the system.
    public init(both text: String) {
        self.init(text, text)
    }

    public static func + (lhs: Bilingual, rhs: Bilingual) -> Bilingual {
        Bilingual(lhs.zh + rhs.zh, lhs.en + rhs.en)
    }

    public subscript(language: MessageLanguage) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }
}
