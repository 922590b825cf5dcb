import PopulationModel

/// One key of a mapping with its value.
struct PlanEntry {
    let name: String
    let mark: PlanMark
    let value: PlanNode
}

/// A mapping whose keys are known words.
struct PlanSection {
    /// The keys that lead to it, empty for the whole plan.
    fileprivate let path: String
    fileprivate let values: [String: PlanNode]

    subscript(_ key: String) -> PlanNode? { values[key] }
}

// Values of every kind: each function gives `nil` and notes a fault when a value is not of its kind.
extension PlanReader {
    mutating func add(_ fault: PlanFault, at mark: PlanMark?) {
        faults.append(PlacedFault(fault, at: mark))
    }

    /// The values of known keys; unknown keys and missing ones are noted.
    mutating func section(
        _ node: PlanNode, _ path: String, required: [String], optional: [String]
    ) -> PlanSection? {
        guard let entries = entries(node, path) else { return nil }
        let known = required + optional
        var values: [String: PlanNode] = [:]
        for entry in entries {
            if known.contains(entry.name) {
                values[entry.name] = entry.value
            } else {
                add(
                    .unknownKey(
                        key: joined(path, entry.name),
                        nearest: nearestWord(to: entry.name, among: known), known: known),
                    at: entry.mark)
            }
        }
        for key in required where values[key] == nil {
            add(.keyMissing(key: joined(path, key)), at: node.mark)
        }
        return PlanSection(path: path, values: values)
    }

    /// The value of a key of a section, read by a function that takes the value and its whole
    /// key; `nil` when the key is absent or the value is at fault.
    mutating func read<Value>(
        _ key: String, of section: PlanSection,
        _ read: (inout PlanReader, PlanNode, String) -> Value?
    ) -> Value? {
        section[key].flatMap { read(&self, $0, joined(section.path, key)) }
    }

    /// The entries of a mapping, whatever its keys; a key that stands twice is noted.
    mutating func entries(_ node: PlanNode, _ path: String) -> [PlanEntry]? {
        guard case .mapping(let mapping) = node.content else {
            let key =
                path.isEmpty ? Bilingual("计划", "the plan") : Bilingual(both: path)
            add(
                .wrongForm(
                    key: key, expected: Bilingual("一组键", "a group of keys"), found: node.form),
                at: node.mark)
            return nil
        }
        var firstLines: [String: Int] = [:]
        var entries: [PlanEntry] = []
        for (key, value) in mapping.values {
            guard case .text(let name) = key.content else {
                let owner =
                    path.isEmpty ? Bilingual("计划", "the plan") : Bilingual(both: path)
                add(
                    .wrongForm(
                        key: Bilingual("\(owner.zh) 的一个键", "a key of \(owner.en)"),
                        expected: Bilingual("一个词", "a word"), found: key.form),
                    at: key.mark)
                continue
            }
            if let firstLine = firstLines[name] {
                add(.keyTwice(key: joined(path, name), firstLine: firstLine), at: key.mark)
            } else {
                firstLines[name] = key.mark.line
            }
            entries.append(PlanEntry(name: name, mark: key.mark, value: value))
        }
        return entries
    }

    /// The values of a list that is not empty.
    mutating func list(_ node: PlanNode, _ key: String, expected: Bilingual) -> [PlanNode]? {
        guard case .list(let list) = node.content else {
            add(
                .wrongForm(key: Bilingual(both: key), expected: expected, found: node.form),
                at: node.mark)
            return nil
        }
        let values = list.values
        if values.isEmpty { add(.emptyList(key: key), at: node.mark) }
        return values.isEmpty ? nil : values
    }

    /// The text of a value, as written.
    mutating func scalar(_ node: PlanNode, _ key: String, expected: Bilingual) -> String? {
        guard case .text(let text) = node.content else {
            add(
                .wrongForm(key: Bilingual(both: key), expected: expected, found: node.form),
                at: node.mark)
            return nil
        }
        return text
    }

    /// A text that is not blank and holds no control characters.
    mutating func text(_ node: PlanNode, _ key: String) -> String? {
        guard let text = scalar(node, key, expected: Bilingual("文字", "text")) else { return nil }
        let isBlank = text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
        let isOneLine = text.unicodeScalars.allSatisfy {
            $0.properties.generalCategory != .control
        }
        guard !isBlank, isOneLine else {
            add(.badText(key: key, found: text), at: node.mark)
            return nil
        }
        return text
    }

    mutating func date(_ node: PlanNode, _ key: String) -> CalendarDate? {
        guard let text = scalar(node, key, expected: Bilingual("日期", "a date")) else { return nil }
        guard let date = CalendarDate(iso: text) else {
            add(.badDate(key: key, found: text), at: node.mark)
            return nil
        }
        return date
    }

    /// Ascending; a date that stands twice is noted.
    mutating func dates(_ node: PlanNode, _ key: String) -> [CalendarDate]? {
        guard let nodes = list(node, key, expected: Bilingual("日期的列表", "a list of dates")) else {
            return nil
        }
        var firstLines: [CalendarDate: Int] = [:]
        for node in nodes {
            guard let date = date(node, key) else { continue }
            noteTwice(date, key: key, at: node.mark, in: &firstLines)
        }
        return firstLines.keys.sorted()
    }

    mutating func noteTwice(
        _ date: CalendarDate, key: String, at mark: PlanMark,
        in firstLines: inout [CalendarDate: Int]
    ) {
        if let firstLine = firstLines[date] {
            add(.dateTwice(key: key, date: date, firstLine: firstLine), at: mark)
        } else {
            firstLines[date] = mark.line
        }
    }

    mutating func timestamp(_ node: PlanNode, _ key: String) -> Timestamp? {
        guard
            let text = scalar(
                node, key, expected: Bilingual("日期或日期和时间", "a date or a date and time"))
        else { return nil }
        guard let timestamp = Timestamp(planText: text) else {
            add(.badTime(key: key, found: text), at: node.mark)
            return nil
        }
        return timestamp
    }

    mutating func integer(_ node: PlanNode, _ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = scalar(node, key, expected: Bilingual("整数", "a whole number")) else {
            return nil
        }
        let isPlain = text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        guard isPlain, let number = Int(text), range.contains(number) else {
            add(.badInteger(key: key, found: text, range: range), at: node.mark)
            return nil
        }
        return number
    }

    mutating func millionths(
        _ node: PlanNode, _ key: String, in range: ClosedRange<Millionths> = .weights
    ) -> Millionths? {
        guard let text = scalar(node, key, expected: Bilingual("数", "a number")) else { return nil }
        guard let number = Millionths(planText: text), range.contains(number) else {
            add(.badDecimal(key: key, found: text, range: range), at: node.mark)
            return nil
        }
        return number
    }

    mutating func share(_ node: PlanNode, _ key: String) -> Share? {
        millionths(node, key, in: .shares).map { Share(millionths: $0.count) }
    }

    /// A word of a closed list.
    mutating func word<Word: RawRepresentable & CaseIterable>(
        _ node: PlanNode, _ key: String, of type: Word.Type
    ) -> Word? where Word.RawValue == String {
        guard let text = scalar(node, key, expected: Bilingual("一个词", "a word")) else { return nil }
        guard let word = Word(rawValue: text) else {
            let known = Word.allCases.map(\.rawValue)
            let nearest = nearestWord(to: text, among: known)
            add(
                .unknownWord(key: key, found: text, nearest: nearest, known: known),
                at: node.mark)
            return nil
        }
        return word
    }

    func joined(_ path: String, _ key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }
}
