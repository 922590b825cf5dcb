import Foundation
import PopulationFuzzTargets
import Testing

/// Every input that a fuzzer found worth keeping, without a sanitizer.
@Suite struct CorpusTests {
    private static let corpora = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "corpora")

    private static func inputs(_ target: FuzzTarget) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: corpora.appending(path: target.rawValue), includingPropertiesForKeys: nil
        ).sorted { $0.path < $1.path }
    }

    @Test(arguments: FuzzTarget.allCases)
    func answersEveryKeptInput(target: FuzzTarget) throws {
        let inputs = try Self.inputs(target)
        #expect(!inputs.isEmpty)
        for input in inputs {
            let finding = target.finding(in: [UInt8](try Data(contentsOf: input)))
            #expect(finding == nil, "\(target.rawValue)/\(input.lastPathComponent)")
        }
    }

    /// A corpus is read by people and run with every change: what is more is the fuzzer's own.
    @Test(arguments: FuzzTarget.allCases)
    func keepsFewAndShortInputs(target: FuzzTarget) throws {
        let inputs = try Self.inputs(target)
        #expect(inputs.count <= 50)
        for input in inputs { #expect(try Data(contentsOf: input).count <= 4_096) }
    }
}
