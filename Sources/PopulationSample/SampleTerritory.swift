import PopulationModel

/// One statistical unit with the codes it has borne and its class in both editions.
package struct SampleUnit {
    /// The code at first, after the first change, after the second.
    package var codes: (UInt64, UInt64, UInt64)
    /// Day numbers on which the second and the third code begin; `Int32.max` = never.
    package var changeDays: (Int32, Int32)
    /// The three digits of the urban and rural classes.
    package var class2015: UInt16
    package var class2020: UInt16
    package var county: UInt8

    @inline(__always)
    package func code(on day: Int32) -> UInt64 {
        if day < changeDays.0 { return codes.0 }
        return day < changeDays.1 ? codes.1 : codes.2
    }
}

/// A county of the fictitious prefecture 4499 汀澜市, with the shares that shape its people.
package struct SampleCounty {
    package let code: String
    package let nameChinese: String
    package let nameEnglish: String
    package let kind: String
    /// Thousandths of the registered households, and of the people who come from elsewhere.
    package let registeredShare: Int
    package let arrivalShare: Int
    /// Thousandths of its registered households that live in urban units.
    package let urbanShare: Int
}

/// The units of the prefecture 4499 and which of them are urban.
///
/// Invariant: every county has units in each of its four pools. 40 bytes a unit. A class, so that
/// the many histories of a sample share it by one reference.
package final class SampleTerritory: Sendable {
    package let units: [SampleUnit]
    /// Unit indexes by county: urban in both editions, rural in both, rural then urban, urban then
    /// rural.
    package let urban: [[UInt32]]
    package let rural: [[UInt32]]
    package let upgraded: [[UInt32]]
    package let downgraded: [[UInt32]]
    /// Rural units whose code changes with their class staying as it is.
    package let recoded: [UInt32]
    /// Running sums of the counties' shares, as `SplitMix64.place` takes them.
    package let registeredBounds = sums(counties.map(\.registeredShare))
    package let arrivalBounds = sums(counties.map(\.arrivalShare))

    package static let areaCode = "4499"
    package static let counties = [
        SampleCounty(
            code: "449901", nameChinese: "青岚区", nameEnglish: "Qinglan District",
            kind: "district", registeredShare: 220, arrivalShare: 360, urbanShare: 640),
        SampleCounty(
            code: "449902", nameChinese: "白渚区", nameEnglish: "Baizhu District",
            kind: "district", registeredShare: 140, arrivalShare: 200, urbanShare: 380),
        SampleCounty(
            code: "449981", nameChinese: "云浦市", nameEnglish: "Yunpu City",
            kind: "county_city", registeredShare: 200, arrivalShare: 180, urbanShare: 270),
        SampleCounty(
            code: "449921", nameChinese: "石溪县", nameEnglish: "Shixi County",
            kind: "county", registeredShare: 160, arrivalShare: 90, urbanShare: 180),
        SampleCounty(
            code: "449922", nameChinese: "林洲县", nameEnglish: "Linzhou County",
            kind: "county", registeredShare: 140, arrivalShare: 80, urbanShare: 150),
        SampleCounty(
            code: "449923", nameChinese: "安澜县", nameEnglish: "Anlan County",
            kind: "county", registeredShare: 140, arrivalShare: 90, urbanShare: 190),
    ]
    /// The last county becomes a district under another code on this day.
    package static let renamedCounty = SampleCounty(
        code: "449903", nameChinese: "安澜区", nameEnglish: "Anlan District",
        kind: "district", registeredShare: 0, arrivalShare: 0, urbanShare: 0)
    package static let renamingDay = SampleCalendar.day(2018, 9, 1)

    /// In no edition and no change: class 000 at every date.
    package static let unlistedCodes: [UInt64] = [449_901_001_997, 449_921_100_997]
    /// In the first edition only, without a change: class 000 at the last date.
    package static let abolishedCode: UInt64 = 449_922_100_996
    /// In the last edition only, without a change: class 000 until then.
    package static let lateCode: UInt64 = 449_902_001_995

    package init(seed: UInt64, units unitCount: Int) {
        let draft = TerritoryDraft(seed: seed, units: unitCount)
        units = draft.units
        urban = draft.urban
        rural = draft.rural
        upgraded = draft.upgraded
        downgraded = draft.downgraded
        recoded = draft.recoded
    }

    private static func sums(_ shares: [Int]) -> [Int] {
        shares.reduce(into: []) { $0.append(($0.last ?? 0) + $1) }
    }
}

extension SampleTerritory {
    package func urbanUnit(of county: Int, random: inout SplitMix64) -> Int {
        Int(urban[county][random.below(urban[county].count)])
    }

    package func ruralUnit(of county: Int, random: inout SplitMix64) -> Int {
        Int(rural[county][random.below(rural[county].count)])
    }

    /// Another unit of the same township.
    package func neighbour(of unit: Int) -> Int {
        let township = units[unit].codes.0 / 1_000
        let next = unit + 1
        return next < units.count && units[next].codes.0 / 1_000 == township ? next : unit - 1
    }
}

/// Days of the years that a sample tells of.
package enum SampleCalendar {
    /// The day number of a date that exists.
    package static func day(_ year: Int32, _ month: Int32, _ day: Int32) -> Int32 {
        CalendarDate(year: year, month: month, day: day)!.dayNumber
    }

    package static let firstYear: Int32 = 2015
    package static let lastYear: Int32 = 2020
}
