import PopulationModel

/// What a figure of the report shows: numbers and names, no geometry and no markup.
package enum ReportChart: Sendable, Equatable {
    case path(PathChart)
    case pairs(PairedBarChart)
    /// Panels of one ranking, all on one scale.
    case rank([RankChart])
}

/// A line over time towards a target.
package struct PathChart: Sendable, Equatable {
    package var title: Bilingual
    package var description: Bilingual
    /// In order of time.
    package var points: [Point]
    /// From the base to the target; `nil` without a target after the first date.
    package var target: TargetPath?

    package struct Point: Sendable, Equatable {
        package var date: CalendarDate
        package var percent: Double
        /// As the table prints it.
        package var text: String
    }

    package struct TargetPath: Sendable, Equatable {
        package var date: CalendarDate
        package var percent: Double
        package var text: String
    }

    /// Lowest and highest percent that occur.
    package var range: ClosedRange<Double> {
        let values = points.map(\.percent) + (target.map { [$0.percent] } ?? [])
        return (values.min() ?? 0)...(values.max() ?? 100)
    }

    /// Where the vertical axis begins and ends, and the distance of its ticks.
    package var axis: (low: Double, high: Double, step: Double) {
        let span = max(range.upperBound - range.lowerBound, 1)
        let step = [0.5, 1, 2, 5, 10, 20, 25].first { span / $0 <= 4.5 } ?? 25
        var low = (range.lowerBound / step).rounded(.down) * step
        var high = (range.upperBound / step).rounded(.up) * step
        if high - range.upperBound < step / 4 { high += step }
        if range.lowerBound - low < step / 4 { low -= step }
        return (max(low, 0), min(high, 100), step)
    }
}

/// Two rates side by side at each date, on one scale from zero.
package struct PairedBarChart: Sendable, Equatable {
    package var title: Bilingual
    package var description: Bilingual
    package var firstName: Bilingual
    package var secondName: Bilingual
    package var groups: [Group]

    package struct Group: Sendable, Equatable {
        package var date: CalendarDate
        package var first: Bar?
        package var second: Bar?
        /// First minus second, in percentage points; `nil` where one is missing.
        package var difference: String?
    }

    package struct Bar: Sendable, Equatable {
        package var percent: Double
        package var text: String
    }
}

/// Areas in order of their rate, against one target line.
package struct RankChart: Sendable, Equatable {
    package var title: Bilingual
    package var description: Bilingual
    package var rows: [Row]
    /// The same in all panels of a ranking.
    package var target: Target?
    package var lowest: Double
    package var highest: Double

    package struct Row: Sendable, Equatable {
        package var name: String
        package var percent: Double
        package var text: String
        /// By the exact test; `nil` without a target.
        package var isReached: Bool?
    }

    package struct Target: Sendable, Equatable {
        package var percent: Double
        package var text: String
    }
}

/// How far an indicator is, in one row of a table: now, a year ago, target.
package struct BulletChart: Sendable, Equatable {
    /// Unique on the page.
    package var id: String
    package var title: Bilingual
    package var description: Bilingual
    package var percent: Double
    package var previousPercent: Double?
    package var targetPercent: Double
}
