import PopulationModel

// The section `nightly`: what a night does around a run.
extension PlanReader {
    /// Of this section alone, so that a night can wait for extracts that the plan names and that are
    /// not there yet.
    static func nightly(file: String) throws(PopstatErrors) -> Plan.Nightly {
        var reader = PlanReader(folder: PlanFolder(ofPlan: file))
        var nightly = Plan.Nightly()
        do throws(PlacedFault) {
            let entries = try reader.rootEntries(ofPlan: file)
            if let entry = entries.first(where: { $0.name == "nightly" }) {
                nightly = reader.nightly(entry.value, entry.name) ?? nightly
            }
        } catch { reader.faults.append(error) }
        if !reader.faults.isEmpty { throw PopstatErrors(reader.errors(file: file)) }
        return nightly
    }

    /// Name of the plan and its output folder, or what stands for them in a plan that is at fault.
    static func outputAndName(file: String) throws(PopstatErrors) -> (output: String, name: String)
    {
        var reader = PlanReader(folder: PlanFolder(ofPlan: file))
        var output = ""
        var name = file.split(separator: "/").last.map(String.init) ?? file
        do throws(PlacedFault) {
            for entry in try reader.rootEntries(ofPlan: file) {
                if entry.name == "plan" { name = reader.text(entry.value, entry.name) ?? name }
                guard entry.name == StageName.publish.rawValue else { continue }
                let place = reader.entries(entry.value, entry.name)?
                    .first { $0.name == "output" }
                if let place, let path = reader.output(place.value, place.name) {
                    output = path.standardizedPath
                }
            }
        } catch { reader.faults = [error] }
        if output.isEmpty, !reader.faults.isEmpty {
            throw PopstatErrors(reader.errors(file: file))
        }
        return (output, name)
    }

    mutating func nightly(_ node: PlanNode, _ path: String) -> Plan.Nightly? {
        guard
            let section = section(
                node, path, required: [],
                optional: [
                    "inbox", "done-marker", "quiet-minutes", "extracts-by", "finished-by",
                    "deliver", "keep-days", "metrics", "hooks",
                ])
        else { return nil }
        var nightly = Plan.Nightly()
        nightly.inbox = inbox(of: section, node, path)
        nightly.extractsBy = read("extracts-by", of: section) { $0.timeOfDay($1, $2) }
        nightly.finishedBy = read("finished-by", of: section) { $0.timeOfDay($1, $2) }
        nightly.deliveries = read("deliver", of: section) { $0.deliveries($1, $2) } ?? []
        // Ten years: what is kept longer is kept for ever.
        nightly.keepDays = read("keep-days", of: section) { $0.integer($1, $2, in: 0...3_650) }
        nightly.metrics = read("metrics", of: section) { $0.metrics($1, $2) }
        nightly.hooks = read("hooks", of: section) { $0.hooks($1, $2) } ?? .init()
        return nightly
    }

    private mutating func inbox(
        of section: PlanSection, _ node: PlanNode, _ path: String
    ) -> Plan.Nightly.Inbox? {
        let folder = read("inbox", of: section) { $0.existingFolder($1, $2) }
        let marker = read("done-marker", of: section) { $0.text($1, $2) }
        let minutes = read("quiet-minutes", of: section) { $0.integer($1, $2, in: 1...1_440) }
        let rules = ["done-marker", "quiet-minutes"].filter { section[$0] != nil }
        switch (section["inbox"], rules.count) {
        case (nil, 0): return nil
        case (nil, _): add(.keyMissing(key: joined(path, "inbox")), at: node.mark)
        case (_?, 1):
            if let folder {
                return marker.map { .init(folder: folder, rule: .marker($0)) }
                    ?? minutes.map { .init(folder: folder, rule: .quiet(minutes: $0)) }
            }
        case (let inbox?, _):
            add(
                .wrongForm(
                    key: Bilingual(both: joined(path, "inbox")),
                    expected: Bilingual(
                        "键 done-marker 和 quiet-minutes 之一与它并列",
                        "one of the keys done-marker and quiet-minutes beside it"),
                    found: rules.isEmpty
                        ? Bilingual("两者皆无", "neither") : Bilingual("两者皆有", "both")), at: inbox.mark)
        }
        return nil
    }

    mutating func existingFolder(_ node: PlanNode, _ key: String) -> PlanPath? {
        guard let written = text(node, key) else { return nil }
        let path = folder.resolve(written)
        if FileStatus(of: path.path)?.isFolder != true {
            add(.fileMissing(label: path.label), at: node.mark)
        }
        return path
    }

    private mutating func timeOfDay(_ node: PlanNode, _ key: String) -> TimeOfDay? {
        guard let text = scalar(node, key, expected: Bilingual("一天中的时刻", "a time of day")) else {
            return nil
        }
        guard let time = TimeOfDay(text) else {
            add(.badTimeOfDay(key: key, found: text), at: node.mark)
            return nil
        }
        return time
    }

    private mutating func deliveries(_ node: PlanNode, _ path: String)
        -> [Plan.Nightly.Delivery]?
    {
        enum Recipient: String, CaseIterable { case finance, statistics }
        guard let nodes = list(node, path, expected: Bilingual("交付的列表", "a list of deliveries"))
        else { return nil }
        var deliveries: [Plan.Nightly.Delivery] = []
        for (index, node) in nodes.enumerated() {
            guard
                let section = section(
                    node, "\(path)[\(index + 1)]", required: ["to", "year"], optional: [])
            else { continue }
            let recipient = read("to", of: section) { $0.word($1, $2, of: Recipient.self) }
            let year = read("year", of: section) { $0.integer($1, $2, in: 1850...2099) }
            if let recipient, let year {
                deliveries.append(.init(recipient: recipient.rawValue, year: year))
            }
        }
        return deliveries
    }

    /// The collector reads files of this ending only.
    private mutating func metrics(_ node: PlanNode, _ key: String) -> PlanPath? {
        guard let written = text(node, key) else { return nil }
        guard written.hasSuffix(".prom") else {
            add(
                .wrongForm(
                    key: Bilingual(both: key),
                    expected: Bilingual("以 .prom 结尾的文件", "a file that ends in .prom"),
                    found: node.form),
                at: node.mark)
            return nil
        }
        return folder.resolve(written)
    }

    private mutating func hooks(_ node: PlanNode, _ path: String) -> Plan.Nightly.Hooks? {
        guard
            let section = section(
                node, path, required: [], optional: ["start", "success", "failure"])
        else { return nil }
        return Plan.Nightly.Hooks(
            start: read("start", of: section) { $0.text($1, $2) },
            success: read("success", of: section) { $0.text($1, $2) },
            failure: read("failure", of: section) { $0.text($1, $2) })
    }
}
