import PopulationModel

/// The small files beside the extracts: targets, official figures, finance factors.
package struct ReferenceFiles {
    package let citizens: Int

    package func write(to directory: String) throws(PopstatError) {
        try ByteSink.writeFile(targets, to: "\(directory)/targets.csv")
        try ByteSink.writeFile(official, to: "\(directory)/official.csv")
        try ByteSink.writeFile(financeFactors, to: "\(directory)/finance-factors.csv")
    }

    private var targets: String {
        """
        concept,area_code,percent,date,source
        resident,4499,48,2018-12-31,interim target of the bureau
        resident,4499,50,2020-12-31,task plan row 1
        registered,4499,40,2020-12-31,county plan
        resident,449901,75.5,2020-12-31,county plan
        resident,449902,60,2020-12-31,county plan
        resident,449903,40,2020-12-31,county plan
        resident,449921,38.25,2020-12-31,county plan
        resident,449922,36,2020-12-31,county plan
        resident,449923,36,2018-12-31,county plan
        resident,449981,48,2020-12-31,county plan

        """
    }

    /// Per thousand citizens, what a yearbook would say: residents, urban residents, registered,
    /// urban registered at the end of each year. Rounded surveys, so they differ a little.
    private static let yearbook: [(year: Int, figures: (Int, Int, Int, Int))] = [
        (2015, (861, 392, 890, 297)), (2016, (870, 404, 894, 304)), (2017, (880, 418, 899, 311)),
        (2018, (887, 431, 904, 318)), (2019, (895, 443, 909, 323)), (2020, (905, 460, 914, 335)),
    ]

    private var official: String {
        var text = "area_code,date,concept,total,urban,source\n"
        for (year, figures) in Self.yearbook {
            let (residents, urban, registered, urbanRegistered) = figures
            func scaled(_ perMille: Int) -> Int { citizens * perMille / 1_000 }
            text += "4499,\(year)-12-31,resident,\(scaled(residents)),\(scaled(urban)),"
            text += "yearbook \(year)\n"
            text += "4499,\(year)-12-31,registered,\(scaled(registered)),"
            text += "\(scaled(urbanRegistered)),police yearly report \(year)\n"
        }
        return text
    }

    private var financeFactors: String {
        var text = "county_code,year,hardship,cost,urban_land_ha\n"
        let hardship = ["0.9", "1", "1.05", "1.2", "1.25", "1.15"]
        let cost = ["1.1", "1.05", "1", "0.95", "0.95", "1"]
        // Hectares of a hundred thousand citizens of the sample.
        let land = [149, 79, 94, 60, 61, 44]
        for year in 2016...2020 {
            for (place, county) in SampleTerritory.counties.enumerated() {
                let isRenamed = place == SampleTerritory.counties.count - 1 && year == 2020
                let code = isRenamed ? SampleTerritory.renamedCounty.code : county.code
                let tenths = land[place] * citizens * (96 + year - 2016) / 1_000_000
                text += "\(code),\(year),\(hardship[place]),\(cost[place]),"
                text += "\(tenths / 10).\(tenths % 10)\n"
            }
        }
        return text
    }
}
