import PopulationModel
import PopulationStore
import Synchronization

/// Who asks.
struct Caller: Sendable, Equatable {
    var scope: AccessScope
    /// The token's name; nobody has none.
    var name: String?

    static let anonymous = Caller(scope: .public, name: nil)
}

/// The tokens that are in force, read again whenever their file changes.
///
/// A file that cannot be read any more opens nothing: then every token is wrong.
final class TokenRegistry: Sendable {
    private let file: TokenFile?
    private let log: ServerLog
    private let state: Mutex<(stamp: TokenFile.Stamp?, tokens: [AccessToken])>

    /// Without a file every token is wrong; a file that is wrong at the start is an error.
    init(path: String?, log: ServerLog) throws(PopstatError) {
        file = path.map(TokenFile.init)
        self.log = log
        let stamp = file?.stamp
        state = Mutex((stamp, try file?.tokens() ?? []))
    }

    /// The caller that an Authorization header names; `nil` when it is wrong, revoked or expired.
    func caller(authorization: String) -> Caller? {
        let parts = authorization.split(separator: " ")
        // RFC 6750, and the scheme in any case as RFC 9110 says.
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let day = RunContext.day
        var found: Caller?
        // Every token is tried, found or not, so that the time does not tell which one it is.
        for token in current() where token.isMade(from: String(parts[1])) && token.holds(on: day) {
            found = Caller(scope: token.scope, name: token.name)
        }
        return found
    }

    private func current() -> [AccessToken] {
        guard let file else { return [] }
        return state.withLock { state in
            let stamp = file.stamp
            guard stamp == nil || stamp != state.stamp else { return state.tokens }
            state.stamp = stamp
            do throws(PopstatError) {
                state.tokens = try file.tokens()
                log.note("tokens read again: \(state.tokens.count)")
            } catch {
                if !state.tokens.isEmpty { log.note("no token is valid: \(error)") }
                state.tokens = []
            }
            return state.tokens
        }
    }
}
