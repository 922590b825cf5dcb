import Foundation

extension FigureExplanation {
    /// One line of JSON; keys are sorted.
    public var json: String {
        var object: [String: Any] = [
            "table": table, "key": Self.object(key), "column": column, "value": value,
            "unit": unit, "meaning": meaning, "rule": rule, "row": Self.object(others),
            "balances": balances, "plan_digest": planDigest, "program_version": programVersion,
        ]
        object["edition"] = edition
        object["sources"] = sources.map { source in
            [
                "source": source.source, "files": source.fileCount,
                "rows": Dictionary(
                    uniqueKeysWithValues: source.rows.map { ($0.measure, $0.rows) }),
            ] as [String: Any]
        }
        if let counts {
            object["persons"] = counts.persons
            object["classes"] = counts.classes.map {
                [
                    "class": $0.unitClass, "name": $0.name, "units": $0.unitCount,
                    "persons": $0.persons,
                ] as [String: Any]
            }
            object["units"] = counts.units.map {
                [
                    "code": $0.code, "name": $0.name, "class": $0.unitClass,
                    "persons": $0.persons,
                ] as [String: Any]
            }
        }
        // The object holds only strings, numbers, arrays and dictionaries.
        let data = try? JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private static func object(_ fields: [Field]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: fields.map { ($0.column, $0.value) })
    }
}
