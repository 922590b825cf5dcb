extension String {
    /// The text for an element or a quoted attribute of HTML or SVG, by scalars: a combining mark
    /// after a bracket hides nothing.
    var markupEscaped: String {
        let marks: [UInt8] = Array("&<>\"'".utf8)
        guard utf8.contains(where: { $0 <= 0x3E && marks.contains($0) }) else { return self }
        var result = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
