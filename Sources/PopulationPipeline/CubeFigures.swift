import PopulationAggregate
import PopulationFigures
import PopulationModel
import PopulationPublish

/// Figures that come from a cube alone: what a run publishes of persons, and what a what-if makes
/// anew. Both call the same functions, so that they cannot differ.
enum CubeFigures {
    /// Tables that hold nothing but these figures and hang on classes or targets.
    static let tables: [TableName] = [.urbanization, .population, .units, .migration, .progress]

    /// Counts per unit → figures per class, township, county and area.
    static func rollUp(
        _ cube: Cube, _ territory: Territory, _ targets: [Target], tierNames: [String] = []
    ) -> RollUp {
        RollUp(cube, territory: territory, targets: targets, tierNames: tierNames)
    }

    /// The rows of `progress`; the base is the first reference date.
    static func progress(of figures: Figures) -> [ProgressFigure] {
        ProgressCalculator(targets: figures.targets, firstDate: figures.referenceDates[0])
            .progress(of: figures.urbanization)
    }

    /// All figures of a stored cube.
    static func all(of stored: StoredCube, threads: Int) -> Figures {
        var figures = rollUp(stored.cube, stored.territory, stored.targets)
            .unitFigures(threads: threads)
        figures.progress = progress(of: figures)
        return figures
    }
}
