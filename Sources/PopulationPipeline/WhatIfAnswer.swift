import Foundation
import PopulationFigures
import PopulationModel

/// The answer of a what-if as JSON: keys in snake case and in order, percentages as text with their
/// two decimals, nothing where a table has an empty cell.
struct WhatIfAnswer: Encodable {
    var run: String?
    var plan: String
    var area: String
    var output: String?
    /// Digests of what the answer was made from, and of the tables beside it.
    var planDigest: String?
    var cubeSha256: String?
    var programVersion: String?
    var classes: [Class]
    var target: Target?
    var comparison: [Row]?
    var tables: [Manifest.Table]?

    struct Class: Encodable {
        var unitCode: String
        var name: String
        var edition: String
        var published: String
        var assumed: String

        init(_ change: WhatIfSummary.ClassChange) {
            unitCode = change.unitCode
            name = change.name
            edition = change.edition.description
            published = String(change.published)
            assumed = String(change.assumed)
        }
    }

    struct Target: Encodable {
        var date: String
        var percentPublished: String?
        var percentAssumed: String

        /// `nil` without a target.
        init?(_ published: PopulationFigures.Target?, _ assumed: PopulationFigures.Target?) {
            guard let assumed else { return nil }
            date = assumed.date.description
            percentPublished = published.map { Decimal2.text(hundredths: $0.percentHundredths) }
            percentAssumed = Decimal2.text(hundredths: assumed.percentHundredths)
        }
    }

    struct Row: Encodable {
        var referenceDate: String
        var areaLevel: String
        var areaCode: String
        var areaName: String
        var concept: String
        var total: Int
        var differencePoints: String?
        var published: Side
        var assumed: Side

        init(_ row: ComparisonFigure) {
            referenceDate = row.published.date.description
            areaLevel = row.published.level.rawValue
            areaCode = row.published.areaCode
            areaName = row.published.areaName
            concept = row.published.concept.rawValue
            total = row.published.total
            differencePoints = row.pointsText.isEmpty ? nil : row.pointsText
            published = Side(row.published)
            assumed = Side(row.assumed)
        }
    }

    struct Side: Encodable {
        var urban: Int
        var ratePercent: String?
        var targetPercent: String?
        var reached: String?
        var urbanShort: Int?

        init(_ figure: UrbanizationFigure) {
            func text(_ text: String) -> String? { text.isEmpty ? nil : text }
            urban = figure.urban
            ratePercent = text(figure.rate.percentText)
            targetPercent = text(figure.targetText)
            reached = text(figure.reachedText)
            urbanShort = Int(figure.urbanShortText)
        }
    }

    /// On one line.
    var line: String { String(decoding: bytes([]), as: UTF8.self) }

    /// On many lines, for a file.
    var file: [UInt8] { Array(bytes(.prettyPrinted)) + [0x0A] }

    private func bytes(_ form: JSONEncoder.OutputFormatting) -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, form]
        // Texts and whole numbers only, which always have a form in JSON.
        return (try? encoder.encode(self)) ?? Data("{}".utf8)
    }
}
