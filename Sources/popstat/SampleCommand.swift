import ArgumentParser
import Foundation
import PopulationModel
import PopulationSample

/// `popstat sample`.
struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write fictitious extracts of prefecture 4499, and a plan that runs on them.",
        discussion: """
            The same citizens and seed give the same bytes on any machine. Every kind \
            of ugly row is planted in known numbers, which the README beside the \
            extracts lists; --clean leaves them out, for measurements.

            EXAMPLES
              popstat sample --citizens 30000 --seed 4499 --output /tmp/city
              popstat sample --citizens 10000000 --clean --output /tmp/large
              popstat sample --citizens 10000000 --clean --delta 1 --output /tmp/night

            \(ExitStatusHelp.text(
                of: [.usage, .internalFault, .cannotCreate, .readOrWriteFailed]))
            """)

    @Option(help: "Citizens, from 10000 on (with --clean from 1 on).")
    var citizens = 30_000

    @Option(help: "Another seed gives other people.")
    var seed: UInt64 = 4_499

    @Option(help: "Folder of the extracts and the plan; it is made when missing.")
    var output: String

    @Flag(help: "Plain extracts for measurements, in place of every kind of ugly row.")
    var clean = false

    @Option(help: "Statistical units of the prefecture, about.")
    var units: Int?

    @Option(help: "How clean extracts are spelled.")
    var spelling: CleanSpelling = .plain

    @Option(help: "Write only what the next night brings: news of so many per cent.")
    var delta: Int?

    @Option(help: "Files written at the same time; changes no byte.")
    var threads: Int?

    @OptionGroup var speech: LanguageOption

    func validate() throws {
        if delta != nil, !clean {
            throw ValidationError(
                Bilingual(
                    "--delta 须与 --clean 及该样本的选项同用。",
                    "--delta goes with --clean and the options of that sample."))
        }
    }

    func run() throws {
        try reportingFaults(in: speech.chosen) {
            var specification = SampleSpecification(
                citizens: citizens, seed: seed, isClean: clean)
            if let units { specification.units = units }
            specification.cleanSpelling = spelling
            specification.threads = threads
            let folder = URL(fileURLWithPath: output).standardizedFileURL.path
            if let delta {
                try NextNight(specification: specification, percent: delta).write(to: folder)
                for source in Source.allCases {
                    let name = source.words[speech.chosen]
                    let colon = Bilingual("：", ": ")[speech.chosen]
                    print("\(name)\(colon)\(folder)/\(NextNight.fileName(of: source))")
                }
                return
            }
            _ = try writeSample(specification, to: folder)
            print(
                Bilingual("计划：\(folder)/plan.yaml", "plan: \(folder)/plan.yaml")[speech.chosen])
        }
    }
}

extension CleanSpelling: ExpressibleByArgument {}
