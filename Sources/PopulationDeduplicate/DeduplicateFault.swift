import Glibc
package import PopulationModel

/// What can be wrong with partition files, with its wording.
package enum DeduplicateFault: Equatable {
    case cannotRead(path: String, errno: Int32)
    case damaged(path: String)

    package var error: PopstatError {
        switch self {
        case .cannotRead(let path, let number):
            PopstatError(
                code: "DEDUPLICATE-001", kind: .readOrWriteFailed,
                message: "reading a partition file failed: \(String(cString: strerror(number)))",
                remedy: "Check the disk of the folder given by --work, then run again.",
                place: Place(file: path))
        case .damaged(let path):
            PopstatError(
                code: DeduplicateStage.damagedCode, kind: .readOrWriteFailed,
                message: "a partition file is damaged",
                remedy: "Run again: it is made anew from its extract.", place: Place(file: path))
        }
    }
}

extension PopstatErrors {
    init(_ fault: DeduplicateFault) { self.init([fault.error]) }
}
