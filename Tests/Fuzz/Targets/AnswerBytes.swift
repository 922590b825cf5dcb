import Foundation

/// What an answer of the server must be whatever was asked.
enum AnswerBytes {
    static func finding(_ bytes: [UInt8], contentType: String) -> String? {
        if contentType.contains("json") {
            // Which fault of the form it is, the input shows.
            let object = try? JSONSerialization.jsonObject(
                with: Data(bytes), options: .fragmentsAllowed)
            return object == nil ? "the answer is no JSON" : nil
        }
        // XML 1.0 knows no other control characters, escaped or not.
        if contentType.contains("xml"), !contentType.contains("openxml"),
            bytes.contains(where: { $0 < 0x20 && ![0x09, 0x0A, 0x0D].contains($0) })
        {
            return "the answer holds a control character"
        }
        return String(validating: bytes, as: UTF8.self) == nil && !contentType.contains("openxml")
            ? "the answer is no UTF-8" : nil
    }
}
