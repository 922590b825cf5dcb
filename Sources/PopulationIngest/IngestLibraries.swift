package import PopulationModel

/// Libraries of others that read and digest extracts.
package enum IngestLibraries {
    package static var all: [LinkedLibrary] { [LibCSVReader.library, DigestInPassing.library] }
}
