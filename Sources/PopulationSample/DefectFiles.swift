import PopulationModel

/// One tiny extract for every defect: a sound row, the damaged one, a sound row.
package struct DefectFiles {
    package let specification: SampleSpecification
    package let territory: SampleTerritory

    /// The defects and the source in which each is shown.
    package static let stories: [PlantedStory] = PlantedStory.all.filter { story in
        guard story.isDefect else { return false }
        let isOfResidency =
            story.kind == .departureNoSuchDay || story.kind == .departureBeforeArrival
        return story.source == (isOfResidency ? .residency : .registration)
    }

    package func write(to directory: String) throws(PopstatError) {
        var lines = ""
        for story in Self.stories {
            let name = "\(Self.fileName(of: story.kind)).csv"
            try write(story, to: "\(directory)/\(name)")
            let reason = story.kind.reason(in: story.source)
            lines += "| `\(name)` | \(story.source.rawValue) | \(story.kind.measure.rawValue)"
            lines += "\(reason.isEmpty ? "" : " \(reason)") | \(story.kind.words) |\n"
        }
        let text = """
            # One file per defect

            Each holds a sound row, the damaged row, and a sound row, which must be read.

            | file | source | the second row is | defect |
            |---|---|---|---|
            \(lines)
            """
        try ByteSink.writeFile(text, to: "\(directory)/README.md")
    }

    private func write(_ story: PlantedStory, to path: String) throws(PopstatError) {
        var sink = try ByteSink(path: path)
        // The first layout is the plainest; damaged bytes need a file that is surely UTF-8.
        let needsMark = story.kind == .bytesDamaged || story.kind == .optionalBytes
        var writer = SpelledFile(
            source: story.source, file: needsMark ? 7 : 0, seed: specification.seed)
        writer.writeHeader(to: &sink)
        var planter = CasePlanter(specification: specification, territory: territory)
        planter.make(story, number: 0)
        let damaged = planter.rows[planter.rows.count - 1].row
        for position in 0..<3 {
            guard position != 1 else {
                writer.write(damaged, isLast: false, to: &sink)
                continue
            }
            planter.make(story, number: 0)
            var row = damaged
            row.defect = nil
            row.citizen = planter.soundCitizen(position)
            row.recordNumber = row.citizen.index * 8 + 1
            row.date = SampleCalendar.day(2017, 5, 4)
            row.departure = 0
            row.updated = Timestamp(
                date: CalendarDate(dayNumber: SampleCalendar.day(2017, 5, 9)), secondOfDay: 36_610)
            writer.write(row, isLast: position == 2, to: &sink)
        }
        try sink.close()
    }

    /// `idWrongCheck` becomes id-wrong-check.
    package static func fileName(of kind: SampleKind) -> String {
        var name = ""
        for character in "\(kind)" {
            if character.isUppercase || (character.isNumber && name.last?.isNumber != true) {
                name += "-"
            }
            name += character.lowercased()
        }
        return name
    }
}
