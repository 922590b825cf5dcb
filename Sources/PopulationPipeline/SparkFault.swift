import PopulationModel

/// What can keep a cluster from giving its counts.
package enum SparkFault: Equatable, Sendable {
    case noEngine(plan: String)
    case cannotSubmit(command: String, reason: String)
    case cannotKeepJob(path: String, reason: String)
    case unreachable(master: String, log: String)
    case jobFailed(status: Int32, log: String)
    case incomplete(found: Int, expected: Int, log: String)
    case damagedHandover(what: String)
    case handoverFailed(reason: String)

    package var error: PopstatError {
        let (code, kind, message, remedy) = wording
        return PopstatError(code: "SPARK-\(code)", kind: kind, message: message, remedy: remedy)
    }

    private typealias Wording = (
        code: String, kind: PopstatError.Kind, message: String, remedy: String
    )

    private var wording: Wording {
        switch self {
        case .noEngine(let plan):
            (
                "001", .usage, "\(plan) says nothing of Spark",
                "Add `engine: { spark: { master: … } }` to the plan, or run with --engine local."
            )
        case .cannotSubmit(let command, let reason):
            (
                "002", .unavailable, "`\(command)` cannot be started: \(reason)",
                "Install Spark, or name its command under engine.spark.submit. Nothing was published."
            )
        case .cannotKeepJob(let path, let reason):
            (
                "003", .cannotCreate, "\(path) cannot be written: \(reason)",
                "Free space or mend the rights of the work folder."
            )
        case .unreachable(let master, let log):
            (
                "004", .unavailable, "the Spark master \(master) does not answer",
                "Start it, or mend engine.spark.master; \(log) holds Spark's words. Nothing was published."
            )
        case .jobFailed(let status, let log):
            (
                "005", .unavailable, "the Spark job failed with status \(status)",
                "\(log) holds Spark's words. Nothing was published."
            )
        case .incomplete(let found, let expected, let log):
            (
                "006", .unavailable,
                "the Spark job gave \(found) of \(expected) results",
                "Run again; \(log) holds Spark's words. Nothing was published."
            )
        case .damagedHandover(let what):
            (
                "007", .readOrWriteFailed, "\(what) is damaged, or of another version of popstat",
                "Run again with one version on every machine. Nothing was published."
            )
        case .handoverFailed(let reason):
            (
                "008", .readOrWriteFailed, "a task cannot hand on what it made: \(reason)",
                "Look at the disk of that machine, then run again. Nothing was published."
            )
        }
    }
}

extension PopstatErrors {
    init(_ fault: SparkFault) { self.init([fault.error]) }
}
