import Foundation
import PopulationFigures

/// The rates of the area over time as a drawing: a line per concept, named at its end, and the
/// target of the first one as a broken line.
struct RateChart {
    private let series: [LandingFigures.Series]
    private let area: String
    private let language: PageLanguage
    private let dates: [String]
    private let low: Double
    private let high: Double

    private static let width = 640.0
    private static let height = 300.0
    private static let left = 60.0
    private static let right = 132.0
    private static let top = 18.0
    private static let bottom = 34.0

    /// `nil` where nothing can be drawn: a path needs two dates.
    init?(_ series: [LandingFigures.Series], area: String, language: PageLanguage) {
        let points = series.flatMap(\.points)
        dates = Set(points.map(\.date)).sorted()
        let values = points.flatMap { [Double($0.rate), Double($0.target)] }.compactMap { $0 }
        guard dates.count >= 2, let least = values.min(), let greatest = values.max() else {
            return nil
        }
        self.series = series
        self.area = area
        self.language = language
        // Whole fives around all values, never without room.
        low = max(0, (least / 5).rounded(.down) * 5)
        high = max(low + 5, (greatest / 5).rounded(.up) * 5)
    }

    var svg: String {
        let title = language == .zh ? "\(area)城镇化率" : "Urbanization rate, \(area)"
        var parts = [
            "<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" role=\"img\" "
                + "aria-labelledby=\"chart-title chart-description\">",
            "<title id=\"chart-title\">\(Self.escaped(title))</title>",
            "<desc id=\"chart-description\">\(Self.escaped(description))</desc>",
        ]
        parts += axis
        for (index, line) in series.enumerated() { parts += drawing(of: line, index: index) }
        return (parts + ["</svg>"]).joined(separator: "\n")
    }

    private var description: String {
        series.compactMap { line in
            guard let first = line.points.first, let last = line.points.last else { return nil }
            let label = LandingPage.label(of: line.concept, language)
            return language == .zh
                ? "\(label)：\(first.date)为\(first.rate)%，\(last.date)为\(last.rate)%。"
                : "\(label): \(first.rate)% on \(first.date), \(last.rate)% on \(last.date)."
        }.joined(separator: language == .zh ? "" : " ")
    }

    private var axis: [String] {
        var parts: [String] = []
        let step = high - low > 30 ? 10.0 : 5.0
        for value in stride(from: low, through: high, by: step) {
            let y = Self.number(self.y(value))
            parts.append(
                "<line class=\"grid\" x1=\"\(Self.number(Self.left))\" x2=\""
                    + "\(Self.number(Self.width - Self.right))\" y1=\"\(y)\" y2=\"\(y)\"/>")
            parts.append(
                "<text class=\"tick\" x=\"\(Self.number(Self.left - 8))\" y=\""
                    + "\(Self.number(self.y(value) + 4))\" text-anchor=\"end\">"
                    + "\(Int(value))%</text>")
        }
        // Six names of dates fit; of more, the first, the last and some between.
        let every = max(1, (dates.count + 5) / 6)
        for (index, date) in dates.enumerated()
        where index == dates.count - 1
            || (index % every == 0 && dates.count - 1 - index >= every)
        {
            let name = date.hasSuffix("-12-31") ? String(date.prefix(4)) : String(date.prefix(7))
            parts.append(
                "<text class=\"tick\" x=\"\(Self.number(x(date)))\" y=\""
                    + "\(Self.number(Self.height - 8))\" text-anchor=\"middle\">"
                    + "\(Self.escaped(name))</text>")
        }
        return parts
    }

    private func drawing(of line: LandingFigures.Series, index: Int) -> [String] {
        let kind = index == 0 ? "first" : "second"
        let known = line.points.compactMap { point in Double(point.rate).map { (point, $0) } }
        let places = known.map { "\(Self.number(x($0.0.date))),\(Self.number(y($0.1)))" }
        guard let last = known.last else { return [] }
        var parts: [String] = []
        if index == 0, let target = Double(last.0.target) {
            let y = Self.number(self.y(target))
            parts.append(
                "<line class=\"target\" x1=\"\(Self.number(Self.left))\" x2=\""
                    + "\(Self.number(Self.width - Self.right))\" y1=\"\(y)\" y2=\"\(y)\"/>")
            let word = language == .zh ? "目标 " : "target "
            parts.append(
                "<text class=\"target\" x=\"\(Self.number(Self.left + 6))\" y=\""
                    + "\(Self.number(self.y(target) - 6))\">\(word)"
                    + "\(Self.escaped(last.0.target))%</text>")
        }
        parts.append(
            "<polyline class=\"\(kind)\" points=\"\(places.joined(separator: " "))\"/>")
        for place in places {
            let pair = place.split(separator: ",")
            parts.append("<circle class=\"\(kind)\" cx=\"\(pair[0])\" cy=\"\(pair[1])\" r=\"3\"/>")
        }
        let place = Self.number(x(last.0.date) + 10)
        parts.append(
            "<text class=\"\(kind)\" x=\"\(place)\" y=\"\(Self.number(y(last.1) + 1))\">"
                + "<tspan class=\"value\">\(Self.escaped(last.0.rate))%</tspan>"
                + "<tspan x=\"\(place)\" dy=\"1.2em\">"
                + "\(Self.escaped(shortLabel(of: line.concept)))</tspan></text>")
        return parts
    }

    /// A label that fits beside the drawing.
    private func shortLabel(of concept: String) -> String {
        let label = LandingPage.label(of: concept, language)
        return language == .zh ? label : label.replacing(" population", with: "")
    }

    /// Dates lie as far apart as their days.
    private func x(_ date: String) -> Double {
        let first = Self.day(dates[0])
        let last = Self.day(dates[dates.count - 1])
        let share = last > first ? (Self.day(date) - first) / (last - first) : 0
        return Self.left + share * (Self.width - Self.left - Self.right)
    }

    private func y(_ value: Double) -> Double {
        let share = (value - low) / (high - low)
        return Self.height - Self.bottom - share * (Self.height - Self.top - Self.bottom)
    }

    /// Days since some day; close enough for a drawing where the text is no date.
    private static func day(_ date: String) -> Double {
        let parts = date.split(separator: "-").compactMap { Double($0) }
        guard parts.count == 3 else { return 0 }
        return parts[0] * 365.25 + parts[1] * 30.44 + parts[2]
    }

    /// Two decimals, without the locale.
    private static func number(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100)" + (rest == 0 ? "" : ".\(rest < 10 ? "0" : "")\(rest)")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
