import PopulationModel
internal import Yams

/// A value of a plan with its place: text, a list, keys with values, or nothing.
///
/// Words are kept as written: whether `2020` is a number or a text is decided by the key that asks,
/// not by YAML, so that a date or a code may stand with or without quotes.
struct PlanNode {
    let mark: PlanMark
    let content: Content

    /// Children are converted when they are asked for: an alias of an alias of an alias stays
    /// small, since the reader descends only where a plan has a place for it.
    enum Content {
        case text(String)
        case list(PlanList)
        case mapping(PlanEntries)
        case nothing
    }

    /// What the content is, for messages.
    var form: Bilingual {
        switch content {
        case .text: Bilingual("文字", "text")
        case .list: Bilingual("列表", "a list")
        case .mapping: Bilingual("一组键", "a group of keys")
        case .nothing: Bilingual("空", "empty")
        }
    }
}

/// The values of a list.
struct PlanList {
    fileprivate let nodes: [Node]
    fileprivate let renamed: RenamedKeys

    var values: [PlanNode] { nodes.map { PlanNode($0, renamed: renamed) } }
}

/// The keys of a mapping with their values, in the order of the file; a key may stand twice.
struct PlanEntries {
    fileprivate let mapping: Node.Mapping
    fileprivate let renamed: RenamedKeys

    var values: [(key: PlanNode, value: PlanNode)] {
        mapping.map { key, value in
            (PlanNode(key, renamed: renamed, isKey: true), PlanNode(value, renamed: renamed))
        }
    }
}

/// Stand-in scalar to the scalar that it replaced, see `PlanDocument.compose`.
private typealias RenamedKeys = [Unicode.Scalar: Unicode.Scalar]

extension PlanNode {
    fileprivate init(_ node: Node, renamed: RenamedKeys, isKey: Bool = false) {
        mark =
            node.mark.map { PlanMark(line: $0.line, column: $0.column) }
            ?? PlanMark(line: 1, column: 1)
        switch node {
        case .scalar(let scalar):
            var text = scalar.string
            if isKey, let first = text.unicodeScalars.first, let original = renamed[first] {
                text = String(original) + String(text.unicodeScalars.dropFirst())
            }
            let isNull =
                scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(text)
            content = isNull ? .nothing : .text(text)
        case .sequence(let sequence):
            content = .list(PlanList(nodes: Array(sequence), renamed: renamed))
        case .mapping(let mapping):
            content = .mapping(PlanEntries(mapping: mapping, renamed: renamed))
        case .alias:
            content = .nothing
        }
    }
}

/// A plan as a tree of nodes with places.
///
/// Before you change this: Yams gives up at the first key that a mapping holds twice, but a plan's
/// faults are to be named all at once. So the first of the two keys gets a stand-in for its first
/// character, one that occurs nowhere in the text, and the text is composed again. No column
/// moves, and `PlanNode` puts the character back.
enum PlanDocument {
    /// Each costs one more pass over the text; more of them is no plan but another file.
    private static let renamedKeyCountMax = 100

    /// `nil` for a file without any value.
    static func compose(_ text: String) throws(PlacedFault) -> PlanNode? {
        var scalars = Array(text.unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        var standIns = unusedScalars(in: scalars)[...]
        var renamed = RenamedKeys()
        while true {
            var yaml = String.UnicodeScalarView()
            yaml.append(contentsOf: scalars)
            do {
                // Scalars stay text: to tell other kinds takes as long as all the rest.
                let root = try Yams.compose(yaml: String(yaml), .basic, .default, .utf8)
                return root.map { PlanNode($0, renamed: renamed) }
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let mark = place(of: context.mark)
                guard let index = firstScalar(ofKeyAt: mark, in: scalars),
                    let standIn = standIns.popFirst()
                else {
                    let key = names.first ?? ""
                    throw PlacedFault(.keyTwice(key: key, firstLine: mark.line), at: mark)
                }
                renamed[standIn] = scalars[index]
                scalars[index] = standIn
            } catch {
                throw fault(of: error, in: scalars)
            }
        }
    }

    /// Private-use scalars of plane 15 that the text does not hold.
    private static func unusedScalars(in scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let used = Set(scalars)
        return (0xF_0000...0xF_FFFD).lazy.compactMap(Unicode.Scalar.init)
            .filter { !used.contains($0) }.prefix(renamedKeyCountMax).map { $0 }
    }

    /// Where the first character of a plain or quoted key stands; `nil` for any other kind of key
    /// and for an empty one.
    private static func firstScalar(
        ofKeyAt mark: PlanMark, in scalars: [Unicode.Scalar]
    ) -> Int? {
        guard let start = index(of: mark, in: scalars), start < scalars.count else { return nil }
        let first = scalars[start]
        if "&*!?|>{[".unicodeScalars.contains(first) { return nil }
        guard first == "\"" || first == "'" else { return start }
        guard start + 1 < scalars.count, scalars[start + 1] != first else { return nil }
        return start + 1
    }

    private static func index(of mark: PlanMark, in scalars: [Unicode.Scalar]) -> Int? {
        var line = 1
        var index = 0
        while line < mark.line {
            guard index < scalars.count else { return nil }
            if isLineEnd(at: index, in: scalars) { line += 1 }
            index += 1
        }
        return index + mark.column - 1
    }

    /// The line ends that libyaml counts; CR LF is one, and ends at its LF.
    private static func isLineEnd(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        switch scalars[index] {
        case "\r": index + 1 == scalars.count || scalars[index + 1] != "\n"
        case "\n", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }

    private static func fault(of error: any Error, in scalars: [Unicode.Scalar]) -> PlacedFault {
        switch error as? YamlError {
        case .scanner(let context?, _, _, _) where context.text == "while scanning an alias":
            PlacedFault(.starWithoutQuotes, at: place(of: context.mark))
        case .composer(_, "found undefined alias", let mark, _):
            PlacedFault(.starWithoutQuotes, at: place(of: mark))
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            PlacedFault(.syntax(problem: problem), at: place(of: mark))
        case .reader(let problem, _, _, _):
            PlacedFault(.syntax(problem: problem), at: firstUnprintable(in: scalars))
        default:
            PlacedFault(.syntax(problem: "\(error)"), at: nil)
        }
    }

    private static func place(of mark: Mark) -> PlanMark {
        PlanMark(line: mark.line, column: mark.column)
    }

    /// libyaml's reader refuses control characters; its own count of the place is in bytes.
    private static func firstUnprintable(in scalars: [Unicode.Scalar]) -> PlanMark? {
        var mark = PlanMark(line: 1, column: 1)
        for index in scalars.indices {
            let value = scalars[index].value
            let isAllowed =
                [0x09, 0x0A, 0x0D, 0x85].contains(value) || (0x20...0x7E).contains(value)
                || (value >= 0xA0 && value != 0xFFFE && value != 0xFFFF)
            if !isAllowed { return mark }
            if isLineEnd(at: index, in: scalars) {
                mark = PlanMark(line: mark.line + 1, column: 1)
            } else {
                mark.column += 1
            }
        }
        return nil
    }
}
