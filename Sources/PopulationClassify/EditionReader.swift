internal import PopulationModel

/// Reads the file of one edition: its units, and the names of the areas above them. A national table
/// has 700,000 rows, so codes are read as bytes.
struct EditionReader {
    private let label: String
    private let table: ReferenceTable
    private let codes: ReferenceTable.ColumnPlace
    private let classes: ReferenceTable.ColumnPlace
    private let names: ReferenceTable.ColumnPlace
    private var found: [FoundUnit] = []
    private var nameBytes = 0
    private var areaNames: [String: String] = [:]
    private var faults: [(line: Int, fault: ClassifyFault)] = []
    private let unitCountMax: Int

    private struct FoundUnit {
        var code: UInt64
        var unitClass: UInt16
        /// Of the table.
        var row: Int
    }

    init(_ file: ClassifyStage.File, unitCountMax: Int) throws(PopstatErrors) {
        self.unitCountMax = unitCountMax
        label = file.label
        table = try file.table(needing: ["code", "class"])
        codes = table.column("code")
        classes = table.column("class")
        names = table.column("name")
    }

    /// The edition of a day; all faults of its rows at once, in the order of their lines.
    mutating func edition(of date: CalendarDate) throws(PopstatErrors) -> DivisionEdition {
        found.reserveCapacity(table.rows.count)
        for index in table.rows.indices { read(index) }
        guard found.count <= unitCountMax else {
            throw PopstatErrors([
                ClassifyFault.tooManyUnits(label: label, countMax: unitCountMax).error
            ])
        }
        let units = units()
        if faults.isEmpty, units.isEmpty {
            throw PopstatErrors([ClassifyFault.noUnits(label: label).error])
        }
        if !faults.isEmpty {
            throw PopstatErrors(faults.sorted { $0.line < $1.line }.map(\.fault.error))
        }
        return DivisionEdition(date: date, units: units, areaNames: areaNames)
    }

    private mutating func read(_ index: Int) {
        let row = table.rows[index]
        let code = table.utf8(codes, of: row)
        guard [2, 4, 6, 9, 12].contains(code.count), let number = ClassifyStage.number(code) else {
            return add(.badCode(label: label, line: row.line, column: "code"), row)
        }
        if code.count < 12 {
            let digits = String(decoding: code, as: UTF8.self)
            let name = String(decoding: table.utf8(names, of: row), as: UTF8.self)
            if areaNames.updateValue(name, forKey: digits) != nil {
                add(.codeTwice(label: label, line: row.line, code: digits), row)
            }
            return
        }
        let word = table.utf8(classes, of: row)
        guard let unitClass = ClassifyStage.unitClass(word) else {
            let text = String(decoding: word, as: UTF8.self)
            return add(.unknownClass(label: label, line: row.line, found: text), row)
        }
        found.append(FoundUnit(code: number, unitClass: unitClass, row: index))
        nameBytes += table.utf8(names, of: row).count
    }

    /// The units that were found, ascending by code; who published the table may have sorted it in
    /// another way. Of a code that is there twice the first row counts.
    private mutating func units() -> DivisionUnits {
        if !zip(found, found.dropFirst()).allSatisfy({ $0.code < $1.code }) {
            found.sort { ($0.code, $0.row) < ($1.code, $1.row) }
        }
        var units = DivisionUnits()
        units.reserve(found.count, nameBytes: nameBytes)
        for unit in found {
            let row = table.rows[unit.row]
            if units.codes.last == unit.code {
                let code = DivisionCode(digits: unit.code).text
                add(.codeTwice(label: label, line: row.line, code: code), row)
                continue
            }
            units.append(unit.code, unitClass: unit.unitClass, name: table.utf8(names, of: row))
        }
        return units
    }

    private mutating func add(_ fault: ClassifyFault, _ row: ReferenceTable.Row) {
        faults.append((row.line, fault))
    }
}
