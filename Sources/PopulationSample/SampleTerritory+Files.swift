import PopulationModel

extension SampleTerritory {
    /// The rows of an edition: prefecture, counties, townships and units, in order of code.
    package func writeDivisions(edition: Int, to path: String) throws(PopstatError) {
        var sink = try ByteSink(path: path)
        sink.put(text: "code,class,name\n\(Self.areaCode),,汀澜市\n")
        let day = SampleCalendar.day(edition == 2015 ? 2015 : 2020, 6, 30)
        var township: UInt64 = 0
        for line in divisionLines(edition: edition, on: day) {
            if line.code / 1_000 != township {
                if line.code / 1_000_000 != township / 1_000 {
                    let county = line.code / 1_000_000
                    sink.put(text: "\(county),,\(countyName(county))\n")
                }
                township = line.code / 1_000
                sink.put(text: "\(township),,\(townshipName(township))\n")
            }
            sink.put(text: "\(line.code),\(line.class3),\(unitName(line.code))\n")
        }
        try sink.close()
    }

    private func divisionLines(edition: Int, on day: Int32) -> [(code: UInt64, class3: UInt16)] {
        var lines = units.map { unit in
            (
                code: unit.code(on: day),
                class3: edition == 2015 ? unit.class2015 : unit.class2020
            )
        }
        lines.append(edition == 2015 ? (Self.abolishedCode, 220) : (Self.lateCode, 111))
        lines.sort { $0.code < $1.code }
        return lines
    }

    /// old_code,new_code,effective of every change, in order of day and code.
    package func writeChanges(to path: String) throws(PopstatError) {
        var changes: [(day: Int32, old: UInt64, new: UInt64)] = []
        for unit in units {
            if unit.changeDays.0 != .max {
                changes.append((unit.changeDays.0, unit.codes.0, unit.codes.1))
            }
            if unit.changeDays.1 != .max {
                changes.append((unit.changeDays.1, unit.codes.1, unit.codes.2))
            }
        }
        changes.sort { ($0.day, $0.old, $0.new) < ($1.day, $1.old, $1.new) }
        var sink = try ByteSink(path: path)
        sink.reserve(64)
        sink.put("old_code,new_code,effective\n")
        for change in changes {
            sink.reserve(64)
            sink.put(change.old, width: 12)
            sink.put(UInt8(ascii: ","))
            sink.put(change.new, width: 12)
            sink.put(UInt8(ascii: ","))
            sink.put(Array(CalendarDate(dayNumber: change.day).description.utf8))
            sink.put(0x0A)
        }
        try sink.close()
    }

    package static func writeCounties(to path: String) throws(PopstatError) {
        var text = "code,name_zh,name_en,kind\n"
        for county in counties + [renamedCounty] {
            text += "\(county.code),\(county.nameChinese),\(county.nameEnglish),\(county.kind)\n"
        }
        try ByteSink.writeFile(text, to: path)
    }

    // MARK: - Names

    private func countyName(_ code: UInt64) -> String {
        (Self.counties + [Self.renamedCounty]).first { $0.code == String(code) }?.nameChinese ?? ""
    }

    /// Two characters that follow from the code alone.
    private func stem(_ code: UInt64) -> String {
        var random = SplitMix64(seed: 4499, stream: .territory, index: code)
        let first = Self.nameBegins[random.below(Self.nameBegins.count)]
        return "\(first)\(Self.nameEnds[random.below(Self.nameEnds.count)])"
    }

    private func townshipName(_ code: UInt64) -> String {
        let number = code % 1_000
        return stem(code % 1_000_000) + (number < 100 ? "街道" : number < 200 ? "镇" : "乡")
    }

    private func unitName(_ code: UInt64) -> String {
        let number = code % 1_000
        return townshipName(code / 1_000) + stem(code % 1_000_000_000)
            + (number < 200 ? "社区" : "村")
    }

    private static let nameBegins = Array("枫松竹荷莲榕樟槐桐枣榆樱杉棠菱葵茶芦蒲稻".unicodeScalars)
    private static let nameEnds = Array("溪渡坪岗塘桥湾岭坑陂圳坝寨铺汀洋坡潭堤垌".unicodeScalars)
}
