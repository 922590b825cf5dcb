// swift-tools-version: 6.1
import PackageDescription

// Targets stand in the order in which data flow: nouns, stages, pipeline, command.
// Who may import whom is held by Tests/PopulationPackageTests.
let package = Package(
    name: "popstat",
    products: [.executable(name: "popstat", targets: ["popstat"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.0"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        // C libraries: a module map and a shim each, nothing else.
        .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CPrefetch"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // The nouns: of a row, of a count.
        .target(name: "PopulationModel"),
        .target(name: "PopulationFigures", dependencies: ["PopulationModel"]),

        // The stages.
        .target(name: "PopulationIngest", dependencies: ["PopulationModel", "CLibCSV", "CZlib"]),
        .target(name: "PopulationDeduplicate", dependencies: ["PopulationModel"]),
        .target(name: "PopulationClassify", dependencies: ["PopulationModel"]),
        .target(
            name: "PopulationAggregate",
            dependencies: ["PopulationModel", "PopulationFigures", "CPrefetch"]),
        .target(
            name: "PopulationPublish",
            dependencies: [
                "PopulationModel", "PopulationFigures",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            // A link to Reports/templates, the one place where the templates are kept.
            resources: [.embedInCode("Templates")]),

        // Fictitious extracts with known answers.
        .target(name: "PopulationSample", dependencies: ["PopulationModel"]),

        // The five stages in order, and the command.
        .target(
            name: "PopulationPipeline",
            dependencies: [
                "PopulationModel", "PopulationFigures", "PopulationIngest",
                "PopulationDeduplicate", "PopulationClassify", "PopulationAggregate",
                "PopulationPublish", "CLinux",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ]),
        .executableTarget(
            name: "popstat",
            dependencies: [
                "PopulationModel", "PopulationPipeline", "PopulationSample",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // Tests: one target per source target, then what runs the whole program, then the package's
        // check of itself.
        .target(name: "PopulationTestSupport", path: "Tests/PopulationTestSupport"),
        .testTarget(name: "PopulationModelTests", dependencies: ["PopulationModel"]),
        .testTarget(
            name: "PopulationIngestTests",
            dependencies: [
                "PopulationTestSupport", "PopulationModel", "PopulationIngest", "CLibCSV",
            ]),
        .testTarget(
            name: "PopulationDeduplicateTests",
            dependencies: [
                "PopulationTestSupport", "PopulationModel", "PopulationIngest",
                "PopulationDeduplicate",
            ]),
        .testTarget(
            name: "PopulationClassifyTests",
            dependencies: ["PopulationModel", "PopulationClassify"]),
        .testTarget(
            name: "PopulationAggregateTests",
            dependencies: [
                "PopulationTestSupport", "PopulationModel", "PopulationFigures",
                "PopulationAggregate",
            ]),
        .testTarget(
            name: "PopulationFiguresTests", dependencies: ["PopulationModel", "PopulationFigures"]),
        .testTarget(
            name: "PopulationPublishTests",
            dependencies: ["PopulationModel", "PopulationFigures", "PopulationPublish"]),
        .testTarget(
            name: "PopulationSampleTests", dependencies: ["PopulationModel", "PopulationSample"]),
        .testTarget(
            name: "PopulationPipelineTests",
            dependencies: ["PopulationModel", "PopulationFigures", "PopulationPipeline"]),
        .testTarget(
            name: "PopulationEndToEndTests",
            dependencies: ["PopulationTestSupport", "PopulationPipeline", "PopulationModel"]),
        .testTarget(name: "PopulationPackageTests", dependencies: ["PopulationModel"]),
    ],
    swiftLanguageModes: [.v6]
)
