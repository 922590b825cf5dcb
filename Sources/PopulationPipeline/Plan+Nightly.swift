import PopulationModel

extension Plan {
    /// What a night does around a run. Nothing of it changes a figure, so it is not in the plan's
    /// digest.
    public struct Nightly: Sendable, Equatable {
        /// Where extracts arrive; `nil` = those of the plan are taken as they are.
        public var inbox: Inbox?
        /// By when every source has a new extract; `nil` = no night waits.
        public var extractsBy: TimeOfDay?
        /// By when the figures are published.
        public var finishedBy: TimeOfDay?
        public var deliveries: [Delivery] = []
        /// Days that personal data of the work folder is kept; `nil` = for ever.
        public var keepDays: Int?
        /// A file for Prometheus' textfile collector.
        public var metrics: PlanPath?
        public var hooks = Hooks()

        /// A folder of extracts that others write, and how it is told that they have finished.
        public struct Inbox: Sendable, Equatable {
            public var folder: PlanPath
            public var rule: Rule

            /// When an extract is whole.
            public enum Rule: Sendable, Equatable {
                /// A file of its name with this ending stands beside it, and is not older.
                case marker(String)
                /// It has not changed for so many minutes.
                case quiet(minutes: Int)
            }
        }

        /// A year's transfer figures for a recipient.
        public struct Delivery: Sendable, Equatable {
            public var recipient: String
            public var year: Int
        }

        /// Commands of the shell; what happened is in their environment.
        public struct Hooks: Sendable, Equatable {
            public var start: String?
            public var success: String?
            public var failure: String?
        }
    }
}

/// Hour and minute of a day, in local time.
public struct TimeOfDay: Sendable, Equatable, CustomStringConvertible {
    public let hour: Int
    public let minute: Int

    /// `nil` for everything but `hh:mm`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        self.hour = hour
        self.minute = minute
    }

    public var description: String {
        (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }
}
