import PopulationIngest
import PopulationModel

/// A header as messages and comments may show it: on one line, and no number of a person.
enum HeaderText {
    static func shown(_ header: String, in language: MessageLanguage = .en) -> String {
        guard ExtractPreview.mayBeShown(header) else {
            return Bilingual("（数字）", "(a number)")[language]
        }
        var text = ""
        for scalar in header.unicodeScalars.prefix(60) {
            text += scalar.properties.generalCategory == .control ? " " : String(scalar)
        }
        return text
    }
}
