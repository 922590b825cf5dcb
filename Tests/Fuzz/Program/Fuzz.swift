import Glibc
import PopulationFuzzTargets

/// The one that the environment names; libFuzzer has the arguments for itself.
private let target: FuzzTarget = {
    let name = getenv("POPSTAT_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        let known = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        fputs("POPSTAT_FUZZ_TARGET must be one of \(known)\n", stderr)
        exit(64)
    }
    return target
}()

/// Called by libFuzzer with one input after another. A wrong answer ends the program as a crash
/// does: only then is the input kept.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let finding = target.finding(in: bytes) {
        fputs("FINDING: \(finding)\n", stderr)
        abort()
    }
    return 0
}
