import Glibc
import PopulationModel

import PopulationSample

/// A folder of the system's temporary directory that goes with the value that owns it.
final class SampleFolder {
    let path: String

    init() {
        var template = Array("/tmp/popstat-sample-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    }

    deinit {
        for name in Self.names(in: path + "/defects") { unlink("\(path)/defects/\(name)") }
        rmdir(path + "/defects")
        for name in Self.names(in: path) { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// The files of a folder in order, those that begin with a dot left out.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { return bytes }
            bytes += buffer[0..<count]
        }
    }

    /// Every file of the folder by name, subfolder `defects` included.
    static func contents(of folder: String) -> [(name: String, bytes: [UInt8])] {
        var files: [(String, [UInt8])] = []
        for name in names(in: folder) {
            if let bytes = bytes("\(folder)/\(name)"), name != "defects" {
                files.append((name, bytes))
            }
        }
        for name in names(in: folder + "/defects") {
            files.append(("defects/\(name)", bytes("\(folder)/defects/\(name)") ?? []))
        }
        return files
    }

    static func text(_ path: String) -> String {
        String(decoding: bytes(path) ?? [], as: UTF8.self)
    }
}
