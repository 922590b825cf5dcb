import PopulationModel

/// What can keep a night from its end, besides what can keep a run from it.
package enum NightFault: Equatable, Sendable {
    case noNewExtract(plan: String, sources: [Source], by: TimeOfDay, since: String)
    case noExtract(place: Place, reason: Bilingual, by: TimeOfDay)
    case unfinished(labels: [String], by: TimeOfDay?, rule: Plan.Nightly.Inbox.Rule)
    case late(plan: String, by: TimeOfDay)
    case olderNight(output: String, published: String, asked: String)
    case notYet(night: String)
    case cannotWriteMetrics(path: String, reason: String)
    case hookFailed(hook: String, reason: Bilingual)

    package var error: PopstatError {
        let (code, kind, place, message, remedy) = wording
        return PopstatError(
            code: "NIGHT-\(code)", kind: kind, message: message, remedy: remedy,
            place: place)
    }

    private typealias Wording = (
        code: String, kind: PopstatError.Kind, place: Place, message: Bilingual, remedy: Bilingual
    )

    private static let askSupplier = Bilingual(
        "请询问提供方，然后重新运行夜间任务。没有发布任何内容。",
        "Ask the supplier; then run the night again. Nothing was published.")

    private var wording: Wording {
        switch self {
        case .noNewExtract, .noExtract, .unfinished: wordingOfExtract
        case .late(let plan, let by):
            (
                "004", .dataBeyondLimits, Place(file: plan),
                Bilingual("到 \(by) 夜间任务还没有完成", "the night is not finished by \(by)"),
                Bilingual(
                    "它仍在继续；进行到哪里请查看工作文件夹中的 run.log。",
                    "It goes on; look into the work folder's run.log for where it stands.")
            )
        case .olderNight(let output, let published, let asked):
            (
                "005", .dataBeyondLimits, Place(file: output),
                Bilingual(
                    "已发布 \(published) 夜的数据，\(asked) 夜的数据更旧",
                    "figures of the night of \(published) are published, and those of \(asked) "
                        + "are older"),
                Bilingual(
                    "请另给输出文件夹，或加 --replace-newer。没有发布任何内容。",
                    "Name another output folder, or say --replace-newer. Nothing was published.")
            )
        case .notYet(let night):
            (
                "006", .usage, Place(file: night),
                Bilingual("这一夜还没有结束", "this night has not ended yet"),
                Bilingual(
                    "请给出已结束的一夜；要运行当前这一夜，则不写 --night。",
                    "Name a night that is over, or leave --night out for the one that is now.")
            )
        case .cannotWriteMetrics(let path, let reason):
            (
                "007", .cannotCreate, Place(file: path),
                Bilingual(
                    "监控指标无法写入：\(reason)", "the metrics cannot be written: \(reason)"),
                Bilingual("请建立其文件夹，或改正其权限。", "Make its folder, or mend its rights.")
            )
        case .hookFailed(let hook, let reason):
            (
                "008", .unavailable, Place(file: "nightly.hooks.\(hook)"),
                Bilingual("命令失败：\(reason.zh)", "the command failed: \(reason.en)"),
                Bilingual(
                    "请以该用户手工执行；夜间任务没有等它，已继续进行。",
                    "Run it by hand as this user; the night went on without it.")
            )
        }
    }

    private var wordingOfExtract: Wording {
        switch self {
        case .noNewExtract(let plan, let sources, let by, let since):
            (
                "001", .inputMissing, Place(file: plan),
                Bilingual(
                    "到 \(by) 没有新的\(sources.map(\.words.zh).joined(separator: "和"))数据文件：\(since) 以来没有写入任何文件",
                    "no new extract of \(sources.map(\.words.en).joined(separator: " and of ")) by \(by): none was written since \(since)"
                ), Self.askSupplier
            )
        case .noExtract(let place, let reason, let by):
            (
                "002", .inputMissing, place,
                Bilingual(
                    "到 \(by) 没有数据文件：\(reason.zh)", "no extract by \(by): \(reason.en)"),
                Self.askSupplier
            )
        case .unfinished(let labels, let by, let rule):
            (
                "003", .inputMissing, Place(file: labels[0]), Self.unfinished(labels, by, rule),
                Self.waitForIt
            )
        default: preconditionFailure("no fault of an extract")
        }
    }

    private static let waitForIt = Bilingual(
        "请在提供方写完后重新运行夜间任务。没有发布任何内容。",
        "Run the night again when the supplier has finished. Nothing was published.")

    private static func unfinished(
        _ labels: [String], _ by: TimeOfDay?, _ rule: Plan.Nightly.Inbox.Rule
    ) -> Bilingual {
        let more = labels.count - 1
        let others =
            more > 0 ? Bilingual("，另有 \(more) 个", ", and \(more) more") : Bilingual(both: "")
        let time = by.map { Bilingual("到 \($0) ", " at \($0)") } ?? Bilingual(both: "")
        let why = words(of: rule)
        return Bilingual(
            "\(time.zh)数据文件仍在写入\(others.zh)：\(why.zh)",
            "the extract is still being written\(others.en)\(time.en): \(why.en)")
    }

    private static func words(of rule: Plan.Nightly.Inbox.Rule) -> Bilingual {
        switch rule {
        case .marker(let ending):
            Bilingual(
                "旁边没有以 \(ending) 结尾且同样新的文件",
                "there is no file beside it that ends in \(ending) and is as new")
        case .quiet(let minutes):
            Bilingual(
                "它在最近 \(minutes) 分钟内有改动",
                "it changed within the last \(minutes) minutes")
        }
    }
}

extension PopstatErrors {
    init(_ fault: NightFault) { self.init([fault.error]) }
}
