import PopulationModel

/// Libraries of others behind the stores.
package enum StoreLibraries {
    package static var all: [LinkedLibrary] { [SQLiteStore.library, PostgresConnection.library] }
}
