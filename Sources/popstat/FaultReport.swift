import ArgumentParser
import Foundation
import PopulationModel

/// Runs a command; a fault ends it with one line each on standard error and its exit status.
func reportingFaults(_ body: () throws -> Void) throws {
    do {
        try body()
    } catch let faults as PopstatErrors {
        for fault in faults.errors { writeToStandardError("popstat: \(fault)\n") }
        throw ExitCode(faults.exitStatus)
    } catch let fault as PopstatError {
        writeToStandardError("popstat: \(fault)\n")
        throw ExitCode(fault.exitStatus)
    }
}

func writeToStandardError(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
}
