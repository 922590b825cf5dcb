/// The one error that crosses targets: a stable code, what is wrong, what to do, and where.
///
/// The wording of a stage's errors is made in that stage's file of errors, in Chinese and English.
/// No message holds a value of a row.
public struct PopstatError: Error, Sendable, Equatable {
    /// Stable, such as `INGEST-004`.
    public let code: String
    public let kind: Kind
    /// What is wrong, expected against found; no full stop at the end.
    public let message: Bilingual
    /// What the reader can do about it; a whole sentence.
    public let remedy: Bilingual
    public let place: Place?

    public init(
        code: String, kind: Kind, message: Bilingual, remedy: Bilingual, place: Place? = nil
    ) {
        self.code = code
        self.kind = kind
        self.message = message
        self.remedy = remedy
        self.place = place
    }

    /// What went wrong, as far as the exit status tells (sysexits.h).
    public enum Kind: Int32, Sendable, CaseIterable {
        case usage = 64
        case dataBeyondLimits = 65
        case inputMissing = 66
        case unavailable = 69
        case internalFault = 70
        case cannotCreate = 73
        case readOrWriteFailed = 74
        case lockHeld = 75

        /// What the exit status says, for `--help`.
        public var meaning: String {
            switch self {
            case .usage: "the command line, the plan or a file it names is wrong"
            case .dataBeyondLimits: "the data are beyond the plan's limits; nothing published"
            case .inputMissing: "an input is missing"
            case .unavailable: "the store's database cannot be used now"
            case .internalFault: "a fault of popstat"
            case .cannotCreate: "something cannot be created"
            case .readOrWriteFailed: "reading or writing failed"
            case .lockHeld: "another run holds the work or output folder"
            }
        }
    }

    public var exitStatus: Int32 { kind.rawValue }

    /// The same fault with one sentence more behind what to do.
    package func adding(_ sentence: Bilingual) -> PopstatError {
        PopstatError(
            code: code, kind: kind, message: message,
            remedy: remedy + Bilingual(sentence.zh, " " + sentence.en), place: place)
    }
}

extension PopstatError: CustomStringConvertible {
    /// One line in English, for logs.
    public var description: String { line(in: .en) }

    /// One line: place, what is wrong, code, what to do.
    public func line(in language: MessageLanguage) -> String {
        switch language {
        case .zh:
            let start = place.map { "\($0.text(in: .zh))：" } ?? ""
            return "\(start)\(message.zh)（\(code)）。\(remedy.zh)"
        case .en:
            let start = place.map { "\($0): " } ?? ""
            return "\(start)\(message.en) (\(code)). \(remedy.en)"
        }
    }
}

/// Several faults of one input, all named at once.
public struct PopstatErrors: Error, Sendable, Equatable, CustomStringConvertible {
    public let errors: [PopstatError]

    /// `errors` must not be empty.
    public init(_ errors: [PopstatError]) {
        precondition(!errors.isEmpty, "no error to report")
        self.errors = errors
    }

    /// Of several kinds the greatest status.
    public var exitStatus: Int32 { errors.map(\.exitStatus).max()! }
    public var description: String { errors.map(\.description).joined(separator: "\n") }
}

/// Where in an input something stands; parts that are not known are left out.
public struct Place: Sendable, Equatable, CustomStringConvertible {
    /// File name as the plan gives it.
    public var file: String
    /// 1-based, the header not counted.
    public var rowNumber: Int?
    /// 1-based line of the file.
    public var line: Int?
    /// 0-based, of the first byte of the row.
    public var byteOffset: Int?
    /// A number in a plan, a name in an extract.
    public var column: String?

    public init(
        file: String, rowNumber: Int? = nil, line: Int? = nil, byteOffset: Int? = nil,
        column: String? = nil
    ) {
        self.file = file
        self.rowNumber = rowNumber
        self.line = line
        self.byteOffset = byteOffset
        self.column = column
    }

    public var description: String { text(in: .en) }

    public func text(in language: MessageLanguage) -> String {
        var parts = [Bilingual(both: file)]
        if let rowNumber {
            parts.append(Bilingual("数据第 \(rowNumber) 行", "row \(rowNumber)"))
        }
        if let line { parts.append(Bilingual("第 \(line) 行", "line \(line)")) }
        if let byteOffset {
            parts.append(Bilingual("字节 \(byteOffset)", "byte \(byteOffset)"))
        }
        if let column {
            let isNumber = column.utf8.allSatisfy { (0x30...0x39).contains($0) }
            parts.append(
                Bilingual(isNumber ? "第 \(column) 列" : "列 \(column)", "column \(column)"))
        }
        return parts.map { $0[language] }.joined(separator: language == .zh ? "，" : ", ")
    }
}
