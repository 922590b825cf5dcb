import PopulationModel
import PopulationPipeline
import PopulationTestSupport
import Testing

/// Every fault of a cluster in its final words and with its exit status.
@Suite struct SparkFaultMessageTests {
    static let rows: [(fault: SparkFault, status: Int32, text: String)] = [
        (
            .noEngine(plan: "plan.yaml"), 64,
            "plan.yaml says nothing of Spark (SPARK-001). Add `engine: { spark: { master: … } }` to "
                + "the plan, or run with `--engine local`."
        ),
        (
            .cannotSubmit(
                command: "spark-submit", reason: Bilingual("没有这个程序", "there is no such program")),
            69,
            "`spark-submit` cannot be started: there is no such program (SPARK-002). Install Spark, "
                + "or name its command under engine.spark.submit. Nothing was published."
        ),
        (
            .cannotKeepJob(path: "/srv/work", reason: "No space left on device"), 73,
            "/srv/work cannot be written: No space left on device (SPARK-003). Free space or mend "
                + "the rights of the work folder."
        ),
        (
            .unreachable(master: "spark://m:7077", log: "spark.log"), 69,
            "the Spark master spark://m:7077 does not answer (SPARK-004). Start it, or mend "
                + "engine.spark.master. spark.log holds Spark's words. Nothing was published."
        ),
        (
            .jobFailed(status: 1, log: "spark.log"), 69,
            "the Spark job failed with status 1 (SPARK-005). spark.log holds Spark's words. "
                + "Nothing was published."
        ),
        (
            .incomplete(found: 3, expected: 20, log: "spark.log"), 69,
            "the Spark job gave 3 of 20 results (SPARK-006). Run again. spark.log holds Spark's "
                + "words. Nothing was published."
        ),
        (
            .damagedHandover(.part), 74,
            "a part of the cube is damaged, or of another version of popstat (SPARK-007). Run again "
                + "with one version on every machine. Nothing was published."
        ),
        (
            .handoverFailed(reason: "Broken pipe"), 74,
            "a task cannot hand on what it made: Broken pipe (SPARK-008). Look at the disk of that "
                + "machine, then run again. Nothing was published."
        ),
    ]

    @Test(arguments: rows.indices)
    func saysWhatIsWrongAndWhatToDo(index: Int) {
        let (fault, status, text) = Self.rows[index]
        #expect(fault.error.description == text)
        #expect(
            ChineseWording.problems(
                fault.error.line(in: .zh), beside: text, values: ChineseWording.values(of: fault))
                == [])
        #expect(fault.error.exitStatus == status)
    }
}
