import ArgumentParser
import Foundation
import PopulationModel

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

func writeToStandardError(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
}
