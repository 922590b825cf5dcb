// What the plan adds: money, land, targets, published figures and tasks.
extension DataDictionary {
    static let transfer = TableMeaning(
        "transfer", oneRowPer: "end of a yearly pair, county and revision",
        """
        *year | year | of the later date of the pair | plan | SPEC 6
        *county_code | code | county of the counts | divisions | SPEC 6.3
        *revision | number | 1 is what was delivered first; an edition is never changed | editions | SPEC 6.3, decision 0009
        resident | persons | residents at the end of the year | migration | SPEC 4
        resident_urban | persons | of them, in urban units | urbanization | SPEC 5
        registered | persons | registered at the end of the year | migration | SPEC 4
        registered_urban | persons | of them, in urban units | urbanization | SPEC 5
        floating | persons | floating residents at the end of the year | migration | SPEC 4
        permit_holders | persons | valid permits at the end of the year | residency | SPEC 6.2
        settled_own_prefecture | persons | settled in the year from the own prefecture | settlement | SPEC 6.1
        settled_own_province | persons | settled from another prefecture of the province | settlement | SPEC 6.1
        settled_other_province | persons | settled from another province | settlement | SPEC 6.1
        settled_unknown | persons | settled, origin not known | settlement | SPEC 6.1
        settled_prior | weighted persons | settled of earlier years by tier weight and decay, exact decimal | settlement, plan | SPEC 6.3
        children_6_14 | persons | floating residents of 6 to 14 years | both registers | SPEC 6.3
        residents_0_14 | persons | residents of 0 to 14 years | population | SPEC 6.3
        residents_65_plus | persons | residents of 65 years or more | population | SPEC 6.3
        score | score | what the pool is shared out by, exact decimal; 0 without factors | finance factors, plan | SPEC 6.3
        share_percent | percent | score / total score of the year, 2 decimals | this table | SPEC 6.3
        amount | unit of the pool | part of the pool by largest remainder, ties by code; the parts sum to the pool | plan | SPEC 6.3
        """)

    static let land = TableMeaning(
        "land", oneRowPer: "end of a yearly pair and county",
        """
        *year | year | of the later date of the pair | plan | SPEC 6
        *county_code | code | county of the counts | divisions | SPEC 6.3
        settled | persons | settled of the year, all tiers; reclassified people are not | settlement | SPEC 6.1
        land_per_head_m2 | m² per person | urban land / urban residents, 2 decimals; empty without either | finance factors, urbanization | SPEC 6.3, domain 7
        standard_m2 | m² per person | standard of the band that the exact land per head falls in, before the adjustment | plan | domain 7
        quota_ha | hectares | settled × standard × (1 + adjustment) / 10,000, 4 decimals | this table, plan | domain 7
        """)

    static let progress = TableMeaning(
        "progress", oneRowPer: "reference date, area and concept with a target",
        """
        *reference_date | date | day at whose end people are counted | plan | SPEC 1
        *area_code | code | area of the target | targets | SPEC 2.3
        *concept | word | resident or registered | targets | SPEC 2.3
        base_date | date | first reference date of the plan | plan | SPEC 6
        base_percent | percent | rate at the base date | urbanization | SPEC 6
        latest_percent | percent | rate at the reference date | urbanization | SPEC 6
        target_percent | percent | target in force at the date | targets | SPEC 2.3
        target_date | date | day by which it is to be reached | targets | SPEC 2.3
        pace_required | points a year | (target − base) / years from base to target | this table | report 8d
        pace_observed | points a year | (latest − base) / years from base to the date | this table | report 8d
        ratio_percent | percent | observed / required pace | this table | report 8d
        status | word | achieved, on_track (95), faster_pace_needed (60), limited (0), moving_away or not_assessable | this table | report 8d
        needed_per_year | points a year | pace needed from now to the target's date; empty from that date on | this table | SPEC 6
        projected_linear | percent | at the target's date, if the observed pace goes on | this table | SPEC 6
        projected_urgd | percent | at the target's date, on the path of constant growth difference | this table | domain 8.1
        crossing_year | year | calendar year in which that path meets the target, 1 decimal; 2016.0 is the end of 2015 | this table | domain 8.1
        """)

    static let official = TableMeaning(
        "official", oneRowPer: "area, date and concept of the official file",
        """
        *area_code | code | area of the published figure | official | SPEC 2.3
        *date | date | of the published figure | official | SPEC 2.3
        *concept | word | resident or registered | official | SPEC 2.3
        total | persons | our total; empty when the run has no such area or date | urbanization | SPEC 6
        urban | persons | our urban persons | urbanization | SPEC 6
        official_total | persons | published total | official | SPEC 2.3
        official_urban | persons | published urban persons | official | SPEC 2.3
        difference_total | persons | ours less published | this table | SPEC 6
        difference_points | points | our rate less the published one, from exact rates, 2 decimals | this table | domain 3.6
        source | text | document or yearbook | official | SPEC 2.3
        """)

    static let tasks = TableMeaning(
        "tasks", oneRowPer: "task of the plan and reference date",
        """
        *number | number | 1 to 24 | tasks | SPEC 2.3
        *reference_date | date | day at whose end people are counted | plan | SPEC 1
        indicator | word | figure that the task is measured by, or `text only` | tasks | domain 10
        value | as unit says | value of the whole area; empty when the run has no such figure at the date | other tables | domain 10
        unit | word | percent, persons or ha | tasks | domain 10
        status | word | as in progress, where the task has a target | progress | domain 10.1
        """)
}
