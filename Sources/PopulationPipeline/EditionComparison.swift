import Foundation
import PopulationFigures
import PopulationModel
import PopulationStore

/// Two editions side by side: what differs in figures and in quality, the biggest change of each
/// table first.
package struct EditionComparison: Sendable {
    /// In the order of the data dictionary; tables without a difference are left out.
    package private(set) var tables: [TableChanges] = []

    /// The differences of one table.
    package struct TableChanges: Sendable {
        package var table: String
        package var scope: TableScope
        /// Rows that only the first, and only the second edition has.
        package var rowsOnlyBefore = 0
        package var rowsOnlyAfter = 0
        /// By the size of the difference, then by key; texts after numbers.
        package var changes: [Change] = []
    }

    /// One cell that differs.
    package struct Change: Sendable, Equatable {
        /// Column and value of each part of the key.
        package var key: [String]
        package var column: String
        package var before: String
        package var after: String
        /// After less before; `nil` unless both are numbers.
        package var difference: Decimal?
        /// The difference in percent of before, 2 decimals; `nil` where that is no number or 0.
        package var percent: Decimal?
        /// With so many decimals the cells stand in their tables.
        package var decimals: Int {
            [before, after].map { $0.split(separator: ".").dropFirst().first?.count ?? 0 }.max()
                ?? 0
        }
    }

    /// A side is a published folder, or the number of an edition in `store`.
    package init(_ before: String, _ after: String, store: String?, table: String?)
        throws(PopstatErrors)
    {
        let sides = try [
            Side(before, store: store), Side(after, store: store),
        ]
        if let table, DataDictionary.meaning(of: table) == nil {
            throw PopstatErrors([
                CompareFault.noSuchTable(table, known: DataDictionary.tables.map(\.name)).error
            ])
        }
        for scope in TableScope.allCases {
            for meaning in DataDictionary.tables where table == nil || table == meaning.name {
                let old = try sides[0].table(meaning, scope)
                let new = try sides[1].table(meaning, scope)
                guard old != nil || new != nil else { continue }
                let changes = Self.changes(meaning, scope, old, new)
                if !changes.changes.isEmpty || changes.rowsOnlyBefore + changes.rowsOnlyAfter > 0 {
                    tables.append(changes)
                }
            }
        }
    }

    /// What differs between two of one table.
    static func changes(
        _ meaning: DataDictionary.TableMeaning, _ scope: TableScope, _ old: Table?, _ new: Table?
    ) -> TableChanges {
        // A revision is what differs, not what rows are found by: of a year's revisions, which a
        // table holds all, the last is compared.
        let keys = meaning.columns.filter { $0.isKey && $0.name != "revision" }.map(\.name)
        let before = Dictionary(
            (old?.rows ?? []).map { (Self.key(keys, of: $0, old), $0) },
            uniquingKeysWith: { _, last in last })
        let last = Dictionary(
            (new?.rows ?? []).enumerated().map { (Self.key(keys, of: $1, new), $0) },
            uniquingKeysWith: { _, last in last })
        var result = TableChanges(table: meaning.name, scope: scope)
        var seen = 0
        for (rowIndex, row) in (new?.rows ?? []).enumerated() {
            let key = key(keys, of: row, new)
            guard last[key] == rowIndex else { continue }
            guard let other = before[key] else {
                result.rowsOnlyAfter += 1
                continue
            }
            seen += 1
            for (index, column) in (new?.columns ?? []).enumerated() where !keys.contains(column) {
                let was = old?.columns.firstIndex(of: column).map { other[$0] } ?? ""
                if was != row[index] {
                    result.changes.append(change(key, column, was, row[index]))
                }
            }
        }
        result.rowsOnlyBefore = before.count - seen
        // Stable: equal differences stay in the order of the table.
        result.changes = result.changes.enumerated().sorted {
            let (a, b) = (size(of: $0.element), size(of: $1.element))
            return a == b ? $0.offset < $1.offset : a > b
        }.map(\.element)
        return result
    }

    private static func size(of change: Change) -> Decimal {
        change.difference.map(abs) ?? -1
    }

    private static func key(_ names: [String], of row: [String], _ table: Table?) -> [String] {
        names.map { name in table?.columns.firstIndex(of: name).map { row[$0] } ?? "" }
    }

    private static func change(
        _ key: [String], _ column: String, _ before: String, _ after: String
    ) -> Change {
        var change = Change(key: key, column: column, before: before, after: after)
        guard let old = number(before), let new = number(after) else { return change }
        change.difference = new - old
        if old != 0 {
            var exact = (new - old) / abs(old) * 100
            var rounded = Decimal()
            NSDecimalRound(&rounded, &exact, 2, .plain)
            change.percent = rounded
        }
        return change
    }

    /// A whole text that is a number; codes and dates of values are none.
    private static func number(_ text: String) -> Decimal? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D })
        else { return nil }
        let isDate = text.utf8.count(where: { $0 == 0x2D }) > 1
        return isDate ? nil : Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
    }
}

extension EditionComparison {
    /// Where the tables of one edition come from.
    private enum Side {
        case folder([RunTables])
        case edition(Int, any FigureReader, [StoredTable])

        init(_ given: String, store: String?) throws(PopstatErrors) {
            guard let id = Int(given), FileStatus(of: given) == nil else {
                let folder = try StoreFinder.output(given)
                guard try FileStatus(lookingAt: "\(folder)/manifest.json") != nil else {
                    throw PopstatErrors([CompareFault.noFolder(given).error])
                }
                let tables = try RunTables(folder, scope: .internal)
                self = .folder(
                    tables.hasPublicTables
                        ? [tables, try RunTables(folder, scope: .public)] : [tables])
                return
            }
            guard let store else { throw PopstatErrors([CompareFault.noStore(given).error]) }
            let location = try StoreFinder.location(store)
            self = try StoreFinder.reading {
                let reader = try location.reader()
                return .edition(id, reader, try reader.tables(ofEdition: id))
            }
        }

        /// `nil` when the edition does not have it.
        func table(_ meaning: DataDictionary.TableMeaning, _ scope: TableScope)
            throws(PopstatErrors) -> Table?
        {
            switch self {
            case .folder(let held):
                guard let tables = held.first(where: { $0.scope == scope }),
                    let bytes = try tables.csv(of: meaning.name)
                else { return nil }
                let path = "\(tables.path)/\(scope.rawValue)/\(meaning.name).csv"
                guard
                    let table = Table(name: meaning.name, keyCount: meaning.keyCount, csv: bytes)
                else { throw PopstatErrors([CompareFault.noTable(path).error]) }
                return table
            case .edition(let id, let reader, let stored):
                guard
                    let held = stored.first(where: { $0.name == meaning.name && $0.scope == scope })
                else { return nil }
                var table = Table(
                    name: held.name, columns: held.columns, keyCount: held.keyCount,
                    rowCapacity: held.rowCount)
                let query = FigureQuery(table: held.name, scope: scope, edition: id)
                try StoreFinder.reading { try reader.read(query) { table.append($0) } }
                return table
            }
        }
    }
}

/// What can be wrong with a comparison, with its wording.
package enum CompareFault: Equatable, Sendable {
    case noFolder(String)
    case noStore(String)
    case noTable(String)
    case noSuchTable(String, known: [String])

    package var error: PopstatError {
        switch self {
        case .noFolder(let given):
            PopstatError(
                code: "PUBLISH-052", kind: .inputMissing,
                message: Bilingual(
                    "这既不是发布文件夹，也不是版本号",
                    "this is neither a published folder nor the number of an edition"),
                remedy: Bilingual(
                    "请给出两个发布文件夹，或用 --store 给出两个版本。",
                    "Name two published folders, or two editions with --store."),
                place: Place(file: given))
        case .noStore(let number):
            PopstatError(
                code: "PUBLISH-053", kind: .usage,
                message: Bilingual(
                    "没有说明版本 \(number) 属于哪个存储库",
                    "edition \(number) of which store is not said"),
                remedy: Bilingual(
                    "请用 --store 给出存储库或其计划。", "Name the store or its plan with --store."))
        case .noTable(let path):
            PopstatError(
                code: "PUBLISH-054", kind: .readOrWriteFailed,
                message: Bilingual("该文件不是发布的表", "the file is no published table"),
                remedy: Bilingual("请重新发布该文件夹。", "Publish the folder again."),
                place: Place(file: path))
        case .noSuchTable(let table, let known):
            PopstatError(
                code: "PUBLISH-055", kind: .usage,
                message: Bilingual("没有表 \(table)", "there is no table \(table)"),
                remedy: Bilingual(
                    "可用的表：\(known.joined(separator: "、"))。",
                    "Known tables: \(known.joined(separator: ", "))."))
        }
    }
}
