import PopulationModel
import PopulationPublish
import PopulationStore

/// Libraries of others in the server: those of what it reads and of the tables that it gives.
package enum ServerLibraries {
    package static var all: [LinkedLibrary] { PublishLibraries.all + StoreLibraries.all }
}
