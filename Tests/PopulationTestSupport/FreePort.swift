import Foundation

/// A port of the loopback at which nobody listens.
public enum FreePort {
    /// Free when it was asked for; somebody else may take it before it is used.
    public static func any() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(number: errno) }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0
                    ? getsockname(descriptor, pointer, &length) : -1
            }
        }
        guard status == 0 else { throw Failure(number: errno) }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private struct Failure: Error {
        let number: Int32
    }
}
