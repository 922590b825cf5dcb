import Foundation
import Testing

/// Facts of the Debian package that can be read without building it.
@Suite struct PackagingTests {
    private static let folder = PackageTree.root.appendingPathComponent(".packaging")

    private func text(_ name: String) throws -> String {
        try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    }

    /// `Key=value` lines of a unit; a key may stand several times.
    private func settings(_ unit: String) throws -> [String: [String]] {
        var settings: [String: [String]] = [:]
        for line in try text("debian/\(unit)").split(separator: "\n") where !line.hasPrefix("#") {
            guard let place = line.firstIndex(of: "=") else { continue }
            let value = String(line[line.index(after: place)...])
            settings[String(line[..<place]), default: []].append(value)
        }
        return settings
    }

    /// Path, then mode and owner, of tmpfiles.d.
    private func folders() throws -> [String: String] {
        let lines = try text("debian/popstat.tmpfiles").split(separator: "\n")
            .map { $0.split(separator: " ").map(String.init) }.filter { $0.first == "d" }
        return Dictionary(
            uniqueKeysWithValues: lines.map { ($0[1], "\($0[2]) \($0[3]):\($0[4])") })
    }

    @Test(arguments: [
        ("sh", "debian/postinst"), ("sh", "debian/prerm"), ("sh", "debian/postrm"),
        ("sh", "install"), ("bash", "build-deb"), ("bash", "test"),
    ])
    func writesScriptsThatTheShellReads(shell: String, script: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let path = Self.folder.appendingPathComponent(script).path
        process.arguments = [shell, "-n", path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(FileManager.default.isExecutableFile(atPath: path))
        // A step that fails ends the script.
        #expect(try text(script).contains(/\nset -e/))
    }

    @Test(arguments: ["popstat-nightly.service", "popstat-server.service"])
    func hardensTheService(unit: String) throws {
        let settings = try settings(unit)
        let expected = [
            "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes",
            "PrivateTmp": "yes", "PrivateDevices": "yes", "CapabilityBoundingSet": "",
            "LimitCORE": "0", "MemoryDenyWriteExecute": "yes", "RestrictNamespaces": "yes",
            "SystemCallArchitectures": "native",
        ]
        for (key, value) in expected { #expect(settings[key] == [value], "\(key)") }
        #expect(settings["SystemCallFilter"]?.first == "@system-service")
        #expect(settings["User"]?.first?.hasPrefix("popstat") == true)
        // Others than owner and group read nothing that is written.
        #expect(settings["UMask"]?.first?.hasSuffix("7") == true)
    }

    @Test func runsThePlanOfThePackage() throws {
        let settings = try settings("popstat-nightly.service")
        let command = "/usr/bin/popstat nightly --verbose /etc/popstat/nightly.yaml"
        #expect(settings["ExecStart"] == [command])
        #expect(settings["Type"] == ["oneshot"])
        let timer = try self.settings("popstat-nightly.timer")
        #expect(timer["Persistent"] == ["true"])
        #expect(timer["OnCalendar"]?.count == 1)
    }

    @Test func writesOnlyWhereFoldersAreMade() throws {
        let folders = try folders()
        let written = try settings("popstat-nightly.service")["ReadWritePaths"]?.first ?? ""
        #expect(written.split(separator: " ").count == 3)
        for path in written.split(separator: " ") { #expect(folders[String(path)] != nil) }
        #expect(try settings("popstat-server.service")["ReadWritePaths"] == nil)
    }

    @Test func keepsTheServerFromPersonalData() throws {
        let settings = try settings("popstat-server.service")
        #expect(settings["User"] == ["popstat-server"])
        let closed = settings["InaccessiblePaths"]?.first?.split(separator: " ") ?? []
        #expect(closed.contains("-/var/lib/popstat/private"))
        #expect(closed.contains("-/var/lib/popstat/inbox"))
    }

    @Test func givesFoldersTheirModes() throws {
        #expect(
            try folders() == [
                "/var/lib/popstat": "0750 popstat:popstat",
                "/var/lib/popstat/private": "0700 popstat:popstat",
                "/var/lib/popstat/inbox": "3730 popstat:popstat",
                "/var/lib/popstat-metrics": "0755 popstat:popstat",
                "/var/lib/popstat-server": "0700 popstat-server:popstat-server",
                "/var/log/popstat": "0750 popstat:popstat",
            ])
    }

    @Test func namesEveryFileOfEtcAsConffile() throws {
        let puts = try text("build-deb").split(separator: "\n")
            .filter { $0.hasPrefix("put ") }.compactMap { $0.split(separator: " ").last }
            .filter { $0.hasPrefix("/etc/") }.map(String.init)
        let named = try text("debian/conffiles").split(separator: "\n").map(String.init)
        #expect(puts.sorted() == named.sorted())
        #expect(named.contains("/etc/popstat/nightly.yaml"))
    }

    @Test func takesAwayOnPurgeWhatItMade() throws {
        let script = try text("debian/postrm")
        for path in try folders().keys {
            let isBelow = path.hasPrefix("/var/lib/popstat/")
            #expect(isBelow || script.contains(" \(path)"), "\(path)")
        }
    }

    @Test func bringsTheFilesThatItsPlanNames() throws {
        let plan = try text("debian/etc/nightly.yaml")
        let names = plan.matches(of: /examples\/SampleData\/([\w.-]+\.csv)/).map { $0.output.1 }
        #expect(names.count == 5)
        for name in names {
            let file = PackageTree.root.appendingPathComponent("SampleData/\(name)")
            #expect(FileManager.default.fileExists(atPath: file.path), "\(name)")
        }
        #expect(plan.contains("output: /var/lib/popstat/figures\n"))
        #expect(plan.contains("files: [/var/lib/popstat/inbox/registration-*.csv]"))
    }
}
