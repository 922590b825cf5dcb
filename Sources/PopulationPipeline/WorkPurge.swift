import Foundation
import Glibc
import PopulationModel

/// Removes personal data from the work folder of a plan: partitions, rejected rows, and what runs
/// that died left of either. Takes the folder's lock; refuses while a run holds it.
package struct WorkPurge {
    private let plan: Plan
    private let path: String
    private let audit: AuditLog

    /// What kind of file is removed; the words are those of the account.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case partitions
        case rejected = "rejected rows"
        case unfinished = "left by runs that died"

        package var words: Bilingual {
            switch self {
            case .partitions: Bilingual("分区文件", rawValue)
            case .rejected: Bilingual("被拒的行", rawValue)
            case .unfinished: Bilingual("中断的运行所留", rawValue)
            }
        }
    }

    /// A file that was removed. Names hold no personal value: they are digests.
    package struct Removed: Encodable, Sendable {
        package var file: String
        package var kind: Kind
        package var byteCount: Int
        /// When it was made or last written, in seconds since 1970.
        package var written: Int
    }

    /// What a purge came to.
    package struct Account: Encodable, Sendable {
        package var work: String
        package var removed: [Removed]
        package var keptCount: Int
        package var byteCount: Int { removed.reduce(0) { $0 + $1.byteCount } }
    }

    package init(plan: Plan, work: String?, audit: String?) {
        self.plan = plan
        path = work ?? plan.defaultWorkFolder
        self.audit =
            audit.map(AuditLog.init(folder:))
            ?? .standard(besideOutput: plan.publish.output.standardizedPath)
    }

    /// Removes what was written so long ago or longer, or only tells it.
    package func run(secondsMin: Int, removes: Bool) throws(PopstatErrors) -> Account {
        guard FileStatus(of: path)?.isFolder == true else {
            throw PopstatErrors(.noWorkFolder(path: path))
        }
        let work = try WorkFolder(path: path)
        // It holds the lock.
        defer { withExtendedLifetime(work) {} }
        let all = try files(of: work)
        let now = RunContext.seconds
        let old = all.filter { now - $0.written >= secondsMin }
        let account = Account(work: path, removed: old, keptCount: all.count - old.count)
        guard removes else { return account }
        // What cannot be recorded is not removed.
        let begun =
            old.isEmpty
            ? nil : try audit.append(.purgeBegun, details(account, secondsMin: secondsMin))
        var done = account
        done.removed = []
        for file in old {
            if unlink("\(path)/\(file.file)") != 0, errno != ENOENT {
                let failure = PopstatErrors(
                    .workFolder(path: "\(path)/\(file.file)", reason: SystemFailure().reason))
                try record(done, begun, secondsMin: secondsMin, failure)
                throw failure
            }
            done.removed.append(file)
        }
        try record(done, begun, secondsMin: secondsMin, nil)
        return account
    }

    /// The account of what was removed, also where a file could not be.
    private func record(
        _ account: Account, _ begun: Int?, secondsMin: Int, _ failure: PopstatErrors?
    ) throws(PopstatErrors) {
        var details = details(account, secondsMin: secondsMin)
        details["begun"] = begun.map(String.init)
        if let failure {
            details["outcome"] = "failed"
            details["codes"] = failure.errors.map(\.code).joined(separator: " ")
        }
        do throws(PopstatErrors) { try audit.append(.purged, details) } catch {
            throw PopstatErrors((failure?.errors ?? []) + error.errors)
        }
    }

    private func details(_ account: Account, secondsMin: Int) -> [String: String] {
        var details = [
            "plan": plan.name, "work": path, "older_than_hours": "\(secondsMin / 3_600)",
            "files": "\(account.removed.count)", "bytes": "\(account.byteCount)",
        ]
        for kind in Kind.allCases {
            details[kind.rawValue] = "\(account.removed.count { $0.kind == kind })"
        }
        return details
    }

    /// Everything in the folder that holds or may hold personal data, by name.
    private func files(of work: WorkFolder) throws(PopstatErrors) -> [Removed] {
        var found: [Removed] = []
        let ofJob = "\(StageName.ingest.folderName)/\(SparkJob.folderName)"
        for stage in ["", StageName.ingest.folderName, ofJob, StageName.aggregate.folderName] {
            let folder = stage.isEmpty ? path : "\(path)/\(stage)"
            // Only a job of Spark that died leaves its folder.
            if stage == ofJob, FileStatus(of: folder) == nil { continue }
            let names: [String]
            do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
                throw PopstatErrors(
                    .workFolder(path: folder, reason: (error as NSError).localizedDescription))
            }
            for name in names.sorted() {
                let kind =
                    stage == ofJob ? .unfinished : Self.kind(of: name, inStage: !stage.isEmpty)
                guard let kind else { continue }
                var status = stat()
                guard lstat("\(folder)/\(name)", &status) == 0,
                    status.st_mode & S_IFMT == S_IFREG
                else { continue }
                found.append(
                    Removed(
                        file: stage.isEmpty ? name : "\(stage)/\(name)", kind: kind,
                        byteCount: Int(status.st_size), written: Int(status.st_mtim.tv_sec)))
            }
        }
        return found
    }

    /// Lock, ledger and log of the runs hold nobody, and stay.
    private static func kind(of name: String, inStage: Bool) -> Kind? {
        if !inStage { return RejectedReport.isOne(name) ? .rejected : nil }
        if name.hasSuffix(".rejected") { return .rejected }
        // Without its partitions an entry says nothing, and the extract is ingested again.
        return name.hasSuffix(".partitions") || name.hasSuffix(".json")
            ? .partitions : .unfinished
    }
}
