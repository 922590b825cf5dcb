import PopulationModel

extension StoredCube {
    /// The cube of a file. Refuses what is not exactly as `bytes()` wrote it.
    package init(bytes: [UInt8]) throws(CubeFormatFault) {
        let sections = try CubeFormat.sections(of: bytes)
        func read<Value>(
            _ section: CubeFormat.Section, _ body: (inout PackedReader) -> Value?
        ) throws(CubeFormatFault) -> Value {
            var reader = PackedReader(sections[section] ?? [])
            guard let value = body(&reader), reader.remaining == 0 else {
                throw .damaged(section.word)
            }
            return value
        }
        let (area, dates) = try read(.area) { $0.areaAndDates() }
        let names = try read(.names) { $0.list { $0.text() } }
        let cube = try read(.units) { $0.cube(dateCount: dates.count) }
        let households = try read(.households) { $0.households(dateCount: dates.count) }
        self.init(
            area: area, dates: dates, editions: try read(.editions) { $0.editions(names) },
            counties: try read(.counties) { $0.list { $0.county(names) } },
            targets: try read(.targets) { $0.list { $0.target(names) } },
            cube: cube.with(households))
    }
}

extension Cube {
    fileprivate func with(_ households: [HouseholdCount]) -> Cube {
        var cube = self
        cube.households = households
        return cube
    }
}

extension PackedReader {
    /// As many parts as the number before them says.
    fileprivate mutating func list<Value>(_ part: (inout PackedReader) -> Value?) -> [Value]? {
        guard let count = count() else { return nil }
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count {
            guard let value = part(&self) else { return nil }
            values.append(value)
        }
        return values
    }

    /// A day from 1850-01-01 to 2099-12-31.
    private mutating func date() -> CalendarDate? {
        guard let day = number(upTo: 91_311), day > 0 else { return nil }
        return CalendarDate(dayNumber: Int32(day))
    }

    /// 0 is no text.
    private mutating func name(_ names: [String]) -> String? {
        number(upTo: names.count).map { $0 == 0 ? "" : names[$0 - 1] }
    }

    fileprivate mutating func areaAndDates() -> (Area, [CalendarDate])? {
        guard let code = text(), let area = Area(code: code), let dates = list({ $0.date() }),
            !dates.isEmpty, zip(dates, dates.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        return (area, dates)
    }

    fileprivate mutating func editions(_ names: [String]) -> [DivisionEdition]? {
        let editions = list { $0.edition(names) }
        guard let editions, !editions.isEmpty,
            zip(editions, editions.dropFirst()).allSatisfy({ $0.date < $1.date })
        else { return nil }
        return editions
    }

    private mutating func edition(_ names: [String]) -> DivisionEdition? {
        guard let date = date() else { return nil }
        var known = DivisionUnits()
        var last: UInt64 = 0
        let units: [Void]? = list { reader in
            guard let code = reader.code(after: last), let unitClass = reader.number(upTo: 999),
                let name = reader.name(names), known.count < DivisionUnits.countMax
            else { return nil }
            last = code
            known.append(code, unitClass: UInt16(unitClass), name: Array(name.utf8)[...])
            return ()
        }
        let areas = list { reader -> (String, String)? in
            guard let code = reader.text(), let name = reader.name(names) else { return nil }
            return (code, name)
        }
        guard units != nil, let areas else { return nil }
        return DivisionEdition(
            date: date, units: known, areaNames: Dictionary(areas) { first, _ in first })
    }

    /// Codes of 12 digits, each larger than the one before.
    private mutating func code(after last: UInt64) -> UInt64? {
        guard let step = number(), step > 0, step < 1_000_000_000_000 - last else { return nil }
        return last + step
    }

    fileprivate mutating func county(_ names: [String]) -> County? {
        guard let code = text(), let nameZH = name(names), let nameEN = name(names),
            let kind = text().flatMap(County.Kind.init)
        else { return nil }
        return County(code: code, nameZH: nameZH, nameEN: nameEN, kind: kind)
    }

    fileprivate mutating func target(_ names: [String]) -> Target? {
        guard let concept = text().flatMap(Concept.init), let areaCode = text(),
            let percent = number(upTo: 10_000), let date = date(), let source = name(names)
        else { return nil }
        return Target(
            concept: concept, areaCode: areaCode, percentHundredths: percent, date: date,
            source: source)
    }

    fileprivate mutating func cube(dateCount: Int) -> Cube? {
        var cube = Cube(dateCount: dateCount)
        let block = UnsafeMutableBufferPointer<UInt32>.allocate(
            capacity: CubeLayout.count * dateCount)
        defer { block.deallocate() }
        guard let unitCount = count() else { return nil }
        var code: UInt64 = 0
        for _ in 0..<unitCount {
            block.update(repeating: 0)
            guard let next = self.code(after: code), let entryCount = count() else { return nil }
            code = next
            var measure = 0
            for _ in 0..<entryCount {
                guard let step = number(upTo: CubeLayout.count) else { return nil }
                measure += step
                guard measure < CubeLayout.count else { return nil }
                for date in 0..<dateCount {
                    guard let count = number(upTo: Int(UInt32.max)) else { return nil }
                    block[measure * dateCount + date] = UInt32(count)
                }
                measure += 1
            }
            cube.append(code: code, block: UnsafeBufferPointer(block))
        }
        return cube
    }

    fileprivate mutating func households(dateCount: Int) -> [Cube.HouseholdCount]? {
        list { reader in
            guard let date = reader.number(upTo: dateCount - 1),
                let county = reader.number(upTo: 999_999), let type = reader.number(upTo: 3),
                let households = reader.number(upTo: Int(UInt32.max))
            else { return nil }
            return Cube.HouseholdCount(
                dateIndex: date, county: UInt32(county), type: UInt8(type),
                households: households)
        }
    }
}
