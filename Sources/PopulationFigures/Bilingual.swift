/// A text in Chinese with its English beside it; no markup in either.
package struct Bilingual: Sendable, Equatable {
    package var zh: String
    package var en: String

    package init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    /// The same in both languages, such as a number or a code.
    package init(both text: String) {
        self.init(text, text)
    }

    package static func + (lhs: Bilingual, rhs: Bilingual) -> Bilingual {
        Bilingual(lhs.zh + rhs.zh, lhs.en + rhs.en)
    }
}
