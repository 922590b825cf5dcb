import Foundation
import PopulationTestSupport
import Testing

/// What the work folder keeps may be spoiled; it is found and made again from the extract.
@Suite struct DamagedPartitionTests {
    private enum Damage: CaseIterable, Sendable {
        case flippedByte, flippedFirstByte, flippedLastByte, cutInHalf, emptied, removed
        case brokenEntry, removedRejected
    }

    @Test func isFoundAndMadeAgain() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            let first = try city.run()
            try #require(first.status == 0, "\(first.errors)")
            let expected = try FolderContents(of: city.output)
            let stage = city.work.appendingPathComponent("1-ingest")
            for (index, damage) in Damage.allCases.enumerated() {
                let names = try FileManager.default.contentsOfDirectory(atPath: stage.path)
                    .filter { $0.hasSuffix(".partitions") }.sorted()
                let partitions = stage.appendingPathComponent(names[index % names.count])
                try apply(damage, to: partitions)
                let outcome = try city.run()
                #expect(outcome.status == 0, "\(damage): \(outcome.errors)")
                let found = try FolderContents(of: city.output)
                #expect(found.differences(from: expected) == [], "\(damage)")
                #expect(outcome.output.contains("extracts: 1 ingested, 11 unchanged"), "\(damage)")
            }
            let last = try city.run()
            #expect(last.output.contains("extracts: 0 ingested, 12 unchanged"))
        }
    }

    /// A bit anywhere: in records, checksums, index or trailer, or in the entry beside them.
    @Test func isFoundWhicheverBitIsFlipped() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            let first = try city.run()
            try #require(first.status == 0, "\(first.errors)")
            let expected = try FolderContents(of: city.output)
            var random = SeededRandom(seed: 1)
            for round in 0..<(TestLength.isLong ? 400 : 40) {
                let names = try FolderContents(of: city.work) { name in
                    [".partitions", ".rejected", ".json"].contains(where: name.hasSuffix)
                        || name.hasPrefix("4-aggregate/")
                }.files.filter { !$0.value.isEmpty }
                let name = random.pick(names.keys.sorted())
                var bytes = names[name]!
                let offset = random.below(bytes.count)
                bytes[offset] ^= 1 << UInt8(random.below(8))
                try bytes.write(to: city.work.appendingPathComponent(name))
                let outcome = try city.run()
                #expect(outcome.status == 0, "round \(round): \(outcome.errors)")
                let found = try FolderContents(of: city.output)
                #expect(
                    found.differences(from: expected) == [], "round \(round): byte \(offset)")
                #expect(
                    outcome.output.contains("extracts: 1 ingested, 11 unchanged"),
                    "round \(round): byte \(offset) of \(bytes.count)")
            }
        }
    }

    private func apply(_ damage: Damage, to partitions: URL) throws {
        var bytes = try Data(contentsOf: partitions)
        let other = { partitions.deletingPathExtension().appendingPathExtension($0) }
        switch damage {
        case .flippedByte: bytes[bytes.count / 2] ^= 1
        case .flippedFirstByte: bytes[0] ^= 0x80
        case .flippedLastByte: bytes[bytes.count - 1] ^= 1
        case .cutInHalf: bytes = bytes.prefix(bytes.count / 2)
        case .emptied: bytes = Data()
        case .removed: return try FileManager.default.removeItem(at: partitions)
        case .brokenEntry: return try Data("{".utf8).write(to: other("json"))
        case .removedRejected: return try FileManager.default.removeItem(at: other("rejected"))
        }
        try bytes.write(to: partitions)
    }
}
