import Foundation
import PopulationFigures
import PopulationModel

/// The language of a page for people.
enum PageLanguage: String, Sendable {
    case zh, en

    /// For `lang` and Content-Language.
    var tag: String { self == .zh ? "zh-Hans" : "en" }

    func text(_ text: Bilingual) -> String { self == .zh ? text.zh : text.en }

    /// What the address says, else what the browser likes best, else Chinese: the bureau's own.
    static func chosen(query: String?, accept: String) -> PageLanguage {
        if let query, let language = PageLanguage(rawValue: query) { return language }
        var best: (language: PageLanguage, weight: Double)?
        for part in accept.lowercased().split(separator: ",") {
            let pieces = part.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let name = pieces.first?.split(separator: "-").first,
                let language = PageLanguage(rawValue: String(name))
            else { continue }
            let field = pieces.dropFirst().first { $0.hasPrefix("q=") }
            let weight = field.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if weight > 0, weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language ?? .zh
    }
}
