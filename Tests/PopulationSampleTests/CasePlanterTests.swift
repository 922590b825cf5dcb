import PopulationModel
import Testing

import PopulationSample

@Suite struct CasePlanterTests {
    private let specification = SampleSpecification(citizens: 30_000, seed: 4_499, isClean: false)

    private func planter() -> CasePlanter {
        CasePlanter(
            specification: specification,
            territory: SampleTerritory(seed: specification.seed, units: specification.units))
    }

    @Test func countsEveryCaseOnce() {
        var planter = planter()
        for story in PlantedStory.all {
            for number in 0..<story.count(citizens: specification.citizens) {
                planter.make(story, number: number)
                let rows = planter.rows.map(\.row)
                #expect(!rows.isEmpty)
                let counted = rows.filter { $0.story == story.kind || $0.defect == story.kind }
                #expect(counted.count == 1, "\(story.kind) in \(story.source)")
                #expect(counted.first?.source == story.source)
            }
        }
    }

    @Test func givesEveryCaseACitizenOfItsOwn() {
        var planter = planter()
        var owners: [UInt64: String] = [:]
        for story in PlantedStory.all {
            for number in 0..<story.count(citizens: specification.citizens) {
                planter.make(story, number: number)
                let name = "\(story.kind) \(story.source) \(number)"
                for row in planter.rows.map(\.row) {
                    #expect(owners[row.citizen.index, default: name] == name)
                    owners[row.citizen.index] = name
                    #expect(row.citizen.index >= UInt64(specification.citizens))
                }
            }
        }
    }

    @Test func usesEveryEvent() {
        var planter = planter()
        var events = Set<RegistrationEvent>()
        for story in PlantedStory.all where story.source == .registration {
            for number in 0..<story.count(citizens: specification.citizens) {
                planter.make(story, number: number)
                for row in planter.rows.map(\.row) where row.defect == nil {
                    events.insert(row.event)
                }
            }
        }
        // Moves into the area are what the regular households do.
        #expect(events.union([.move_in]) == Set(RegistrationEvent.allCases))
    }

    @Test(arguments: [
        (SampleKind.idWrongCheck, "id-wrong-check"), (.idBefore1850, "id-before-1850"),
        (.placeShort, "place-short"), (.dateAfter2099, "date-after-2099"),
    ])
    func namesAFileByItsDefect(kind: SampleKind, name: String) {
        #expect(DefectFiles.fileName(of: kind) == name)
    }
}
