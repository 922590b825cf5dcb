import PopulationModel
import Testing

@Suite struct WorkerThreadsTests {
    @Test(arguments: [1, 2, 7])
    func runsEachIndexOnce(count: Int) {
        let seen = Monitor<[Int]>([])
        WorkerThreads.run(count: count) { index in seen.update { $0.append(index) } }
        #expect(seen.update { $0.sorted() } == Array(0..<count))
    }

    /// Each thread waits for the one before it: they must all run at the same time.
    @Test func threadsCanWaitForEachOther() {
        let turn = Monitor(3)
        let order = Monitor<[Int]>([])
        WorkerThreads.run(count: 4) { index in
            turn.wait { $0 == index ? () : nil }
            order.update { $0.append(index) }
            turn.update { $0 -= 1 }
        }
        #expect(order.read { $0 } == [3, 2, 1, 0])
    }

    @Test func noUpdateIsLost() {
        let sum = Monitor(0)
        WorkerThreads.run(count: 4) { _ in
            for _ in 0..<2_000 { sum.update { $0 += 1 } }
        }
        #expect(sum.read { $0 } == 8_000)
    }

    private struct Trouble: Error {}

    @Test func aThrowingUpdateLeavesTheLock() {
        let value = Monitor(1)
        #expect(throws: Trouble.self) { try value.update { (_: inout Int) in throw Trouble() } }
        #expect(value.read { $0 } == 1)
    }

    @Test func progressAddsUp() {
        let progress = ProgressCounter()
        progress.start(total: 10)
        WorkerThreads.run(count: 3) { _ in progress.add(2, rows: 5) }
        #expect(progress.snapshot == (6, 15, 10))
    }
}
