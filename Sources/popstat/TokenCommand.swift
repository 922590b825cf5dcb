import ArgumentParser
import Foundation
import PopulationModel
import PopulationPipeline
import PopulationStore

/// `popstat token`.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Manage the access tokens of popstat serve.",
        discussion: """
            The file holds salted hashes, never a token, and has to be readable for its owner only.
            A server that runs takes changes at once.

            EXAMPLES
              popstat token add finance-bureau --scope finance --file tokens.json
              popstat token add press --scope public --file tokens.json --expires 2030-12-31
              popstat token list --file tokens.json
              popstat token revoke finance-bureau --file tokens.json

            \(ExitStatusHelp.text(of: [.usage, .inputMissing, .cannotCreate, .readOrWriteFailed]))
            """,
        subcommands: [Add.self, List.self, Revoke.self])

    /// Where the tokens are.
    struct FileOption: ParsableArguments {
        @Option(name: .customLong("file"), help: "The file of tokens.")
        var path: String

        @OptionGroup var speech: LanguageOption

        @Option(
            name: .customLong("audit"),
            help: ArgumentHelp(
                "Folder of the audit log (default: POPSTAT_AUDIT, or beside the file).",
                valueName: "folder"))
        var auditFolder: String?

        var file: TokenFile { TokenFile(path: path) }

        var audit: AuditLog {
            (auditFolder ?? RunContext.auditFolder).map {
                AuditLog(folder: URL(fileURLWithPath: $0).standardizedFileURL.path)
            } ?? .standard(besideTokens: path)
        }
    }

    /// `popstat token add`.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Make a token and print it, this one time.")

        @Argument(help: "Who holds it, such as finance-bureau; it stands in the access log.")
        var name: String

        @Option(
            help: ArgumentHelp(
                "public: public tables; finance: these, and transfer and land as they are; "
                    + "statistics: every table as it is."))
        var scope: AccessScope

        @OptionGroup var option: FileOption

        @Option(help: "The last day on which it holds (UTC), such as 2030-12-31.")
        var expires: String?

        func run() throws {
            try reportingFaults(in: option.speech.chosen) {
                // What cannot be recorded is not done.
                try option.audit.prepare()
                let text = try option.file.add(
                    name: name, scope: scope, on: RunContext.day, expires: expires)
                try option.audit.append(
                    .tokenAdded,
                    ["token": name, "scope": scope.rawValue, "expires": expires ?? "-"])
                print(text)
                writeToStandardError(
                    Bilingual(
                        "令牌只显示这一次：请安全转交。\n",
                        "This is the only time that the token is shown: hand it on safely.\n"
                    )[option.speech.chosen])
            }
        }
    }

    /// `popstat token list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List tokens by name.")

        @OptionGroup var option: FileOption

        func run() throws {
            try reportingFaults(in: option.speech.chosen) {
                let day = RunContext.day
                let rows = try option.file.tokens().map { token in
                    let state =
                        token.revoked.map { Bilingual("已于 \($0) 吊销", "revoked \($0)") }
                        ?? (token.holds(on: day)
                            ? Bilingual("有效", "in force") : Bilingual("已到期", "expired"))
                    return [
                        token.name, token.scope.rawValue, token.created, token.expires ?? "-",
                        state[option.speech.chosen],
                    ]
                }
                print("name\tscope\tcreated\texpires\tstate")
                for row in rows { print(row.joined(separator: "\t")) }
            }
        }
    }

    /// `popstat token revoke`.
    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "Take a token out of force, at once and for ever.")

        @Argument(help: "The token's name.")
        var name: String

        @OptionGroup var option: FileOption

        func run() throws {
            try reportingFaults(in: option.speech.chosen) {
                try option.audit.prepare()
                try option.file.revoke(name: name, on: RunContext.day)
                try option.audit.append(.tokenRevoked, ["token": name])
                writeToStandardError(
                    Bilingual("\(name) 已吊销。\n", "\(name) is revoked.\n")[option.speech.chosen])
            }
        }
    }
}

extension AccessScope: ExpressibleByArgument {}
