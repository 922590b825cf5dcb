import Foundation
import PopulationModel
import PopulationPipeline
import PopulationTestSupport

/// A plan of any bytes beside the files that plans name: read the same twice, or refused.
enum PlanTarget {
    static func finding(_ input: FuzzInput) -> String? {
        guard staysInFolder(input.rest) else { return nil }
        do {
            return try TemporaryFolder.with { folder in
                for name in ["r.csv", "s.csv", "d.csv", "c.csv", "t.csv"] {
                    try Data().write(to: folder.appending(path: name))
                }
                let file = folder.appending(path: "plan.yaml")
                try Data(input.rest).write(to: file)
                return finding(inFile: file.path)
            }
        } catch {
            return "the folder of a plan cannot be written: \(error)"
        }
    }

    private static func finding(inFile path: String) -> String? {
        do throws(PopstatErrors) {
            let text = try PlanReader.read(file: path).canonicalText
            return try PlanReader.read(file: path).canonicalText == text
                ? nil : "the plan is another one when it is read again"
        } catch {
            return error.errors.isEmpty ? "a plan is refused without an error" : nil
        }
    }

    /// A pattern outside the folder lists this machine's disk, which is slow and no fault.
    private static func staysInFolder(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.contains(where: { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }) else { return true }
        return !bytes.contains(0x2F) && !bytes.contains(0x5C)
    }
}
