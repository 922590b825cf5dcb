import Foundation
import PopulationModel
import PopulationStore

/// What a command line means by a store and by a published folder.
package enum StoreFinder {
    private static let magic = Array("SQLite format 3\0".utf8)

    /// A store itself, a plan, or the published folder of a plan that names no store.
    package static func location(_ given: String) throws(PopstatErrors) -> StoreLocation {
        do throws(PopstatError) {
            let named = try StoreLocation(commandLine: given)
            guard case .sqlite = named else { return named }
        } catch { throw PopstatErrors([error]) }
        let path = URL(fileURLWithPath: given).standardizedFileURL.path
        let status = try FileStatus(lookingAt: path)
        if status?.isFolder == true {
            let inside = "\(path)/\(StoreLocation.fileName)"
            return try FileStatus(lookingAt: inside) == nil
                ? .standard(besideOutput: path) : .sqlite(path: inside)
        }
        if given.hasSuffix(".sqlite") || isStore(path) { return .sqlite(path: path) }
        let plan = try PlanReader.read(file: given)
        let output = plan.publish.output.standardizedPath
        guard let location = plan.storeLocation(output: output) else {
            throw PopstatErrors([StoreFault.missing(place: given).error])
        }
        return location
    }

    /// The published folder of a plan, or the folder itself.
    static func output(_ given: String) throws(PopstatErrors) -> String {
        guard try FileStatus(lookingAt: given)?.isFile == true else {
            return URL(fileURLWithPath: given).standardizedFileURL.path
        }
        return try PlanReader.read(file: given).publish.output.standardizedPath
    }

    private static func isStore(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        // A file that cannot be read as a store is read as a plan, and that says what is wrong.
        return (try? file.read(upToCount: magic.count)).map(Array.init) == magic
    }

    /// Reads from a store; every error as this target throws it.
    static func reading<Result>(_ body: () throws -> Result) throws(PopstatErrors) -> Result {
        do { return try body() } catch let error as PopstatErrors {
            throw error
        } catch let error as PopstatError {
            throw PopstatErrors([error])
        } catch {
            throw PopstatErrors([
                StoreFault.failed(place: "the store", reason: "\(error)").error
            ])
        }
    }
}
