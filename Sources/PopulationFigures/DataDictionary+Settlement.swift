// What the person-level tables publish: settlement, permits, points, services.
extension DataDictionary {
    static let settlement = TableMeaning(
        "settlement", oneRowPer: "end of a yearly pair, county, place, cause and tier",
        """
        *year | year | of the later date of the pair | plan | SPEC 6
        *county_code | code | county of the urban unit settled in | registration | SPEC 6.1
        *place | word | central_city, county_city, town or other | divisions, counties | SPEC 6
        *cause | word | cause of the row in force, empty = other | registration | SPEC 2.1, 6.1
        *origin_tier | word | own_prefecture, own_province, other_province or unknown | registration | SPEC 6.1
        persons | persons | settled from the country in the year; reclassified people are not | registration, divisions | SPEC 6.1
        with_family | persons | of them, with another settled citizen of the year in the household | registration | SPEC 6.1
        with_college_or_title | persons | of them, with college or above, or a title | registration | SPEC 2.1, 6.1
        """)

    /// The rest of every line: the form, source and rule.
    private static let form = "column of form 公业58 | registration, divisions | SPEC 6.1, domain 4.4"

    static let balance58 = TableMeaning(
        "balance58", oneRowPer: "yearly date and county",
        """
        *year | year | of the yearly date | plan | SPEC 6
        *county_code | code | county of the urban unit | registration | SPEC 6.1
        c1 | persons | urban-registered at the end of the year, \(form)
        c2 | persons | increase: c3 + … + c8 + c22, \(form)
        c3 | persons | born, \(form)
        c4 | persons | discharged from the army, \(form)
        c5 | persons | returned from Hong Kong, Macau, Taiwan or abroad, \(form)
        c6 | persons | moved in from towns of the own province, \(form)
        c7 | persons | moved in from towns of other provinces, \(form)
        c8 | persons | rural people who settled in town, reclassified included, \(form)
        c9 | persons | of c8, from the own prefecture, \(form)
        c10 | persons | of c8, from another prefecture of the province, \(form)
        c11 | persons | of c8, from another province, \(form)
        c12 | persons | of c8, students, \(form)
        c13 | persons | of c8, employment and talent, \(form)
        c14 | persons | of c8, business, \(form)
        c15 | persons | of c8, investment, \(form)
        c16 | persons | of c8, housing, \(form)
        c17 | persons | of c8, joining relatives, \(form)
        c18 | persons | of c8, resettlement, \(form)
        c19 | persons | of c8, redevelopment, \(form)
        c20 | persons | of c8, reclassification: nobody moved, \(form)
        c21 | persons | of c8, other causes, \(form)
        c22 | persons | other increase, \(form)
        c23 | persons | decrease: c24 + … + c28, \(form)
        c24 | persons | died, \(form)
        c25 | persons | joined the army, \(form)
        c26 | persons | left for Hong Kong, Macau, Taiwan or abroad, \(form)
        c27 | persons | moved out of the county's urban units, \(form)
        c28 | persons | other decrease, \(form)
        """)

    static let permits = TableMeaning(
        "permits", oneRowPer: "reference date, county, residence years and insurance years",
        """
        *reference_date | date | day at whose end people are counted | plan | SPEC 1
        *county_code | code | county of the stay in force | residency | SPEC 6.2
        *residence_years | years | full counted years: 0, 1, 2, 3, 4 or 5+ | residency | SPEC 6.2
        *insured_years | years | full years insured: 0, 1, 2 or 3+ | residency | SPEC 6.2
        valid | persons | permits valid at the date | residency | SPEC 6.2, domain 5
        suspended | persons | permits issued and not valid | residency | SPEC 6.2, domain 5
        """)

    static let ladder = TableMeaning(
        "ladder", oneRowPer: "reference date, county and tier",
        """
        *reference_date | date | day at whose end people are counted | plan | SPEC 1
        *county_code | code | county of the stay in force | residency | SPEC 6.2
        *tier | text | the last tier whose points are reached, named by the plan | plan | SPEC 6.2
        persons | persons | citizens in the tier | residency | SPEC 6.2
        points_sum | points | sum of their points, exact | residency, plan | SPEC 6.2
        """)

    static let eligibility = TableMeaning(
        "eligibility", oneRowPer: "reference date, county and channel",
        """
        *reference_date | date | day at whose end people are counted | plan | SPEC 1
        *county_code | code | county of residence | both registers | SPEC 6.2
        *channel | word | town, central_city_work, central_city_property, talent or any | both registers | SPEC 6.2
        eligible_not_settled | persons | residents who meet the channel and are not registered there; any counts each once | both registers | SPEC 6.2
        """)

    static let services = TableMeaning(
        "services", oneRowPer: "reference date, county and group",
        """
        *reference_date | date | day at whose end people are counted | plan | SPEC 1
        *county_code | code | county of residence | both registers | SPEC 6.2
        *group | word | children_0_6, children_6_11, children_12_14, women_15_49, working_16_59, aged_60_plus or aged_65_plus | identity number | SPEC 6
        resident | persons | residents of the group | both registers | SPEC 4
        floating | persons | floating residents of the group | both registers | SPEC 4
        permit_holders | persons | holders of valid permits of the group | residency | SPEC 6.2
        settled | persons | settled of the year in the group; empty when no yearly pair ends at the date | registration | SPEC 6.1
        """)
}
