import PopulationIngest
import Testing

/// Which worker takes which block.
struct BlockQueueTests {
    private typealias Turn = BlockQueue.Turn

    /// A worker that takes blocks in turn with others.
    private struct Worker {
        let queue: BlockQueue
        var turns: [Turn] = []

        mutating func take() -> Bool {
            guard let turn = queue.next(after: turns.last) else { return false }
            turns.append(turn)
            return true
        }
    }

    private static func turns(_ extract: Int, _ blocks: Range<Int>) -> [Turn] {
        blocks.map { Turn(extract: extract, block: $0) }
    }

    @Test func oneWorkerTakesAllInOrder() {
        var worker = Worker(queue: BlockQueue([0..<2, 0..<0, 5..<8]))
        while worker.take() {}
        #expect(worker.turns == Self.turns(0, 0..<2) + Self.turns(2, 5..<8))
    }

    @Test func workersStayApartAndThenHelpWhereMostIsLeft() {
        let queue = BlockQueue([0..<2, 0..<9, 0..<6, 0..<1])
        var workers = (0..<3).map { _ in Worker(queue: queue) }
        while workers.indices.map({ workers[$0].take() }).contains(true) {}
        #expect(
            workers[0].turns == Self.turns(0, 0..<2) + Self.turns(3, 0..<1)
                + [Turn(extract: 1, block: 3), Turn(extract: 1, block: 5)]
                + [Turn(extract: 1, block: 7)])
        #expect(
            workers[1].turns
                == Self.turns(1, 0..<3) + [4, 6, 8].map { Turn(extract: 1, block: $0) })
        #expect(workers[2].turns == Self.turns(2, 0..<6))
    }

    @Test func everyBlockIsTakenOnceByAnyNumberOfWorkers() {
        let blocks = [3..<40, 0..<1, 0..<17, 0..<0, 2..<64]
        let all = blocks.enumerated().flatMap { Self.turns($0.offset, $0.element) }
        for count in 1...9 {
            let queue = BlockQueue(blocks)
            var workers = (0..<count).map { _ in Worker(queue: queue) }
            while workers.indices.map({ workers[$0].take() }).contains(true) {}
            #expect(workers.flatMap(\.turns).sorted() == all)
            for worker in workers {
                for extract in blocks.indices {
                    let own = worker.turns.filter { $0.extract == extract }
                    #expect(own == own.sorted())
                }
            }
        }
    }

    @Test func aFailureLetsThoseBeforeItGoOn() {
        let queue = BlockQueue([0..<3, 0..<3, 0..<3])
        var first = Worker(queue: queue)
        var second = Worker(queue: queue)
        let begun = [first.take(), second.take()]
        queue.stop(at: 1)
        let afterOne = second.take()
        #expect(begun == [true, true] && afterOne && second.turns.last?.extract == 0)
        while first.take() {}
        #expect(first.turns.allSatisfy { $0.extract == 0 })
        #expect(first.turns.count + second.turns.count == 4)
        queue.stop(at: 0)
        let afterAll = second.take()
        #expect(!afterAll)
    }
}
