import PopulationFigures
import PopulationModel

extension PathChart {
    private static let size = (width: 760.0, height: 340.0)
    private static let plot = (left: 52.0, right: 606.0, top: 34.0, bottom: 292.0)
    /// Room on the right of the plot for the labels of the two ends.
    private static let labelX = 622.0

    /// The drawing: actual dark with points, path to the target thin and dashed.
    func svg(id: String, _ language: ReportLanguage) -> String {
        var svg = SVG(width: Self.size.width, height: Self.size.height, language)
        drawAxes(&svg)
        drawProjection(&svg)
        drawTarget(&svg)
        drawActual(&svg)
        drawLabels(&svg)
        return svg.document(id: id, title: title, description: description, minimum: 560)
    }

    private var days: (first: Double, last: Double) {
        let dates = points.map(\.date) + (target.map { [$0.date] } ?? [])
        let first = Double(dates.min()?.dayNumber ?? 0)
        let last = Double(dates.max()?.dayNumber ?? 0)
        return (first, last)
    }

    private func x(_ date: CalendarDate) -> Double {
        let (first, last) = days
        // A single date stands at the right edge, where its labels have room.
        guard first < last else { return Self.plot.right }
        let share = (Double(date.dayNumber) - first) / (last - first)
        return Self.plot.left + 18 + share * (Self.plot.right - Self.plot.left - 18)
    }

    private func y(_ percent: Double) -> Double {
        let axis = axis
        let share = (percent - axis.low) / (axis.high - axis.low)
        return Self.plot.bottom - share * (Self.plot.bottom - Self.plot.top)
    }

    private func drawAxes(_ svg: inout SVG) {
        let axis = axis
        let plot = Self.plot
        svg.text("%", x: plot.left - 8, y: plot.top - 16, size: 11, anchor: .end)
        var tick = axis.low
        while tick <= axis.high + axis.step / 100 {
            let y = y(tick)
            svg.line(from: (plot.left, y), to: (plot.right, y), ink: SVG.Ink.rule)
            let isWhole = tick == tick.rounded()
            let label = isWhole ? "\(Int(tick))" : "\(Int(tick)).5"
            svg.text(
                label, x: plot.left - 8, y: y + 4, size: 11, anchor: .end, ink: SVG.Ink.muted)
            tick += axis.step
        }
        svg.line(
            from: (plot.left, plot.bottom), to: (plot.right, plot.bottom), ink: SVG.Ink.dark)
        drawDates(&svg)
    }

    /// Dates under the axis; one that would touch its right neighbour is left out.
    private func drawDates(_ svg: inout SVG) {
        let plot = Self.plot
        var dates = points.map(\.date)
        if let target, !dates.contains(target.date) { dates.append(target.date) }
        dates.sort()
        var free = Double.infinity
        for date in dates.reversed() {
            let label = ReportNumber.shortDate(date)
            let half = SVG.width(of: label, size: 11) / 2
            let x = x(date)
            svg.line(from: (x, plot.bottom), to: (x, plot.bottom + 5), ink: SVG.Ink.dark)
            guard x + half < free else { continue }
            svg.text(
                label, x: x, y: plot.bottom + 20, size: 11, anchor: .middle, ink: SVG.Ink.muted)
            free = x - half - 6
        }
        let isYearly = dates.allSatisfy { ReportNumber.isEndOfYear($0) }
        let notes = [
            isYearly ? Bilingual("年末", "end of year") : nil,
            axis.low > 0
                ? Bilingual("纵轴不从零开始", "the vertical axis does not start at zero") : nil,
            target?.projected == nil
                ? nil : Bilingual("斜纹为按现有速度的外推", "hatched: at the present pace"),
        ].compactMap { $0 }
        svg.text(
            notes.map(svg.language.line).joined(separator: " · "), x: plot.left,
            y: plot.bottom + 40, size: 11,
            ink: SVG.Ink.muted)
    }

    /// Where the dashed line is at a date; the last value itself without a target.
    private func pathPercent(at date: CalendarDate) -> Double {
        guard let target, let base = points.first, base.date < target.date else {
            return points.last?.percent ?? 0
        }
        let done = Double(date.dayNumber - base.date.dayNumber)
        let whole = Double(target.date.dayNumber - base.date.dayNumber)
        return base.percent + (target.percent - base.percent) * done / whole
    }

    /// What the pace since the base would lead to: hatched, because it is not measured.
    private func drawProjection(_ svg: inout SVG) {
        guard let target, let projected = target.projected, let last = points.last,
            last.date < target.date
        else { return }
        let end = (x: x(target.date), y: y(projected.percent))
        svg.hatchedBand(
            from: (x(last.date), y(last.percent)), to: end, height: 7, ink: SVG.Ink.muted)
        svg.circle(at: end, radius: 4.5, fill: SVG.Ink.paper, stroke: SVG.Ink.muted)
    }

    private func drawTarget(_ svg: inout SVG) {
        guard let target else { return }
        let end = (x: x(target.date), y: y(target.percent))
        if let base = points.first, base.date < target.date {
            svg.line(
                from: (x(base.date), y(base.percent)), to: end, ink: SVG.Ink.accent, width: 1.4,
                dashes: "5 4")
        }
        svg.diamond(at: end, radius: 7, stroke: SVG.Ink.accent)
    }

    private func drawActual(_ svg: inout SVG) {
        let places = points.map { (x: x($0.date), y: y($0.percent)) }
        if places.count > 1 { svg.polyline(places, ink: SVG.Ink.dark, width: 2.4) }
        for place in places {
            svg.circle(at: place, radius: 3.6, fill: SVG.Ink.dark, stroke: SVG.Ink.paper)
        }
    }

    /// Ends are labelled directly; two labels at the right edge are pushed apart.
    private func drawLabels(_ svg: inout SVG) {
        guard let first = points.first, let last = points.last else { return }
        if points.count > 1 {
            let isRising = points[1].percent >= first.percent
            svg.text(
                first.text, x: x(first.date), y: y(first.percent) + (isRising ? 22 : -12),
                anchor: .middle, ink: SVG.Ink.dark, isBold: true)
        }
        let actual = Bilingual("实际 \(last.text)", "Actual \(last.text)")
        var actualY = y(last.percent) + 4
        let isAtEdge = x(last.date) > Self.plot.right - 60
        if let target {
            let isTargetAtEdge = x(target.date) > Self.plot.right - 60
            var targetY = y(target.percent) + 4
            if isAtEdge, isTargetAtEdge, abs(actualY - targetY) < 34 {
                let middle = (actualY + targetY) / 2
                let isAbove = last.percent >= target.percent
                actualY = middle + (isAbove ? -18 : 18)
                targetY = middle + (isAbove ? 18 : -18)
            }
            if isTargetAtEdge, let projected = target.projected {
                var projectedY = y(projected.percent) + 4
                if abs(projectedY - targetY) < 34 {
                    let middle = (projectedY + targetY) / 2
                    let isAbove = projected.percent >= target.percent
                    projectedY = middle + (isAbove ? -18 : 18)
                    targetY = middle + (isAbove ? 18 : -18)
                }
                svg.text(
                    Bilingual("外推 \(projected.text)", "Projected \(projected.text)"),
                    x: Self.labelX, y: projectedY, ink: SVG.Ink.muted)
            }
            let label = Bilingual(
                "目标 \(target.text)", "Target \(target.text)")
            if isTargetAtEdge {
                svg.text(
                    label, x: Self.labelX, y: targetY, ink: SVG.Ink.accent, isBold: true)
            } else {
                svg.text(
                    label, x: x(target.date), y: y(target.percent) - 28, anchor: .middle,
                    ink: SVG.Ink.accent, isBold: true)
            }
        }
        if isAtEdge {
            svg.text(actual, x: Self.labelX, y: actualY, ink: SVG.Ink.dark, isBold: true)
        } else {
            // On the side of the point where the path to the target does not run.
            let point = y(last.percent)
            let isAbove =
                last.percent >= pathPercent(at: last.date) || point > Self.plot.bottom - 40
            svg.text(
                actual, x: x(last.date), y: isAbove ? point - 24 : point + 22, anchor: .middle,
                ink: SVG.Ink.dark, isBold: true)
        }
    }
}
