import ArgumentParser
import PopulationModel
import PopulationPipeline

/// `popstat init`.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Draft a plan from the headers of real extracts.",
        discussion: """
            Which header stands for which column is told by its name (English, pinyin, Chinese), \
            else by what the first rows hold, and shown with the form of the values, never a \
            value. What cannot be told is asked for with --column; then no plan is written.

            EXAMPLE
              popstat init --plan nightly.yaml --area 4499 --output /srv/figures \\
                --work /srv/private --extract czrk.csv --extract ldrk.csv.gz \\
                --divisions 2020-06-30=divisions-2020.csv \\
                --reference-dates 2015-12-31,2020-12-31

            \(ExitStatusHelp.text(
                of: [.usage, .inputMissing, .cannotCreate, .readOrWriteFailed]))
            """)

    @Option(help: "The plan to write.", completion: .file(extensions: ["yaml", "yml"]))
    var plan: String?

    @Option(help: "The plan's own name (default: that of its file).")
    var name: String?

    @Option(help: "Code of the area, such as 4499.")
    var area: String?

    @Option(help: "The folder that each run replaces with its figures.")
    var output: String?

    @Option(help: "The private work folder that runs will be given.")
    var work: String?

    @Option(
        help: ArgumentHelp(
            "An extract of either source; may be given several times.", valueName: "file"))
    var extract: [String] = []

    @Option(help: ArgumentHelp("An extract that is of registrations.", valueName: "file"))
    var registration: [String] = []

    @Option(help: ArgumentHelp("An extract that is of residents.", valueName: "file"))
    var residency: [String] = []

    @Option(help: "The dates of the figures, with commas between them.")
    var referenceDates: String?

    @Option(help: "The dates whose figures are public; without them all stays internal.")
    var releaseDates: String?

    @Option(
        help: ArgumentHelp(
            "An edition of the division codes and its file; several times.",
            valueName: "date=file"))
    var divisions: [String] = []

    @Option(help: ArgumentHelp("The file of changed division codes.", valueName: "file"))
    var changes: String?

    @Option(help: ArgumentHelp("The file of the counties' names and kinds.", valueName: "file"))
    var counties: String?

    @Option(help: ArgumentHelp("The file of figures published elsewhere.", valueName: "file"))
    var official: String?

    @Option(help: ArgumentHelp("The file of targets.", valueName: "file"))
    var targets: String?

    @Option(help: "The target in percent; writes a file of targets (default: 50 by 2020).")
    var target: String?

    @Option(help: "The year or date of the target.")
    var by: String?

    @Option(
        help: ArgumentHelp(
            "Which header stands for a column; several times.", valueName: "column=header"))
    var column: [String] = []

    @OptionGroup var speech: LanguageOption

    @Flag(help: "Replace a plan, and a file of targets, that is there.")
    var force = false

    func run() throws {
        try reportingFaults(in: speech.chosen) {
            let account = try PlanDraft(request).write()
            for line in GuessText(speech.chosen).lines(of: account) { print(line) }
        }
    }

    private var request: PlanDraft.Request {
        var request = PlanDraft.Request()
        request.plan = plan
        request.name = name
        request.area = area
        request.output = output
        request.work = work
        request.extracts = extract
        request.registration = registration
        request.residency = residency
        request.referenceDates = referenceDates
        request.releaseDates = releaseDates
        request.divisions = divisions
        request.changes = changes
        request.counties = counties
        request.official = official
        request.targets = targets
        request.target = target
        request.by = by
        request.columns = column
        request.isForced = force
        return request
    }
}
