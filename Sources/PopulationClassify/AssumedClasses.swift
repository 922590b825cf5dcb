package import PopulationModel

/// Classes that a what-if gives to units in place of those of the editions: one by one, or from a
/// file like that of an edition, of which rows of townships, counties and more are passed over.
/// Refuses a class other than the seven, a unit of no edition, a unit given twice.
package struct AssumedClasses {
    private var classes: [UInt64: UInt16] = [:]
    private var faults: [PopstatError] = []
    private let isKnown: (UInt64) -> Bool

    /// `isKnown` says whether an edition of the run has a unit.
    package init(isKnown: @escaping (UInt64) -> Bool) { self.isKnown = isKnown }

    /// What an option of the command line says. The label of a fault holds the code only when it is
    /// one: nobody knows what else was typed there.
    package mutating func take(code: String, unitClass: String, option: String) {
        let isCode = ClassifyStage.isDigits(code) && code.utf8.count == 12
        take(code, unitClass, label: isCode ? "\(option) \(code)" : option, line: nil)
    }

    /// A file with the columns `code` and `class`.
    package mutating func take(_ file: ClassifyStage.File) {
        do throws(PopstatErrors) {
            let table = try file.table(needing: ["code", "class"])
            for row in table.rows {
                let code = table.field("code", of: row)
                let isArea =
                    ClassifyStage.isDigits(code) && [2, 4, 6, 9].contains(code.utf8.count)
                if isArea { continue }
                take(code, table.field("class", of: row), label: file.label, line: row.line)
            }
        } catch {
            faults += error.errors
        }
    }

    private mutating func take(_ code: String, _ word: String, label: String, line: Int?) {
        guard ClassifyStage.isDigits(code), code.utf8.count == 12, let unit = UInt64(code) else {
            return add(.badCode(label: label, line: line, column: "code"))
        }
        if !isKnown(unit) { add(.unknownUnit(label: label, line: line, code: code)) }
        guard let unitClass = ClassifyStage.unitClass(word.utf8) else {
            return add(.unknownClass(label: label, line: line, found: word))
        }
        if classes.updateValue(unitClass, forKey: unit) != nil {
            add(.codeTwice(label: label, line: line, code: code))
        }
    }

    private mutating func add(_ fault: ClassifyFault) { faults.append(fault.error) }

    /// The class of each unit that was given one; all faults at once.
    package func checked() throws(PopstatErrors) -> [UInt64: UInt16] {
        if !faults.isEmpty { throw PopstatErrors(faults) }
        return classes
    }
}
