import Foundation
import PopulationFigures
import PopulationModel
import PopulationPublish

/// The folder of a what-if: the new tables under their usual names, `comparison.csv` with both sets
/// of figures, and `what-if.json`, which says what was assumed. Exact figures, so the folder is
/// closed to others like `internal`.
struct WhatIfOutput {
    private let folder: PublishedFolder

    /// What such a folder may hold; nothing else is ever replaced.
    private static let contents = PublishedFolder.Contents(
        marker: "what-if.json",
        names: Set(
            ["what-if.json", "comparison.csv"] + CubeFigures.tables.map { "\($0.rawValue).csv" }),
        mode: 0o750, subfolders: [])

    init(path: String) throws(PopstatErrors) {
        folder = try PublishedFolder(path: path, contents: Self.contents)
    }

    /// Before anything is computed: the folder must be new, empty or of a what-if, and apart from
    /// that of the run.
    static func check(_ path: String, run: String) throws(PopstatErrors) {
        guard !"\(run)/".hasPrefix("\(path)/"), !"\(path)/".hasPrefix("\(run)/") else {
            throw PopstatErrors(.foldersOverlap(output: path, run: run))
        }
        try PublishedFolder.checkReplaceable(path, contents: contents)
    }

    func write(_ tables: [Table], _ summary: WhatIfSummary, _ run: RunFolder)
        throws(PopstatErrors)
    {
        do throws(PopstatErrors) {
            let all = tables + [ComparisonTable.table(summary.comparison)]
            for table in all { try folder.write(table.csv, to: "\(table.name).csv", mode: 0o640) }
            var answer = WhatIfAnswer(
                plan: summary.plan, area: summary.areaCode,
                classes: summary.changes.map(WhatIfAnswer.Class.init))
            answer.planDigest = run.manifest.planDigest
            answer.cubeSha256 = run.cubeDigest
            answer.programVersion = ProgramVersion.text
            answer.target = WhatIfAnswer.Target(summary.publishedTarget, summary.assumedTarget)
            answer.tables = all.map(Manifest.Table.init)
            try folder.write(answer.file, to: "what-if.json", mode: 0o640)
            try folder.publish()
        } catch {
            folder.discard()
            throw error
        }
    }
}
