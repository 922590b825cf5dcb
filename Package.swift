// swift-tools-version: 6.1
import PackageDescription

// Tests look inside these targets, in the release build that they share with the command; none of
// them has a loop over rows.
let testable: [SwiftSetting] = [.unsafeFlags(["-enable-testing"])]

// The Swift libraries in the program itself: it starts sooner, and runs where no Swift is.
let standalone: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-static-stdlib", "-lCoreFoundation", "-l_FoundationCShims",
            "-l_FoundationCollections", "-l_FoundationICU", "-lstdc++",
        ], .when(platforms: [.linux]))
]

// Targets stand in the order in which data flow: nouns, stages, pipeline, command.
// Who may import whom is held by Tests/PopulationPackageTests.
let package = Package(
    name: "popstat",
    products: [
        .executable(name: "popstat", targets: ["popstat"]),
        // A product of its own, so that the first build needs no network stack.
        .executable(name: "popstat-server", targets: ["popstat-server"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.0"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        // C libraries: a module map and a shim each, nothing else.
        .systemLibrary(name: "CByteScan"),
        .systemLibrary(name: "CDayNumbers"),
        .systemLibrary(name: "CDiskSpace"),
        .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
        .systemLibrary(
            name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CLibXLSXWriter", pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CPrefetch"),
        // Its headers alone: nothing is linked.
        .systemLibrary(name: "CXXHash", providers: [.apt(["libxxhash-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // The nouns: of a row, of a count.
        .target(name: "PopulationModel", dependencies: ["CXXHash"]),
        .target(name: "PopulationFigures", dependencies: ["PopulationModel"]),

        // The stages.
        .target(
            name: "PopulationIngest",
            dependencies: [
                "PopulationModel", "CByteScan", "CDayNumbers", "CDiskSpace", "CLibCSV",
                "CLibCrypto", "CPrefetch", "CZlib",
            ]),
        .target(name: "PopulationDeduplicate", dependencies: ["PopulationModel", "CPrefetch"]),
        .target(name: "PopulationClassify", dependencies: ["PopulationModel"]),
        .target(
            name: "PopulationAggregate",
            dependencies: ["PopulationModel", "PopulationFigures", "CPrefetch"]),
        .target(
            name: "PopulationPublish",
            dependencies: [
                "PopulationModel", "PopulationFigures", "CLibXLSXWriter", "CZlib",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            // Links to Reports/templates and Reports/tasks, the one place where templates and the
            // tasks of the plan are kept.
            resources: [.embedInCode("Templates"), .embedInCode("Tasks")],
            swiftSettings: testable),

        // Published figures at rest.
        .target(
            name: "PopulationStore",
            dependencies: [
                "PopulationModel", "PopulationFigures", "CLibPQ",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),

        // Fictitious extracts with known answers.
        .target(name: "PopulationSample", dependencies: ["PopulationModel"]),

        // The five stages in order, and the command.
        .target(
            name: "PopulationPipeline",
            dependencies: [
                "PopulationModel", "PopulationFigures", "PopulationIngest",
                "PopulationDeduplicate", "PopulationClassify", "PopulationAggregate",
                "PopulationPublish", "PopulationStore", "CLinux",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ],
            // A link to Pipelines/spark, where the program that Spark runs is kept.
            resources: [.embedInCode("Spark")], swiftSettings: testable),
        .executableTarget(
            name: "popstat",
            dependencies: [
                "PopulationModel", "PopulationFigures", "PopulationIngest", "PopulationPublish",
                "PopulationPipeline", "PopulationSample", "PopulationStore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], linkerSettings: standalone),

        // The pull: read-only over the store.
        .target(
            name: "PopulationServer",
            dependencies: [
                "PopulationModel", "PopulationFigures", "PopulationPublish", "PopulationStore",
                "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [.embedInCode("Pages")], swiftSettings: testable),
        .executableTarget(
            name: "popstat-server",
            dependencies: [
                "PopulationModel", "PopulationFigures", "PopulationStore", "PopulationServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], linkerSettings: standalone),

        // Tests: one target per source target, then what runs the whole program, then the package's
        // check of itself.
        .target(name: "PopulationTestSupport", path: "Tests/PopulationTestSupport"),
        .testTarget(
            name: "PopulationModelTests",
            dependencies: ["PopulationTestSupport", "PopulationModel"]),
        .testTarget(
            name: "PopulationIngestTests",
            dependencies: [
                "PopulationTestSupport", "PopulationModel", "PopulationIngest", "CLibCSV",
                "CLibCrypto",
            ]),
        .testTarget(
            name: "PopulationDeduplicateTests",
            dependencies: [
                "PopulationTestSupport", "PopulationModel", "PopulationIngest",
                "PopulationDeduplicate",
            ]),
        .testTarget(
            name: "PopulationClassifyTests",
            dependencies: ["PopulationTestSupport", "PopulationModel", "PopulationClassify"]),
        .testTarget(
            name: "PopulationAggregateTests",
            dependencies: [
                "PopulationTestSupport", "PopulationModel", "PopulationFigures",
                "PopulationAggregate",
            ]),
        .testTarget(
            name: "PopulationFiguresTests",
            dependencies: ["PopulationTestSupport", "PopulationModel", "PopulationFigures"]),
        .testTarget(
            name: "PopulationPublishTests",
            dependencies: [
                "PopulationTestSupport", "PopulationModel", "PopulationFigures",
                "PopulationPublish",
            ], exclude: ["Goldens"]),
        .testTarget(
            name: "PopulationStoreTests",
            dependencies: [
                "PopulationTestSupport", "PopulationModel", "PopulationFigures", "PopulationStore",
            ]),
        .testTarget(
            name: "PopulationServerTests",
            dependencies: [
                "PopulationTestSupport", "PopulationModel", "PopulationFigures",
                "PopulationStore", "PopulationServer",
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ], exclude: ["clients"]),
        .testTarget(
            name: "PopulationSampleTests",
            dependencies: ["PopulationTestSupport", "PopulationModel", "PopulationSample"]),
        .testTarget(
            name: "PopulationPipelineTests",
            dependencies: [
                "PopulationTestSupport", "PopulationModel", "PopulationFigures",
                "PopulationPublish", "PopulationStore", "PopulationPipeline",
            ]),
        .testTarget(
            name: "PopulationEndToEndTests",
            dependencies: [
                "PopulationTestSupport", "PopulationModel", "PopulationFigures",
                "PopulationStore", "PopulationPipeline",
            ]),
        .testTarget(
            name: "PopulationFaultTests",
            dependencies: ["PopulationTestSupport", "PopulationFigures", "PopulationStore"]),
        .testTarget(name: "PopulationPackageTests", dependencies: ["PopulationModel"]),

        // What reads bytes of others, as functions that a fuzzer calls; the tests call them with
        // the inputs that were kept.
        .target(
            name: "PopulationFuzzTargets",
            dependencies: [
                "PopulationTestSupport", "PopulationModel", "PopulationFigures",
                "PopulationIngest", "PopulationClassify", "PopulationPublish", "PopulationStore",
                "PopulationPipeline", "PopulationServer",
                .product(name: "Hummingbird", package: "hummingbird"),
            ], path: "Tests/Fuzz/Targets"),
        .testTarget(
            name: "PopulationFuzzTests", dependencies: ["PopulationFuzzTargets"],
            path: "Tests/Fuzz/Replay"),
    ],
    swiftLanguageModes: [.v6]
)

// The fuzzer's program, and our own sources with its counters and the address sanitizer: only
// when asked for, since neither may get into what is delivered. Third-party code stays as it is.
if Context.environment["POPSTAT_FUZZ"] == "1" {
    let instrumented = ["-sanitize=fuzzer,address"]
    for target in package.targets where target.type == .regular {
        target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(instrumented)]
    }
    package.targets.append(
        .executableTarget(
            name: "PopulationFuzz", dependencies: ["PopulationFuzzTargets"],
            path: "Tests/Fuzz/Program",
            swiftSettings: [.unsafeFlags(instrumented + ["-parse-as-library"])],
            // gold gives up at the names of lines that the counters leave.
            linkerSettings: [.unsafeFlags(instrumented + ["-use-ld=lld"])]))
}

// The targets that read and write memory without bounds, with their tests and nothing of others: under a
// sanitizer within minutes.
if Context.environment["POPSTAT_SANITIZE"] == "1" {
    let names = ["Model", "Figures", "Ingest", "Deduplicate", "Classify", "Aggregate"]
    let kept = names.flatMap { ["Population\($0)", "Population\($0)Tests"] }
    package.targets.removeAll {
        $0.type != .system && $0.name != "PopulationTestSupport" && !kept.contains($0.name)
    }
    package.products = []
    package.dependencies = []
}
