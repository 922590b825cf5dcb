import PopulationModel

/// Libraries of others that write and check workbooks.
package enum PublishLibraries {
    package static var all: [LinkedLibrary] { [WorkbookFile.library, WorkbookArchive.library] }
}
