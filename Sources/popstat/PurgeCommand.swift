import ArgumentParser
import Foundation
import PopulationModel
import PopulationPipeline

/// `popstat purge`.
struct PurgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purge",
        abstract: "Remove personal data from a work folder, with an account of what was removed.",
        discussion: """
            Partitions and rejected rows are removed; published figures, logs and the audit log \
            stay. What the next run needs it makes again from the extracts.

            EXAMPLES
              popstat purge nightly.yaml --older-than 90d
              popstat purge nightly.yaml --older-than 0d --dry-run

            \(ExitStatusHelp.text(
                of: [.usage, .inputMissing, .cannotCreate, .readOrWriteFailed, .lockHeld]))
            """)

    @Argument(help: "The plan, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
    var plan: String

    @Option(
        help: "Age of what is removed, counted from when it was made: 90d or 12h.",
        transform: Age.reader(Bilingual("请写作 90d 或 12h", "write it as 90d or 12h")))
    var olderThan: Age

    @Option(help: "The work folder (default: that of the plan).")
    var work: String?

    @OptionGroup var audit: AuditOption

    @OptionGroup var speech: LanguageOption

    @Flag(help: "Say what would be removed, and remove nothing.")
    var dryRun = false

    @Flag(help: "Print one line of JSON instead of words.")
    var json = false

    func run() throws {
        try reportingFaults(in: speech.chosen) {
            let purge = try WorkPurge(
                plan: PlanReader.read(file: plan),
                work: work.map { URL(fileURLWithPath: $0).standardizedFileURL.path },
                audit: audit.folder)
            let account = try purge.run(secondsMin: olderThan.seconds, removes: !dryRun)
            print(json ? try JSONLine.text(of: account) : text(account))
        }
    }

    private func text(_ account: WorkPurge.Account) -> String {
        var lines = [
            Bilingual(
                (dryRun ? "将从 \(account.work) 删除" : "已从 \(account.work) 删除")
                    + " \(account.removed.count) 个文件，\(account.byteCount) 字节",
                "\(account.removed.count) files, \(account.byteCount) bytes "
                    + (dryRun ? "would be removed from " : "removed from ") + account.work
            )[speech.chosen]
        ]
        var table = TerminalTable(
            headers: [
                [Bilingual("种类", "what"), Bilingual("文件数", "files"), Bilingual("字节", "bytes")]
            ], in: speech.chosen, [.left, .right, .right])
        for kind in WorkPurge.Kind.allCases {
            let files = account.removed.filter { $0.kind == kind }
            table.append([
                kind.words[speech.chosen], "\(files.count)",
                "\(files.reduce(0) { $0 + $1.byteCount })",
            ])
        }
        lines += table.lines.map { "  \($0)" }
        lines.append(
            Bilingual(
                "\(account.keptCount) 个文件未到期限，予以保留",
                "\(account.keptCount) files are younger and were kept")[speech.chosen])
        return lines.joined(separator: "\n")
    }
}

/// A number of days or hours: 90d, 12h.
struct Age: ExpressibleByArgument {
    let seconds: Int

    init?(argument: String) {
        let units = ["d": 86_400, "h": 3_600]
        guard let unit = argument.last.flatMap({ units[String($0)] }),
            let number = Int(argument.dropLast()), (0...100_000).contains(number)
        else { return nil }
        seconds = number * unit
    }
}
