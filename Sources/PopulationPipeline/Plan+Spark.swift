extension Plan {
    /// How a plan runs on Apache Spark. None of it changes a figure, and none of it is in the plan's
    /// digest.
    public struct Spark: Sendable, Equatable {
        /// `local[2]`, `spark://host:7077`, `yarn`, `k8s://…`.
        public var master: String
        /// The command that submits a program: its first word is looked for where a shell would.
        public var submit: [String]
        /// The interpreter on every machine.
        public var python: String
        /// Tasks that put partitions together; `nil` = as many as there are extracts, 8 at least.
        public var tasks: Int?
        /// An extract is cut into splits of so many MiB; `nil` = 64. A gzip extract is one.
        public var splitMebibytes: Int?
        /// A folder that every machine sees, in which rejected rows stay; `nil` = none are kept.
        public var rejected: PlanPath?
        /// Settings of Spark, such as `spark.executor.memory`.
        public var settings: [String: String]

        init(master: String) {
            self.master = master
            submit = ["spark-submit"]
            python = "python3"
            settings = [:]
        }
    }
}
