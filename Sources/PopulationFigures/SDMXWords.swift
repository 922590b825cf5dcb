import PopulationModel

/// What SDMX concepts are called where people read them.
enum SDMXWords {
    static func concept(_ id: String) -> Bilingual {
        concepts[id] ?? ColumnLabels.label(of: id.lowercased())
    }

    /// Those that are no column of a table.
    private static let concepts = [
        "FREQ": Bilingual("频率", "frequency"),
        "REF_AREA": Bilingual("地区", "reference area"),
        "INDICATOR": Bilingual("指标", "indicator"),
        "TIME_PERIOD": Bilingual("时间", "time period"),
        "OBS_VALUE": Bilingual("观测值", "observation value"),
        "OBS_STATUS": Bilingual("观测状态", "observation status"),
        "UNIT_MEASURE": Bilingual("计量单位", "unit of measure"),
        "DECIMALS": Bilingual("小数位数", "decimals"),
        "TASK_INDICATOR": Bilingual("衡量任务的指标", "indicator of the task"),
    ]
}
