import PopulationModel
import Testing

import PopulationSample

@Suite struct CitizenFactoryTests {
    @Test(arguments: [UInt64(1), 4_499, .max])
    func givesEveryIndexANumberOfItsOwn(seed: UInt64) {
        let factory = CitizenFactory(seed: seed)
        var random = SplitMix64(seed: 1, stream: .planting, index: 1)
        var numbers = Set<UInt64>()
        let count = 300_000
        for index in 0..<count {
            // Indexes far apart are drawn as well, up to the most that a sample may hold.
            let spread = UInt64(index % 2 == 0 ? index : index * 331)
            let citizen = factory.citizen(
                index: spread, group: 5, isMale: index % 4 < 2, random: &random)
            numbers.insert(citizen.first17)
        }
        let doubled = Set((0..<count).map { $0 % 2 == 0 ? $0 : $0 * 331 }).count
        #expect(numbers.count == doubled)
    }

    @Test func givesNumbersThatNobodyCanBear() {
        let factory = CitizenFactory(seed: 3)
        var random = SplitMix64(seed: 1, stream: .planting, index: 2)
        for index in 0..<20_000 {
            let group = index % (CitizenFactory.lastGroup + 1)
            let isMale = index % 3 == 0
            let citizen = factory.citizen(
                index: UInt64(index), group: group, isMale: isMale, random: &random)
            #expect(citizen.first17 / 10_000_000_000_000 == 4_499)
            #expect(citizen.citizenID.birthDate?.dayNumber == citizen.birth)
            #expect(citizen.citizenID.sex == (isMale ? .male : .female))
            let first = 1_917 + Int32(group) * 8
            #expect((first..<first + 8).contains(citizen.birthYear))
        }
    }
}

@Suite struct SplitMix64Tests {
    /// First draws of the published generator from state 0.
    @Test func drawsWhatItsAuthorsPublished() {
        var random = SplitMix64(state: 0)
        #expect(random.next() == 0xE220_A839_7B1D_CDAF)
        #expect(random.next() == 0x6E78_9E6A_A1B9_65F4)
        #expect(random.next() == 0x06C4_5D18_8009_454F)
    }

    @Test func staysInItsBounds() {
        var random = SplitMix64(seed: 9, stream: .rows, index: 9)
        var seen = Set<Int>()
        for _ in 0..<2_000 {
            let draw = random.below(7)
            #expect((0..<7).contains(draw))
            seen.insert(draw)
            #expect((3...5).contains(random.day(from: 3, through: 5)))
            #expect((0...1).contains(random.place(in: [10, 1_000])))
        }
        #expect(seen.count == 7)
        #expect(random.day(from: 8, through: 2) == 8)
        #expect(random.place(in: [0, 0, 5]) == 2)
    }
}
