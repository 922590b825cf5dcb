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
    /// An open hash table over their bytes: there may be as many as units, and a text hashes as
    /// characters, which takes many times as long where they are Chinese.
    private struct NameList {
        /// All texts in UTF-8, one behind the other, and where each ends.
        private var bytes: [UInt8] = []
        private var ends: [Int] = []
        /// Numbers of texts; 0 = free. As many as a power of two.
        private var slots = [Int32](repeating: 0, count: 1_024)

        mutating func number(of name: String) -> Int { number(of: ArraySlice(name.utf8)) }

        mutating func number(of name: ArraySlice<UInt8>) -> Int {
            if name.isEmpty { return 0 }
            let slot = slot(of: name)
            if slots[slot] > 0 { return Int(slots[slot]) }
            bytes += name
            ends.append(bytes.count)
            slots[slot] = Int32(ends.count)
            if ends.count * 2 > slots.count { grow() }
            return ends.count
        }

        /// The slot of a text, or the free one where it belongs.
        private func slot(of name: ArraySlice<UInt8>) -> Int {
            let mask = slots.count - 1
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask
            while slots[slot] > 0, text(Int(slots[slot])) != name { slot = (slot + 1) & mask }
            return slot
        }

        private func text(_ number: Int) -> ArraySlice<UInt8> {
            bytes[(number == 1 ? 0 : ends[number - 2])..<ends[number - 1]]
        }

        private mutating func grow() {
            slots = [Int32](repeating: 0, count: slots.count * 2)
            for number in 1...ends.count { slots[slot(of: text(number))] = Int32(number) }
        }

        var packed: [UInt8] {
            var writer = PackedWriter()
            writer.reserve(bytes.count + ends.count * 2)
            writer.number(ends.count)
            for number in ends.indices { writer.text(text(number + 1)) }
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
        // Most units keep their names from one edition to the next.
        var before = (units: DivisionUnits(), names: [Int]())
        for edition in editions {
            writer.number(Int(edition.date.dayNumber))
            let units = edition.units
            writer.number(units.count)
            var numbers: [Int] = []
            numbers.reserveCapacity(units.count)
            var last: UInt64 = 0
            var next = 0
            for index in units.indices {
                let (code, name) = (units.codes[index], units.utf8(at: index))
                while next < before.units.count, before.units.codes[next] < code { next += 1 }
                let isKept =
                    next < before.units.count && before.units.codes[next] == code
                    && before.units.utf8(at: next) == name
                numbers.append(isKept ? before.names[next] : names.number(of: name))
                writer.number(code - last)
                writer.number(Int(units.classes[index]))
                writer.number(numbers[index])
                last = code
            }
            before = (units, numbers)
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
