import PopulationModel

/// What can keep a cluster from giving its counts.
package enum SparkFault: Equatable, Sendable {
    case noEngine(plan: String)
    case cannotSubmit(command: String, reason: Bilingual)
    case cannotKeepJob(path: String, reason: String)
    case unreachable(master: String, log: String)
    case jobFailed(status: Int32, log: String)
    case incomplete(found: Int, expected: Int, log: String)
    case damagedHandover(Handover)
    case handoverFailed(reason: String)

    /// What passes between a run and its tasks.
    package enum Handover: Sendable, CaseIterable {
        case settings, split, blob, account, part

        var words: Bilingual {
            switch self {
            case .settings: Bilingual("任务的设置", "the settings of a task")
            case .split: Bilingual("任务的分片", "the split of a task")
            case .blob: Bilingual("分区的数据块", "a blob of a partition")
            case .account: Bilingual("数据文件的账目", "the account of an extract")
            case .part: Bilingual("数据立方体的部分", "a part of the cube")
            }
        }
    }

    package var error: PopstatError {
        let (code, kind, message, remedy) = wording
        return PopstatError(code: "SPARK-\(code)", kind: kind, message: message, remedy: remedy)
    }

    private typealias Wording = (
        code: String, kind: PopstatError.Kind, message: Bilingual, remedy: Bilingual
    )

    private static let nothingPublished = Bilingual(
        "没有发布任何内容。", " Nothing was published.")

    private static func look(into log: String) -> Bilingual {
        Bilingual("Spark 的输出在 \(log)。", "\(log) holds Spark's words.") + nothingPublished
    }

    private var wording: Wording {
        switch self {
        case .noEngine(let plan):
            (
                "001", .usage,
                Bilingual("\(plan) 没有写明 Spark", "\(plan) says nothing of Spark"),
                Bilingual(
                    "请在计划中加 `engine: { spark: { master: … } }`，或者用 `--engine local` 运行。",
                    "Add `engine: { spark: { master: … } }` to the plan, or run with `--engine local`."
                )
            )
        case .cannotSubmit(let command, let reason):
            (
                "002", .unavailable,
                Bilingual(
                    "`\(command)` 不能启动：\(reason.zh)",
                    "`\(command)` cannot be started: \(reason.en)"),
                Bilingual(
                    "请安装 Spark，或者在 engine.spark.submit 写明它的命令。",
                    "Install Spark, or name its command under engine.spark.submit.")
                    + Self.nothingPublished
            )
        case .cannotKeepJob(let path, let reason):
            (
                "003", .cannotCreate,
                Bilingual("\(path) 不能写入：\(reason)", "\(path) cannot be written: \(reason)"),
                Bilingual(
                    "请腾出空间，或者修改工作文件夹的权限。",
                    "Free space or mend the rights of the work folder.")
            )
        case .unreachable, .jobFailed, .incomplete: wordingOfJob
        case .damagedHandover(let what):
            (
                "007", .readOrWriteFailed,
                Bilingual(
                    "\(what.words.zh)已损坏，或者来自另一版本的 popstat",
                    "\(what.words.en) is damaged, or of another version of popstat"),
                Bilingual(
                    "请在每台机器上使用同一版本，然后重新运行。",
                    "Run again with one version on every machine.") + Self.nothingPublished
            )
        case .handoverFailed(let reason):
            (
                "008", .readOrWriteFailed,
                Bilingual(
                    "任务不能交出它的结果：\(reason)",
                    "a task cannot hand on what it made: \(reason)"),
                Bilingual(
                    "请检查那台机器的磁盘，然后重新运行。",
                    "Look at the disk of that machine, then run again.") + Self.nothingPublished
            )
        }
    }

    private var wordingOfJob: Wording {
        switch self {
        case .unreachable(let master, let log):
            (
                "004", .unavailable,
                Bilingual(
                    "Spark 的 master \(master) 没有应答",
                    "the Spark master \(master) does not answer"),
                Bilingual(
                    "请启动它，或者修改 engine.spark.master。",
                    "Start it, or mend engine.spark.master. ") + Self.look(into: log)
            )
        case .jobFailed(let status, let log):
            (
                "005", .unavailable,
                Bilingual(
                    "Spark 作业失败，状态 \(status)",
                    "the Spark job failed with status \(status)"), Self.look(into: log)
            )
        case .incomplete(let found, let expected, let log):
            (
                "006", .unavailable,
                Bilingual(
                    "Spark 作业只给出 \(expected) 个结果中的 \(found) 个",
                    "the Spark job gave \(found) of \(expected) results"),
                Bilingual("请重新运行。", "Run again. ") + Self.look(into: log)
            )
        default: preconditionFailure("not about a job")
        }
    }
}

extension PopstatErrors {
    init(_ fault: SparkFault) { self.init([fault.error]) }
}
