import PopulationModel

/// The names of columns as people read them. A test holds the list to the data dictionary.
enum ColumnLabels {
    static func label(of column: String) -> Bilingual {
        labels[column] ?? Bilingual(both: column)
    }

    static let labels: [String: Bilingual] = {
        var labels: [String: Bilingual] = [:]
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: "|")
            precondition(parts.count == 3, "three parts of a label: \(line)")
            labels[String(parts[0])] = Bilingual(String(parts[1]), String(parts[2]))
        }
        return labels
    }()

    /// `column|zh|en`.
    private static let lines = """
        year|年份|year
        reference_date|时点|reference date
        county_code|县（市、区）代码|county code
        area_level|地区级别|area level
        area_code|地区代码|area code
        area_name|地区名称|area name
        concept|人口口径|population concept
        unit_code|村级单位代码|unit code
        class|城乡分类代码|urban-rural class
        name|名称|name
        sex|性别|sex
        age_group|年龄组|age group
        total|总人口|total
        urban|城镇人口|urban
        rural|乡村人口|rural
        unclassified|未归类人口|unclassified
        rate_percent|城镇化率（%）|urbanization rate (%)
        target_percent|目标（%）|target (%)
        reached|是否达到目标|target reached
        urban_short|距目标所差城镇人口|urban persons short of the target
        persons|人数|persons
        registered|户籍人口|registered
        resident|常住人口|resident
        registered_resident|户籍且常住本乡镇|registered and resident in the township
        registered_elsewhere|户籍在此、常住市内其他乡镇|registered here, resident in another township
        away|户籍在此、常住市外|registered here, resident outside
        resident_unregistered_local|常住本乡镇而无在册户籍|resident without a registration here
        separated|人户分离|separated
        intra_district|市辖区内人户分离|separated within the districts
        floating|流动人口|floating
        floating_own_county|县内流动|floating, same county
        floating_own_prefecture|市内跨县流动|floating, same prefecture
        floating_own_province|省内跨市流动|floating, same province
        floating_other_province|跨省流动|floating, other province
        floating_unknown|户籍地不明的流动人口|floating, place unknown
        short_stay|短期居留|short stay
        household_type|户类型|household type
        households|户数|households
        place|落户地类型|kind of place
        cause|落户原因|cause
        origin_tier|来源地层级|tier of origin
        with_family|举家落户|with family
        with_college_or_title|大专以上或有职称|with college or title
        residence_years|居住年限|years of residence
        insured_years|参保年限|years insured
        valid|有效居住证|valid permits
        suspended|中止居住证|suspended permits
        tier|服务梯次|tier of the ladder
        points_sum|积分合计|sum of points
        channel|落户途径|channel
        eligible_not_settled|符合条件未落户|eligible, not settled
        group|人群|group
        permit_holders|居住证持有人|permit holders
        settled|落户人数|settled
        revision|修订号|revision
        resident_urban|城镇常住人口|resident, urban
        registered_urban|城镇户籍人口|registered, urban
        settled_own_prefecture|本市来源落户|settled, own prefecture
        settled_own_province|省内来源落户|settled, own province
        settled_other_province|省外来源落户|settled, other province
        settled_unknown|来源不明落户|settled, origin unknown
        settled_prior|往年落户加权人数|settled of earlier years, weighted
        children_6_14|6—14岁流动儿童|floating children of 6 to 14
        residents_0_14|0—14岁常住人口|residents of 0 to 14
        residents_65_plus|65岁及以上常住人口|residents of 65 and over
        score|得分|score
        share_percent|份额（%）|share (%)
        amount|金额|amount
        land_per_head_m2|人均城镇建设用地（平方米）|urban land per head (m²)
        standard_m2|新增用地标准（平方米）|standard (m²)
        quota_ha|新增用地指标（公顷）|quota (ha)
        rate_start|期初城镇化率|rate at the start
        rate_end|期末城镇化率|rate at the end
        change|变动|change
        reclassification|区划变动影响|reclassification
        natural|自然变动影响|natural change
        migration|迁移影响|migration
        base_date|基期|base date
        base_percent|基期城镇化率（%）|rate at the base date (%)
        latest_percent|当期城镇化率（%）|latest rate (%)
        target_date|目标日期|target date
        pace_required|所需年均进度（百分点）|required pace (points a year)
        pace_observed|实际年均进度（百分点）|observed pace (points a year)
        ratio_percent|进度比（%）|observed against required (%)
        status|评估|status
        needed_per_year|今后每年所需（百分点）|needed per year from now (points)
        projected_linear|线性预测（%）|linear projection (%)
        projected_urgd|城乡增长率差法预测（%）|URGD projection (%)
        crossing_year|预计达标年份|year in which the target is met
        date|时点|date
        official_total|公布总人口|published total
        official_urban|公布城镇人口|published urban
        difference_total|总人口之差|difference of totals
        difference_points|城镇化率之差（百分点）|difference of rates (points)
        source|来源|source
        number|任务序号|task number
        indicator|指标|indicator
        value|数值|value
        unit|单位|unit
        measure|计量项|measure
        reason|原因|reason
        rows|行数|rows
        OBS_STATUS|观测状态|observation status
        """
}
