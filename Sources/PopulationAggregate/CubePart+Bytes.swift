internal import PopulationFigures
package import PopulationModel

/// The part of a cube as bytes, for a worker that is another process or machine, with what
/// deduplicate counted of the same people. The article `ClusterFormats` describes every byte.
///
/// Households and the settled are hashes here: members of one household lie in many partitions, and
/// only all parts together tell how many households there are.
extension CubePart {
    /// Raised with every change of the layout, or of what a measure counts.
    package static let formatVersion: UInt32 = 3
    /// `POPPART` and a line end, which a transfer as text would spoil.
    private static let magic: UInt64 = 0x0A54_5241_5050_4F50
    private static let headerBytes = 40

    package func bytes(_ deduplicated: DeduplicateCounts) throws(PopstatErrors) -> [UInt8] {
        let layout = counties.counts.layout
        var writer = PackedWriter()
        writer.fixed(Self.magic)
        writer.fixed(Self.formatVersion)
        writer.fixed(UInt32(CubeLayout.count))
        for count in [counts.dateCount, layout.pairCount, layout.tierCount, layout.count] {
            writer.fixed(UInt32(count))
        }
        writer.fixed(UInt64(0))
        for count in Self.numbers(of: deduplicated) { writer.number(count) }
        write(counts, to: &writer)
        try Self.write(households, to: &writer)
        writer.number(counties.counts.counties.count)
        for county in counties.counts.counties {
            writer.number(Int(county))
            for measure in 0..<layout.count {
                writer.number(counties.counts.count(county, measure))
            }
        }
        try Self.write(counties.settled, to: &writer)
        let sum = writer.bytes.withUnsafeBytes { Checksum.of($0) }
        writer.fixed(sum)
        return writer.bytes
    }

    /// The part that bytes hold, and the counts beside it; `nil` when they are damaged, of another
    /// version, or of a plan with other dates. Runs that memory is not kept for go to `spillFolder`.
    package static func reading(
        _ bytes: [UInt8], territory: Territory, tierCount: Int, spillFolder: String
    ) -> (part: CubePart, deduplicated: DeduplicateCounts)? {
        let end = bytes.count - 8
        guard end >= headerBytes else { return nil }
        var tail = PackedReader(bytes[end...])
        let sum = bytes[..<end].withUnsafeBytes { Checksum.of($0) }
        guard tail.fixed64() == sum else { return nil }
        let layout = CountyLayout(
            dateCount: territory.dates.count, pairCount: territory.yearlyPairs.count,
            tierCount: tierCount)
        var reader = PackedReader(bytes[..<end])
        guard reader.fixed64() == magic, reader.fixed32() == formatVersion,
            reader.fixed32() == UInt32(CubeLayout.count),
            reader.fixed32() == UInt32(layout.dateCount),
            reader.fixed32() == UInt32(layout.pairCount),
            reader.fixed32() == UInt32(layout.tierCount),
            reader.fixed32() == UInt32(layout.count), reader.fixed64() == 0,
            let deduplicated = Self.deduplicated(&reader),
            let counts = cube(&reader, dateCount: layout.dateCount),
            let households = runs(&reader, spillFolder),
            let counties = counties(&reader, layout), let settled = runs(&reader, spillFolder),
            reader.remaining == 0
        else { return nil }
        return (
            CubePart(
                counts: counts, households: households,
                counties: CountyCounter.Part(counts: counties, settled: settled)), deduplicated
        )
    }

    // MARK: - Counts of deduplicate

    private static func numbers(of counts: DeduplicateCounts) -> [Int] {
        [counts.registration, counts.residency].flatMap {
            [
                $0.exactDuplicate, $0.voided, $0.superseded, $0.future, $0.inForce, $0.conflict,
            ]
        } + [counts.nameConflict, counts.closedButPresent]
    }

    private static func deduplicated(_ reader: inout PackedReader) -> DeduplicateCounts? {
        var numbers: [Int] = []
        for _ in 0..<14 {
            guard let number = reader.number(upTo: .max) else { return nil }
            numbers.append(number)
        }
        func source(_ start: Int) -> DeduplicateCounts.SourceCounts {
            var counts = DeduplicateCounts.SourceCounts()
            counts.exactDuplicate = numbers[start]
            counts.voided = numbers[start + 1]
            counts.superseded = numbers[start + 2]
            counts.future = numbers[start + 3]
            counts.inForce = numbers[start + 4]
            counts.conflict = numbers[start + 5]
            return counts
        }
        var counts = DeduplicateCounts()
        counts.registration = source(0)
        counts.residency = source(6)
        counts.nameConflict = numbers[12]
        counts.closedButPresent = numbers[13]
        return counts
    }

    // MARK: - Counts per unit

    private func write(_ cube: Cube, to writer: inout PackedWriter) {
        writer.number(cube.units.count)
        for unit in cube.units {
            writer.number(unit.code)
            writer.number(unit.entries.count)
            for entry in unit.entries {
                writer.number(Int(cube.measures[entry]))
                for date in 0..<cube.dateCount {
                    writer.number(cube.count(ofEntry: entry, date: date))
                }
            }
        }
    }

    private static func cube(_ reader: inout PackedReader, dateCount: Int) -> Cube? {
        guard let unitCount = reader.count() else { return nil }
        var cube = Cube(dateCount: dateCount)
        let block = UnsafeMutableBufferPointer<UInt32>.allocate(
            capacity: CubeLayout.count * dateCount)
        defer { block.deallocate() }
        var last: UInt64?
        for _ in 0..<unitCount {
            guard let code = reader.number(), last.map({ $0 < code }) ?? true,
                let entryCount = reader.number(upTo: CubeLayout.count)
            else { return nil }
            last = code
            block.update(repeating: 0)
            for _ in 0..<entryCount {
                guard let measure = reader.number(upTo: CubeLayout.count - 1) else { return nil }
                for date in 0..<dateCount {
                    guard let count = reader.number(upTo: Int(UInt32.max)) else { return nil }
                    block[measure * dateCount + date] = UInt32(count)
                }
            }
            cube.append(code: code, block: UnsafeBufferPointer(block))
        }
        return cube
    }

    private static func counties(_ reader: inout PackedReader, _ layout: CountyLayout)
        -> CountyCounts?
    {
        guard let countyCount = reader.count() else { return nil }
        var counts = CountyCounts(layout)
        for _ in 0..<countyCount {
            guard let county = reader.number(upTo: Int(UInt32.max)) else { return nil }
            var block: [Int] = []
            for _ in 0..<layout.count {
                guard let count = reader.number(upTo: .max) else { return nil }
                block.append(count)
            }
            counts.add(block, county: UInt32(county))
        }
        return counts
    }

    // MARK: - Households

    // A run lies in memory as the format has it, on every machine that Swift runs on: fields one
    // behind the other without a gap, little-endian.
    private static let runBytes = MemoryLayout<HouseholdRuns.Run>.size

    private static func write(_ runs: HouseholdRuns, to writer: inout PackedWriter)
        throws(PopstatErrors)
    {
        let buckets = 0..<HouseholdRuns.bucketCount
        let count = buckets.reduce(0) { $0 + runs.runCount(inBucket: $1) }
        writer.number(count)
        writer.reserve(writer.bytes.count + count * runBytes)
        for bucket in buckets {
            try runs.forEachRun(inBucket: bucket) {
                writer.append(UnsafeRawBufferPointer($0))
            }
        }
    }

    private static func runs(_ reader: inout PackedReader, _ spillFolder: String)
        -> HouseholdRuns?
    {
        guard let count = reader.count(), let bytes = reader.slice(count * runBytes) else {
            return nil
        }
        let runs = HouseholdRuns(spillFolder: spillFolder, memoryLimit: 0)
        bytes.withUnsafeBytes { bytes in
            for offset in stride(from: 0, to: bytes.count, by: runBytes) {
                runs.put(bytes.loadUnaligned(fromByteOffset: offset, as: HouseholdRuns.Run.self))
            }
        }
        return runs
    }
}
