import PopulationFigures
import PopulationModel

/// A part of the report about one subject: sentences, figures and tables, or why there are none.
package struct ReportSection: Sendable, Equatable {
    /// Unique on the page; letters, digits and hyphens.
    package var id: String
    package var heading: Bilingual
    /// A few words for links to it.
    package var name: Bilingual
    /// Why the section is empty; `nil` when it is not.
    package var absence: Bilingual?
    package var sentences: [Bilingual] = []
    package var drawings: [Drawing] = []
    package var tables: [ReportTable] = []

    /// A drawing and what stands over it.
    package struct Drawing: Sendable, Equatable {
        /// Measure, place, time; how to read it.
        package var subtitle: Bilingual
        package var chart: ReportChart
    }
}
