import Foundation
import PopulationTestSupport
import Testing

/// `make install` into a folder: programs, man pages, completions and examples, with their modes.
@Suite(.serialized) struct InstallTests {
    /// A command of a program as `--experimental-dump-help` has it.
    struct Command: Decodable {
        let commandName: String
        let abstract: String?
        let shouldDisplay: Bool
        let arguments: [Argument]?
        let subcommands: [Command]?

        struct Argument: Decodable {
            let kind: String
            let shouldDisplay: Bool
            let valueName: String?
            let names: [Name]?
        }

        struct Name: Decodable {
            let kind: String
            let name: String
            var typed: String { (kind == "long" ? "--" : "-") + name }
        }

        /// This and every command below with the name of its page; `help` only repeats `--help`.
        func pages(_ above: [String] = []) -> [(page: String, command: Command)] {
            let path = above + [commandName]
            let below = (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
            return [(path.joined(separator: "-"), self)] + below.flatMap { $0.pages(path) }
        }
    }

    private struct Dump: Decodable { let command: Command }

    private static let programs = ["popstat", "popstat-server"]
    private static let build = BuiltProgram.file.deletingLastPathComponent()

    /// A page's text with hyphens, backslashes and leading stops as they are printed.
    private func printed(_ page: String) -> String {
        page.replacingOccurrences(of: "\\-", with: "-").replacingOccurrences(of: "\\&", with: "")
            .replacingOccurrences(of: "\\e", with: "\\")
    }

    private func output(_ arguments: [String], in folder: URL) throws -> String {
        let file = folder.appendingPathComponent("output")
        try Data().write(to: file)
        let child = try ChildProgram(arguments, output: FileHandle(forWritingTo: file))
        #expect(child.wait() == 0)
        return try String(contentsOf: file, encoding: .utf8)
    }

    private func install(in folder: URL) throws -> URL {
        let root = folder.appendingPathComponent("root")
        let words = try output(
            [
                "DESTDIR=\(root.path)", "PREFIX=/opt/popstat", "BUILD=\(Self.build.path)",
                PackageFolder.root + "/.packaging/install",
            ], in: folder)
        #expect(words == "")
        return root.appendingPathComponent("opt/popstat")
    }

    private func commands(in folder: URL) throws -> [(page: String, command: Command)] {
        try Self.programs.flatMap { program in
            let text = try output(
                [Self.build.appendingPathComponent(program).path, "--experimental-dump-help"],
                in: folder)
            return try JSONDecoder().decode(Dump.self, from: Data(text.utf8)).command.pages()
        }
    }

    @Test func givesEveryCommandAPageWithItsOptions() throws {
        try TemporaryFolder.with { folder in
            let pages = try install(in: folder).appendingPathComponent("share/man/man1")
            let commands = try commands(in: folder)
            #expect(commands.count > 20)
            let made = try FileManager.default.contentsOfDirectory(atPath: pages.path)
            #expect(Set(made) == Set(commands.map { "\($0.page).1" }))
            for (page, command) in commands {
                let raw = try String(
                    contentsOf: pages.appendingPathComponent("\(page).1"), encoding: .utf8)
                check(printed(raw), of: command, page)
            }
        }
    }

    private func check(_ text: String, of command: Command, _ page: String) {
        let headings = text.split(separator: "\n").filter { $0.hasPrefix(".SH ") }
            .map { $0.dropFirst(4) }
        let expected = [
            "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "EXIT STATUS",
        ]
        #expect(headings.map(String.init).filter(expected.contains) == expected, "\(page)")
        var tags: Set<String> = []
        for line in text.split(separator: "\n") where line.hasPrefix(".B ") {
            for word in line.split(separator: " ") {
                tags.insert(word.hasSuffix(",") ? String(word.dropLast()) : String(word))
            }
        }
        for argument in command.arguments ?? [] {
            let typed = argument.names?.map(\.typed) ?? ["<\(argument.valueName ?? "")>"]
            for name in typed {
                #expect(tags.contains(name) == argument.shouldDisplay, "\(page) \(name)")
            }
        }
        #expect(text.contains("\n\(page) - "), "\(page)")
    }

    @Test(
        .enabled(
            if: TestTool.program("man") != nil, "man is not there: `.ci/test-tools` installs it"))
    func writesPagesWithoutAWarning() throws {
        try TemporaryFolder.with { folder in
            let pages = try install(in: folder).appendingPathComponent("share/man/man1")
            for name in try FileManager.default.contentsOfDirectory(atPath: pages.path) {
                let page = pages.appendingPathComponent(name).path
                let words = try output(
                    [
                        "LC_ALL=C.UTF-8", "MANWIDTH=80", "sh", "-c",
                        "man --warnings -l \"$0\" 2>&1 >/dev/null", page,
                    ], in: folder)
                #expect(words == "", "\(name)")
            }
        }
    }

    @Test func completesEveryCommand() throws {
        try TemporaryFolder.with { folder in
            let share = try install(in: folder).appendingPathComponent("share")
            let names = try commands(in: folder).filter { $0.page.hasPrefix("popstat-") }
                .map(\.command.commandName)
            for place in [
                "bash-completion/completions/popstat", "fish/vendor_completions.d/popstat.fish",
                "zsh/site-functions/_popstat",
            ] {
                let script = try String(
                    contentsOf: share.appendingPathComponent(place), encoding: .utf8)
                for name in names where name != "popstat-server" {
                    #expect(script.contains(name), "\(place) \(name)")
                }
            }
            let bash = share.appendingPathComponent("bash-completion/completions")
            for program in Self.programs {
                let script = bash.appendingPathComponent(program).path
                _ = try output(["bash", "-n", script], in: folder)
            }
        }
    }

    @Test func setsModesAndStripsPrograms() throws {
        try TemporaryFolder.with { folder in
            let target = try install(in: folder)
            let below = FileManager.default.enumerator(atPath: target.path)
            var count = 0
            while let path = below?.nextObject() as? String {
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: target.appendingPathComponent(path).path)
                let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
                let isProgram = path.hasPrefix("bin/")
                #expect(
                    attributes[.posixPermissions] as? Int
                        == (isFolder || isProgram ? 0o755 : 0o644), "\(path)")
                count += 1
            }
            #expect(count > 60)
            for program in Self.programs {
                let built = Self.build.appendingPathComponent(program)
                let installed = target.appendingPathComponent("bin/\(program)")
                #expect(try size(of: installed) < size(of: built))
                let libraries = try output(["ldd", installed.path], in: folder)
                #expect(!libraries.contains("libswift"))
                #expect(!libraries.contains("libFoundation"))
            }
        }
    }

    private func size(of file: URL) throws -> Int {
        try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
    }

    @Test func bringsPlansThatTheInstalledProgramAccepts() throws {
        try TemporaryFolder.with { folder in
            let target = try install(in: folder)
            let plans = target.appendingPathComponent("share/doc/popstat/examples/Pipelines")
            for plan in try FileManager.default.contentsOfDirectory(atPath: plans.path) {
                _ = try output(
                    [
                        target.appendingPathComponent("bin/popstat").path, "check",
                        plans.appendingPathComponent(plan).path,
                    ], in: folder)
            }
        }
    }
}
