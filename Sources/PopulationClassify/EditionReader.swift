internal import PopulationModel

/// Reads the file of one edition: its units, and the names of what lies inside the area. A national
/// table has 700,000 rows, so they are read as bytes and one after another.
struct EditionReader {
    private let label: String
    private let area: Area
    private var rows: ReferenceRows
    private let codes: ReferenceColumns.Place
    private let classes: ReferenceColumns.Place
    private let names: ReferenceColumns.Place
    private let unitCountMax: Int

    private var units = DivisionUnits()
    /// Units whose codes do not come behind those before them: who published the table may have sorted
    /// it in another way.
    private var late: [LateUnit] = []
    private var hasTooManyUnits = false
    /// Codes of areas, with their numbers of digits.
    private var seenAreas: Set<UInt64> = []
    private var areaNames: [String: String] = [:]
    private var faults: [(line: Int, fault: ClassifyFault)] = []

    private struct LateUnit {
        var code: UInt64
        var unitClass: UInt16
        var line: Int
        /// Of the text.
        var name: Range<Int>
    }

    init(_ file: ClassifyStage.File, area: Area, unitCountMax: Int) throws(PopstatErrors) {
        label = file.label
        self.area = area
        self.unitCountMax = unitCountMax
        rows = try ReferenceRows(
            file.bytes, label: file.label, needing: ["code", "class"], stage: .classify)
        codes = rows.column("code")
        classes = rows.column("class")
        names = rows.column("name")
        // Few rows are shorter; room that is not used costs nothing, as it is not touched.
        units.reserve(min(file.bytes.count / 24, unitCountMax))
    }

    /// The edition of a day; all faults of its rows at once, in the order of their lines.
    mutating func edition(of date: CalendarDate) throws(PopstatErrors) -> DivisionEdition {
        while rows.next() { readRow() }
        try rows.checkForm()
        if hasTooManyUnits {
            throw PopstatErrors([
                ClassifyFault.tooManyUnits(label: label, countMax: unitCountMax).error
            ])
        }
        takeLateUnits()
        if faults.isEmpty, units.isEmpty {
            throw PopstatErrors([ClassifyFault.noUnits(label: label).error])
        }
        if !faults.isEmpty {
            throw PopstatErrors(faults.sorted { $0.line < $1.line }.map(\.fault.error))
        }
        return DivisionEdition(date: date, units: units, areaNames: areaNames)
    }

    private mutating func readRow() {
        let text = rows.utf8(codes)
        guard [2, 4, 6, 9, 12].contains(text.count), let code = ClassifyStage.number(text) else {
            return add(.badCode(label: label, line: rows.line, column: "code"))
        }
        if text.count < 12 { return takeArea(code, String(decoding: text, as: UTF8.self)) }
        let word = rows.utf8(classes)
        guard let unitClass = ClassifyStage.unitClass(word) else {
            let found = String(decoding: word, as: UTF8.self)
            return add(.unknownClass(label: label, line: rows.line, found: found))
        }
        guard units.count + late.count < unitCountMax else {
            hasTooManyUnits = true
            return
        }
        // Nobody asks for the names of the rest of the country.
        let name = area.contains(DivisionCode(digits: code)) ? rows.range(names) : 0..<0
        if units.codes.last ?? 0 < code {
            units.append(code, unitClass: unitClass, name: rows.text[name])
        } else {
            late.append(LateUnit(code: code, unitClass: unitClass, line: rows.line, name: name))
        }
    }

    private mutating func takeArea(_ code: UInt64, _ digits: String) {
        if !seenAreas.insert(code << 4 | UInt64(digits.utf8.count)).inserted {
            add(.codeTwice(label: label, line: rows.line, code: digits))
        } else if digits.hasPrefix(area.code) {
            areaNames[digits] = String(decoding: rows.utf8(names), as: UTF8.self)
        }
    }

    /// Puts the late units where they belong. Of a code that is there twice the first row counts.
    private mutating func takeLateUnits() {
        if late.isEmpty { return }
        late.sort { ($0.code, $0.line) < ($1.code, $1.line) }
        let early = units
        units = DivisionUnits()
        units.reserve(early.count + late.count)
        var next = 0
        func takeEarly(upTo code: UInt64) {
            while next < early.count, early.codes[next] <= code {
                units.append(
                    early.codes[next], unitClass: early.classes[next], name: early.utf8(at: next))
                next += 1
            }
        }
        for unit in late {
            takeEarly(upTo: unit.code)
            if units.codes.last == unit.code {
                let code = DivisionCode(digits: unit.code).text
                faults.append(
                    (unit.line, .codeTwice(label: label, line: unit.line, code: code)))
            } else {
                units.append(
                    unit.code, unitClass: unit.unitClass, name: rows.text[unit.name])
            }
        }
        takeEarly(upTo: .max)
    }

    private mutating func add(_ fault: ClassifyFault) { faults.append((rows.line, fault)) }
}
