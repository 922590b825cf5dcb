/// One number of a table, as SDMX carries it.
package struct SDMXObservation: Sendable, Equatable {
    /// One code per dimension of the structure, in its order; the last is the time.
    package var key: [String]
    /// Empty where the number is hidden.
    package var value: String
    /// One text per attribute of the structure, in its order; empty = not given.
    package var attributes: [String]

    package init(key: [String], value: String, attributes: [String]) {
        self.key = key
        self.value = value
        self.attributes = attributes
    }
}

/// Turns rows of a table, exact or protected, into observations.
///
/// An empty cell is not applicable and gives none; a hidden one gives one without value and with
/// status `Q`.
package struct SDMXRowReader: Sendable {
    private let structure: SDMXStructure
    private let lastReferenceDate: String
    /// Place of a column in the row.
    private let places: [String: Int]
    private let indicators: [Indicator]

    private struct Indicator {
        var place: Int
        var code: String
        /// `nil` where the row says it.
        var unit: String?
        /// `nil` where the places of the number say it.
        var decimals: Int?
    }

    /// `columns` are those of the rows, in their order; indicators that are not among them are left
    /// out.
    package init(structure: SDMXStructure, columns: [String], lastReferenceDate: String) {
        self.structure = structure
        self.lastReferenceDate = lastReferenceDate
        let places = Dictionary(
            columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        self.places = places
        indicators = structure.indicators.compactMap { column in
            guard let place = places[column.name] else { return nil }
            let decimals: Int? =
                switch column.kind {
                case .integer: 0
                case .decimal(let count): count
                default: nil
                }
            return Indicator(
                place: place, code: SDMXStructure.identifier(column.name),
                unit: column.unitOfMeasure?.code, decimals: decimals)
        }
    }

    /// The observations of a row, in the order of the table's columns.
    package func observations(of row: [String]) -> [SDMXObservation] {
        var key = structure.dimensions.map { code(of: $0, in: row) }
        var attributes = structure.attributes.map { attribute -> String in
            guard case .column(let name) = attribute.source else { return "" }
            let cell = cell(name, in: row)
            return cell == TableScope.hidden ? "" : cell
        }
        let indicatorPlace = structure.dimensions.count - 2
        return indicators.compactMap { indicator in
            let cell = row[indicator.place]
            if cell.isEmpty { return nil }
            let isHidden = cell == TableScope.hidden
            key[indicatorPlace] = indicator.code
            for (index, attribute) in structure.attributes.enumerated() {
                switch attribute.source {
                case .column: break
                case .status: attributes[index] = isHidden ? "Q" : "A"
                case .unit: attributes[index] = indicator.unit ?? unit(of: row)
                case .decimals:
                    let count = indicator.decimals ?? (isHidden ? nil : Self.places(of: cell))
                    attributes[index] = count.map(String.init) ?? ""
                }
            }
            return SDMXObservation(
                key: key, value: isHidden ? "" : cell, attributes: attributes)
        }
    }

    private func code(of dimension: SDMXStructure.Dimension, in row: [String]) -> String {
        switch dimension.source {
        case .constant(let code): code
        case .indicator: ""
        case .column(let name): dimension.codeList?.code(of: cell(name, in: row)) ?? ""
        case .time(let name): name.map { cell($0, in: row) } ?? lastReferenceDate
        }
    }

    private func cell(_ name: String, in row: [String]) -> String {
        places[name].map { row[$0] } ?? ""
    }

    /// The unit that the row itself names.
    private func unit(of row: [String]) -> String {
        UnitOfMeasure.named(cell("unit", in: row))?.code ?? ""
    }

    private static func places(of number: String) -> Int {
        guard let point = number.utf8.firstIndex(of: UInt8(ascii: ".")) else { return 0 }
        return number.utf8.distance(from: point, to: number.utf8.endIndex) - 1
    }
}
