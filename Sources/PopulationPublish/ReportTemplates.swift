import PopulationModel

internal import Mustache

/// The mustache templates of the report by name.
///
/// The files in `Reports/templates/` are the only source: the build puts their bytes into the
/// program, so that it runs from any folder; `Templates` beside this file is a link to them.
package struct ReportTemplates: Sendable {
    /// Text by name, the name being the file's without `.mustache`.
    package private(set) var texts: [String: String]

    /// The templates inside the program.
    package static let embedded = ReportTemplates(
        texts: bytesByName.mapValues { String(decoding: $0, as: UTF8.self) })

    /// These templates with some replaced by the bureau's own; refuses names that the page does
    /// not use, and texts that are no mustache.
    package func replacing(_ own: [String: String]) throws(PopstatError) -> ReportTemplates {
        var result = self
        for (name, text) in own.sorted(by: { $0.key < $1.key }) {
            guard texts[name] != nil else {
                throw PublishFault.templateUnknown(name: name, known: texts.keys.sorted()).error
            }
            result.texts[name] = text
        }
        _ = try result.library()
        return result
    }

    func library() throws(PopstatError) -> MustacheLibrary {
        var library = MustacheLibrary()
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            do {
                try library.register(text, named: name)
            } catch let error as MustacheTemplate.ParserError {
                throw PublishFault.templateBroken(
                    name: name, line: error.context.lineNumber, reason: "\(error.error)"
                ).error
            } catch {
                throw PublishFault.templateBroken(name: name, line: 1, reason: "\(error)").error
            }
        }
        return library
    }

    /// Every file of the folder; a test holds this list to it.
    private static let bytesByName: [String: [UInt8]] = [
        "balances": PackageResources.balances_mustache,
        "contents": PackageResources.contents_mustache,
        "data": PackageResources.data_mustache,
        "definitions": PackageResources.definitions_mustache,
        "details": PackageResources.details_mustache,
        "facts": PackageResources.facts_mustache,
        "figure": PackageResources.figure_mustache,
        "limits": PackageResources.limits_mustache,
        "method": PackageResources.method_mustache,
        "notes": PackageResources.notes_mustache,
        "page": PackageResources.page_mustache,
        "paragraph": PackageResources.paragraph_mustache,
        "paths": PackageResources.paths_mustache,
        "points": PackageResources.points_mustache,
        "quality": PackageResources.quality_mustache,
        "rates": PackageResources.rates_mustache,
        "regions": PackageResources.regions_mustache,
        "release": PackageResources.release_mustache,
        "scope": PackageResources.scope_mustache,
        "section": PackageResources.section_mustache,
        "style": PackageResources.style_mustache,
        "table": PackageResources.table_mustache,
        "targets": PackageResources.targets_mustache,
        "words": PackageResources.words_mustache,
        "years": PackageResources.years_mustache,
    ]
}
