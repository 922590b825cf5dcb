import Hummingbird
import PopulationStore

@testable import PopulationServer

/// A request of the figure routes as a caller writes it: file and query in the first line, then
/// the headers that are read. Figures, or one of the refusals that have words.
enum FiguresTarget {
    private static let service = FigureService(
        reader: FuzzFigures.reader, limits: ServerLimits())

    static func finding(_ input: inout FuzzInput) -> String? {
        let choices = input.choice()
        let scope = AccessScope.allCases[choices % AccessScope.allCases.count]
        let caller = Caller(scope: scope, name: scope == .public ? nil : "caller")
        let lines = input.lines.map { String(decoding: $0, as: UTF8.self) }
        func line(_ index: Int) -> String { index < lines.count ? lines[index] : "" }
        let address = line(0).split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = address.count > 1 ? String(address[1]) : nil
        var headers = HTTPFields()
        if !line(1).isEmpty { headers[.ifNoneMatch] = line(1) }
        if !line(2).isEmpty { headers[.ifModifiedSince] = line(2) }
        _ = PageLanguage.chosen(query: line(4), accept: line(3))
        do {
            let request = try FigureRequest(
                file: String(address[0]), query: query, limits: service.limits)
            let answer = try service.answer(
                request, caller: caller, coding: ContentCoding.chosen(line(3)),
                condition: Condition(headers),
                deadline: Deadline(seconds: service.limits.answerSeconds))
            guard let body = answer.body, answer.coding == .identity else { return nil }
            return AnswerBytes.finding(
                Array(body.readableBytesView), contentType: answer.contentType)
        } catch let refusal as Refusal {
            return refusal.status < 500 ? nil : "refused with \(refusal)"
        } catch {
            return "an error without words: \(error)"
        }
    }
}
