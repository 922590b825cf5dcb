internal import PopulationModel

/// Files that are no text, and are delivered as extracts all the same.
package enum OtherForm: Equatable, CaseIterable {
    case gzip
    case workbook

    /// How files of the form begin.
    private var marks: [[UInt8]] {
        switch self {
        case .gzip: [[0x1F, 0x8B]]
        // A ZIP archive, and what workbooks were before.
        case .workbook: [[0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0]]
        }
    }

    /// The form of a file that begins so; `nil` when it may be text.
    static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> OtherForm? {
        allCases.first { $0.marks.contains { bytes.starts(with: $0) } }
    }

    static let saveAsCSV = Bilingual(
        "请另存为“CSV UTF-8（逗号分隔）”。", "Save it as 'CSV UTF-8 (comma delimited)'.")

    func error(label: String) -> PopstatError {
        let (message, remedy) =
            switch self {
            case .gzip:
                (
                    Bilingual(
                        "这是 gzip 压缩文件，而文件名没有相应的后缀",
                        "this is a gzip file, and its name does not say so"),
                    Bilingual("请改名，以 `.csv.gz` 结尾。", "Rename it to end in `.csv.gz`.")
                )
            case .workbook:
                (
                    Bilingual("这是电子表格文件，应为 CSV", "this is a workbook, CSV is expected"),
                    Self.saveAsCSV
                )
            }
        return PopstatError(
            code: "INGEST-016", kind: .usage, message: message, remedy: remedy,
            place: Place(file: label))
    }
}

/// What stands between fields in place of commas.
package enum OtherSeparator: Character, CaseIterable {
    case semicolon = ";"
    case tab = "\t"

    /// That of a header which commas do not part; `nil` when there is none.
    package init?(in headers: [String]) {
        let text = headers.joined(separator: ",")
        let found = Self.allCases.first { separator in
            text.count { $0 == separator.rawValue } > max(2, headers.count)
        }
        guard let found else { return nil }
        self = found
    }

    var name: Bilingual {
        switch self {
        case .semicolon: Bilingual("分号", "semicolons")
        case .tab: Bilingual("制表符", "tabs")
        }
    }
}
