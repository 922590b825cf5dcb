import PopulationFigures
import PopulationModel

/// What a figure of the report shows: numbers and names, no geometry and no markup.
package enum ReportChart: Sendable, Equatable {
    case path(PathChart)
    case pairs(PairedBarChart)
    /// Panels of one ranking, all on one scale.
    case rank([RankChart])
    case dumbbell(DumbbellChart)
    case pyramid(PyramidChart)
    case parts(PartsChart)
    case bars(BarChart)
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
        /// Where the pace since the base leads by then; `nil` once that date has come.
        package var projected: Projection?
    }

    /// A rate that is not, but would be.
    package struct Projection: Sendable, Equatable {
        package var percent: Double
        package var text: String
    }

    /// The vertical axis that holds every point and the target.
    package var axis: ChartAxis {
        let ahead = [target?.percent, target?.projected?.percent].compactMap { $0 }
        return ChartAxis(holding: points.map(\.percent) + ahead)
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
        package var name: Bilingual
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

/// What changed between two dates: a light dot then, a dark dot now.
package struct DumbbellChart: Sendable, Equatable {
    package var title: Bilingual
    package var description: Bilingual
    package var beforeName: String
    package var nowName: String
    package var rows: [Row]

    /// One area at both dates.
    package struct Row: Sendable, Equatable {
        package var name: Bilingual
        package var before: Double
        package var now: Double
        package var beforeText: String
        package var nowText: String
        /// In percentage points, with its sign.
        package var change: String
    }
}

/// Persons by age and sex, urban and rural side by side on one scale.
package struct PyramidChart: Sendable, Equatable {
    package var title: Bilingual
    package var description: Bilingual
    /// The youngest first.
    package var ages: [String]
    package var panels: [Panel]

    /// One of the two territories; a bar is `nil` where its number is hidden.
    package struct Panel: Sendable, Equatable {
        package var name: Bilingual
        package var male: [Double?]
        package var female: [Double?]
    }
}

/// A change and the parts that add up to it, by year.
package struct PartsChart: Sendable, Equatable {
    package var title: Bilingual
    package var description: Bilingual
    /// Dark, light and hatched, in this order.
    package var names: [Bilingual]
    package var groups: [Group]

    /// One year: a part that is `nil` is hidden.
    package struct Group: Sendable, Equatable {
        package var label: String
        package var parts: [Double?]
        /// The whole change as it is printed.
        package var text: String
    }
}

/// Bars from zero, one or two to a row.
package struct BarChart: Sendable, Equatable {
    package var title: Bilingual
    package var description: Bilingual
    /// What the bars are called: one name for each bar of a row.
    package var series: [Bilingual]
    package var unit: Bilingual
    package var rows: [Row]

    /// A row; the number of a bar without length is hidden or not there, and its text says which.
    package struct Row: Sendable, Equatable {
        package var name: Bilingual
        package var bars: [Bar]
    }

    /// A length and how it is printed.
    package struct Bar: Sendable, Equatable {
        package var length: Double?
        package var text: String
    }
}
