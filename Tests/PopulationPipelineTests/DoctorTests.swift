import Foundation
import PopulationModel
import PopulationTestSupport
import Testing

@testable import PopulationPipeline

/// What a machine that runs tests does not show by itself.
@Suite struct DoctorTests {
    private static func codes(_ findings: [DoctorFinding]) -> [String] {
        findings.map { "\($0.state) \($0.code ?? "-")" }
    }

    @Test func tellsAMachineThatIsTooSmall() {
        #expect(DoctorMachine.machine(cores: 2, memory: 1 << 34).state == .ok)
        #expect(DoctorMachine.machine(cores: 2, memory: 1 << 29).code == "DOCTOR-001")
        #expect(DoctorMachine.files(limit: 100, extractCount: 12).state == .ok)
        let few = DoctorMachine.files(limit: 99, extractCount: 12)
        #expect(few.code == "DOCTOR-002")
        #expect(few.status == 69)
        #expect(DoctorMachine.encoding(true).state == .ok)
        #expect(DoctorMachine.encoding(false).state == .bad)
        #expect(Self.codes(DoctorMachine.printing(program: true, fonts: true)) == ["ok -"])
        #expect(
            Self.codes(DoctorMachine.printing(program: false, fonts: true))
                == ["warn DOCTOR-016"])
        #expect(
            Self.codes(DoctorMachine.printing(program: true, fonts: false))
                == ["warn DOCTOR-017"])
    }

    @Test func tellsAClockThatIsBehindOrAlone() {
        let files = [("a.csv", 1_000_000), ("b.csv", 900_000)].map {
            (label: $0.0, modified: $0.1)
        }
        func codes(_ now: Int, _ isSynchronised: Bool?) -> [String] {
            Self.codes(
                DoctorClock.findings(now: now, files: files, isSynchronised: isSynchronised))
        }
        #expect(codes(1_000_000, true) == ["ok -"])
        #expect(codes(999_401, nil) == ["ok -"])
        #expect(codes(999_399, true) == ["bad DOCTOR-005"])
        #expect(codes(1_000_000, false) == ["warn DOCTOR-004"])
    }

    @Test func countsTheRoomThatExtractsNeed() throws {
        try TemporaryFolder.with { folder in
            let paths = ["a.csv", "b.csv.gz"].map { name in
                let path = folder.appendingPathComponent(name).path
                return PlanPath(path: path, label: name)
            }
            for path in paths {
                try Data(count: 1_000_000).write(to: URL(fileURLWithPath: path.path))
            }
            let besides = DoctorWork.bytesNeeded(for: [])
            #expect(DoctorWork.bytesNeeded(for: [paths[0]]) - besides == 500_000)
            #expect(DoctorWork.bytesNeeded(for: paths) - besides == 12_500_000)
            let place = DoctorFolder(path: folder.path)
            #expect(place.space("disk", needed: 1, reason: Bilingual(both: ""))[0].state == .ok)
            let full = place.space("disk", needed: .max, reason: Bilingual(both: ""))[0]
            #expect(full.code == "DOCTOR-006")
            #expect(full.status == 73)
        }
    }

    @Test func tellsAFolderThatCannotBeMade() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("file")
            try Data().write(to: file)
            #expect(DoctorFolder(path: folder.path + "/a/b").obstacle == nil)
            let below = DoctorFolder(path: file.path + "/a").obstacle
            #expect(below?.error.code == "DOCTOR-008")
        }
    }

    /// Certificates of openssl, of both forms of time and of two kinds of keys.
    @Test(arguments: [
        (["-newkey", "rsa:2048"], 365),
        (["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"], 36_500),
    ])
    func readsHowLongACertificateHolds(key: [String], days: Int) throws {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("chain.pem").path
            let start = Int(Date().timeIntervalSince1970)
            let status = try ChildProgram(
                ["openssl", "req", "-x509", "-nodes", "-subj", "/CN=figures", "-days", "\(days)"]
                    + ["-keyout", "/dev/null", "-out", file] + key
            ).wait()
            try #require(status == 0)
            let end = start + days * 86_400
            func state(_ now: Int) -> String {
                Self.codes(DoctorAccess.certificate(file, now: now)).joined()
            }
            #expect(state(start + 60) == "ok -")
            #expect(state(end - 31 * 86_400) == "ok -")
            #expect(state(end - 29 * 86_400) == "warn DOCTOR-013")
            #expect(state(end - 60) == "warn DOCTOR-013")
            #expect(state(end + 60) == "bad DOCTOR-014")
            #expect(state(start - 60) == "bad DOCTOR-015")

            let pem = try [UInt8](Data(contentsOf: URL(fileURLWithPath: file)))
            let found = try #require(CertificateValidity.all(inPEM: pem + pem))
            #expect(found.count == 2)
            #expect(abs(found[0].notAfter - end) < 60)
            #expect(found[0] == found[1])
            // Cut anywhere, it is none, and nothing is read beyond the end.
            let text = String(decoding: pem, as: UTF8.self)
            let lines = text.split(separator: "\n")
            let der = [UInt8](
                try #require(Data(base64Encoded: lines.dropFirst().dropLast().joined())))
            #expect(CertificateValidity(der: der) == found[0])
            for length in 0..<der.count {
                #expect(CertificateValidity(der: Array(der[..<length])) == nil)
            }
            try Data("no certificate".utf8).write(to: URL(fileURLWithPath: file))
            #expect(state(start) == "bad DOCTOR-012")
            try FileManager.default.removeItem(atPath: file)
            let missing = DoctorAccess.certificate(file, now: start)
            #expect(missing.map(\.status) == [66])
        }
    }
}
