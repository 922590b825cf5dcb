import PopulationModel

/// Writes one extract of a sample: its citizens' first rows, the later rows of citizens half of
/// the files away, and the planted cases that fall to it.
///
/// The bytes are a pure function of specification and file number. Memory: one block of citizens,
/// and the planted rows of the file.
package struct ExtractWriter {
    package let specification: SampleSpecification
    package let territory: SampleTerritory
    package let source: Source
    /// 0-based.
    package let file: Int

    private var fileCount: Int { specification.files(of: source) }

    package var fileName: String { "\(source.rawValue)-\(file + 1).csv" }

    package func write(to directory: String) throws(PopstatError) -> SampleLedger {
        var sink = try ByteSink(path: "\(directory)/\(fileName)")
        let ledger = specification.isClean ? writeClean(to: &sink) : writeUgly(to: &sink)
        try sink.close()
        return ledger
    }

    private func blocks(of file: Int) -> Range<Int> {
        let count = CitizenBlock.count(citizens: specification.citizens)
        return file * count / fileCount..<(file + 1) * count / fileCount
    }

    /// The file whose citizens' later rows stand here.
    private var partner: Int { (file + (fileCount + 1) / 2) % fileCount }

    // MARK: - Clean

    private func writeClean(to sink: inout ByteSink) -> SampleLedger {
        var writer = CleanFile(
            source: source, spelling: specification.cleanSpelling, seed: specification.seed,
            file: file)
        writer.writeHeader(to: &sink)
        var block = CitizenBlock(specification: specification, territory: territory)
        let (own, others) = (blocks(of: file), blocks(of: partner))
        for step in 0..<max(own.count, others.count) {
            if step < own.count {
                block.fill(own.lowerBound + step, source: source)
                for position in block.rows.indices where !block.rows[position].isLater {
                    writer.write(
                        block.rows[position], rival: rival(of: position, in: block.rows), to: &sink)
                }
            }
            if step < others.count {
                block.fill(others.lowerBound + step, source: source)
                for position in block.rows.indices where block.rows[position].isLater {
                    writer.write(block.rows[position], rival: nil, to: &sink)
                }
            }
        }
        return writer.ledger
    }

    /// Another place for the only row of a citizen; `nil` when there are other rows.
    @inline(__always)
    private func rival(of position: Int, in rows: [SampleRow]) -> UInt64? {
        let index = rows[position].citizen.index
        if position > 0, rows[position - 1].citizen.index == index { return nil }
        if position + 1 < rows.count, rows[position + 1].citizen.index == index { return nil }
        let unit = territory.units[Int(index &* 7_919 % UInt64(territory.units.count))]
        let code = unit.code(on: rows[position].date)
        return code == rows[position].place ? nil : code
    }

    // MARK: - Ugly

    private func writeUgly(to sink: inout ByteSink) -> SampleLedger {
        var writer = SpelledFile(source: source, file: file, seed: specification.seed)
        writer.writeHeader(to: &sink)
        var block = CitizenBlock(specification: specification, territory: territory)
        let (own, others) = (blocks(of: file), blocks(of: partner))
        let planted = plantedRows()
        let steps = max(1, max(own.count, others.count))
        // One row is held back, since the last row of some files has no line end.
        var pending: SampleRow?
        func put(_ row: SampleRow, _ sink: inout ByteSink) {
            if let pending { writer.write(pending, isLast: false, to: &sink) }
            pending = row
        }
        for step in 0..<steps {
            if step < own.count {
                block.fill(own.lowerBound + step, source: source)
                for row in block.rows where !row.isLater { put(row, &sink) }
            }
            if step < others.count {
                block.fill(others.lowerBound + step, source: source)
                for row in block.rows where row.isLater { put(row, &sink) }
            }
            for row in planted[step * planted.count / steps..<(step + 1) * planted.count / steps] {
                put(row, &sink)
            }
        }
        if let pending { writer.write(pending, isLast: true, to: &sink) }
        return writer.ledger
    }

    /// The planted rows of this file, in a shuffled order.
    private func plantedRows() -> [SampleRow] {
        let layouts = FileLayout.all(of: source)
        let files = (0..<fileCount).filter { layouts[$0 % layouts.count].takesPlanted }
        let certain = files.filter { layouts[$0 % layouts.count].takesDamagedBytes }
        var planter = CasePlanter(specification: specification, territory: territory)
        var rows: [SampleRow] = []
        for story in PlantedStory.all {
            for number in 0..<story.count(citizens: specification.citizens) {
                planter.make(story, number: number)
                for (position, planted) in planter.rows.enumerated()
                where planted.row.source == source {
                    let defect = planted.row.defect
                    let needsCertain = defect == .bytesDamaged || defect == .optionalBytes
                    let takers = needsCertain ? certain : files
                    var random = SplitMix64(
                        seed: specification.seed, stream: .order,
                        index: planted.row.citizen.index * 8
                            + (planted.isTogether ? 7 : UInt64(position)))
                    if takers[random.below(takers.count)] == file { rows.append(planted.row) }
                }
            }
        }
        var random = SplitMix64(
            seed: specification.seed, stream: .order, index: .max - UInt64(file))
        for last in stride(from: rows.count - 1, to: 0, by: -1) {
            rows.swapAt(last, random.below(last + 1))
        }
        return rows
    }
}
