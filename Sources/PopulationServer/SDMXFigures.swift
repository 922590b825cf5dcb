import PopulationFigures
import PopulationModel
import PopulationStore

/// Observations of one edition, or what has changed since another.
struct SDMXDataSet: Sendable {
    enum Action: String, Sendable {
        case replace = "Replace"
        case append = "Append"
        case delete = "Delete"
    }

    var action = Action.replace
    var edition: EditionRecord
    /// When the next edition took its place; `nil` for the newest.
    var validTo: String?
    var observations: [SDMXObservation]
}

/// A series: observations that differ in one dimension only.
struct SDMXSeries: Sendable {
    /// One code per dimension, the one at the observation left out.
    var key: [String]
    var observations: [SDMXObservation]
}

/// What occurs in a dataflow, or in a part of it.
struct SDMXAvailability: Sendable {
    var structure: SDMXStructure
    var observationCount = 0
    var seriesCount = 0
    /// The values of each dimension that occur, sorted.
    var values: [(id: String, values: [String])] = []

    var counts: [(id: String, count: Int)] {
        [("obs_count", observationCount), ("series_count", seriesCount)]
    }

    var name: Bilingual { structure.name + Bilingual("（现有数据）", " (available data)") }
}

/// Reads figures of the store as observations.
struct SDMXFigures: Sendable {
    let catalogue: SDMXCatalogue
    let limits: SDMXLimits

    /// The data sets that the options ask for: one, or one per edition with history, or additions
    /// and deletions since a moment. None is empty.
    func dataSets(
        _ structure: SDMXStructure, _ selection: SDMXSelection, _ options: SDMXOptions
    ) throws -> [SDMXDataSet] {
        let all = catalogue.editions(of: structure.table.name, asOf: options.asOf)
        guard let newest = all.last else {
            throw SDMXFault.notFound("nothing was published at that time")
        }
        // The figures of another plan in the same store are no earlier form of these.
        let editions = all.filter { $0.plan == newest.plan }
        var sets: [SDMXDataSet] = []
        if options.includeHistory {
            for (index, edition) in editions.enumerated() {
                if let after = options.updatedAfter, edition.validFrom <= after { continue }
                let left = limits.observationsMax - sets.reduce(0) { $0 + $1.observations.count }
                sets.append(
                    SDMXDataSet(
                        edition: edition,
                        validTo: index + 1 < editions.count ? editions[index + 1].validFrom : nil,
                        observations: try observations(structure, selection, edition, max: left)))
            }
        } else if let after = options.updatedAfter {
            guard newest.validFrom > after else {
                throw SDMXFault.notFound("nothing was published after that time")
            }
            let old = editions.last { $0.validFrom <= after }
            sets = try changes(structure, selection, from: old, to: newest)
        } else {
            sets = [
                SDMXDataSet(
                    edition: newest,
                    observations: try observations(
                        structure, selection, newest, max: limits.observationsMax,
                        page: (options.offset, options.limit)))
            ]
        }
        if options.includeHistory || options.updatedAfter != nil {
            sets = Self.page(sets, offset: options.offset, limit: options.limit)
        }
        sets.removeAll { $0.observations.isEmpty }
        guard !sets.isEmpty else {
            throw SDMXFault.notFound("no observation fits the key and the conditions")
        }
        return sets
    }

    /// Which values occur; time has its own limit only, for nothing but codes is kept.
    func availability(
        _ structure: SDMXStructure, _ selection: SDMXSelection, _ options: SDMXOptions,
        component: String?
    ) throws -> SDMXAvailability {
        let ids = structure.dimensions.map(\.id)
        if let component, !ids.contains(component) {
            throw SDMXFault.unknownComponent(component, known: ids)
        }
        guard
            let edition = catalogue.editions(of: structure.table.name, asOf: options.asOf).last
        else { throw SDMXFault.notFound("nothing was published at that time") }
        var available = SDMXAvailability(structure: structure)
        var values = Array(repeating: Set<String>(), count: ids.count)
        var series: Set<[String]> = []
        try read(structure, selection, edition) { observation in
            available.observationCount += 1
            for (index, code) in observation.key.enumerated() { values[index].insert(code) }
            series.insert(observation.key.dropLast())
            guard series.count <= limits.observationsMax else {
                throw SDMXFault.tooLarge(what: "series", max: limits.observationsMax)
            }
            return true
        }
        guard available.observationCount > 0 else {
            throw SDMXFault.notFound("no observation fits the key and the conditions")
        }
        available.seriesCount = series.count
        for (id, codes) in zip(ids, values) where component == nil || component == id {
            available.values.append(
                (id, codes.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }))
        }
        return available
    }

    /// Groups observations into series, in the order in which each begins.
    static func series(
        _ observations: [SDMXObservation], at place: Int, options: SDMXOptions
    ) -> [SDMXSeries] {
        var series: [SDMXSeries] = []
        var places: [[String]: Int] = [:]
        for observation in observations {
            var key = observation.key
            key.remove(at: place)
            if let known = places[key] {
                series[known].observations.append(observation)
            } else {
                places[key] = series.count
                series.append(SDMXSeries(key: key, observations: [observation]))
            }
        }
        return series
    }

    /// Keeps so many observations of each series, from its beginning or its end.
    static func ends(_ sets: [SDMXDataSet], options: SDMXOptions, timePlace: Int) -> [SDMXDataSet] {
        guard options.firstCount != nil || options.lastCount != nil else { return sets }
        return sets.map { set in
            var set = set
            set.observations = series(set.observations, at: timePlace, options: options)
                .flatMap { series -> [SDMXObservation] in
                    let all = series.observations
                    let first = options.firstCount.map { min($0, all.count) } ?? 0
                    let last = options.lastCount.map { max(all.count - $0, first) } ?? all.count
                    return Array(all[..<first]) + Array(all[last...])
                }
            return set
        }
    }

    private static func page(_ sets: [SDMXDataSet], offset: Int, limit: Int?) -> [SDMXDataSet] {
        var (skip, left) = (offset, limit ?? Int.max)
        return sets.map { set in
            var set = set
            let skipped = min(skip, set.observations.count)
            let rest = set.observations.dropFirst(skipped).prefix(left)
            skip -= skipped
            left -= rest.count
            set.observations = Array(rest)
            return set
        }
    }

    private func observations(
        _ structure: SDMXStructure, _ selection: SDMXSelection, _ edition: EditionRecord, max: Int,
        page: (offset: Int, limit: Int?) = (0, nil)
    ) throws -> [SDMXObservation] {
        var observations: [SDMXObservation] = []
        var skip = page.offset
        try read(structure, selection, edition) { observation in
            if skip > 0 {
                skip -= 1
                return true
            }
            if let limit = page.limit, observations.count >= limit { return false }
            guard observations.count < max else {
                throw SDMXFault.tooLarge(what: "observations", max: limits.observationsMax)
            }
            observations.append(observation)
            return true
        }
        return observations
    }

    /// Thrown to stop reading; no fault.
    private struct Enough: Error {}

    private func read(
        _ structure: SDMXStructure, _ selection: SDMXSelection, _ edition: EditionRecord,
        observation use: (SDMXObservation) throws -> Bool
    ) throws {
        guard let table = catalogue.table(structure.table.name, in: edition),
            let query = selection.query(structure, scope: table.scope, edition: edition.id)
        else { return }
        let rows = SDMXRowReader(
            structure: structure, columns: table.columns,
            lastReferenceDate: edition.lastReferenceDate)
        do {
            try catalogue.reader.read(query) { row in
                for observation in rows.observations(of: row) where selection.takes(observation) {
                    guard try use(observation) else { throw Enough() }
                }
            }
        } catch is Enough {
            return
        }
    }

    /// What one edition says that an older one did not, and what it says no more.
    private func changes(
        _ structure: SDMXStructure, _ selection: SDMXSelection, from old: EditionRecord?,
        to new: EditionRecord
    ) throws -> [SDMXDataSet] {
        let now = try observations(structure, selection, new, max: limits.observationsMax)
        guard let old else { return [SDMXDataSet(edition: new, observations: now)] }
        let before = try observations(structure, selection, old, max: limits.observationsMax)
        let known = Dictionary(before.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let keys = Set(now.map(\.key))
        return [
            SDMXDataSet(edition: new, observations: now.filter { known[$0.key] != $0 }),
            SDMXDataSet(
                action: .delete, edition: new,
                observations: before.filter { !keys.contains($0.key) }),
        ]
    }
}
