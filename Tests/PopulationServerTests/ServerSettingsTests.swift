import PopulationServer
import Testing

struct ServerSettingsTests {
    @Test func listensOnLoopbackUnlessToldOtherwise() {
        #expect(ServerSettings(store: "figures.sqlite").host == "127.0.0.1")
    }
}
