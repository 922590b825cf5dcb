import Foundation

/// What popstat is on this machine: its file, and the libraries that another machine needs to run it.
enum ProgramFiles {
    /// This very program.
    static let path: String = {
        let link = "/proc/self/exe"
        // Without /proc the name as it was typed has to do.
        return (try? FileManager.default.destinationOfSymbolicLink(atPath: link))
            ?? CommandLine.arguments[0]
    }()

    /// Those that are not of the C library: that one is the machine's own, as the kernel is.
    static var libraries: [String] {
        LinuxCalls.loadedLibraries.filter { path in
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            return path.hasPrefix("/") && !name.hasPrefix("ld-")
                && !ofTheCLibrary.contains { name.hasPrefix("\($0).so") }
        }.sorted()
    }

    /// glibc 2.36.
    private static let ofTheCLibrary = [
        "libc", "libm", "libmvec", "libdl", "libpthread", "librt", "libresolv", "libutil", "libanl",
    ]
}
