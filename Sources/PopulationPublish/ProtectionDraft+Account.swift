import PopulationFigures
import PopulationModel

// Sums over the area that tasks are followed by, and the account of the extracts.
extension ProtectionDraft {
    mutating func addTasks() {
        guard let table = table(.tasks) else { return }
        var draft = PublicTableDraft(of: table)
        for row in table.rows where dates.contains(row[1]) {
            let (date, year) = (row[1], String(row[1].prefix(4)))
            let value: PublicTableDraft.Value
            var status: PublicTableDraft.Value = .text(row[5])
            let indicator = TaskIndicator(rawValue: row[2])
            if row[3].isEmpty {
                value = .text("")
            } else if let parts = indicator.flatMap({ parts(of: $0, date, year) }) {
                let sum = system.cell(Int(row[3]) ?? 0, weight: CellWeight.task)
                system.equate(sum, toSumOf: parts)
                value = .count(sum)
            } else if let cells = indicator.flatMap({ cells(behind: $0, date, year) }) {
                value = .derived(row[3], from: cells)
                status = row[5].isEmpty ? .text("") : .derived(row[5], from: cells)
            } else {
                value = .text(row[3])
            }
            draft.rows.append(
                .init(key: Array(row[..<2]), values: [.text(row[2]), value, .text(row[4]), status]))
        }
        add(draft)
    }

    /// The cells that a number of persons is the sum of.
    private func parts(of indicator: TaskIndicator, _ date: String, _ year: String) -> [Int]? {
        switch indicator {
        case .settledCountyCityAndTown:
            settledParts(year) { ["county_city", "town"].contains($0[2]) }
        case .settledCentralCity: settledParts(year) { $0[2] == "central_city" }
        case .settledJoiningRelatives: settledParts(year) { $0[3].hasPrefix("kin_") }
        case .settledWithCollegeOrTitle: settledParts(year, column: 2) { _ in true }
        case .settledWithFamily: settledParts(year, column: 1) { _ in true }
        case .communityHouseholdPersons: named { "\(date) \($0) household persons community" }
        case .permitHoldersThreeYears:
            counties.flatMap { county in
                ["3", "4", "5+"].flatMap { years in
                    ["0", "1", "2", "3+"].compactMap {
                        system.cell(named: "\(date) \(county) permits \(years) \($0) 0")
                    }
                }
            }
        case .settledAged16Plus:
            services(date, "settled", ["working_16_59", "aged_60_plus"])
        case .residentWomen15To49: services(date, "resident", ["women_15_49"])
        case .settledWorking16To59: services(date, "settled", ["working_16_59"])
        case .permitHoldersWorking16To59: services(date, "permit_holders", ["working_16_59"])
        case .floatingChildren6To14:
            services(date, "floating", ["children_6_11", "children_12_14"])
        case .permitHolders: named { "\(date) \($0) permit_holders" }
        case .floatingPopulation: named { "\(date) \($0) floating" }
        case .residentUrbanizationRate, .classCoverage, .validIdentityNumbers, .landQuota,
            .residentsPerRegistered:
            nil
        }
    }

    /// The cells that a rate is made from.
    private func cells(
        behind indicator: TaskIndicator, _ date: String, _ year: String
    ) -> [Int]? {
        func area(_ concept: String, _ measure: String) -> [Int] {
            [system.cell(named: Self.name(date, concept, figures.area.code, measure))]
                .compactMap { $0 }
        }
        return switch indicator {
        case .residentUrbanizationRate: area("resident", "total") + area("resident", "urban")
        case .classCoverage: area("resident", "total") + area("resident", "unclassified")
        case .residentsPerRegistered: area("resident", "total") + area("registered", "total")
        case .landQuota:
            named { "\(date) \($0) settled" }
                + named { Self.name(date, "resident", $0, "urban") }
        default: nil
        }
    }

    private func named(_ name: (String) -> String) -> [Int] {
        counties.compactMap { system.cell(named: name($0)) }
    }

    private func services(_ date: String, _ measure: String, _ groups: [String]) -> [Int] {
        counties.flatMap { county in
            groups.compactMap {
                system.cell(named: Self.serviceName(date, county, measure, $0))
            }
        }
    }

    private func settledParts(
        _ year: String, column: Int = 0, _ isMeant: ([String]) -> Bool
    ) -> [Int] {
        counties.flatMap { settledCells["\(year) \($0)"] ?? [] }.filter { isMeant($0.key) }
            .map { $0.cells[column] }
    }

    /// Only with the last date: the account is of the night in which the release was made.
    mutating func addQuality() {
        guard let table = table(.quality) else { return }
        var draft = PublicTableDraft(of: table)
        guard let last = figures.referenceDates.last, dates.contains(last.description) else {
            return add(draft)
        }
        var sums: [String: [Int]] = [:]
        let unknownRows = table.rows.filter { $0[1] == "unknown_division" }
        // Units without a class are few and small: their people are told together, and without the
        // codes, which may be part of what somebody wrote into the wrong column.
        let hidesUnknown = unknownRows.contains { isSmall(Int($0[3]) ?? 0) }
        if let first = unknownRows.first, hidesUnknown {
            draft.rows.append(.init(key: [first[0], first[1], ""], values: [.hidden]))
        }
        for row in table.rows where row[1] != "unknown_division" || !hidesUnknown {
            let cell = system.cell(Int(row[3]) ?? 0, weight: CellWeight.group)
            sums["\(row[0]) \(row[1])", default: []].append(cell)
            draft.rows.append(.init(key: Array(row[..<3]), values: [.count(cell)]))
        }
        for source in ["registration", "residency"] {
            func cells(_ measures: String...) -> [Int] {
                measures.flatMap { sums["\(source) \($0)"] ?? [] }
            }
            if let read = cells("read").first {
                system.equate(
                    read, toSumOf: cells("rejected", "out_of_scope", "revoked", "accepted"))
            }
            if let accepted = cells("accepted").first {
                system.equate(
                    accepted, toSumOf: cells("exact_duplicate", "voided", "superseded", "in_force"))
            }
        }
        add(draft)
    }
}
