import PopulationFigures

/// A table of a release before it is known what will be hidden in it.
struct PublicTableDraft {
    var name: String
    var columns: [String]
    var keyCount: Int
    var rows: [Row] = []

    init(of table: Table) {
        name = table.name
        columns = table.columns
        keyCount = table.keyCount
    }

    /// One row: its key, then a value for each other column.
    struct Row {
        var key: [String]
        var values: [Value]
        /// Whether the internal table has the row; one that it leaves out appears only when it
        /// hides something.
        var isPresent = true
    }

    /// What stands in one column.
    enum Value {
        case text(String)
        /// The count of a cell.
        case count(Int)
        /// Made from cells: hidden when one of them is.
        case derived(String, from: [Int])
        /// Hidden whatever happens to the cells.
        case hidden
    }

    /// The table as it is published.
    func table(_ system: CountSystem, isHidden: [Bool]) -> Table {
        var table = Table(
            name: name, columns: columns + [TableScope.statusColumn], keyCount: keyCount,
            rowCapacity: rows.count)
        for row in rows {
            var fields = row.key
            var hides = false
            for value in row.values {
                let text = Self.text(value, system, isHidden)
                hides = hides || text == nil
                fields.append(text ?? TableScope.hidden)
            }
            if row.isPresent || hides { table.append(fields + [hides ? "Q" : "A"]) }
        }
        return table
    }

    /// `nil` where it is hidden.
    private static func text(_ value: Value, _ system: CountSystem, _ isHidden: [Bool]) -> String? {
        switch value {
        case .text(let text): text
        case .count(let cell): isHidden[cell] ? nil : "\(system.values[cell])"
        // What is not applicable stays empty.
        case .derived("", _): ""
        case .derived(let text, let cells): cells.contains { isHidden[$0] } ? nil : text
        case .hidden: nil
        }
    }

    /// Rows in the order of the key as text by bytes, age groups by their lower bound.
    mutating func sort() {
        let (age, keyCount) = (columns.firstIndex(of: "age_group"), keyCount)
        rows.sort { left, right in
            for index in 0..<keyCount where left.key[index] != right.key[index] {
                guard index == age else {
                    return left.key[index].utf8.lexicographicallyPrecedes(right.key[index].utf8)
                }
                return Self.lowerBound(left.key[index]) < Self.lowerBound(right.key[index])
            }
            return false
        }
    }

    private static func lowerBound(_ group: String) -> Int {
        Int(group.prefix { $0.isNumber }) ?? 0
    }
}
