import PopulationModel

/// A published table as SDMX sees it: a dataflow, its dimensions, its one measure and attributes.
///
/// A row of a table becomes one observation per number: the column's name moves into the dimension
/// `INDICATOR`. Dimensions stand in the order `FREQ`, `REF_AREA`, the other columns of the key,
/// `INDICATOR`, `TIME_PERIOD`. Server and export share this value, so that identifiers agree.
package struct SDMXStructure: Sendable, Equatable {
    package static let agency = "POPSTAT"
    package static let version = "1.0.0"
    package static let conceptScheme = "CS_POPSTAT"
    package static let measure = "OBS_VALUE"
    /// The dimension of areas.
    package static let area = "REF_AREA"
    /// What stands for an empty cell of a key: not applicable.
    package static let notApplicable = "_Z"

    package let table: DataDictionary.TableMeaning
    package let dimensions: [Dimension]
    package let attributes: [Attribute]
    /// The columns that are numbers and no key, in the order of the table.
    package let indicators: [DataDictionary.ColumnMeaning]

    package var dataflowID: String { Self.identifier(table.name) }
    package var dataStructureID: String { "DSD_\(dataflowID)" }
    package var name: Bilingual { table.title }

    /// A component that tells observations apart.
    package struct Dimension: Sendable, Equatable {
        /// Also the id of its concept.
        package var id: String
        package var source: Source
        /// `nil` for time.
        package var codeList: SDMXCodeList?

        /// Where a code comes from.
        package enum Source: Sendable, Equatable {
            /// The same for every observation.
            case constant(String)
            case column(String)
            /// The name of the measure's column.
            case indicator
            /// A date or a year of the key; `nil` = the edition's last reference date, which the
            /// table is about.
            case time(column: String?)
        }
    }

    /// What is said beside an observation; attached to each of them.
    package struct Attribute: Sendable, Equatable {
        package var id: String
        package var source: Source
        /// `nil` for free text.
        package var codeList: SDMXCodeList?

        /// Where a value comes from.
        package enum Source: Sendable, Equatable {
            /// The very text of the cell.
            case column(String)
            /// `Q` where the number is hidden, else `A`.
            case status
            case unit
            /// Places after the point.
            case decimals
        }
    }

    /// In the order of the data dictionary.
    package static let all: [SDMXStructure] = DataDictionary.tables.map(SDMXStructure.init)

    package static func ofTable(_ name: String) -> SDMXStructure? {
        all.first { $0.table.name == name }
    }

    package static func ofDataflow(_ id: String) -> SDMXStructure? {
        all.first { $0.dataflowID == id }
    }

    /// Every concept that a component of any table is identified by, in the order of first use.
    package static let concepts: [(id: String, name: Bilingual)] = {
        var concepts: [(id: String, name: Bilingual)] = []
        func add(_ id: String) {
            if concepts.contains(where: { $0.id == id }) { return }
            concepts.append((id, SDMXWords.concept(id)))
        }
        for structure in all { structure.dimensions.forEach { add($0.id) } }
        add(measure)
        for structure in all { structure.attributes.forEach { add($0.id) } }
        return concepts
    }()

    /// The code of a measure's column in `INDICATOR`, and the id of any other column.
    package static func identifier(_ column: String) -> String { column.uppercased() }
}

extension SDMXStructure {
    private static let areaColumns: Set = ["area_code", "county_code", "unit_code"]
    private static let timeColumns: Set = ["reference_date", "date", "year"]

    init(_ table: DataDictionary.TableMeaning) {
        self.table = table
        let keys = table.columns.filter(\.isKey)
        let rest = table.columns.filter { !$0.isKey }
        let area = keys.first { Self.areaColumns.contains($0.name) }
        let time = keys.first { Self.timeColumns.contains($0.name) }
        indicators = rest.filter(\.kind.isNumber)
        var dimensions = [
            Dimension(id: "FREQ", source: .constant("A"), codeList: .frequency)
        ]
        if let area { dimensions.append(Self.dimension(Self.area, area, of: table)) }
        for key in keys where key != area && key != time {
            dimensions.append(Self.dimension(Self.identifier(key.name), key, of: table))
        }
        dimensions += [
            Dimension(
                id: "INDICATOR", source: .indicator,
                codeList: .indicators(indicators, of: table)),
            Dimension(id: "TIME_PERIOD", source: .time(column: time?.name)),
        ]
        self.dimensions = dimensions
        let ofMeasure = [
            Attribute(id: "OBS_STATUS", source: .status, codeList: .status),
            Attribute(id: "UNIT_MEASURE", source: .unit, codeList: .units),
            Attribute(id: "DECIMALS", source: .decimals, codeList: .decimals),
        ]
        // The column `unit` is told by UNIT_MEASURE.
        let words = rest.filter { !$0.kind.isNumber && $0.name != "unit" }
        attributes =
            ofMeasure
            + words.map { column in
                // The figure by which a task is measured is not the dimension of that name.
                let id =
                    column.name == "indicator" ? "TASK_INDICATOR" : Self.identifier(column.name)
                return Attribute(
                    id: id, source: .column(column.name),
                    codeList: FigureWords.list(of: column.name, in: table.name).map {
                        .closed($0, id: id)
                    })
            }
    }

    private static func dimension(
        _ id: String, _ column: DataDictionary.ColumnMeaning, of table: DataDictionary.TableMeaning
    ) -> Dimension {
        let list = FigureWords.list(of: column.name, in: table.name).map {
            SDMXCodeList.closed($0, id: id)
        }
        return Dimension(
            id: id, source: .column(column.name), codeList: list ?? .open(id, column, of: table))
    }
}
