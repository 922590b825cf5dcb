import PopulationModel

extension Plan {
    /// Every setting of the plan in one fixed order, with labels in place of paths: equal settings
    /// give equal text on every machine, whatever the plan's order, comments and left-out
    /// defaults. Its digest is the plan digest of the manifest.
    ///
    /// The first line names the form; a change of the form changes its number.
    package var canonicalText: String {
        var lines = CanonicalLines()
        lines.add("popstat-plan", "1")
        lines.add("plan", quoted(name))
        lines.add("area", area.code)
        lines.add("reference-dates", referenceDates.map(\.description))
        lines.add("known-at", knownAt.map(text(of:)))
        add(ingest.registration, source: .registration, to: &lines)
        add(ingest.residency, source: .residency, to: &lines)
        lines.add("deduplicate.residence-months", "\(deduplicate.residenceMonths)")
        lines.add("deduplicate.stay-gap-days", "\(deduplicate.stayGapDays)")
        for edition in classify.divisions {
            lines.add("classify.divisions", ["\(edition.date)", quoted(edition.file.label)])
        }
        lines.add("classify.changes", classify.changes.map { quoted($0.label) })
        lines.add("classify.unclassified-share-max", text(of: classify.unclassifiedShareMax))
        lines.add("aggregate.counties", counties.map { quoted($0.label) })
        lines.add("publish.output", quoted(publish.output.label))
        lines.add("publish.targets", publish.targets.map { quoted($0.label) })
        lines.add("publish.official", publish.official.map { quoted($0.label) })
        if let ladder = publish.ladder { add(ladder, to: &lines) }
        if let transfer = publish.transfer { add(transfer, to: &lines) }
        if let land = publish.land { add(land, to: &lines) }
        if let protection = publish.protection {
            lines.add("publish.protection.threshold", "\(protection.threshold)")
            lines.add(
                "publish.protection.release-dates", protection.releaseDates.map(\.description))
        }
        for gate in gates { add(gate, to: &lines) }
        switch publish.store {
        // Has no line, as everything that is left out.
        case .standard: break
        case .none: lines.add("publish.store", "none")
        case .sqlite(let path): lines.add("publish.store.sqlite", quoted(path.label))
        case .postgres(let connection): lines.add("publish.store.postgres", quoted(connection))
        }
        return lines.text
    }

    private func add(_ extract: ExtractPlan, source: Source, to lines: inout CanonicalLines) {
        let key = "ingest.\(source)"
        lines.add("\(key).files", extract.files.map { quoted($0.label) })
        lines.add("\(key).encoding", extract.encoding.rawValue)
        lines.add("\(key).rejected-share-max", text(of: extract.rejectedShareMax))
        for (column, header) in extract.columns.sortedByKeyBytes {
            lines.add("\(key).columns", [column, quoted(header)])
        }
        for (column, words) in extract.values.sortedByKeyBytes {
            for (raw, word) in words.sortedByKeyBytes {
                lines.add("\(key).values", [column, quoted(raw), word])
            }
        }
    }

    private func add(_ ladder: Ladder, to lines: inout CanonicalLines) {
        let key = "publish.ladder"
        func yearly(_ points: Ladder.YearlyPoints?) -> String? {
            points.map { "\($0.points) \($0.cap)" }
        }
        lines.add("\(key).residence", yearly(ladder.residence))
        lines.add("\(key).insurance", yearly(ladder.insurance))
        for entry in ladder.fixed {
            lines.add("\(key).fixed", [entry.item.rawValue, "\(entry.points)"])
        }
        for group in ladder.alternatives {
            for entry in group.items {
                lines.add(
                    "\(key).alternatives",
                    [quoted(group.name), entry.item.rawValue, "\(entry.points)"])
            }
        }
        for tier in ladder.tiers { lines.add("\(key).tiers", [quoted(tier.name), "\(tier.from)"]) }
    }

    private func add(_ transfer: Transfer, to lines: inout CanonicalLines) {
        let key = "publish.transfer"
        lines.add("\(key).factors", quoted(transfer.factors.label))
        lines.add("\(key).pool", ["\(transfer.pool)", transfer.unit.rawValue])
        let weights = transfer.weights
        lines.add("\(key).weights.own_prefecture", "\(weights.ownPrefecture)")
        lines.add("\(key).weights.own_province", "\(weights.ownProvince)")
        lines.add("\(key).weights.other_province", "\(weights.otherProvince)")
        lines.add("\(key).weights.unknown", "\(weights.unknown)")
        lines.add("\(key).decay", "\(transfer.decay)")
        lines.add("\(key).years-back", "\(transfer.yearsBack)")
        lines.add("\(key).permit-weight", "\(transfer.permitWeight)")
        lines.add("\(key).children-weight", "\(transfer.childrenWeight)")
    }

    private func add(_ land: Land, to lines: inout CanonicalLines) {
        for band in land.bands {
            lines.add(
                "publish.land.bands",
                [band.upTo.map(\.description) ?? "-", "\(band.standard)"])
        }
        lines.add("publish.land.adjustment", "\(land.adjustment)")
    }

    private func add(_ gate: Gate, to lines: inout CanonicalLines) {
        let limits =
            switch gate.rule {
            case .rejectedShare(let source, let max), .extractShrink(let source, let max):
                [source.rawValue, text(of: max)]
            case .unclassifiedShare(let concept, let max), .totalChange(let concept, let max):
                [concept.rawValue, text(of: max)]
            case .conflictShare(let source, let max): [source?.rawValue ?? "-", text(of: max)]
            case .countyMissing(let concept): [concept.rawValue]
            case .extractAge(let source, let daysMax): [source.rawValue, "\(daysMax)"]
            }
        lines.add(
            "gates",
            [quoted(gate.name), gate.rule.word.rawValue] + limits
                + [gate.severity.rawValue, quoted(gate.reason)])
    }

    private func text(of share: Share) -> String {
        Millionths(count: share.millionths).description
    }

    private func text(of moment: Timestamp) -> String {
        func two(_ n: Int64) -> String { n < 10 ? "0\(n)" : "\(n)" }
        let second = moment.seconds % 86_400
        return
            "\(moment.date) \(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
    }

    /// In quotes, with quotes, backslashes and line ends escaped, so that no two texts meet.
    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

/// Lines of a key, a blank and values; a setting that is absent has no line.
private struct CanonicalLines {
    var text = ""

    mutating func add(_ key: String, _ value: String?) {
        guard let value else { return }
        text += "\(key) \(value)\n"
    }

    mutating func add(_ key: String, _ values: [String]) {
        add(key, values.joined(separator: " "))
    }
}

extension Dictionary where Key == String {
    /// The entries in the order of their keys' bytes, which no locale moves.
    fileprivate var sortedByKeyBytes: [(key: String, value: Value)] {
        sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }
}
