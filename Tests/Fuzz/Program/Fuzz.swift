import Glibc
import PopulationFuzzTargets

/// The one that the environment names; libFuzzer has the arguments for itself.
private let target: FuzzTarget = {
    let name = getenv("POPSTAT_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        let known = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        say("POPSTAT_FUZZ_TARGET must be one of \(known)")
        exit(64)
    }
    return target
}()

private func say(_ words: String) {
    let line = Array("\(words)\n".utf8)
    // Where the words cannot be written the status still tells.
    _ = write(STDERR_FILENO, line, line.count)
}

/// libFuzzer's own loop. Its `main` cannot be taken: SwiftPM gives every program a `main` that leads
/// to its own module. Pointers and numbers are passed alike in Swift and C.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Tries one input after another. A wrong answer ends the program as a crash does: only then is the
/// input kept.
@main enum Fuzz {
    static func main() {
        _ = target
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(
            runDriver(&count, &arguments) { start, count in
                let bytes = Array(UnsafeBufferPointer(start: start, count: count))
                if let finding = target.finding(in: bytes) {
                    say("FINDING: \(finding)")
                    abort()
                }
                return 0
            })
    }
}
