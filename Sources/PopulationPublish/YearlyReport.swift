import PopulationFigures
import PopulationModel

/// The yearly target report as a value: words, numbers and charts in the order of the page, and no
/// markup. Page, workbook and other forms are written from it, so that they cannot disagree.
package struct YearlyReport: Sendable, Equatable {
    package var title: Bilingual
    /// Measure, place and time.
    package var subtitle: Bilingual
    package var release: [Fact] = []
    /// Whether the page may be published, in one sentence.
    package var scope: ScopeStatement
    /// At most six.
    package var mainPoints: [MainPoint] = []
    /// Targets at a glance; `nil` without targets.
    package var targets: TargetOverview?
    /// One line to the target for each concept that has a target for the whole area.
    package var paths: [ReportFigure] = []
    /// Residents against registered population.
    package var rates: ReportFigure
    /// The areas of the next level, ranked; `nil` when there are none.
    package var regions: ReportFigure?
    /// Counts and rates by date.
    package var years: [ReportTable] = []
    /// The level below the regions, one foldable table for each region.
    package var details: [DetailGroup] = []
    /// One per subject: change, age, decomposition, tasks, money, settlement and what follows.
    package var sections: [ReportSection] = []
    /// `nil` where the publication has no such table.
    package var quality: QualityAccount?
    /// What each of the five stages did in this run.
    package var method: [Step] = []
    package var data: [DataFile] = []
    package var notes: [Note] = []
    package var provenance: ProvenanceAccount
    /// Months after which a stay makes a resident, for the definitions.
    package var residenceMonths: Int

    /// Targets at a glance, and the arithmetic behind the status.
    package struct TargetOverview: Sendable, Equatable {
        package var glance: ReportTable
        /// How the status comes about.
        package var paces: ReportTable
    }

    /// Exact tables make an internal page, protected ones a page for publication.
    package struct ScopeStatement: Sendable, Equatable {
        package var isInternal: Bool
        package var sentence: Bilingual
        /// What was hidden, by table; `nil` where nobody counted.
        package var protection: ReportTable?
    }

    /// A numbered note; the page writes `[note 1]` where it belongs.
    package struct Note: Sendable, Equatable {
        package var number: Int
        package var text: Bilingual
    }

    /// A label and its value, as in the release block.
    package struct Fact: Sendable, Equatable {
        package var label: Bilingual
        package var value: Bilingual
    }

    /// One sentence, and the number that it is about.
    package struct MainPoint: Sendable, Equatable {
        package var number: String
        package var unit: Bilingual
        package var sentence: Bilingual
    }

    /// One stage of the way from extracts to figures.
    package struct Step: Sendable, Equatable {
        package var stage: Bilingual
        package var sentence: Bilingual
    }

    /// A table that is folded away until it is asked for.
    package struct DetailGroup: Sendable, Equatable {
        package var summary: Bilingual
        package var table: ReportTable
    }

    /// A published table and where it lies from the page.
    package struct DataFile: Sendable, Equatable {
        package var path: String
        package var content: Bilingual
    }

    /// An equation, the numbers in it, and whether they add up.
    package struct BalanceLine: Sendable, Equatable {
        package var equation: Bilingual
        package var numbers: String
        package var isHeld: Bool
    }

    /// Every row read, by what became of it.
    package struct QualityAccount: Sendable, Equatable {
        package var ledger: ReportTable
        package var balances: [BalanceLine]
        package var warnings: ReportTable?
        package var persons: ReportTable?
        package var unknownDivisions: ReportTable?
    }

    /// What a reader needs to trace a number back to its inputs.
    package struct ProvenanceAccount: Sendable, Equatable {
        package var facts: [Fact]
        package var inputs: ReportTable?
        /// Every equation that the run asserted, with its numbers.
        package var balances: ReportTable?
    }
}

/// A figure with its headline, its table as the text alternative, and what it says in words.
package struct ReportFigure: Sendable, Equatable {
    /// Unique on the page; letters, digits and hyphens.
    package var id: String
    /// A few words for links to it.
    package var name: Bilingual
    package var headline: Bilingual
    /// Measure, place, time; how to read the figure.
    package var subtitle: Bilingual
    /// `nil` when no rate can be computed.
    package var chart: ReportChart?
    package var table: ReportTable
    package var sentences: [Bilingual] = []
}
