import PopulationFigures
import PopulationModel

// What a change began with: rates of dates that may not be released.
extension ProtectionDraft {
    /// Total and urban that a rate of a start is made of: a rate of six decimals tells both, and
    /// `decomposition` and `progress` print them.
    ///
    /// Units are carried to the later edition in `decomposition` and stand as they were in `progress`,
    /// so both have cells of their own where they differ.
    mutating func addStarts(_ urbanization: Table) {
        var starts: [String: [String: Rate]] = [:]
        for figure in figures.decomposition where years.contains("\(figure.year)") {
            starts["\(figure.year)", default: [:]][figure.areaCode] = figure.start
        }
        for (year, rates) in starts.sorted(by: { $0.key < $1.key }) {
            let period = "\(Self.end(ofYear: "\((Int(year) ?? 0) - 1)")) resident"
            for (area, cells) in cellsOfStarts(period, rates) {
                startCells["\(year) \(area)"] = cells
            }
        }
        for (period, rates) in bases(urbanization).sorted(by: { $0.key < $1.key }) {
            for (area, cells) in cellsOfStarts(period, rates) {
                startCells["\(period) \(area)"] = cells
            }
        }
    }

    /// Rates of the dates that `progress` begins with and that are not released, of all counties and
    /// what they are part of, and of every other area that it has.
    private func bases(_ urbanization: Table) -> [String: [String: Rate]] {
        let progress = (table(.progress)?.rows ?? []).filter {
            dates.contains($0[0]) && !dates.contains($0[3])
        }
        let periods = Set(progress.map { "\($0[3]) \($0[2])" })
        let areas = Set(progress.map { $0[1] })
        var bases: [String: [String: Rate]] = [:]
        for row in urbanization.rows where row[2].utf8.count <= 6 || areas.contains(row[2]) {
            let period = "\(row[0]) \(row[3])"
            guard periods.contains(period) else { continue }
            bases[period, default: [:]][row[2]] = Rate(
                urban: Int(row[6]) ?? 0, total: Int(row[5]) ?? 0)
        }
        return bases
    }

    /// Total and urban by area. An area is the sum of its parts and of a rest: who lived in a county
    /// that is there no more is found out by the difference as well. Where the rest is nobody,
    /// everybody knows it.
    private mutating func cellsOfStarts(_ period: String, _ rates: [String: Rate])
        -> [String: [Int]]
    {
        var cells: [String: [Int]] = [:]
        var parts: [String: [String]] = [:]
        for (area, rate) in rates.sorted(by: { $0.key < $1.key }) {
            cells[area] = cellsOfRate(rate, weightOf: area) { "\(period) \(area) \($0)" }
            let wholes = rates.keys.filter { $0.utf8.count < area.utf8.count && area.hasPrefix($0) }
            if let whole = wholes.max(by: { $0.utf8.count < $1.utf8.count }) {
                parts[whole, default: []].append(area)
            }
        }
        for (whole, areas) in parts.sorted(by: { $0.key < $1.key }) {
            let known = areas.compactMap { rates[$0] }
            guard let all = rates[whole], let sums = cells[whole] else { continue }
            let rest = Rate(
                urban: known.reduce(all.urban) { $0 - $1.urban },
                total: known.reduce(all.total) { $0 - $1.total })
            guard rest.urban >= 0, rest.total >= rest.urban else { continue }
            let others =
                rest.total == 0 ? nil : cellsOfRate(rest, weightOf: areas[0]) { _ in nil }
            for index in sums.indices {
                var addends = areas.compactMap { cells[$0]?[index] }
                if let others { addends.append(others[index]) }
                system.equate(sums[index], toSumOf: addends)
            }
        }
        return cells.mapValues { Array($0[..<2]) }
    }

    /// Cells of total, urban and not urban, by the names under which other tables show them.
    private mutating func cellsOfRate(
        _ rate: Rate, weightOf area: String, _ name: (String) -> String?
    ) -> [Int] {
        let counts = [
            ("total", rate.total), ("urban", rate.urban), ("not urban", rate.total - rate.urban),
        ]
        var cells: [Int] = []
        for (measure, count) in counts {
            let weight = Self.weight(ofArea: area, measure)
            cells.append(
                name(measure).map { system.cell(named: $0, count, weight: weight) }
                    ?? system.cell(count, weight: weight))
        }
        system.equate(cells[0], toSumOf: Array(cells[1...]))
        return cells
    }
}
