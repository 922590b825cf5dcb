import Foundation
import PopulationModel
import PopulationPublish
import Testing

struct ReportTemplatesTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Reports/templates")

    /// A file that the program does not know, or an old copy in the program, shows here.
    @Test func theProgramHoldsTheFilesOfTheFolder() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.folder, includingPropertiesForKeys: nil)
        var texts: [String: String] = [:]
        for file in files {
            #expect(file.pathExtension == "mustache")
            texts[file.deletingPathExtension().lastPathComponent] = try String(
                contentsOf: file, encoding: .utf8)
        }
        #expect(ReportTemplates.embedded.texts == texts)
    }

    @Test func theBureauCanReplaceAPart() throws {
        let templates = try ReportTemplates.embedded.replacing([
            "release": "<p>统计局 {{#title}}{{zh}}{{/title}}</p>"
        ])
        let page = try HTMLReport(templates: templates).page(SampleFigures().report)
        #expect(page.contains("<p>统计局 云州市常住人口城镇化率57.67%，比50.00%的目标高7.67个百分点</p>"))
    }

    @Test func refusesABrokenTemplateWithItsLine() {
        #expect {
            _ = try ReportTemplates.embedded.replacing(["limits": "<p>\n{{#a}}\n</p>"])
        } throws: { error in
            let error = error as? PopstatError
            return error?.code == "PUBLISH-001" && error?.place?.file == "limits.mustache"
                && error?.place?.line == 3 && error?.exitStatus == 64
        }
    }

    @Test func refusesATemplateThatNothingUses() {
        #expect {
            _ = try ReportTemplates.embedded.replacing(["limit": ""])
        } throws: { error in
            let error = error as? PopstatError
            return error?.code == "PUBLISH-002"
                && error?.message.en.contains("expected one of balances, contents,") == true
        }
    }
}
