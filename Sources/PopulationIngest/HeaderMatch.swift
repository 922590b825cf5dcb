package import PopulationModel

/// Which field of an extract holds which column of the contract.
package struct ColumnMap: Sendable, Equatable {
    /// Field index of each column of `Column.all(of:)`; -1 where the extract has none.
    package var fieldIndexes: [Int32]
    /// Fields in the header: every row must have as many.
    package var fieldCount: Int
    /// Headers that name no column, in file order.
    package var unknownHeaders: [String]
}

/// What is wrong with a header.
package enum HeaderFault: Equatable {
    /// A row of data stands where the header should.
    case isRow
    case namedTwice(header: String)
    case twoHeaders(column: String, first: String, second: String)
    case missing(expected: [String], found: [String], missing: [String], additional: [String])
}

/// Matches the headers of an extract with the columns of its source: by canonical name, alias or
/// the plan's own name, case-insensitively (SPEC 2).
package enum HeaderMatcher {
    /// `named` is the plan's one more header per canonical column.
    package static func match(_ headers: [String], source: Source, named: [String: String])
        -> (map: ColumnMap, faults: [HeaderFault])
    {
        let columns = Column.all(of: source)
        var indexOfHeader: [String: Int] = [:]
        for (index, column) in columns.enumerated() {
            for name in [column.name] + column.aliases { indexOfHeader[name.lowercased()] = index }
        }
        for (index, column) in columns.enumerated() {
            if let name = named[column.name] { indexOfHeader[name.lowercased()] = index }
        }
        // A needed column is missing, and more words are values than names of columns: a row stands
        // where the header should, and no word of it may get into a message.
        let known = headers.compactMap { indexOfHeader[$0.lowercased()] }
        let lacksColumns = columns.indices.contains {
            columns[$0].isNeeded && !known.contains($0)
        }
        if lacksColumns, headers.count(where: isValue) > known.count {
            return (ColumnMap(fieldIndexes: [], fieldCount: 0, unknownHeaders: []), [.isRow])
        }
        var map = ColumnMap(
            fieldIndexes: Array(repeating: -1, count: columns.count), fieldCount: headers.count,
            unknownHeaders: [])
        var faults: [HeaderFault] = []
        var seen: Set<String> = []
        for (fieldIndex, header) in headers.enumerated() where !header.isEmpty {
            let key = header.lowercased()
            guard seen.insert(key).inserted else {
                // Among words none of which is known it says nothing, and may be a person's.
                if !known.isEmpty { faults.append(.namedTwice(header: header)) }
                continue
            }
            guard let column = indexOfHeader[key] else {
                map.unknownHeaders.append(header)
                continue
            }
            let other = map.fieldIndexes[column]
            if other >= 0 {
                faults.append(
                    .twoHeaders(
                        column: columns[column].name, first: headers[Int(other)], second: header))
            } else {
                map.fieldIndexes[column] = Int32(fieldIndex)
            }
        }
        let missing = columns.indices.filter {
            columns[$0].isNeeded && map.fieldIndexes[$0] < 0
        }
        if !missing.isEmpty {
            faults.append(
                .missing(
                    expected: columns.filter(\.isNeeded).map(\.name),
                    found: known.isEmpty ? map.unknownHeaders : headers,
                    missing: missing.map { columns[$0].name }, additional: map.unknownHeaders))
        }
        return (map, faults)
    }

    /// What rows hold and headers do not: a long number, a date, a time.
    private static func isValue(_ header: String) -> Bool {
        holdsNumber(header) || FieldForm.timestamp(header) != nil
    }

    /// Six digits in a row, as codes, dates and identity numbers have; half or full width.
    static func holdsNumber(_ header: String) -> Bool {
        var run = 0
        for scalar in header.unicodeScalars {
            let isDigit = ("0"..."9").contains(scalar) || ("０"..."９").contains(scalar)
            run = isDigit ? run + 1 : 0
            if run == 6 { return true }
        }
        return false
    }
}
