import PopulationModel

// The section `engine`: where a plan runs.
extension PlanReader {
    mutating func engine(_ node: PlanNode, _ path: String) -> Plan.Spark? {
        guard let section = section(node, path, required: ["spark"], optional: []) else {
            return nil
        }
        return read("spark", of: section) { $0.spark($1, $2) }
    }

    private mutating func spark(_ node: PlanNode, _ path: String) -> Plan.Spark? {
        guard
            let section = section(
                node, path, required: ["master"],
                optional: ["submit", "python", "tasks", "split-mib", "rejected", "settings"])
        else { return nil }
        let master = read("master", of: section) { $0.text($1, $2) }
        let submit = read("submit", of: section) { $0.words($1, $2) }
        let python = read("python", of: section) { $0.text($1, $2) }
        // Sixteen partitions at least, 2,048 at most: more tasks would have nothing to do.
        let tasks = read("tasks", of: section) { $0.integer($1, $2, in: 1...2_048) }
        // Below a MiB a split costs more to start than to read.
        let split = read("split-mib", of: section) { $0.integer($1, $2, in: 1...4_096) }
        let rejected = read("rejected", of: section) { $0.existingFolder($1, $2) }
        let settings = read("settings", of: section) { $0.settings($1, $2) }
        guard let master else { return nil }
        var spark = Plan.Spark(master: master)
        spark.submit = submit ?? spark.submit
        spark.python = python ?? spark.python
        spark.tasks = tasks
        spark.splitMebibytes = split
        spark.rejected = rejected
        spark.settings = settings ?? [:]
        return spark
    }

    private mutating func words(_ node: PlanNode, _ path: String) -> [String]? {
        guard let nodes = list(node, path, expected: Bilingual("词的列表", "a list of words")) else {
            return nil
        }
        return nodes.enumerated().compactMap { text($0.element, "\(path)[\($0.offset + 1)]") }
    }

    private mutating func settings(_ node: PlanNode, _ path: String) -> [String: String]? {
        guard let entries = entries(node, path) else { return nil }
        var settings: [String: String] = [:]
        for entry in entries {
            let key = joined(path, entry.name)
            if let value = scalar(
                entry.value, key, expected: Bilingual("设置的值", "a setting's value"))
            {
                settings[entry.name] = value
            }
        }
        return settings
    }
}
