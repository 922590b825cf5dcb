import ArgumentParser
import Foundation
import PopulationModel
import PopulationPipeline

/// `popstat audit`.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Look at the log of what was done, and prove that it is whole.",
        discussion: """
            Runs, gates accepted, deliveries, tokens and purges are entries of a log that only \
            grows: each carries the digest of the one before it. It lies beside the output folder, \
            as OUTPUT-audit, or where POPSTAT_AUDIT or --audit say.

            EXAMPLES
              popstat audit verify nightly.yaml
              popstat audit verify /srv/figures --expect 5f0c…
              popstat audit list /srv/figures-audit

            \(ExitStatusHelp.text(
                of: [
                    .usage, .dataBeyondLimits, .inputMissing, .cannotCreate, .readOrWriteFailed,
                ]))
            """,
        subcommands: [Verify.self, List.self])

    /// `popstat audit verify`.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Find an entry that was changed, taken out or put in.")

        @Argument(help: "A plan, its output folder, or the folder of the log.")
        var place: String

        @Option(
            help: ArgumentHelp(
                "A digest of this log that was noted elsewhere.", valueName: "digest"))
        var expect: String?

        @OptionGroup var speech: LanguageOption

        @Flag(help: "Print one line of JSON instead of words.")
        var json = false

        func run() throws {
            try reportingFaults(in: speech.chosen) {
                let entries = try AuditLog(place).verify(expected: expect)
                let digest = try AuditLog(place).lastDigest() ?? ""
                let runs = AuditLog.unendedRuns(entries)
                let purges = AuditLog.unendedPurges(entries)
                if json {
                    let line = Line(
                        entries: entries.count, sha256: digest, runsWithoutEnd: runs.map(\.number),
                        purgesWithoutEnd: purges.map(\.number))
                    return print(try JSONLine.text(of: line))
                }
                print(
                    Bilingual(
                        "\(entries.count) 个条目，均与写入时一致；最后一条的摘要为",
                        "\(entries.count) entries, each as it was written; the last has the digest"
                    )[speech.chosen])
                print(digest)
                for entry in runs {
                    print(
                        Bilingual(
                            "条目 \(entry.number)：\(entry.time) 开始的运行没有结束记录",
                            "entry \(entry.number): the run begun \(entry.time) has no end"
                        )[speech.chosen])
                }
                for entry in purges {
                    print(
                        Bilingual(
                            "条目 \(entry.number)：\(entry.time) 开始的删除没有结束记录",
                            "entry \(entry.number): the purge begun \(entry.time) has no end"
                        )[speech.chosen])
                }
            }
        }

        private struct Line: Encodable {
            var entries: Int
            var sha256: String
            var runsWithoutEnd: [Int]
            var purgesWithoutEnd: [Int]
        }
    }

    /// `popstat audit list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Print the entries, oldest first.")

        @Argument(help: "A plan, its output folder, or the folder of the log.")
        var place: String

        @OptionGroup var speech: LanguageOption

        func run() throws {
            try reportingFaults(in: speech.chosen) {
                print("entry\ttime\tuser\twhat\tdetails")
                for entry in try AuditLog(place).verify() {
                    let details = entry.details.sorted { $0.key < $1.key }
                        .map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
                    print(
                        "\(entry.number)\t\(entry.time)\t\(entry.user)\t\(entry.kind)\t\(details)")
                }
            }
        }
    }
}

/// Where a command writes what it did.
struct AuditOption: ParsableArguments {
    @Option(
        name: .customLong("audit"),
        help: ArgumentHelp(
            "Folder of the audit log (default: POPSTAT_AUDIT, or beside the output folder).",
            valueName: "folder"))
    var given: String?

    /// Absolute; `nil` for the folder beside what a command works on.
    var folder: String? {
        (given ?? RunContext.auditFolder).map {
            URL(fileURLWithPath: $0).standardizedFileURL.path
        }
    }
}
