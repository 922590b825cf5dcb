import PopulationModel

/// What can be wrong with a store, with its wording. `place` is the path of the file, or the
/// connection string, which holds no password.
package enum StoreFault: Error, Equatable, Sendable {
    case missing(place: String)
    case cannotOpen(place: String, reason: String)
    case damaged(place: String, reason: Bilingual)
    case failed(place: String, reason: String)
    case busy(place: String)
    case otherVersion(place: String, found: Bilingual)
    case notPrepared(place: String)
    case unreachable(place: String, reason: String)
    case noRight(place: String, reason: Bilingual)
    case lost(place: String, reason: String)
    case timedOut(place: String, seconds: Int)
    case noEdition(place: String, id: Int, known: [Int])
    case noTable(place: String, edition: Int, table: String, scope: String)
    case noColumn(table: String, column: String)
    case unexpectedCell(table: String, column: String, row: Int)
    case unexpectedTable(table: String)
    case passwordGiven
    case newerEdition(place: String, plan: String)

    package var error: PopstatError {
        switch self {
        case .missing, .cannotOpen, .damaged, .failed, .busy: fileError
        case .otherVersion, .notPrepared, .unreachable, .noRight, .lost, .timedOut: serverError
        case .noEdition, .noTable, .noColumn, .passwordGiven, .newerEdition: requestError
        case .unexpectedCell, .unexpectedTable: ownError
        }
    }

    private var fileError: PopstatError {
        switch self {
        case .missing(let place):
            Self.error(
                "001", .inputMissing, place, Bilingual("没有存储库", "there is no store"),
                Bilingual(
                    "请先运行计划，或给出计划所写的存储库。",
                    "Run the plan first, or name the store that it writes."))
        case .cannotOpen(let place, let reason):
            Self.error(
                "002", .cannotCreate, place,
                Bilingual("存储库无法打开：\(reason)", "the store cannot be opened: \(reason)"),
                Bilingual(
                    "请改正文件及其文件夹的权限，或在 publish.store 中另指一个。",
                    "Mend the rights of the file and its folder, or name another one in "
                        + "publish.store."))
        case .damaged(let place, let reason):
            Self.error(
                "003", .readOrWriteFailed, place,
                Bilingual("存储库已损坏：\(reason.zh)", "the store is damaged: \(reason.en)"),
                Bilingual(
                    "请将其移开并恢复副本；popstat 从不自行修复存储库。",
                    "Put it aside and restore a copy; popstat never repairs a store by itself."))
        case .busy(let place):
            Self.error(
                "005", .lockHeld, place,
                Bilingual("另一进程正在写存储库", "another process writes to the store"),
                Bilingual("请等它结束后重新运行。", "Wait for it to end, and run again."))
        case .failed(let place, let reason):
            Self.error(
                "004", .readOrWriteFailed, place,
                Bilingual(
                    "存储库读写失败：\(reason)", "reading or writing the store failed: \(reason)"),
                Bilingual(
                    "请腾出空间或改正权限，然后重新运行：库中原有的版本仍在。",
                    "Free space or mend the rights, and run again: editions that were in it still "
                        + "are."))
        default: preconditionFailure("no fault of a file")
        }
    }

    private var serverError: PopstatError {
        switch self {
        case .otherVersion(let place, let found):
            Self.error(
                "006", .unavailable, place,
                Bilingual(
                    "存储库属于另一版本的 popstat：\(found.zh)",
                    "the store is of another version of popstat: \(found.en)"),
                Bilingual(
                    "请各处都用最新的 popstat；PostgreSQL 则用它执行 `popstat store init`。",
                    "Use the newest popstat everywhere; with PostgreSQL run `popstat store init` "
                        + "with it."))
        case .notPrepared(let place):
            Self.error(
                "007", .unavailable, place,
                Bilingual("数据库中没有架构 popstat", "the database has no schema popstat"),
                Bilingual(
                    "请由其所有者执行一次 `popstat store init --postgres …`。",
                    "Let its owner run `popstat store init --postgres …` once."))
        case .unreachable(let place, let reason):
            Self.error(
                "008", .unavailable, place,
                Bilingual(
                    "无法连接数据库服务器：\(reason)",
                    "the database server cannot be reached: \(reason)"),
                Bilingual(
                    "请检查服务器、网络、PGSERVICEFILE 和 PGPASSFILE，然后重新运行。",
                    "Check server, network, PGSERVICEFILE and PGPASSFILE, and run again."))
        case .noRight(let place, let reason):
            Self.error(
                "009", .unavailable, place,
                Bilingual(
                    "该账户无权这样做：\(reason.zh)", "the account may not do this: \(reason.en)"),
                Bilingual(
                    "请将 popstat_writer 授予发布者，将 popstat_reader 授予读取者。",
                    "Grant popstat_writer to who publishes, popstat_reader to who reads."))
        case .lost(let place, let reason):
            Self.error(
                "010", .unavailable, place,
                Bilingual("连接中断：\(reason)", "the connection was lost: \(reason)"),
                Bilingual("请重新运行：没有只写了一半的内容。", "Run again: nothing was half written."))
        case .timedOut(let place, let seconds):
            Self.error(
                "011", .unavailable, place,
                Bilingual(
                    "数据库在 \(seconds) 秒内没有响应",
                    "the database did not answer within \(seconds) s"),
                Bilingual(
                    "请查看那里的锁或负载，然后重新运行：没有只写了一半的内容。",
                    "Look who holds locks or load there, and run again: nothing was half written."))
        default: preconditionFailure("no fault of a server")
        }
    }

    private var requestError: PopstatError {
        switch self {
        case .noEdition(let place, let id, let known):
            Self.error(
                "012", .usage, place,
                Bilingual(
                    "没有版本 \(id)；"
                        + (known.isEmpty ? "存储库是空的" : "现有：\(Self.list(known, "、"))"),
                    "there is no edition \(id); "
                        + (known.isEmpty
                            ? "the store is empty" : "there are: \(Self.list(known, ", "))")),
                Bilingual("`popstat editions` 列出各版本。", "`popstat editions` lists them."))
        case .noTable(let place, let edition, let table, let scope):
            Self.error(
                "013", .usage, place,
                Bilingual(
                    "版本 \(edition) 中没有 \(scope) 范围的表 \(table)",
                    "edition \(edition) holds no \(scope) table \(table)"),
                Bilingual("请查询其中已有的表。", "Ask for a table that it holds."))
        case .noColumn(let table, let column):
            PopstatError(
                code: "STORE-014", kind: .usage,
                message: Bilingual(
                    "表 \(table) 没有列 \(column)", "the table \(table) has no column \(column)"),
                remedy: Bilingual(
                    "请查询该表已有的列；列名见 Reports/dictionary.md。",
                    "Ask for a column of the table; Reports/dictionary.md names them."))
        case .passwordGiven:
            PopstatError(
                code: "STORE-015", kind: .usage,
                message: Bilingual(
                    "连接字符串中有密码，他人可能看到",
                    "the connection string holds a password, and others could read it there"),
                remedy: Bilingual(
                    "请把密码放在 PGPASSFILE 或 PGSERVICEFILE 所指的文件中。",
                    "Keep the password in the file that PGPASSFILE or PGSERVICEFILE names."))
        case .newerEdition(let place, let plan):
            Self.error(
                "016", .usage, place,
                Bilingual(
                    "存储库中没有计划 \(plan) 最近一次发布的内容",
                    "the store does not hold what the plan \(plan) published last"),
                Bilingual(
                    "请重新运行该计划，以补全存储库。",
                    "Run the plan again, which completes the store."))
        default: preconditionFailure("no fault of a request")
        }
    }

    private var ownError: PopstatError {
        switch self {
        case .unexpectedCell(let table, let column, let row):
            Self.ours(
                "017",
                Bilingual(
                    "表 \(table) 第 \(row) 行的 \(column) 列中有不属于该列类型的内容",
                    "row \(row) of the table \(table) holds in \(column) what is not of the "
                        + "column's kind"))
        case .unexpectedTable(let table):
            Self.ours(
                "018",
                Bilingual(
                    "表 \(table) 与数据字典不符",
                    "the table \(table) is not as the data dictionary says"))
        default: preconditionFailure("no fault of popstat")
        }
    }

    private static func error(
        _ number: String, _ kind: PopstatError.Kind, _ place: String, _ message: Bilingual,
        _ remedy: Bilingual
    ) -> PopstatError {
        PopstatError(
            code: "STORE-" + number, kind: kind, message: message, remedy: remedy,
            place: Place(file: place))
    }

    private static func ours(_ number: String, _ message: Bilingual) -> PopstatError {
        PopstatError(
            code: "STORE-" + number, kind: .internalFault, message: message,
            remedy: Bilingual(
                "这是 popstat 的故障：请附上本行报告。存储库没有改动。",
                "This is a fault of popstat: report it with this line. The store is unchanged."))
    }

    /// The last ten are enough to see what there is.
    private static func list(_ ids: [Int], _ separator: String) -> String {
        (ids.count > 10 ? "… " : "") + ids.suffix(10).map(String.init).joined(separator: separator)
    }
}
