import PopulationFigures
import PopulationModel

internal import Mustache

/// Renders a yearly report as one self-contained page: no script, no request to any network, only
/// fonts of the system. The same report and templates give the same bytes.
package struct HTMLReport: Sendable {
    let language: ReportLanguage
    private let library: MustacheLibrary

    package init(
        templates: ReportTemplates = .embedded, language: ReportLanguage = .both
    ) throws(PopstatError) {
        self.language = language
        library = try templates.library()
    }

    /// The page, UTF-8.
    package func page(_ report: YearlyReport) -> String {
        guard let page = library.render(context(of: report), withTemplate: "page") else {
            preconditionFailure("the templates always hold the page")
        }
        return page
    }
}
