import PopulationModel

/// A range of completed years in which people are counted: fine enough that five-year groups, the
/// groups of services and the births of a year are sums of bands.
public enum AgeBand {
    /// The least age of each band, ascending; the last band is open.
    public static let lowerBounds: [Int] =
        [0, 1, 5, 6, 7, 10, 12, 15, 16] + Array(stride(from: 20, through: 100, by: 5))

    /// The length of `lowerBounds`, as a constant for the loop over persons.
    @inlinable public static var count: Int { 26 }
    /// Ages up to this one have a place in `bandOfAge`; older people share its last.
    @inlinable public static var ageMax: Int { 100 }

    /// Per age from 0 to `ageMax`: its band.
    public static let bandOfAge: [UInt8] = (0...ageMax).map { age in
        UInt8(lowerBounds.lastIndex { $0 <= age }!)
    }

    /// The five-year group that a band is part of.
    public static func group(of band: Int) -> AgeGroup {
        AgeGroup(index: min(lowerBounds[band] / 5, AgeGroup.count - 1))
    }

    /// The band of children under one year: at a yearly date, those born since the one before.
    public static let newborn = 0

    /// Whether the people of a band are in a group of services; no band is only in part.
    public static func isIn(_ group: ServiceGroup, band: Int) -> Bool {
        group.ages.contains(lowerBounds[band])
    }
}
