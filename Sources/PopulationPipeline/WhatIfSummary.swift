import Foundation
import PopulationFigures
import PopulationModel
import PopulationPublish

/// What a what-if came to: the assumptions, and each row of `urbanization` as published and as
/// assumed. Holds counts of areas only.
public struct WhatIfSummary: Sendable {
    public let run: String
    public let plan: String
    public let areaCode: String
    public let areaName: String
    /// Ascending by unit and edition.
    public let changes: [ClassChange]
    /// The last target of the area's residents; `nil` where there is none.
    public let publishedTarget: Target?
    public let assumedTarget: Target?
    /// Every area, date and concept.
    public let comparison: [ComparisonFigure]
    public let output: String?

    /// A unit of an edition and its two classes.
    public struct ClassChange: Sendable, Equatable {
        public let unitCode: String
        public let name: String
        public let edition: CalendarDate
        public let published: UInt16
        public let assumed: UInt16
    }

    init(
        folder: RunFolder, changes: [ClassChange], published: Figures, assumed: Figures,
        output: String?
    ) {
        run = folder.path
        plan = folder.manifest.plan
        areaCode = published.area.code
        areaName = published.areaName
        self.changes = changes
        publishedTarget = Self.lastTarget(published)
        assumedTarget = Self.lastTarget(assumed)
        comparison = ComparisonTable.compare(published, with: assumed)
        self.output = output
    }

    private static func lastTarget(_ figures: Figures) -> Target? {
        figures.targets.filter { $0.concept == .resident && $0.areaCode == figures.area.code }
            .max { $0.date < $1.date }
    }

    /// The area at every date.
    public var ofArea: [ComparisonFigure] {
        comparison.filter { $0.published.areaCode == areaCode }
    }

    /// Its counties at the last date; none when the area is a county itself.
    public var ofCounties: [ComparisonFigure] {
        let last = comparison.map(\.published.date).max()
        return comparison.filter {
            $0.published.level == .county && $0.published.areaCode != areaCode
                && $0.published.date == last
        }
    }

    /// One line of JSON for `--json`: the area and its counties at every date.
    public var json: String {
        var answer = WhatIfAnswer(
            run: run, plan: plan, area: areaCode, output: output,
            classes: changes.map(WhatIfAnswer.Class.init),
            comparison: comparison.filter {
                $0.published.areaCode == areaCode || $0.published.level == .county
            }.map(WhatIfAnswer.Row.init))
        answer.target = WhatIfAnswer.Target(publishedTarget, assumedTarget)
        return answer.line
    }
}
