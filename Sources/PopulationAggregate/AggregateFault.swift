import Glibc
package import PopulationModel

/// What can go wrong while people are counted, with its wording.
package enum AggregateFault: Equatable {
    case householdsNotKept(path: String, errno: Int32)

    package var error: PopstatError {
        switch self {
        case .householdsNotKept(let path, let number):
            PopstatError(
                code: "AGGREGATE-002", kind: .readOrWriteFailed,
                message: Bilingual(
                    "暂存家庭户数据失败：\(String(cString: strerror(number)))",
                    "keeping households aside failed: \(String(cString: strerror(number)))"),
                remedy: Bilingual(
                    "请在 --work 所指文件夹的磁盘上腾出空间，然后重新运行。",
                    "Make room on the disk of the folder given by --work, then run again."),
                place: Place(file: path))
        }
    }
}

extension PopstatErrors {
    init(_ fault: AggregateFault) { self.init([fault.error]) }
}
