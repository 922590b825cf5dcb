import Foundation
import Glibc
import PopulationIngest
import PopulationModel
import PopulationPublish
import PopulationStore

/// The machine and what popstat finds on it.
enum DoctorMachine {
    /// What a run takes besides extracts: partitions, the published folder, the store, the log.
    private static let filesBesides = 64
    private static let filesPerExtract = 3
    /// Blocks, tables and counts of a run that is told to be small.
    private static let memoryMin = 1 << 30

    static func findings(extractCount: Int) -> [DoctorFinding] {
        [
            machine(cores: sysconf(Int32(_SC_NPROCESSORS_ONLN)), memory: memory),
            files(limit: fileLimit, extractCount: extractCount), encoding(GB18030() != nil),
            .ok("libraries", Bilingual(both: libraries)),
        ] + printing(program: isPrinterThere, fonts: hasFonts)
    }

    static func machine(cores: Int, memory: Int) -> DoctorFinding {
        if memory < memoryMin { return .warn("machine", .littleMemory(bytes: memory)) }
        return .ok(
            "machine",
            Bilingual(
                "\(cores) 个核，内存 \(ByteText.of(memory))，\(architecture)",
                "\(cores) cores, \(ByteText.of(memory)) of memory, \(architecture)"))
    }

    static func files(limit: Int, extractCount: Int) -> DoctorFinding {
        let needed = filesBesides + filesPerExtract * extractCount
        if limit < needed { return .bad("files", .fewFiles(limit: limit, needed: needed)) }
        return .ok(
            "files",
            Bilingual(
                "可打开 \(limit) 个，需要 \(needed) 个", "\(limit) may be open, \(needed) are needed"))
    }

    static func encoding(_ isThere: Bool) -> DoctorFinding {
        isThere
            ? .ok("encodings", Bilingual("UTF-8、GB18030", "UTF-8, GB18030"))
            : .bad("encodings", .noGB18030)
    }

    static func printing(program: Bool, fonts: Bool) -> [DoctorFinding] {
        if !program { return [.warn("printing", .noPrinter)] }
        if !fonts { return [.warn("printing", .noFonts)] }
        return [
            .ok(
                "printing",
                Bilingual(
                    "有 weasyprint 和中文字体", "weasyprint and a font with Chinese characters"))
        ]
    }

    /// Of the machine, or what the container or service may take of it.
    private static var memory: Int {
        let whole = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        // No file, or no number in it: no limit.
        let text = try? String(contentsOfFile: "/sys/fs/cgroup/memory.max", encoding: .utf8)
        let limit = text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        return min(whole, limit ?? whole)
    }

    private static var architecture: String {
        var name = utsname()
        guard uname(&name) == 0 else { return "unknown" }
        return withUnsafePointer(to: &name.machine) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 65) { String(cString: $0) }
        }
    }

    /// A run raises its own limit up to this one.
    private static var fileLimit: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        return Int(clamping: limit.rlim_max)
    }

    private static var libraries: String {
        (IngestLibraries.all + PublishLibraries.all + StoreLibraries.all)
            .map { "\($0.name) \($0.version)" }.joined(separator: ", ")
    }

    private static var isPrinterThere: Bool {
        // Its absence is what is asked for.
        (try? PDFPrinter()) != nil
    }

    /// Without fontconfig's program it cannot be told, and nothing is said.
    private static var hasFonts: Bool {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let found = folders.map { "\($0)/fc-list" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let found else { return true }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: found)
        process.arguments = [":lang=zh", "family"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return true }
        let words = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return !words.isEmpty
    }
}
