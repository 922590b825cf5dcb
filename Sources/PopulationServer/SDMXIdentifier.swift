import PopulationFigures

/// How requests name artefacts: agency, id and version, each of them wild or a list.
struct SDMXIdentifier: Sendable, Equatable {
    /// `nil` = any.
    var agencies: [String]?
    var ids: [String]?
    var versions: [String]?

    /// Words that stand for any, or for the latest, which is the only one here.
    static func isWild(_ text: String) -> Bool {
        ["", "all", "*", "latest", "+", "~"].contains(text)
    }

    /// Three parts of a path, from `place` on; those that are missing are wild.
    init(path: [String], from place: Int) {
        func list(_ index: Int) -> [String]? {
            let text = place + index < path.count ? path[place + index] : ""
            if Self.isWild(text) { return nil }
            let items = text.split { $0 == "," || ($0 == "+" && index < 2) }.map(String.init)
            return items.contains(where: Self.isWild) ? nil : items
        }
        agencies = list(0)
        ids = list(1)
        versions = list(2)
    }

    /// `ID`, `AGENCY,ID` or `AGENCY,ID,VERSION`, as the first language names the flow of data.
    init(flow text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        func one(_ text: String) -> [String]? { Self.isWild(text) ? nil : [text] }
        switch parts.count {
        case 1: self.init(ids: one(parts[0]))
        case 2: self.init(agencies: one(parts[0]), ids: one(parts[1]))
        default:
            self.init(
                agencies: one(parts[0]), ids: one(parts[1]),
                // A fourth part is a fault of the caller: nothing has such a version.
                versions: one(parts[2...].joined(separator: ",")))
        }
    }

    init(agencies: [String]? = nil, ids: [String]? = nil, versions: [String]? = nil) {
        self.agencies = agencies
        self.ids = ids
        self.versions = versions
    }

    /// Every artefact has one version, `1.0` in the words of SDMX 2.1 and `1.0.0` in those of 3.0;
    /// `1.0+` and the like ask for the latest of its kind.
    func fits(agency: String, id: String) -> Bool {
        (agencies?.contains(agency) ?? true) && (ids?.contains(id) ?? true)
            && (versions?.contains(where: Self.isVersion) ?? true)
    }

    private static func isVersion(_ text: String) -> Bool {
        let plain = text.split(separator: ".", omittingEmptySubsequences: false)
            .map { $0.hasSuffix("+") ? String($0.dropLast()) : String($0) }
        return plain.count <= 3 && plain.first == "1" && plain.dropFirst().allSatisfy { $0 == "0" }
    }
}
