import Glibc
import PopulationModel

/// Reads a plan file (SPEC 7): takes YAML, gives a checked `Plan`, refuses with every fault of the
/// file at once, each with line and column.
///
/// Reading goes on after a fault with what can still be read; a value that could not be read is
/// replaced by its default or left out, and the plan is refused at the end.
package struct PlanReader {
    let folder: PlanFolder
    var faults: [PlacedFault] = []
    /// Extracts of both sources, to find one that is named twice.
    var extracts: [FileStatus.Identity: NamedFile] = [:]
    /// Everything that the run will read.
    var inputs: [PlanPath] = []

    /// The first place where the plan names a file.
    struct NamedFile {
        let label: String
        let line: Int
    }

    /// The plan in a file, named as on the command line.
    package static func read(file: String) throws(PopstatErrors) -> Plan {
        let (plan, faults) = reading(file: file)
        if !faults.isEmpty { throw PopstatErrors(faults) }
        guard let plan else { preconditionFailure("a plan was refused without a fault") }
        return plan
    }

    /// The plan as far as it can be read, and its faults.
    static func reading(file: String) -> (plan: Plan?, faults: [PopstatError]) {
        var reader = PlanReader(folder: PlanFolder(ofPlan: file))
        var plan: Plan?
        do throws(PlacedFault) {
            let text = try text(ofPlan: file)
            guard let root = try PlanDocument.compose(text) else {
                throw PlacedFault(.planEmpty, at: nil)
            }
            plan = reader.plan(root, file: file)
        } catch {
            reader.faults.append(error)
        }
        return (plan, reader.errors(file: file))
    }

    /// Every fault so far, in the order of the file.
    func errors(file: String) -> [PopstatError] {
        let inOrder = faults.enumerated().sorted {
            ($0.element.mark ?? .start, $0.offset) < ($1.element.mark ?? .start, $1.offset)
        }
        return inOrder.map { $0.element.fault.error(file: file, mark: $0.element.mark) }
    }

    /// The keys of a plan file with their values, as far as they can be told.
    mutating func rootEntries(ofPlan file: String) throws(PlacedFault) -> [PlanEntry] {
        guard let root = try PlanDocument.compose(Self.text(ofPlan: file)) else {
            throw PlacedFault(.planEmpty, at: nil)
        }
        return entries(root, "") ?? []
    }

    /// A plan is a few KiB; what is longer than 1 MiB is another file named by mistake.
    private static let byteCountMax = 1 << 20

    private static func text(ofPlan file: String) throws(PlacedFault) -> String {
        // A pipe that nobody writes to is empty, and not waited for.
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw PlacedFault(.planMissing, at: nil) }
            throw PlacedFault(.planUnreadable(reason: systemReason()), at: nil)
        }
        defer { close(descriptor) }
        _ = fcntl(descriptor, F_SETFL, 0)
        let bytes: [UInt8]
        do throws(SystemFailure) {
            bytes = try WholeFile.read(descriptor, countMax: byteCountMax)
        } catch {
            switch error.number {
            case EISDIR: throw PlacedFault(.planIsAFolder, at: nil)
            case EFBIG: throw PlacedFault(.planTooLong(byteCountMax: byteCountMax), at: nil)
            default: throw PlacedFault(.planUnreadable(reason: error.reason), at: nil)
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PlacedFault(.planNotUTF8, at: nil)
        }
        return text
    }

    /// The system's words for the last failure.
    static func systemReason() -> String { String(cString: strerror(errno)) }
}

extension PlanReader {
    private mutating func plan(_ root: PlanNode, file: String) -> Plan? {
        let stages = StageName.self
        let section = section(
            root, "",
            required: [
                "plan", "area", "reference-dates", stages.ingest.rawValue,
                stages.classify.rawValue, stages.publish.rawValue,
            ],
            optional: [
                "known-at", stages.deduplicate.rawValue, stages.aggregate.rawValue, "gates",
                "nightly", "engine",
            ])
        guard let section else { return nil }
        let name = read("plan", of: section) { $0.text($1, $2) }
        let area = read("area", of: section) { $0.area($1, $2) }
        let dates = read("reference-dates", of: section) { $0.dates($1, $2) }
        let knownAt = read("known-at", of: section) { $0.timestamp($1, $2) }
        let ingest = read(stages.ingest.rawValue, of: section) { $0.ingest($1, $2) }
        let deduplicate = read(stages.deduplicate.rawValue, of: section) {
            $0.deduplicate($1, $2)
        }
        let classify = read(stages.classify.rawValue, of: section) { $0.classify($1, $2) }
        let counties = read(stages.aggregate.rawValue, of: section) { $0.aggregate($1, $2) }
        let publish = read(stages.publish.rawValue, of: section) {
            $0.publish($1, $2, referenceDates: dates)
        }
        let gates = read("gates", of: section) { $0.gates($1, $2) }
        let nightly = read("nightly", of: section) { $0.nightly($1, $2) }
        let spark = read("engine", of: section) { $0.engine($1, $2) }
        guard let name, let area, let dates, let ingest, let classify, let publish
        else { return nil }
        if let node = section[stages.publish.rawValue] {
            checkOutput(publish.output, at: node, plan: file)
        }
        return Plan(
            name: name, file: file, area: area, referenceDates: dates, knownAt: knownAt,
            ingest: ingest, deduplicate: deduplicate ?? .standard, classify: classify,
            counties: counties, publish: publish, gates: gates ?? [],
            nightly: nightly ?? .init(), spark: spark)
    }

    private mutating func area(_ node: PlanNode, _ path: String) -> Area? {
        guard
            let text = scalar(
                node, path, expected: Bilingual("代码（2、4 或 6 位数字）", "a code of 2, 4 or 6 digits"))
        else { return nil }
        guard let area = Area(code: text) else {
            add(.badArea(found: text), at: node.mark)
            return nil
        }
        return area
    }

    private mutating func deduplicate(_ node: PlanNode, _ path: String) -> Plan.Deduplicate? {
        guard
            let section = section(
                node, path, required: [], optional: ["residence-months", "stay-gap-days"])
        else { return nil }
        // A century and a year: wide enough for any rule, and date arithmetic stays in range.
        let months = read("residence-months", of: section) { $0.integer($1, $2, in: 0...1_200) }
        let days = read("stay-gap-days", of: section) { $0.integer($1, $2, in: 0...366) }
        return Plan.Deduplicate(
            residenceMonths: months ?? Plan.Deduplicate.standard.residenceMonths,
            stayGapDays: days ?? Plan.Deduplicate.standard.stayGapDays)
    }

    private mutating func classify(_ node: PlanNode, _ path: String) -> Plan.Classify? {
        guard
            let section = section(
                node, path, required: ["divisions"],
                optional: ["changes", "unclassified-share-max"])
        else { return nil }
        let divisions = read("divisions", of: section) { $0.editions($1, $2) }
        let changes = read("changes", of: section) { $0.file($1, $2) }
        let shareMax = read("unclassified-share-max", of: section) { $0.share($1, $2) }
        guard let divisions else { return nil }
        return Plan.Classify(
            divisions: divisions, changes: changes,
            unclassifiedShareMax: shareMax ?? Share(millionths: 1_000))
    }

    private mutating func editions(_ node: PlanNode, _ path: String) -> [Plan.Edition]? {
        guard let nodes = list(node, path, expected: Bilingual("区划版本的列表", "a list of editions"))
        else { return nil }
        var editions: [Plan.Edition] = []
        var firstLines: [CalendarDate: Int] = [:]
        for (index, node) in nodes.enumerated() {
            let path = "\(path)[\(index + 1)]"
            guard let section = section(node, path, required: ["edition", "file"], optional: [])
            else { continue }
            let date = read("edition", of: section) { $0.date($1, $2) }
            let file = read("file", of: section) { $0.file($1, $2) }
            if let place = section["edition"], let date {
                noteTwice(date, key: path, at: place.mark, in: &firstLines)
            }
            if let date, let file { editions.append(Plan.Edition(date: date, file: file)) }
        }
        return editions.sorted { $0.date < $1.date }
    }

    private mutating func aggregate(_ node: PlanNode, _ path: String) -> PlanPath? {
        guard let section = section(node, path, required: [], optional: ["counties"])
        else { return nil }
        return read("counties", of: section) { $0.file($1, $2) }
    }
}
