import PopulationFigures
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

    /// The rate at one date.
    package struct Point: Sendable, Equatable {
        package var date: CalendarDate
        package var percent: Double
        /// As the table prints it.
        package var text: String
    }

    /// Where the path to the target ends.
    package struct TargetPath: Sendable, Equatable {
        package var date: CalendarDate
        package var percent: Double
        package var text: String
    }

    /// The vertical axis that holds every point and the target.
    package var axis: ChartAxis {
        ChartAxis(holding: points.map(\.percent) + (target.map { [$0.percent] } ?? []))
    }
}

/// An axis of percentages with few round ticks, never of zero length.
package struct ChartAxis: Sendable, Equatable {
    package let low: Double
    package let high: Double
    /// Distance of the ticks.
    package let step: Double

    package init(holding percents: [Double]) {
        let lowest = percents.min() ?? 0
        let highest = percents.max() ?? 100
        let span = max(highest - lowest, 1)
        step = [0.5, 1, 2, 5, 10, 20, 25].first { span / $0 <= 4.5 } ?? 25
        var low = (lowest / step).rounded(.down) * step
        var high = (highest / step).rounded(.up) * step
        // The labels of the ends need this share of the height above and below.
        let room = 0.13 * max(high - low, step)
        if high - highest < room { high += step }
        if lowest - low < room { low -= step }
        self.low = max(low, 0)
        self.high = min(high, 100)
    }
}

/// Two rates side by side at each date, on one scale from zero.
package struct PairedBarChart: Sendable, Equatable {
    package var title: Bilingual
    package var description: Bilingual
    package var firstName: Bilingual
    package var secondName: Bilingual
    package var groups: [Group]

    /// The two bars of one date.
    package struct Group: Sendable, Equatable {
        package var date: CalendarDate
        package var first: Bar?
        package var second: Bar?
        /// First minus second, in percentage points; `nil` where one is missing.
        package var difference: String?
    }

    /// One rate as a length and as it is printed.
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

    /// One region and its rate.
    package struct Row: Sendable, Equatable {
        package var name: String
        package var percent: Double
        package var text: String
        /// By the exact test; `nil` without a target.
        package var isReached: Bool?
    }

    /// The line that the regions are held against.
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
