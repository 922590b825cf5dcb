import ArgumentParser
import PopulationModel
import PopulationPipeline

/// `popstat check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "Find every fault of a plan, its reference files and the headers of its extracts.",
        discussion: """
            EXAMPLE
              popstat check nightly.yaml

            \(ExitStatusHelp.text(
                of: [
                    .usage, .dataBeyondLimits, .inputMissing, .internalFault, .readOrWriteFailed,
                ]))
            """)

    @Argument(help: "The plan, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
    var plan: String

    @OptionGroup var speech: LanguageOption

    func run() throws {
        try reportingFaults(in: speech.chosen) {
            let (plan, remarks) = try Pipeline.check(file: plan)
            for remark in remarks {
                print(Bilingual("提示：\(remark.zh)", "remark: \(remark.en)")[speech.chosen])
            }
            let count = plan.ingest.registration.files.count + plan.ingest.residency.files.count
            print(
                Bilingual(
                    "\(plan.file)：计划、其参考文件和 \(count) 个数据文件的表头均无误。",
                    "\(plan.file): the plan, its reference files and the headers of \(count) "
                        + "extracts are in order.")[speech.chosen])
        }
    }
}
