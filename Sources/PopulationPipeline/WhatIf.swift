import Foundation
import PopulationClassify
import PopulationFigures
import PopulationModel
import PopulationPublish

/// New figures from the stored cube of a run, under other classes of units or another target, beside
/// those that were published. Reads the published folder only: no extract, nothing of the work
/// folder, nobody.
public struct WhatIf {
    /// What is assumed in place of what held in the run.
    public struct Assumptions: Sendable {
        /// Units with their classes, as the command line gives them.
        public var classes: [(unit: String, unitClass: String)] = []
        /// A file with the columns `code` and `class`.
        public var classesFile: String?
        /// Hundredths of a percent, for the residents of the area.
        public var targetPercentHundredths: Int?

        public init() {}
    }

    private let run: String
    private let assumptions: Assumptions
    private let threads: Int

    /// `run` is the output folder of a run, or its plan.
    public init(run: String, assumptions: Assumptions, threads: Int) {
        self.run = run
        self.assumptions = assumptions
        self.threads = threads
    }

    /// Both sets of figures. Refuses a cube that does not give the published tables to the byte.
    /// `output` is a folder for the new tables.
    public func compare(output: String? = nil) throws(PopstatErrors) -> WhatIfSummary {
        let folder = try RunFolder.read(run)
        if let output { try WhatIfOutput.check(output, run: folder.path) }
        let classes = try assumedClasses(folder.cube)
        var assumed = folder.cube.reclassified(classes)
        if let percent = assumptions.targetPercentHundredths {
            assumed.targets = assumed.targets.assuming(
                percentHundredths: percent, area: assumed.area)
        }
        let published = CubeFigures.all(of: folder.cube, threads: threads)
        for table in Self.tables(of: published, threads: threads) {
            try folder.check(Manifest.Table(table))
        }
        let figures = CubeFigures.all(of: assumed, threads: threads)
        var balances = Balances()
        try balances.checkPersons(figures)
        let summary = WhatIfSummary(
            folder: folder, changes: Self.changes(folder.cube, assumed, classes),
            published: published, assumed: figures, output: output)
        if let output {
            try WhatIfOutput(path: output).write(
                Self.tables(of: figures, threads: threads), summary, folder)
        }
        return summary
    }

    private func assumedClasses(_ cube: StoredCube) throws(PopstatErrors) -> [UInt64: UInt16] {
        var assumed = AssumedClasses(isKnown: cube.hasUnit)
        for (unit, unitClass) in assumptions.classes {
            assumed.take(code: unit, unitClass: unitClass, option: "--class")
        }
        if let file = assumptions.classesFile {
            assumed.take(
                ClassifyStage.File(bytes: try RunFolder.readFile(file), label: file))
        }
        return try assumed.checked()
    }

    /// Units whose class is another one than in an edition, ascending by code and edition.
    private static func changes(
        _ published: StoredCube, _ assumed: StoredCube, _ classes: [UInt64: UInt16]
    ) -> [WhatIfSummary.ClassChange] {
        classes.keys.sorted().flatMap { code in
            zip(published.editions, assumed.editions).compactMap { before, after in
                guard let old = before.units.unitClass(of: code),
                    let new = after.units.unitClass(of: code), old != new
                else { return nil }
                return WhatIfSummary.ClassChange(
                    unitCode: DivisionCode(digits: code).text,
                    name: before.units.name(of: code), edition: before.date,
                    published: old, assumed: new)
            }
        }
    }

    private static func tables(of figures: Figures, threads: Int) -> [Table] {
        let maker = TableMaker(figures: figures)
        let names = CubeFigures.tables
        return WorkerThreads.map(count: names.count, threads: threads) { maker.table(names[$0]) }
    }
}
