import PopulationFigures
import PopulationModel
import PopulationPublish

/// The equations of SPEC 3 and 6: computed, asserted and kept for the report and the manifest.
package struct Balances {
    package private(set) var checked: [ReportProvenance.Balance] = []

    package init() {}

    /// Rows of one source: read, and accepted.
    package mutating func checkRows(
        _ source: Source, _ rows: RowCounts, _ counts: DeduplicateCounts.SourceCounts
    ) throws(PopstatErrors) {
        let name = source.rawValue
        try check(
            "\(name): read = rejected + out_of_scope + revoked + accepted", rows.read,
            [rows.rejectedTotal, rows.outOfScope, rows.revoked, rows.accepted], name)
        try check(
            "\(name): accepted = exact_duplicate + voided + superseded + in_force", rows.accepted,
            [
                counts.exactDuplicate, counts.voided, counts.superseded + counts.future,
                counts.inForce,
            ], name)
    }

    /// Persons at each reference date.
    package mutating func checkPersons(_ figures: Figures) throws(PopstatErrors) {
        for figure in figures.urbanization {
            let parts = [figure.urban, figure.rural, figure.unclassified]
            if figure.total != parts.reduce(0, +) {
                try check(
                    "total = urban + rural + unclassified", figure.total, parts,
                    "\(figure.areaCode) at \(figure.date)")
            }
        }
        for date in figures.referenceDates { try checkPersons(figures, at: date) }
    }

    private mutating func checkPersons(_ figures: Figures, at date: CalendarDate)
        throws(PopstatErrors)
    {
        let counties = figures.migration.filter { $0.date == date }
        func sum(_ measure: MigrationMeasure) -> Int {
            counties.reduce(0) { $0 + $1[measure] }
        }
        func sums(_ measures: MigrationMeasure...) -> [Int] { measures.map(sum) }
        let place = "\(date)"
        try check(
            "\(date): resident = registered_resident + resident_unregistered_local + separated",
            sum(.resident),
            sums(.registered_resident, .resident_unregistered_local, .separated), place)
        try check(
            "\(date): registered = registered_resident + registered_elsewhere + away",
            sum(.registered), sums(.registered_resident, .registered_elsewhere, .away), place)
        try check(
            "\(date): separated = intra_district + floating", sum(.separated),
            sums(.intra_district, .floating), place)
        try check(
            "\(date): floating = its five tiers", sum(.floating),
            sums(
                .floating_own_county, .floating_own_prefecture, .floating_own_province,
                .floating_other_province, .floating_unknown), place)
        let rows = figures.urbanization.filter { $0.date == date }
        for concept in Concept.allCases {
            let area = rows.first {
                $0.concept == concept && $0.areaCode == figures.area.code
            }
            let parts = rows.filter { $0.concept == concept && $0.level == .county }
            try check(
                "\(date): \(concept.rawValue), the counties sum to the area", area?.total ?? 0,
                [parts.reduce(0) { $0 + $1.total }], place)
            try check(
                "\(date): \(concept.rawValue), total = urban + rural + unclassified",
                area?.total ?? 0,
                [area?.urban ?? 0, area?.rural ?? 0, area?.unclassified ?? 0], place)
        }
    }

    /// The amounts of each year are the pool, to the last unit.
    mutating func checkTransfer(_ figures: [TransferFigure], pool: Int) throws(PopstatErrors) {
        for year in Set(figures.map(\.counts.year)).sorted() {
            let amounts = figures.filter { $0.counts.year == year }.map(\.amount)
            try check("\(year): pool = the amounts of the counties", pool, amounts, "\(year)")
        }
    }

    mutating func check(_ equation: String, _ left: Int, _ right: [Int], _ place: String)
        throws(PopstatErrors)
    {
        let sum = right.reduce(0, +)
        guard left == sum else {
            throw PopstatErrors(
                .balance(equation: equation, left: left, right: sum, where: place))
        }
        checked.append(.init(equation: equation, left: left, right: right))
    }
}
