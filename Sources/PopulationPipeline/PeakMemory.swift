import PopulationModel

/// The most memory that this process has held at a time.
enum PeakMemory {
    /// In bytes; `nil` where the kernel does not tell. Not of `getrusage`, which begins with what the
    /// process held that started this one.
    static var bytes: Int? {
        // A kernel that does not tell is no fault of the run.
        guard let status = try? WholeFile.read("/proc/self/status") else { return nil }
        return bytes(inStatus: String(decoding: status, as: UTF8.self))
    }

    /// Of the lines of `/proc/self/status`: `VmHWM:     12345 kB`.
    static func bytes(inStatus text: String) -> Int? {
        for line in text.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
                .map { $0 << 10 }
        }
        return nil
    }

    /// What is said of a run that took more than it was allowed.
    static func remark(limit: Int?, peak: Int?) -> Bilingual? {
        guard let limit, let peak, peak > limit else { return nil }
        // Rounded up and down, so that the first is always the greater.
        let (taken, allowed) = ((peak + (1 << 20) - 1) >> 20, limit >> 20)
        return Bilingual(
            "内存最多时占用 \(taken) MiB，超过 --memory-limit 的 \(allowed) MiB："
                + "参照文件、各表以及每个线程最少所需不受其限制；请放宽限制，或减少 --threads",
            "up to \(taken) MiB of memory were taken, more than the \(allowed) MiB of --memory-limit: "
                + "it does not bound reference files, tables and the least that each thread needs; allow "
                + "more, or fewer --threads")
    }
}
