import ArgumentParser
import Foundation
import PopulationModel
import PopulationPipeline

/// Runs a command; a fault ends it with one line each on standard error and its exit status.
func reportingFaults(in language: MessageLanguage, _ body: () throws -> Void) throws {
    do {
        try body()
    } catch let faults as PopstatErrors {
        for fault in faults.errors { writeFault(fault, in: language) }
        throw ExitCode(faults.exitStatus)
    } catch let fault as PopstatError {
        writeFault(fault, in: language)
        throw ExitCode(fault.exitStatus)
    }
}

func writeFault(_ fault: PopstatError, in language: MessageLanguage) {
    writeToStandardError("popstat: \(fault.line(in: language))\n")
}

func writeToStandardError(_ text: String, to descriptor: Int32 = STDERR_FILENO) {
    // Where nobody hears it, the exit status still says that something was wrong.
    try? WholeFile.append(Array(text.utf8), to: descriptor)
}

/// Ends what was printed; an answer that did not arrive is a fault.
func endStandardOutput(in language: MessageLanguage) throws {
    guard fflush(nil) != 0 else { return }
    let fault = RunFault.outputLost(reason: String(cString: strerror(errno))).error
    writeFault(fault, in: language)
    throw ExitCode(fault.exitStatus)
}
