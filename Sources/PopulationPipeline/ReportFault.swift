import PopulationModel

/// What can stop the report of a published folder, with its wording.
package enum ReportFault: Equatable, Sendable {
    case notPublished(folder: String)
    case manifestDamaged(file: String, reason: String)
    case tableDamaged(file: String, reason: String)
    /// No table `urbanization` with a row in it.
    case noDates
    case templates(folder: String, reason: String)
    case noPrinter
    case printFailed(reason: String)
    case cannotWrite(file: String, reason: String)

    package var error: PopstatError {
        switch self {
        case .notPublished(let folder):
            PopstatError(
                code: "PUBLISH-080", kind: .inputMissing,
                message: "the folder holds no manifest.json, so popstat did not publish it",
                remedy: "Give the folder that publish.output or --output of a run named.",
                place: Place(file: folder))
        case .manifestDamaged(let file, let reason):
            PopstatError(
                code: "PUBLISH-081", kind: .readOrWriteFailed,
                message: "the manifest cannot be read: \(reason)",
                remedy: "Publish again with `popstat run`.", place: Place(file: file))
        case .tableDamaged(let file, let reason):
            PopstatError(
                code: "PUBLISH-082", kind: .readOrWriteFailed,
                message: "the table is not what was published: \(reason)",
                remedy: "Publish again with `popstat run`.", place: Place(file: file))
        case .noDates:
            PopstatError(
                code: "PUBLISH-083", kind: .dataBeyondLimits,
                message: "there is no row of the table urbanization to report on",
                remedy: "Look at reference-dates and publish.protection.release-dates of the plan.")
        case .templates(let folder, let reason):
            PopstatError(
                code: "PUBLISH-084", kind: .inputMissing,
                message: "the templates cannot be read: \(reason)",
                remedy: "Give a folder with .mustache files, such as Reports/templates, with "
                    + "--templates.", place: Place(file: folder))
        case .noPrinter:
            PopstatError(
                code: "PUBLISH-085", kind: .inputMissing,
                message: "--pdf needs WeasyPrint, and there is no program weasyprint",
                remedy: "Install it and a Chinese font (Debian: `apt-get install weasyprint "
                    + "fonts-noto-cjk`), or leave --pdf out.")
        case .printFailed(let reason):
            PopstatError(
                code: "PUBLISH-086", kind: .readOrWriteFailed,
                message: "WeasyPrint did not print the report: \(reason)",
                remedy: "Print report.html with a browser, or leave --pdf out.")
        case .cannotWrite(let file, let reason):
            PopstatError(
                code: "PUBLISH-087", kind: .cannotCreate,
                message: "the report cannot be written: \(reason)",
                remedy: "Free space, mend the rights of the folder, or give another --output.",
                place: Place(file: file))
        }
    }
}

extension PopstatErrors {
    init(_ fault: ReportFault) { self.init([fault.error]) }
}
