import PopulationFigures
import PopulationModel

// Separation, permits, ladder, eligibility, services, households: small tables of the last date.
extension YearlyReportMaker {
    private func last(_ table: String) -> [ReportRow] {
        let day = lastDate.description
        return tables.rows(table).filter { $0["reference_date"].text == day }
    }

    private var day: Bilingual { ReportNumber.date(lastDate) }

    /// Residence apart from registration, county by county.
    var migration: ReportSection? {
        let name = Bilingual("人户分离与流动人口", "Separated and floating")
        let rows = last("migration")
        guard !rows.isEmpty else { return absent("migration", name, table: "migration") }
        let columns: [(MigrationMeasure, Bilingual)] = [
            (.resident, Bilingual("常住人口", "Residents")),
            (.separated, Bilingual("人户分离", "Separated")),
            (.intra_district, Bilingual("其中市辖区内", "within districts")),
            (.floating, Bilingual("流动人口", "Floating")),
            (.away, Bilingual("户籍在此常住市外", "Registered, away")),
            (.short_stay, Bilingual("短期居留", "Short stay")),
        ]
        var table = ReportTable(
            id: "migration-table",
            caption: Bilingual("人户分离与流动人口，\(day.zh)", "Separated and floating, \(day.en)")
                + mark(.registers),
            columns: [.text("地区", "Area")]
                + columns.map { .number($0.1.zh, $0.1.en, .persons) })
        func cells(_ rows: [ReportRow]) -> [ReportTable.Cell] {
            columns.map { column in ReportSum(rows.map { $0[column.0.word] }).cell }
        }
        table.rows = rows.map {
            ReportTable.Row([.text(self.name(of: $0["county_code"].text))] + cells([$0]))
        }
        if rows.count > 1 {
            table.rows.append(
                ReportTable.Row([.text(areaName)] + cells(rows), kind: .total))
        }
        let floating = ReportSum(rows.map { $0["floating"] }).exact
        var section = ReportSection(
            id: "migration",
            heading: floating.map {
                Bilingual("流动人口\($0)人", "The floating population is \($0)")
            } ?? Bilingual("人户分离与流动的人", "People apart from their registration, and floating"),
            name: name)
        section.tables = [table]
        return section
    }

    var permits: ReportSection? {
        let name = Bilingual("居住证", "Residence permits")
        let rows = last("permits")
        guard !rows.isEmpty else { return absent("permits", name, table: "permits") }
        let valid = sums(of: rows, by: "residence_years", value: "valid")
        let total = ReportSum(rows.map { $0["valid"] }).exact
        var section = ReportSection(
            id: "permits",
            heading: total.map {
                Bilingual("有效居住证\($0)个", "\($0) residence permits are valid")
            } ?? Bilingual("有效的居住证", "Residence permits that are valid"), name: name)
        section.drawings = [
            bars(
                "permits",
                subtitle: Bilingual(
                    "有效居住证持有人，按居住年限，\(areaName.zh)，\(day.zh)",
                    "Holders of valid permits by years of residence, \(areaName.en), \(day.en)"),
                title: Bilingual("有效居住证", "Valid permits"),
                valid.map { (Bilingual("\($0.word)年", "\($0.word) years"), $0.sum) })
        ].compactMap { $0 }
        var table = ReportTable(
            id: "permits-table",
            caption: Bilingual("居住证，按居住年限，\(day.zh)", "Permits by years of residence, \(day.en)"),
            columns: [
                .text("居住年限", "Years"), .number("有效", "Valid", .persons),
                .number("中止", "Suspended", .persons),
            ])
        let suspended = sums(of: rows, by: "residence_years", value: "suspended")
        table.rows = zip(valid, suspended).map {
            ReportTable.Row([.text($0.word), $0.sum.cell, $1.sum.cell])
        }
        section.tables = [
            table,
            cross(
                rows, id: "permits-areas",
                caption: Bilingual("有效居住证，按地区和参保年限", "Valid permits by area and years insured"),
                down: ("county_code", Bilingual("地区", "Area")), across: "insured_years",
                value: "valid"),
        ]
        return section
    }

    var ladder: ReportSection? {
        let name = Bilingual("梯次服务", "Ladder")
        let rows = last("ladder")
        guard !rows.isEmpty else { return absent("ladder", name, table: "ladder") }
        var section = ReportSection(
            id: "ladder", heading: Bilingual("居住证持有人的梯次", "Tiers of the settlement ladder"),
            name: name)
        section.tables = [
            cross(
                rows, id: "ladder-table",
                caption: Bilingual("人数，按地区和梯次，\(day.zh)", "Persons by area and tier, \(day.en)"),
                down: ("county_code", Bilingual("地区", "Area")), across: "tier")
        ]
        return section
    }

    var eligibility: ReportSection? {
        let name = Bilingual("符合条件尚未落户", "Eligible, not settled")
        let rows = last("eligibility")
        guard !rows.isEmpty else { return absent("eligibility", name, table: "eligibility") }
        let channels = sums(of: rows, by: "channel", value: "eligible_not_settled")
        let any = channels.first { $0.word == "any" }?.sum.exact
        var section = ReportSection(
            id: "eligibility",
            heading: any.map {
                Bilingual("\($0)人符合落户条件而尚未落户", "\($0) people may settle and have not")
            } ?? Bilingual("符合落户条件而尚未落户的人", "People who may settle and have not"), name: name)
        section.drawings = [
            bars(
                "eligibility",
                subtitle: Bilingual(
                    "符合条件尚未落户的人，按途径，\(areaName.zh)，\(day.zh)；一人可符合多个途径",
                    "Eligible and not settled by channel, \(areaName.en), \(day.en); one person "
                        + "may have several"),
                title: Bilingual("尚未落户", "Not settled"),
                channels.map { (label("channel", $0.word), $0.sum) })
        ].compactMap { $0 }
        var table = cross(
            rows, id: "eligibility-table",
            caption: Bilingual("符合条件尚未落户，按地区和途径", "Eligible, not settled, by area and channel"),
            down: ("county_code", Bilingual("地区", "Area")), across: "channel",
            value: "eligible_not_settled")
        // Channels overlap, so that a sum over them counts people twice.
        table.columns.removeLast()
        for index in table.rows.indices { table.rows[index].cells.removeLast() }
        section.tables = [table]
        return section
    }

    var services: ReportSection? {
        let name = Bilingual("公共服务对象", "Public services")
        let rows = last("services")
        guard !rows.isEmpty else { return absent("services", name, table: "services") }
        var section = ReportSection(
            id: "services", heading: Bilingual("公共服务的对象", "Whom public services are for"),
            name: name)
        let columns: [(String, Bilingual)] = [
            ("resident", Bilingual("常住人口", "Residents")),
            ("floating", Bilingual("流动人口", "Floating")),
            ("permit_holders", Bilingual("居住证持有人", "Permit holders")),
            ("settled", Bilingual("当年落户", "Settled this year")),
        ]
        var table = ReportTable(
            id: "services-table",
            caption: Bilingual("公共服务对象，\(areaName.zh)，\(day.zh)", "\(areaName.en), \(day.en)"),
            columns: [.text("人群", "Group")]
                + columns.map { .number($0.1.zh, $0.1.en, .persons) })
        let groups = Dictionary(grouping: rows) { $0["group"].text }
        table.rows = ordered(groups.keys, of: "group").map { group in
            let own = groups[group]!
            let cells = columns.map { column -> ReportTable.Cell in
                let values = own.map { $0[column.0] }
                return values.allSatisfy(\.isEmpty)
                    ? .shorthand(.notApplicable) : ReportSum(values).cell
            }
            return ReportTable.Row([.text(label("group", group))] + cells)
        }
        table.footnotes = [
            Bilingual("人群之间有重叠，不能相加。", "Groups overlap and must not be added.")
        ]
        section.tables = [table]
        return section
    }

    var households: ReportSection? {
        let name = Bilingual("户数", "Households")
        let rows = last("households")
        guard !rows.isEmpty else { return absent("households", name, table: "households") }
        let total = ReportSum(rows.map { $0["households"] }).exact
        var section = ReportSection(
            id: "households",
            heading: total.map {
                Bilingual("户籍登记\($0)户", "\($0) households are registered")
            } ?? Bilingual("户籍登记的户", "Households that are registered"), name: name)
        section.tables = [
            cross(
                rows, id: "households-table",
                caption: Bilingual(
                    "户数，按地区和户类型，\(day.zh)", "Households by area and type, \(day.en)"),
                down: ("county_code", Bilingual("地区", "Area")), across: "household_type",
                value: "households"),
            cross(
                rows, id: "households-persons",
                caption: Bilingual("户籍人口，按地区和户类型", "Registered persons by area and type"),
                down: ("county_code", Bilingual("地区", "Area")), across: "household_type"),
        ]
        let households = Bilingual("户", "households")
        for index in section.tables[0].columns.indices.dropFirst() {
            section.tables[0].columns[index].unit = households
        }
        return section
    }
}
