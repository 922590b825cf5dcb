import PopulationFigures
import PopulationModel

// The section `gates`: rules that a run must keep before anything of it is published.
extension PlanReader {
    mutating func gates(_ node: PlanNode, _ path: String) -> [Plan.Gate]? {
        guard let nodes = list(node, path, expected: Bilingual("质量规则的列表", "a list of gates")) else {
            return nil
        }
        var gates: [Plan.Gate] = []
        var firstLines = Dictionary(
            uniqueKeysWithValues: Plan.Gate.standardNames.map { ($0, 0) })
        for (index, node) in nodes.enumerated() {
            guard let gate = gate(node, "\(path)[\(index + 1)]") else { continue }
            if let line = firstLines[gate.name] {
                add(
                    line == 0
                        ? .gateNameTaken(name: gate.name)
                        : .nameTwice(key: path, name: gate.name, firstLine: line), at: node.mark)
            } else {
                firstLines[gate.name] = node.mark.line
            }
            gates.append(gate)
        }
        return gates
    }

    private mutating func gate(_ node: PlanNode, _ path: String) -> Plan.Gate? {
        guard
            let section = section(
                node, path, required: ["name", "rule", "reason"],
                optional: ["severity", "source", "concept", "max"])
        else { return nil }
        let name = read("name", of: section) { $0.text($1, $2) }
        let reason = read("reason", of: section) { $0.text($1, $2) }
        let severity = read("severity", of: section) {
            $0.word($1, $2, of: Plan.Gate.Severity.self)
        }
        guard
            let word = read("rule", of: section, { $0.word($1, $2, of: Plan.Gate.RuleWord.self) }),
            let rule = rule(word, of: section, node, path), let name, let reason
        else { return nil }
        return Plan.Gate(name: name, rule: rule, reason: reason, severity: severity ?? .stop)
    }

    private mutating func rule(
        _ word: Plan.Gate.RuleWord, of section: PlanSection, _ node: PlanNode, _ path: String
    ) -> Plan.Gate.Rule? {
        checkKeys(of: word, section, node, path)
        let source = read("source", of: section) { $0.word($1, $2, of: Source.self) }
        let concept = read("concept", of: section) { $0.word($1, $2, of: Concept.self) }
        func share(_ reader: inout PlanReader) -> Share? {
            reader.read("max", of: section) { $0.share($1, $2) }
        }
        switch word {
        case .rejectedShare:
            guard let source, let max = share(&self) else { return nil }
            return .rejectedShare(source, max: max)
        case .unclassifiedShare:
            guard let concept, let max = share(&self) else { return nil }
            return .unclassifiedShare(concept, max: max)
        case .conflictShare:
            guard let max = share(&self) else { return nil }
            return .conflictShare(source, max: max)
        case .totalChange:
            guard let concept, let max = share(&self) else { return nil }
            return .totalChange(concept, max: max)
        case .countyMissing: return concept.map { .countyMissing($0) }
        case .extractAge:
            // Ten years: what is older is no extract of a register that lives.
            let days = read("max", of: section) { $0.integer($1, $2, in: 0...3_650) }
            guard let source, let days else { return nil }
            return .extractAge(source, daysMax: days)
        case .extractShrink:
            guard let source, let max = share(&self) else { return nil }
            return .extractShrink(source, max: max)
        }
    }

    /// Which of the keys a rule needs, and which mean nothing to it.
    private mutating func checkKeys(
        of word: Plan.Gate.RuleWord, _ section: PlanSection, _ node: PlanNode, _ path: String
    ) {
        let needed: [String]
        var optional: [String] = []
        switch word {
        case .rejectedShare, .extractAge, .extractShrink: needed = ["source", "max"]
        case .unclassifiedShare, .totalChange: needed = ["concept", "max"]
        case .conflictShare:
            needed = ["max"]
            optional = ["source"]
        case .countyMissing: needed = ["concept"]
        }
        for key in ["source", "concept", "max"] {
            if needed.contains(key), section[key] == nil {
                add(.keyMissing(key: joined(path, key)), at: node.mark)
            }
            if let value = section[key], !needed.contains(key), !optional.contains(key) {
                add(
                    .unknownKey(
                        key: joined(path, key), nearest: nil, known: needed + optional),
                    at: value.mark)
            }
        }
    }
}
