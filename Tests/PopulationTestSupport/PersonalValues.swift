import Foundation

/// Every identity number and every name of some extracts, read by the naive model's parts, to look
/// for them in what the program lets out. Says how many it found, never which.
public struct PersonalValues: Sendable {
    private var numbers: Set<[UInt8]> = []
    private var names: Set<String> = []

    public var count: Int { numbers.count + names.count }

    /// One of each, to show that it would be found.
    public var someName: Data { Data((names.min() ?? "").utf8) }
    public var someNumber: Data { Data(numbers.first ?? []) }

    /// `headers`: further headers of the identity number.
    public init(of extracts: [URL], headers: [String] = []) throws {
        for file in extracts {
            let bytes = [UInt8](try Data(contentsOf: file))
            let (encoding, start) = try detectEncoding(bytes, setting: "auto")
            let decoder = try Decoder(encoding)
            var splitter = RecordSplitter(bytes: bytes, encoding: encoding, start: start)
            let header = (splitter.next()?.fields ?? []).map {
                Texts.trimmed(decoder.text($0) ?? "").lowercased()
            }
            let known = ["citizen_id", "gmsfhm", "公民身份号码", "身份证号码", "身份证号"] + headers
            let idIndex = header.firstIndex { known.contains($0) }
            let nameIndex = header.firstIndex { ["name", "xm", "姓名"].contains($0) }
            while let record = splitter.next() {
                guard let fields = record.fields else { continue }
                if let idIndex, idIndex < fields.count, let text = decoder.text(fields[idIndex]) {
                    take(number: Array(Texts.identity(text).utf8))
                }
                if let nameIndex, nameIndex < fields.count,
                    let text = decoder.text(fields[nameIndex])
                {
                    let name = Texts.trimmed(text)
                    if name.unicodeScalars.count > 1 { names.insert(name) }
                }
            }
        }
    }

    private mutating func take(number: [UInt8]) {
        guard number.count == 15 || number.count == 18 else { return }
        numbers.insert(number)
        // The number of 15 digits inside one of 18, and the other way round for those of 1900 on.
        if number.count == 18 { numbers.insert(Array(number[..<6] + number[8..<17])) }
        if number.count == 15 { numbers.insert(Array(number[..<6] + [0x31, 0x39] + number[6...])) }
    }

    /// How many numbers and names occur in a text.
    public func occurrences(in bytes: Data) -> Int {
        occurrencesOfNumbers(in: [UInt8](bytes)) + occurrencesOfNames(in: bytes)
    }

    private func occurrencesOfNumbers(in bytes: [UInt8]) -> Int {
        var found = 0
        var run = 0
        for index in bytes.indices {
            let byte = bytes[index]
            let isCheckX = run >= 17 && (byte == 0x58 || byte == 0x78)
            run = (byte >= 0x30 && byte <= 0x39) || isCheckX ? run + 1 : 0
            for length in [15, 17, 18] where run >= length {
                let window = bytes[(index + 1 - length)...index].map { $0 == 0x78 ? 0x58 : $0 }
                if numbers.contains(window) { found += 1 }
            }
        }
        return found
    }

    /// Looks up every run of two to `longest` characters: the names are too many to search one by
    /// one.
    private func occurrencesOfNames(in bytes: Data) -> Int {
        let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        let byStart = Dictionary(grouping: names) { $0.unicodeScalars.first! }
        var found = 0
        for index in scalars.indices {
            guard let candidates = byStart[scalars[index]] else { continue }
            found += candidates.count { name in
                scalars[index...].starts(with: name.unicodeScalars)
            }
        }
        return found
    }
}
