// What the main job publishes: people by territory, class, age, unit, residence and household.
extension DataDictionary {
    static let urbanization = TableMeaning(
        "urbanization", oneRowPer: "reference date, area and concept",
        """
        *reference_date | date | day at whose end people are counted | plan | SPEC 1
        *area_level | word | province, prefecture, county or township | divisions | SPEC 6
        *area_code | code | first 2, 4, 6 or 9 digits of the units' codes | divisions | SPEC 1
        *concept | word | resident 常住人口 or registered 户籍人口 | both registers | SPEC 4
        area_name | text | name of the counties file, else of the division row | counties, divisions | SPEC 6
        total | persons | everybody of the concept, unclassified included | both registers | SPEC 4, 6
        urban | persons | in units whose class begins with 1 | both registers, divisions | SPEC 5
        rural | persons | in units whose class begins with 2 | both registers, divisions | SPEC 5
        unclassified | persons | in units that the edition does not know (class 000) | both registers, divisions | SPEC 5
        rate_percent | percent | urban / total, 2 decimals; empty for a total of 0 | this table | SPEC 6
        target_percent | percent | target in force at the date; empty without one | targets | SPEC 2.3
        reached | yes, no | exact test of urban / total against the target | this table, targets | SPEC 6
        urban_short | persons | urban persons missing for the target, 0 when it is reached | this table, targets | SPEC 6
        """)

    static let population = TableMeaning(
        "population", oneRowPer: "reference date, county, class, concept, sex and age group",
        """
        *reference_date | date | day at whose end people are counted | plan | SPEC 1
        *county_code | code | county of the unit | both registers | SPEC 1
        *class | code | urban-rural class of the unit, 000 = unknown | divisions | SPEC 1, 5
        *concept | word | resident or registered | both registers | SPEC 4
        *sex | word | male or female, from the identity number | identity number | domain 1.1
        *age_group | years | full years at the date: 0-4 … 95-99, 100+ | identity number | SPEC 6
        persons | persons | people counted; rows of 0 are left out | both registers | SPEC 6
        """)

    static let units = TableMeaning(
        "units", oneRowPer: "reference date and unit",
        """
        *reference_date | date | day at whose end people are counted | plan | SPEC 1
        *unit_code | code | village-level unit, 12 digits, of the edition in force | divisions | SPEC 1, 5
        class | code | urban-rural class, 000 = unknown | divisions | SPEC 5
        name | text | name of the unit in the edition | divisions | SPEC 2.3
        registered | persons | registered at the unit | registration | SPEC 4
        resident | persons | resident at the unit | both registers | SPEC 4
        """)

    static let migration = TableMeaning(
        "migration", oneRowPer: "reference date and county",
        """
        *reference_date | date | day at whose end people are counted | plan | SPEC 1
        *county_code | code | county of registration or of residence, as the column says | both registers | SPEC 6
        registered | persons | registered in the county | registration | SPEC 4
        registered_resident | persons | registered here and resident in the township of registration | both registers | SPEC 6
        registered_elsewhere | persons | registered here and resident in another township of the area | both registers | SPEC 6
        away | persons | registered here and not resident in the area | both registers | SPEC 4, 6
        resident | persons | resident in the county | both registers | SPEC 4
        resident_unregistered_local | persons | resident in the township of a registered place that is not in force here | both registers | SPEC 4 rule 1
        separated | persons | resident away from the registered township, 人户分离 | both registers | SPEC 4 rule 3
        intra_district | persons | separated between districts of one prefecture, 市辖区内人户分离 | both registers, counties | SPEC 4
        floating | persons | separated less intra_district, 流动人口 | both registers | SPEC 4
        floating_own_county | persons | floating, registered in the same county | both registers | SPEC 4
        floating_own_prefecture | persons | floating, registered in the same prefecture | both registers | SPEC 4
        floating_own_province | persons | floating, registered in the same province | both registers | SPEC 4
        floating_other_province | persons | floating, registered in another province | both registers | SPEC 4
        floating_unknown | persons | floating, registered place unknown | both registers | SPEC 4
        short_stay | persons | present here and resident nowhere in the area | residency | SPEC 4 rule 5
        """)

    static let households = TableMeaning(
        "households", oneRowPer: "reference date, county and household type",
        """
        *reference_date | date | day at whose end people are counted | plan | SPEC 1
        *county_code | code | county of registration | registration | SPEC 6
        *household_type | word | family, collective, community or unknown | registration | SPEC 2.1
        households | households | distinct unit and household number of the registered | registration | SPEC 6
        persons | persons | registered persons of the type | registration | SPEC 6
        """)

    static let decomposition = TableMeaning(
        "decomposition", oneRowPer: "end of a yearly pair and area",
        """
        *year | year | of the later date of the pair | plan | SPEC 6
        *area_code | code | the area or one of its counties | divisions | SPEC 6.1
        rate_start | percent | rate of residents at the start, 6 decimals | both registers | SPEC 6.1
        rate_end | percent | rate of residents at the end, 6 decimals | both registers | SPEC 6.1
        change | points | rate_end less rate_start | this table | SPEC 6.1
        reclassification | points | part of units that changed between rural and urban | divisions | domain 8.5
        natural | points | part of births and deaths | both registers | domain 8.5
        migration | points | part of everything else; the three add up exactly | both registers | domain 8.5
        """)

    static let quality = TableMeaning(
        "quality", oneRowPer: "source, measure and reason",
        """
        *source | word | registration, residency or all | extracts | SPEC 6
        *measure | word | read, rejected, warning, out_of_scope, revoked, accepted, exact_duplicate, voided, superseded, in_force, conflict, name_conflict, closed_but_present, unknown_division | extracts | SPEC 3, 4, 6
        *reason | word | rule that a row broke, `future`, or the code of an unknown unit | extracts | SPEC 3, 6
        rows | rows or citizens | rows of the measure; citizens for conflict, name_conflict, closed_but_present and unknown_division | extracts | SPEC 3, 4
        """)
}
