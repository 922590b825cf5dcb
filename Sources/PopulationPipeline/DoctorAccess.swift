import Foundation
import PopulationModel
import PopulationStore

/// What opens the server to others: its tokens and its certificates, and how long they hold.
enum DoctorAccess {
    /// Time enough to order a certificate and to hand a token on.
    private static let daysAhead = 30
    private static let secondsOfDay = 86_400

    /// Tokens hold through their last day, in UTC.
    static func tokens(_ path: String, today: Int) -> [DoctorFinding] {
        let day = String(DoctorPlan.timeText(today).prefix(10))
        let soon = String(DoctorPlan.timeText(today + daysAhead * secondsOfDay).prefix(10))
        do throws(PopstatError) {
            let tokens = try TokenFile(path: path).tokens().filter { $0.revoked == nil }
            let findings = tokens.compactMap { token -> DoctorFinding? in
                guard let expires = token.expires, expires <= soon else { return nil }
                return expires < day
                    ? .warn(
                        "tokens", .tokenExpired(path: path, name: token.name, day: expires))
                    : .warn(
                        "tokens", .tokenExpires(path: path, name: token.name, day: expires))
            }
            return findings.isEmpty
                ? [
                    .ok(
                        "tokens",
                        Bilingual(
                            "\(path)：\(tokens.count) 个有效", "\(path): \(tokens.count) in force"))
                ] : findings
        } catch { return [DoctorFinding("tokens", .bad, error)] }
    }

    /// Every certificate of the chain has to hold.
    static func certificate(_ path: String, now: Int) -> [DoctorFinding] {
        let bytes: [UInt8]
        do throws(SystemFailure) { bytes = try WholeFile.read(path) } catch {
            return [
                .bad(
                    "certificate",
                    .noCertificate(
                        path: path, reason: Bilingual(both: error.reason),
                        isMissing: error.number == ENOENT))
            ]
        }
        guard let validities = CertificateValidity.all(inPEM: bytes), !validities.isEmpty else {
            return [
                .bad(
                    "certificate",
                    .noCertificate(
                        path: path,
                        reason: Bilingual(
                            "它不是证书的 PEM 文件", "it is no PEM file of certificates"), isMissing: false)
                )
            ]
        }
        let end = validities.map(\.notAfter).min()!
        let start = validities.map(\.notBefore).max()!
        let time = DoctorPlan.timeText(end)
        if end < now { return [.bad("certificate", .certificateExpired(path: path, time: time))] }
        if start > now {
            return [
                .bad(
                    "certificate",
                    .certificateNotYet(path: path, time: DoctorPlan.timeText(start)))
            ]
        }
        if end < now + daysAhead * secondsOfDay {
            return [.warn("certificate", .certificateExpires(path: path, time: time))]
        }
        return [
            .ok(
                "certificate",
                Bilingual("\(path)：有效至 \(time)", "\(path): holds until \(time)"))
        ]
    }
}
