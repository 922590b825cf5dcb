/// A library of others in the program, as it says itself.
package struct LinkedLibrary: Sendable, Equatable {
    package let name: String
    package let version: String

    package init(name: String, version: String) {
        self.name = name
        self.version = version
    }
}

/// What a program was built from, for `--version`: what an officer reads out when asking for help.
/// Nothing of when and where, so that one source gives one program.
package enum BuildFacts {
    /// The version alone on the first line, where scripts look for it.
    package static func text(libraries: [LinkedLibrary]) -> String {
        let named = libraries.sorted { $0.name < $1.name }.map { "\($0.name) \($0.version)" }
        return """
            \(ProgramVersion.text)
            built: \(configuration), Swift \(swiftVersion)
            libraries: \(named.joined(separator: ", "))
            """
    }

    private static var configuration: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }

    /// The compiler tells its version only by comparison; the standard library's own number lacks
    /// the patch.
    private static var swiftVersion: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3.3)
            "6.3.3 or later"
        #elseif compiler(>=6.3.2)
            "6.3.2"
        #elseif compiler(>=6.3.1)
            "6.3.1"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "before 6.3"
        #endif
    }
}
