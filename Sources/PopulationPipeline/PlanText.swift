import PopulationModel

// How plans write numbers, moments and words.

extension ClosedRange<Millionths> {
    /// 0 to 1.
    static let shares = Millionths(count: 0)...Millionths(count: 1_000_000)
    /// 0 to 1,000,000, in whose products with any population no 128-bit sum overflows.
    static let weights = Millionths(count: 0)...Millionths(count: 1_000_000_000_000)
    /// A tenth up or down.
    static let adjustments = Millionths(count: -100_000)...Millionths(count: 100_000)
}

extension Millionths {
    /// Digits, with a sign and decimal places where needed; `nil` for anything else and for more
    /// than six places that are not zeros.
    package init?(planText text: String) {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2,
            parts.allSatisfy({ part in
                !part.isEmpty && part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            }), parts[0].utf8.count <= 12, let whole = Int(parts[0])
        else { return nil }
        var places = parts.count == 2 ? parts[1] : ""
        while places.hasSuffix("0") { places.removeLast() }
        guard places.utf8.count <= 6,
            let rest = Int(places + String(repeating: "0", count: 6 - places.utf8.count))
        else { return nil }
        let magnitude = whole * 1_000_000 + rest
        self.init(count: text.hasPrefix("-") ? -magnitude : magnitude)
    }
}

extension Timestamp {
    /// yyyy-mm-dd, then nothing (midnight), or a blank or `T` and h:mm or h:mm:ss.
    package init?(planText text: String) {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) {
            $0 == " " || $0 == "T"
        }
        guard let date = CalendarDate(iso: parts[0]) else { return nil }
        guard parts.count == 2 else {
            self.init(date: date, secondOfDay: 0)
            return
        }
        let fields = parts[1].drop { $0 == " " }
            .split(separator: ":", omittingEmptySubsequences: false)
        let numbers = fields.enumerated().compactMap { index, field -> Int32? in
            let isPlain = field.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            let hasWidth = field.utf8.count == 2 || (index == 0 && field.utf8.count == 1)
            return isPlain && hasWidth ? Int32(field) : nil
        }
        guard numbers.count == fields.count, (2...3).contains(numbers.count),
            numbers[0] < 24, numbers[1] < 60, numbers.count == 2 || numbers[2] < 60
        else { return nil }
        let seconds = numbers.count == 3 ? numbers[2] : 0
        self.init(date: date, secondOfDay: numbers[0] * 3_600 + numbers[1] * 60 + seconds)
    }
}

extension PlanMark {
    static let start = PlanMark(line: 0, column: 0)
}

/// The known word that a mistyped one is nearest to: at most two letters or a third of it away.
func nearestWord(to text: String, among known: [String]) -> String? {
    let typed = Array(text.lowercased().unicodeScalars)
    let distanceMax = max(2, typed.count / 3)
    let distances = known.map { word in
        (word: word, distance: editDistance(typed, Array(word.lowercased().unicodeScalars)))
    }
    guard let best = distances.min(by: { $0.distance < $1.distance }),
        best.distance <= distanceMax, best.distance < typed.count
    else { return nil }
    return best.word
}

/// Letters to insert, remove or replace (Levenshtein).
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, y) in b.enumerated() {
            let replaced = diagonal + (x == y ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
        }
    }
    return row[b.count]
}
