import PopulationModel

extension StoredCube {
    /// The file of this cube.
    package func bytes() -> [UInt8] {
        var names = NameList()
        // The names come first in the file and are known last.
        let editions = packedEditions(&names)
        let counties = packedCounties(&names)
        let targets = packedTargets(&names)
        return CubeFormat.file([
            (.area, packedArea), (.names, names.packed), (.editions, editions),
            (.counties, counties), (.targets, targets), (.units, cube.packedUnits),
            (.households, cube.packedHouseholds),
        ])
    }

    /// Texts by number, each once, in the order in which they were first needed; 0 is no text.
    ///
    /// Looked up by their bytes: a text hashes as characters, which takes many times as long where
    /// they are Chinese.
    private struct NameList {
        private var numbers: [[UInt8]: Int] = [:]
        private var names: [[UInt8]] = []

        mutating func number(of name: String) -> Int {
            if name.isEmpty { return 0 }
            let bytes = Array(name.utf8)
            let number = Self.entry(&numbers[bytes, default: names.count + 1])
            if number > names.count { names.append(bytes) }
            return number
        }

        /// Handed over for writing, a default stays in the dictionary: one search does for both.
        private static func entry(_ number: inout Int) -> Int { number }

        var packed: [UInt8] {
            var writer = PackedWriter()
            writer.number(names.count)
            for name in names { writer.text(name) }
            return writer.bytes
        }
    }

    private var packedArea: [UInt8] {
        var writer = PackedWriter()
        writer.text(area.code)
        writer.number(dates.count)
        for date in dates { writer.number(Int(date.dayNumber)) }
        return writer.bytes
    }

    private func packedEditions(_ names: inout NameList) -> [UInt8] {
        var writer = PackedWriter()
        writer.number(editions.count)
        for edition in editions {
            writer.number(Int(edition.date.dayNumber))
            writer.number(edition.classes.count)
            var last: UInt64 = 0
            for (code, unitClass) in edition.classes.sorted(by: { $0.key < $1.key }) {
                writer.number(code - last)
                writer.number(Int(unitClass))
                writer.number(names.number(of: edition.unitNames[code] ?? ""))
                last = code
            }
            writer.number(edition.areaNames.count)
            let areas = edition.areaNames.sorted {
                $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
            }
            for (code, name) in areas {
                writer.text(code)
                writer.number(names.number(of: name))
            }
        }
        return writer.bytes
    }

    private func packedCounties(_ names: inout NameList) -> [UInt8] {
        var writer = PackedWriter()
        writer.number(counties.count)
        for county in counties {
            writer.text(county.code)
            writer.number(names.number(of: county.nameZH))
            writer.number(names.number(of: county.nameEN))
            writer.text(county.kind.rawValue)
        }
        return writer.bytes
    }

    private func packedTargets(_ names: inout NameList) -> [UInt8] {
        var writer = PackedWriter()
        writer.number(targets.count)
        for target in targets {
            writer.text(target.concept.rawValue)
            writer.text(target.areaCode)
            writer.number(target.percentHundredths)
            writer.number(Int(target.date.dayNumber))
            writer.number(names.number(of: target.source))
        }
        return writer.bytes
    }
}

extension Cube {
    /// Per unit: the code after the one before it; per measure that occurs: its number after the one
    /// before it, and the counts at all dates.
    fileprivate var packedUnits: [UInt8] {
        var writer = PackedWriter()
        writer.reserve(counts.count + measures.count + units.count * 4)
        writer.number(units.count)
        var last: UInt64 = 0
        for unit in units {
            precondition(unit.code > last, "units ascend by code")
            writer.number(unit.code - last)
            last = unit.code
            writer.number(unit.entries.count)
            var next: UInt8 = 0
            for entry in unit.entries {
                writer.number(Int(measures[entry] - next))
                next = measures[entry] + 1
                for date in 0..<dateCount {
                    writer.number(UInt64(counts[entry * dateCount + date]))
                }
            }
        }
        return writer.bytes
    }

    fileprivate var packedHouseholds: [UInt8] {
        var writer = PackedWriter()
        writer.number(households.count)
        for count in households {
            writer.number(count.dateIndex)
            writer.number(Int(count.county))
            writer.number(Int(count.type))
            writer.number(count.households)
        }
        return writer.bytes
    }
}
