/// A pattern of one path component: `*` any characters, `?` one, `[a-z]` one of a set, `[!a-z]`
/// one of the others. All other characters stand for themselves.
///
/// Matching is by Unicode scalar and knows no locale, so a plan names the same files everywhere;
/// that is why it is not glob(3). The whole name must match: `*.csv` does not take `a.csv.gz`.
package struct PlanGlob: Sendable {
    private let parts: [Part]
    private let takesHidden: Bool

    private enum Part {
        case any
        case one
        case exactly(Unicode.Scalar)
        case set([ClosedRange<UInt32>], isNegated: Bool)
    }

    /// Whether a text holds any of the special characters.
    package static func isPattern(_ text: some StringProtocol) -> Bool {
        text.utf8.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }
    }

    package init(_ pattern: some StringProtocol) {
        let scalars = Array(pattern.unicodeScalars)
        takesHidden = scalars.first == "."
        var parts: [Part] = []
        var index = 0
        while index < scalars.count {
            switch scalars[index] {
            case "*": parts.append(.any)
            case "?": parts.append(.one)
            case "[":
                if let (part, end) = Self.set(in: scalars, from: index + 1) {
                    parts.append(part)
                    index = end
                } else {
                    parts.append(.exactly("["))
                }
            default: parts.append(.exactly(scalars[index]))
            }
            index += 1
        }
        self.parts = parts
    }

    /// The set that opens before `start`, and the index of its closing bracket; `nil` when it is
    /// never closed. A bracket in the first place belongs to the set.
    private static func set(in scalars: [Unicode.Scalar], from start: Int) -> (Part, Int)? {
        var index = start
        let isNegated = index < scalars.count && (scalars[index] == "!" || scalars[index] == "^")
        if isNegated { index += 1 }
        let first = index
        var ranges: [ClosedRange<UInt32>] = []
        while index < scalars.count {
            if scalars[index] == "]", index > first {
                return (.set(ranges, isNegated: isNegated), index)
            }
            let low = scalars[index].value
            if index + 2 < scalars.count, scalars[index + 1] == "-", scalars[index + 2] != "]" {
                let high = scalars[index + 2].value
                if low <= high { ranges.append(low...high) }
                index += 3
            } else {
                ranges.append(low...low)
                index += 1
            }
        }
        return nil
    }

    /// A name that begins with a dot is matched only by a pattern that does, as in the shell.
    package func matches(_ name: String) -> Bool {
        let scalars = Array(name.unicodeScalars)
        if scalars.first == ".", !takesHidden { return false }
        var (part, index) = (0, 0)
        // Where to go on when the text after the last star does not fit: one character further.
        var retry: (part: Int, index: Int)?
        while index < scalars.count || part < parts.count {
            if part < parts.count, case .any = parts[part] {
                retry = (part, index)
                part += 1
            } else if part < parts.count, index < scalars.count,
                takes(parts[part], scalars[index])
            {
                part += 1
                index += 1
            } else if let last = retry, last.index < scalars.count {
                retry = (last.part, last.index + 1)
                part = last.part + 1
                index = last.index + 1
            } else {
                return false
            }
        }
        return true
    }

    private func takes(_ part: Part, _ scalar: Unicode.Scalar) -> Bool {
        switch part {
        case .any: false
        case .one: true
        case .exactly(let expected): scalar == expected
        case .set(let ranges, let isNegated):
            ranges.contains { $0.contains(scalar.value) } != isNegated
        }
    }
}
