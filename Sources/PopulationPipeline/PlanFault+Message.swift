import PopulationModel

// The one place where faults of a plan are put into words.
extension PlanFault {
    /// The error that leaves the target: code, kind, words and place.
    package func error(file: String, mark: PlanMark?) -> PopstatError {
        let place = Place(file: file, line: mark?.line, column: mark.map { "\($0.column)" })
        let (code, message, remedy) = wording
        return PopstatError(
            code: code.rawValue, kind: kind, message: message, remedy: remedy, place: place)
    }

    private typealias Wording = (code: Code, message: String, remedy: String)

    private var kind: PopstatError.Kind {
        switch self {
        case .planMissing, .fileMissing, .notAFile, .fileUnreadable, .patternWithoutMatch:
            .inputMissing
        case .planUnreadable: .readOrWriteFailed
        default: .usage
        }
    }

    private var wording: Wording {
        wordingOfFile ?? wordingOfValue ?? wordingOfRelation ?? wordingOfInput
    }

    private var wordingOfFile: Wording? {
        switch self {
        case .planMissing:
            (.planMissing, "there is no such plan", "Check the path of the plan.")
        case .planUnreadable(let reason):
            (
                .planUnreadable, "the plan cannot be read: \(reason)",
                "Check that it is a file and that you may read it."
            )
        case .planIsAFolder:
            (
                .planIsAFolder, "this is a folder, a plan is expected",
                "Name the plan, a YAML file."
            )
        case .planTooLong(let byteCountMax):
            (
                .planTooLong, "the file is longer than \(byteCountMax) bytes, which no plan is",
                "Name the plan, a YAML file, not an extract."
            )
        case .planNotUTF8:
            (.planNotUTF8, "the plan is not valid UTF-8", "Save the plan as UTF-8.")
        case .planEmpty:
            (
                .planEmpty, "the plan is empty",
                "Start from a copy of Pipelines/sample.yaml."
            )
        case .syntax(let problem):
            (
                .syntax, "this is not valid YAML: \(problem)",
                "Check indentation, brackets and quotes here and on the line before."
            )
        case .starWithoutQuotes:
            (
                .starWithoutQuotes, "a text that begins with * stands without quotes",
                "Write '*.csv' in quotes; YAML takes a bare * for an alias."
            )
        default: nil
        }
    }

    private var wordingOfValue: Wording? {
        switch self {
        case .unknownKey(let key, let nearest, let known):
            (.unknownKey, "the key \(key) is not known", suggestion(nearest, known, "keys"))
        case .keyTwice(let key, let firstLine):
            (
                .keyTwice, "the key \(key) is given twice, first on line \(firstLine)",
                "Keep one of the two."
            )
        case .keyMissing(let key):
            (.keyMissing, "the key \(key) is missing", "Add it; Pipelines/README.md says how.")
        case .wrongForm(let key, let expected, let found):
            (
                .wrongForm, "\(key) is \(found), \(expected) is expected",
                "Write \(expected); Pipelines/README.md shows one."
            )
        case .emptyList(let key):
            (.emptyList, "\(key) is an empty list", "Name at least one.")
        case .badText(let key, let found):
            (
                .badText, "\(key) is \(quoted(found)), one line of text is expected",
                "Write a text without control characters."
            )
        case .badArea(let found):
            (
                .badArea, "area is \(quoted(found)), 2, 4 or 6 digits are expected",
                "Write the code of a province, prefecture or county, such as \"4499\"."
            )
        case .badDate(let key, let found):
            (
                .badDate,
                "\(key) is \(quoted(found)), a day between 1850-01-01 and 2099-12-31 is expected",
                "Write the date as yyyy-mm-dd."
            )
        case .badTime(let key, let found):
            (
                .badTime, "\(key) is \(quoted(found)), a date or a date and time is expected",
                "Write yyyy-mm-dd or yyyy-mm-dd hh:mm:ss, without a time zone."
            )
        case .badTimeOfDay(let key, let found):
            (
                .badTimeOfDay, "\(key) is \(quoted(found)), a time of day is expected",
                "Write hh:mm in local time, such as \"01:00\"."
            )
        default: wordingOfNumber
        }
    }

    private var wordingOfNumber: Wording? {
        switch self {
        case .badInteger(let key, let found, let range):
            (
                .badInteger,
                "\(key) is \(quoted(found)), a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound) is expected",
                "Write digits only."
            )
        case .badDecimal(let key, let found, let range):
            (
                .badDecimal,
                "\(key) is \(quoted(found)), a number from \(range.lowerBound) to "
                    + "\(range.upperBound) with at most 6 decimal places is expected",
                "Write a plain decimal, such as 0.25."
            )
        case .unknownWord(let key, let found, let nearest, let known):
            (
                .unknownWord, "\(key) is \(quoted(found)), which is no word for it",
                suggestion(nearest, known, "words")
            )
        default: nil
        }
    }

    private var wordingOfRelation: Wording? {
        switch self {
        case .dateTwice(let key, let date, let firstLine):
            (
                .dateTwice, "\(key) names \(date) twice, first on line \(firstLine)",
                "Keep one of the two."
            )
        case .nameTwice(let key, let name, let firstLine):
            (
                .nameTwice,
                "\(key) uses the name \(quoted(name)) twice, first on line \(firstLine)",
                "Give each its own name."
            )
        case .gateNameTaken(let name):
            (
                .gateNameTaken, "every plan has a gate \(name) already",
                "Give this one a name of its own."
            )
        case .notAscending(let key, let found, let previous):
            (
                .notAscending, "\(key) is \(found) after \(previous), a larger number is expected",
                "Put them in ascending order, each once."
            )
        case .bandOpenBeforeLast(let key):
            (
                .bandOpenBeforeLast, "\(key) has no up-to, and is not the last band",
                "Add up-to, or move the open band to the end."
            )
        case .lastBandClosed(let key):
            (
                .lastBandClosed, "\(key) is the last band and has an up-to",
                "End with a band without up-to, which holds for all larger values."
            )
        case .releaseDateNotReference(let key, let date):
            (
                .releaseDateNotReference, "\(key) names \(date), which is no reference date",
                "Release only dates that reference-dates names."
            )
        case .passwordInPlan(let key):
            (
                .passwordInPlan, "\(key) holds a password, and plans are read by others",
                "Keep it in the file that PGPASSFILE or PGSERVICEFILE names."
            )
        default: nil
        }
    }

    private var wordingOfInput: Wording {
        switch self {
        case .unknownColumn(let key, let source, let found, let nearest):
            (
                .unknownColumn, "\(key) names \(quoted(found)), which is no column of \(source)",
                suggestion(nearest, Column.all(of: source).map(\.name), "columns")
            )
        case .columnWithoutWords(let key, let column, let coded):
            (
                .columnWithoutWords, "\(key) maps values of \(column), which has no list of words",
                suggestion(nil, coded, "columns with a list")
            )
        case .headerOfTwoColumns(let header, let column, let other):
            (
                .headerOfTwoColumns,
                "the header \(quoted(header)) is given to \(column) and stands for \(other)",
                "Give each column a header of its own."
            )
        default: wordingOfPath
        }
    }

    private var wordingOfPath: Wording {
        switch self {
        case .fileMissing(let label):
            (.fileMissing, "there is no file \(label)", relativeRemedy)
        case .notAFile(let label):
            (.notAFile, "\(label) is not a file", "Name a file, or files as in folder/*.csv.")
        case .fileUnreadable(let label, let reason):
            (
                .fileUnreadable, "\(label) cannot be read: \(reason)",
                "Let the account that runs popstat read it."
            )
        case .patternWithoutMatch(let pattern):
            (.patternWithoutMatch, "no file matches \(pattern)", relativeRemedy)
        case .patternWithManyMatches(let key, let pattern, let count):
            (
                .patternWithManyMatches,
                "\(count) files match \(pattern), \(key) takes one", "Name one file."
            )
        case .fileTwice(let label, let firstLabel, let firstLine):
            (
                .fileTwice,
                "\(label) is a file of the plan already, as \(firstLabel) on line \(firstLine)",
                "Name each extract once; its rows would count twice."
            )
        case .fileNameNotUTF8(let pattern):
            (
                .fileNameNotUTF8,
                "\(pattern) matches a file whose name is not valid UTF-8",
                "Rename the file; unpacking an archive made in GBK leaves such names."
            )
        case .outputNotAFolder(let label):
            (
                .outputNotAFolder, "the output \(label) is a file, a folder is expected",
                "Name a folder; a run replaces it as a whole."
            )
        case .outputHoldsInput(let label, let input):
            (
                .outputHoldsInput, "the output \(label) is the folder of \(input), an input",
                "Name a folder of its own; a run replaces it as a whole."
            )
        default: preconditionFailure("a fault without words")
        }
    }

    private var relativeRemedy: String {
        "Check the path; it is relative to the plan's folder."
    }

    /// What to write instead: the nearest word, or all of them.
    private func suggestion(_ nearest: String?, _ known: [String], _ noun: String) -> String {
        if let nearest { return "Did you mean \(nearest)?" }
        return "Known \(noun): \(known.joined(separator: ", "))."
    }

    /// In single quotes, cut after 40 characters, control characters replaced: a file named as a
    /// plan by mistake must not fill the terminal.
    private func quoted(_ text: String) -> String {
        let shown = text.unicodeScalars.prefix(40).map { scalar in
            scalar.properties.generalCategory == .control ? " " : String(scalar)
        }
        return "'\(shown.joined())\(text.unicodeScalars.count > 40 ? "…" : "")'"
    }
}
