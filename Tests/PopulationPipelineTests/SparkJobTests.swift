import Testing

@testable import PopulationPipeline

/// How a job is cut where the plan does not say.
struct SparkJobTests {
    @Test(arguments: [
        (0, 8), (2 << 30, 8), (9 << 28, 9), (18_000_000_000, 67), (1 << 40, 2_048),
    ]) func aTaskCountsSoMuchOfTheExtracts(bytes: Int, count: Int) {
        #expect(SparkJob.taskCount(forExtractsOf: bytes) == count)
    }

    /// A split of the usual size goes the quick way with the least number of tasks.
    @Test func largeBlobsGoAnotherWay() {
        #expect(SparkSubmission.shuffle(blobBytes: (256 << 20) / 8)["spark.serializer"] != nil)
        #expect(SparkSubmission.shuffle(blobBytes: (32 << 20) + 1).isEmpty)
    }
}
