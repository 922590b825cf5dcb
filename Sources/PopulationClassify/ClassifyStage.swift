package import PopulationModel

/// Takes: the editions of division codes, the changes between them, the counties. Gives: for every
/// code and reference date the unit that stands for it and its class (`Territory`).
/// Refuses: a class other than the seven, codes and dates that are none, a code given twice, editions
/// without any unit of the area or with too many units.
package enum ClassifyStage {
    /// The seven classes of SPEC 1.
    package static let classes: [UInt16] = [111, 112, 121, 122, 123, 210, 220]

    /// A file of the plan: its bytes, and what messages call it.
    package struct File: Sendable {
        package var bytes: [UInt8]
        package var label: String

        package init(bytes: [UInt8], label: String) {
            self.bytes = bytes
            self.label = label
        }

        func table(needing columns: [String]) throws(PopstatErrors) -> ReferenceTable {
            try ReferenceTable(bytes, label: label, needing: columns, stage: .classify)
        }
    }

    /// Reads the files, editions side by side; all faults of all of them at once.
    package static func run(
        area: Area, dates: [CalendarDate], divisions: [(date: CalendarDate, file: File)],
        changes: File?, counties: File?, threads: Int = 1,
        unitCountMax: Int = DivisionUnits.countMax
    ) throws(PopstatErrors) -> Territory {
        var faults: [PopstatError] = []
        func collect<Value>(_ body: () throws(PopstatErrors) -> Value) -> Value? {
            do throws(PopstatErrors) {
                return try body()
            } catch {
                faults += error.errors
                return nil
            }
        }
        let readings = WorkerThreads.map(count: divisions.count, threads: threads) { index in
            Result { () throws(PopstatErrors) in
                var reader = try EditionReader(
                    divisions[index].file, area: area, unitCountMax: unitCountMax)
                return try reader.edition(of: divisions[index].date)
            }
        }
        let editions = readings.compactMap { reading in
            collect { () throws(PopstatErrors) in try reading.get() }
        }
        let changeList = changes.flatMap { file in
            collect { () throws(PopstatErrors) in try readChanges(file) }
        }
        let countyList = counties.flatMap { file in
            collect { () throws(PopstatErrors) in try readCounties(file) }
        }
        // A mistyped area would publish zeros for everybody.
        if faults.isEmpty, editions.allSatisfy({ $0.units.range(inside: area).isEmpty }),
            let latest = divisions.max(by: { $0.date < $1.date })
        {
            let label = latest.file.label
            faults.append(ClassifyFault.noUnitsInArea(label: label, area: area.code).error)
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        return Territory(
            area: area, dates: dates, editions: editions.sorted { $0.date < $1.date },
            changes: changeList ?? [], counties: countyList ?? [])
    }

    private static func readChanges(_ file: File) throws(PopstatErrors) -> [DivisionChange] {
        let table = try file.table(needing: ["old_code", "new_code", "effective"])
        var faults: [ClassifyFault] = []
        var changes: [DivisionChange] = []
        for row in table.rows {
            var codes: [UInt64] = []
            for column in ["old_code", "new_code"] {
                let text = table.field(column, of: row)
                if isDigits(text), text.utf8.count == 12, let code = UInt64(text) {
                    codes.append(code)
                } else {
                    faults.append(.badCode(label: file.label, line: row.line, column: column))
                }
            }
            guard let date = CalendarDate(iso: table.field("effective", of: row)) else {
                faults.append(.badDate(label: file.label, line: row.line, column: "effective"))
                continue
            }
            if codes.count == 2 {
                changes.append(DivisionChange(old: codes[0], new: codes[1], effective: date))
            }
        }
        if !faults.isEmpty { throw PopstatErrors(faults.map(\.error)) }
        return changes
    }

    private static func readCounties(_ file: File) throws(PopstatErrors) -> [County] {
        let table = try file.table(needing: ["code", "name_zh", "name_en", "kind"])
        var faults: [ClassifyFault] = []
        var counties: [County] = []
        for row in table.rows {
            let code = table.field("code", of: row)
            let word = table.field("kind", of: row)
            guard isDigits(code), code.utf8.count == 6 else {
                faults.append(.badCode(label: file.label, line: row.line, column: "code"))
                continue
            }
            guard let kind = County.Kind(rawValue: word) else {
                faults.append(.badKind(label: file.label, line: row.line, found: word))
                continue
            }
            if counties.contains(where: { $0.code == code }) {
                faults.append(.codeTwice(label: file.label, line: row.line, code: code))
            }
            counties.append(
                County(
                    code: code, nameZH: table.field("name_zh", of: row),
                    nameEN: table.field("name_en", of: row), kind: kind))
        }
        if !faults.isEmpty { throw PopstatErrors(faults.map(\.error)) }
        return counties
    }

    /// The class of a word in UTF-8; `nil` unless it is one of the seven.
    static func unitClass(_ word: some Collection<UInt8>) -> UInt16? {
        guard word.count == 3, let number = number(word) else { return nil }
        return classes.first { $0 == number }
    }

    /// The number of a code; `nil` when it is not of digits alone, up to 12 of them.
    static func number(_ code: some Collection<UInt8>) -> UInt64? {
        guard (1...12).contains(code.count) else { return nil }
        var number: UInt64 = 0
        for byte in code {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            number = number * 10 + UInt64(byte - 0x30)
        }
        return number
    }

    static func isDigits(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
}
