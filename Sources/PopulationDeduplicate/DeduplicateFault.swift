import Glibc
package import PopulationModel

/// What can be wrong with partition files and what they hold, with its wording.
package enum DeduplicateFault: Equatable {
    case cannotRead(path: String, errno: Int32)
    case damaged(path: String)
    case tooManyCodes(countMax: Int)

    package var error: PopstatError {
        switch self {
        case .cannotRead(let path, let number):
            PopstatError(
                code: "DEDUPLICATE-001", kind: .readOrWriteFailed,
                message: Bilingual(
                    "读取分区文件失败：\(String(cString: strerror(number)))",
                    "reading a partition file failed: \(String(cString: strerror(number)))"),
                remedy: Bilingual(
                    "请检查 --work 所指文件夹的磁盘，然后重新运行。",
                    "Check the disk of the folder given by --work, then run again."),
                place: Place(file: path))
        case .damaged(let path):
            PopstatError(
                code: DeduplicateStage.damagedCode, kind: .readOrWriteFailed,
                message: Bilingual("分区文件已损坏", "a partition file is damaged"),
                remedy: Bilingual(
                    "请重新运行：它会由数据文件重新生成。",
                    "Run again: it is made anew from its extract."),
                place: Place(file: path))
        case .tooManyCodes(let countMax):
            PopstatError(
                code: "DEDUPLICATE-003", kind: .dataBeyondLimits,
                message: Bilingual(
                    "各行中不同的区划代码多于 \(countMax) 个",
                    "the rows hold more than \(countMax) different division codes"),
                remedy: Bilingual(
                    "请检查计划中 division_code、residence_code 和 registered_code 对应的是不是另一列。",
                    "See whether the plan takes another column for division_code, "
                        + "residence_code or registered_code."))
        }
    }
}

extension PopstatErrors {
    init(_ fault: DeduplicateFault) { self.init([fault.error]) }
}
