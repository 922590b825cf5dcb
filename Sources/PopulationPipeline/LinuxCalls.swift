internal import CLinux

/// Calls of the kernel that Swift does not show.
enum LinuxCalls {
    /// Two folders take each other's place in one step; else `errno` says why not.
    static func exchange(_ one: String, _ other: String) -> Bool { linux_exchange(one, other) == 0 }

    /// Whether the kernel's clock follows another one; `nil` where that is not told.
    static var isClockSynchronised: Bool? {
        let answer = linux_clock_is_synchronised()
        return answer < 0 ? nil : answer == 1
    }

    /// No memory of this process is written to disk when it crashes.
    static func forbidCores() { linux_forbid_cores() }

    /// Paths of the libraries that the linker has loaded, as it was asked for them.
    static var loadedLibraries: [String] {
        var paths: [String] = []
        withUnsafeMutablePointer(to: &paths) { paths in
            linux_each_library(
                { path, data in
                    guard let path, let data else { return }
                    data.assumingMemoryBound(to: [String].self).pointee
                        .append(String(cString: path))
                }, paths)
        }
        return paths
    }
}
