import PopulationFigures

/// A part of the report made of sentences and tables, such as the tasks or the transfer payments.
package struct ReportSection: Sendable, Equatable {
    /// Unique on the page; letters, digits and hyphens.
    package var id: String
    package var heading: Bilingual
    /// A few words for links to it.
    package var name: Bilingual
    package var sentences: [Bilingual]
    package var tables: [ReportTable]
}
