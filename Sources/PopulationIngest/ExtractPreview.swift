package import PopulationModel

/// The header and the first rows of an extract, read as ingest reads them, before it is known which
/// column is which. The rows are personal: they are looked at and let go.
package struct ExtractPreview: Sendable {
    /// `utf-8` or `gb18030`.
    package let encodingName: String
    package let headers: [String]
    /// Rows with as many fields as the header, without blanks at the ends of a field.
    package let rows: [[String]]

    package init(encodingName: String, headers: [String], rows: [[String]]) {
        self.encodingName = encodingName
        self.headers = headers
        self.rows = rows
    }

    /// At most `rowsMax` rows, of the first 4 MiB.
    package init(path: String, label: String, rowsMax: Int) throws(PopstatErrors) {
        let workspace = SetupWorkspace()
        let beginning = try workspace.beginning(ofPath: path, label: label)
        let head = try ExtractHead(beginning, encoding: "auto", label: label)
        var rows: [[String]] = []
        let reader = LibCSVReader(encoding: head.encoding)
        var position = head.dataStart
        scan: while position < beginning.bytes.count, rows.count < rowsMax {
            reader.clear()
            switch reader.read(
                beginning.bytes.baseAddress!, start: position, count: beginning.bytes.count,
                isEndOfFile: beginning.isWhole)
            {
            case .empty(let next): position = next
            case .badQuote(_, let next): position = next
            case .record(_, let next):
                position = next
                let fields = reader.texts
                if fields.count == head.names.count { rows.append(fields) }
            case .needsMoreBytes: break scan
            }
        }
        withExtendedLifetime(workspace) {}
        self.init(encodingName: head.encodingName, headers: head.names, rows: rows)
    }

    /// Whether a text may be shown as a header: what holds a long number may be a value of a row.
    package static func mayBeShown(_ header: String) -> Bool {
        !HeaderMatcher.holdsNumber(header)
    }

    /// The refusal of an extract whose first line is a row.
    package static func noHeader(label: String) -> PopstatErrors {
        PopstatErrors(.noHeader(label: label))
    }
}

/// What the text of one field is, by the rules of the row decoder.
package enum FieldForm {
    /// The birth date of a citizen's number of 15 or 18 characters with a right check.
    package static func birthDateOfIdentityNumber(_ text: String) -> CalendarDate? {
        reading(text) { field in
            guard case .citizen(let id) = IdentityNumber.read(field) else { return nil }
            return id.birthDate
        }
    }

    package static func timestamp(_ text: String) -> Timestamp? {
        reading(text) { FieldDates.timestamp($0) }
    }

    /// Words may be loaded behind a field, so readable bytes follow it.
    private static func reading<Result>(_ text: String, _ body: (FieldBytes) -> Result) -> Result {
        let bytes = Array(text.utf8)
        return (bytes + [UInt8](repeating: 0x2C, count: 64)).withUnsafeBufferPointer {
            body(FieldBytes($0.baseAddress!, bytes.count))
        }
    }
}
