import PopulationModel
import Testing

@testable import PopulationPipeline

/// What a run says when it took more memory than it was allowed.
@Suite struct PeakMemoryTests {
    @Test func theKernelTellsThePeak() throws {
        let peak = try #require(PeakMemory.bytes)
        #expect(peak > 1 << 20 && peak < 1 << 40)
    }

    @Test func thePeakIsReadInKibibytes() {
        #expect(PeakMemory.bytes(inStatus: "VmPeak:\t  9 kB\nVmHWM:\t    96 kB\n") == 96 << 10)
        #expect(PeakMemory.bytes(inStatus: "VmPeak:\t  9 kB\n") == nil)
        #expect(PeakMemory.bytes(inStatus: "VmHWM:\n") == nil)
    }

    @Test(arguments: [(nil, 96), (64, nil), (64, 64), (64, 63)] as [(Int?, Int?)])
    func nothingIsSaidWithinTheLimit(limit: Int?, peak: Int?) {
        #expect(PeakMemory.remark(limit: limit, peak: peak) == nil)
    }

    @Test func whatWasTakenIsRoundedUp() {
        let remark = PeakMemory.remark(limit: 16 << 20, peak: (16 << 20) + 1)
        #expect(
            remark?.en
                == "up to 17 MiB of memory were taken, more than the 16 MiB of --memory-limit: it "
                + "does not bound reference files, tables and the least that each thread needs; allow "
                + "more, or fewer --threads")
        #expect(
            remark?.zh
                == "内存最多时占用 17 MiB，超过 --memory-limit 的 16 MiB：参照文件、各表以及每个线程最少所需"
                + "不受其限制；请放宽限制，或减少 --threads")
    }
}
