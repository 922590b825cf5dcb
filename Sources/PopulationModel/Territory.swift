/// One edition of the statistical division codes: which units there are, and their classes.
public struct DivisionEdition: Sendable {
    public var date: CalendarDate
    public var units: DivisionUnits
    /// Names of townships, counties … by their digits.
    public var areaNames: [String: String]

    public init(date: CalendarDate, units: DivisionUnits, areaNames: [String: String] = [:]) {
        self.date = date
        self.units = units
        self.areaNames = areaNames
    }
}

/// A code that was replaced by another from a day on; both have 12 digits.
public struct DivisionChange: Sendable, Equatable {
    public var old: UInt64
    public var new: UInt64
    public var effective: CalendarDate

    public init(old: UInt64, new: UInt64, effective: CalendarDate) {
        self.old = old
        self.new = new
        self.effective = effective
    }
}

/// A county of the area, from the counties file.
public struct County: Sendable, Equatable {
    /// What the county is, as the rules of 市辖区 need it.
    public enum Kind: String, CaseIterable, Sendable {
        case district
        case countyCity = "county_city"
        case county
    }

    /// Six digits.
    public var code: String
    public var nameZH: String
    public var nameEN: String
    public var kind: Kind

    public init(code: String, nameZH: String, nameEN: String, kind: Kind) {
        self.code = code
        self.nameZH = nameZH
        self.nameEN = nameEN
        self.kind = kind
    }
}

/// Which unit stands for a code at each reference date, and its class (SPEC 5).
public final class Territory: Sendable {
    public let area: Area
    /// The reference dates, ascending. So are the editions, by their dates.
    public let dates: [CalendarDate]
    public let editions: [DivisionEdition]
    public let counties: [County]
    /// Index into `editions` for each reference date.
    public let editionOfDate: [Int]

    /// The changes ascending by their old codes, and by their new ones.
    private let byOldCode: [DivisionChange]
    private let byNewCode: [DivisionChange]
    private let districts: Set<UInt64>
    private let countyCities: Set<UInt64>

    /// `editions` ascending by date, at least one; `dates` ascending.
    public init(
        area: Area, dates: [CalendarDate], editions: [DivisionEdition],
        changes: [DivisionChange], counties: [County]
    ) {
        precondition(!editions.isEmpty, "a territory needs an edition")
        self.area = area
        self.dates = dates
        self.editions = editions
        self.counties = counties
        editionOfDate = dates.map { date in
            editions.lastIndex { $0.date <= date } ?? 0
        }
        byOldCode = changes.sorted { $0.old < $1.old }
        byNewCode = changes.sorted { $0.new < $1.new }
        func codes(_ kind: County.Kind) -> Set<UInt64> {
            Set(counties.filter { $0.kind == kind }.compactMap { UInt64($0.code) })
        }
        districts = codes(.district)
        countyCities = codes(.countyCity)
    }

    /// The code that stands for a code in an edition: itself when it is in the edition, else the
    /// nearest one by the changes, forward first, then backward; itself when there is none.
    public func standing(for code: UInt64, inEdition index: Int) -> UInt64 {
        let edition = editions[index]
        if edition.units.index(of: code) != nil { return code }
        return search(from: code, in: edition) { current in
            Self.changes(byOldCode, of: current) { $0.old }
                .filter { $0.effective <= edition.date }.map(\.new)
        } ?? search(from: code, in: edition) { current in
            Self.changes(byNewCode, of: current) { $0.new }.map(\.old)
        } ?? code
    }

    /// The changes whose code is a given one, of changes that ascend by it.
    @inline(__always)
    private static func changes(
        _ changes: [DivisionChange], of code: UInt64, _ key: (DivisionChange) -> UInt64
    ) -> ArraySlice<DivisionChange> {
        let first = changes.partitioningIndex(in: changes.indices) { key($0) >= code }
        return changes[first...].prefix { key($0) == code }
    }

    /// Breadth first: the smallest code of the edition on the nearest level that has one.
    private func search(
        from code: UInt64, in edition: DivisionEdition, neighbours: (UInt64) -> [UInt64]
    ) -> UInt64? {
        var seen: Set<UInt64> = [code]
        var level = [code]
        while !level.isEmpty {
            let next = level.flatMap(neighbours).filter { seen.insert($0).inserted }
            if let found = next.filter({ edition.units.index(of: $0) != nil }).min() {
                return found
            }
            level = next
        }
        return nil
    }

    /// Class of a unit in an edition; 0 = unclassified.
    public func unitClass(of code: UInt64, inEdition index: Int) -> UInt16 {
        editions[index].units.unitClass(of: code) ?? 0
    }

    /// Counties of the area that hold units at a reference date, and that the counties file does not
    /// name; ascending.
    public var countiesWithoutKind: [UInt64] {
        let named = Set(counties.compactMap { UInt64($0.code) })
        var found: Set<UInt64> = []
        for index in Set(editionOfDate) {
            let units = editions[index].units
            for code in units.codes[units.range(inside: area)] { found.insert(code / 1_000_000) }
        }
        return found.subtracting(named).sorted()
    }

    /// Of six digits; a county that the counties file does not name is neither.
    public func isDistrict(county: UInt64) -> Bool { districts.contains(county) }
    public func isCountyCity(county: UInt64) -> Bool { countyCities.contains(county) }
}
