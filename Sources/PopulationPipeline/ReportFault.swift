import PopulationModel

/// What can stop the report of a published folder, with its wording.
package enum ReportFault: Equatable, Sendable {
    case notPublished(folder: String)
    case manifestDamaged(file: String, reason: Bilingual)
    case tableDamaged(file: String, reason: Bilingual)
    /// No table `urbanization` with a row in it.
    case noDates
    case templates(folder: String, reason: Bilingual)
    case noPrinter
    case printFailed(reason: Bilingual)
    case cannotWrite(file: String, reason: String)
    /// What the page or its print would take the place of.
    case isNoReport(file: String)

    package var error: PopstatError {
        switch self {
        case .notPublished(let folder):
            PopstatError(
                code: "PUBLISH-080", kind: .inputMissing,
                message: Bilingual(
                    "文件夹中没有 manifest.json，因此不是 popstat 发布的",
                    "the folder holds no manifest.json, so popstat did not publish it"),
                remedy: Bilingual(
                    "请给出 publish.output 或运行的 --output 所指的文件夹。",
                    "Give the folder that publish.output or --output of a run named."),
                place: Place(file: folder))
        case .manifestDamaged(let file, let reason):
            PopstatError(
                code: "PUBLISH-081", kind: .readOrWriteFailed,
                message: Bilingual(
                    "清单无法读取：\(reason.zh)", "the manifest cannot be read: \(reason.en)"),
                remedy: Self.publishAgain, place: Place(file: file))
        case .tableDamaged(let file, let reason):
            PopstatError(
                code: "PUBLISH-082", kind: .readOrWriteFailed,
                message: Bilingual(
                    "该表不是当时发布的表：\(reason.zh)",
                    "the table is not what was published: \(reason.en)"),
                remedy: Self.publishAgain, place: Place(file: file))
        case .noDates:
            PopstatError(
                code: "PUBLISH-083", kind: .dataBeyondLimits,
                message: Bilingual(
                    "urbanization 表没有可供报告的行",
                    "there is no row of the table urbanization to report on"),
                remedy: Bilingual(
                    "请查看计划的 reference-dates 和 publish.protection.release-dates。",
                    "Look at reference-dates and publish.protection.release-dates of the plan."))
        case .templates(let folder, let reason):
            PopstatError(
                code: "PUBLISH-084", kind: .inputMissing,
                message: Bilingual(
                    "模板无法读取：\(reason.zh)", "the templates cannot be read: \(reason.en)"),
                remedy: Bilingual(
                    "请用 --templates 给出含 .mustache 文件的文件夹，例如 Reports/templates。",
                    "Give a folder with .mustache files, such as Reports/templates, with "
                        + "--templates."), place: Place(file: folder))
        case .noPrinter, .printFailed, .cannotWrite, .isNoReport: errorOfWriting
        }
    }

    private static let publishAgain = Bilingual(
        "请用 `popstat run` 重新发布。", "Publish again with `popstat run`.")

    private var errorOfWriting: PopstatError {
        switch self {
        case .noPrinter:
            PopstatError(
                code: "PUBLISH-085", kind: .inputMissing,
                message: Bilingual(
                    "--pdf 需要 WeasyPrint，而没有程序 weasyprint",
                    "--pdf needs WeasyPrint, and there is no program weasyprint"),
                remedy: Bilingual(
                    "请安装它和中文字体（Debian：`apt-get install weasyprint fonts-noto-cjk`），"
                        + "或不用 --pdf。",
                    "Install it and a Chinese font (Debian: `apt-get install weasyprint "
                        + "fonts-noto-cjk`), or leave --pdf out."))
        case .printFailed(let reason):
            PopstatError(
                code: "PUBLISH-086", kind: .readOrWriteFailed,
                message: Bilingual(
                    "WeasyPrint 没有印出报告：\(reason.zh)",
                    "WeasyPrint did not print the report: \(reason.en)"),
                remedy: Bilingual(
                    "请用浏览器打印 report.html，或不用 --pdf。",
                    "Print report.html with a browser, or leave --pdf out."))
        case .cannotWrite(let file, let reason):
            PopstatError(
                code: "PUBLISH-087", kind: .cannotCreate,
                message: Bilingual(
                    "报告无法写入：\(reason)", "the report cannot be written: \(reason)"),
                remedy: Bilingual(
                    "请腾出空间，改正文件夹的权限，或用 --output 另给一处。",
                    "Free space, mend the rights of the folder, or give another --output."),
                place: Place(file: file))
        case .isNoReport(let file):
            PopstatError(
                code: "PUBLISH-088", kind: .cannotCreate,
                message: Bilingual(
                    "该文件不是报告，不予覆盖", "this file is no report, and is not written over"),
                remedy: Bilingual("请用 --output 另给一处。", "Give another --output."),
                place: Place(file: file))
        default: preconditionFailure("no fault of writing")
        }
    }
}

extension PopstatErrors {
    init(_ fault: ReportFault) { self.init([fault.error]) }
}
