import PopulationFigures
import PopulationModel

/// What a task of the plan is measured by (`domain.md` 10): one figure of the area, of which there
/// is a value for every date that has it. The raw value is the word in the table `tasks`.
package enum TaskIndicator: String, CaseIterable, Sendable {
    case residentUrbanizationRate = "resident_urbanization_rate"
    case settledCountyCityAndTown = "settled_county_city_and_town"
    case settledCentralCity = "settled_central_city"
    case settledJoiningRelatives = "settled_joining_relatives"
    case settledWithCollegeOrTitle = "settled_with_college_or_title"
    case classCoverage = "class_coverage"
    case communityHouseholdPersons = "community_household_persons"
    case validIdentityNumbers = "valid_identity_numbers"
    case permitHoldersThreeYears = "permit_holders_residence_3_years"
    case landQuota = "land_quota"
    case settledAged16Plus = "settled_aged_16_plus"
    case residentWomen15To49 = "resident_women_15_49"
    case settledWorking16To59 = "settled_working_16_59"
    case permitHoldersWorking16To59 = "permit_holders_working_16_59"
    case floatingChildren6To14 = "floating_children_6_14"
    case settledWithFamily = "settled_with_family"
    case permitHolders = "permit_holders"
    case floatingPopulation = "floating_population"
    case residentsPerRegistered = "residents_per_registered"

    /// What stands in the table for a task that population data cannot measure.
    package static let textOnly = "text only"

    /// `nil` for tasks that are followed as text only: 10, 11, 12, 23 and 24.
    package init?(task number: Int) {
        let byTask: [Int: TaskIndicator] = [
            1: .residentUrbanizationRate, 2: .settledCountyCityAndTown, 3: .settledCentralCity,
            4: .settledJoiningRelatives, 5: .settledWithCollegeOrTitle, 6: .classCoverage,
            7: .communityHouseholdPersons, 8: .validIdentityNumbers, 9: .permitHoldersThreeYears,
            13: .landQuota, 14: .settledAged16Plus, 15: .residentWomen15To49,
            16: .settledWorking16To59, 17: .permitHoldersWorking16To59,
            18: .floatingChildren6To14, 19: .settledWithFamily, 20: .permitHolders,
            21: .floatingPopulation, 22: .residentsPerRegistered,
        ]
        guard let indicator = byTask[number] else { return nil }
        self = indicator
    }

    /// `percent`, `persons` or `ha`.
    package var unit: String {
        switch self {
        case .residentUrbanizationRate, .classCoverage, .validIdentityNumbers,
            .residentsPerRegistered:
            "percent"
        case .landQuota: "ha"
        default: "persons"
        }
    }

    /// The person-level measure behind it, if there is one.
    var personMeasure: PersonMeasure? {
        switch self {
        case .settledCountyCityAndTown: .settledCountyCityAndTown
        case .settledCentralCity: .settledCentralCity
        case .settledJoiningRelatives: .settledJoiningRelatives
        case .settledWithCollegeOrTitle: .settledWithCollegeOrTitle
        case .permitHoldersThreeYears: .permitHoldersThreeYears
        case .settledAged16Plus: .settledAged16Plus
        case .settledWorking16To59: .settledWorking16To59
        case .permitHoldersWorking16To59: .permitHoldersWorking16To59
        case .floatingChildren6To14: .floatingChildren6To14
        case .settledWithFamily: .settledWithFamily
        case .permitHolders: .permitHolders
        default: nil
        }
    }

    package var name: Bilingual {
        switch self {
        case .residentUrbanizationRate:
            Bilingual("常住人口城镇化率", "Urbanization rate of residents")
        case .settledCountyCityAndTown:
            Bilingual("县级市和建制镇落户人数", "Settled in county-level cities and towns")
        case .settledCentralCity: Bilingual("中心城区落户人数", "Settled in the central city")
        case .settledJoiningRelatives: Bilingual("投靠落户人数", "Settled to join relatives")
        case .settledWithCollegeOrTitle:
            Bilingual("大专以上或有职称的落户人数", "Settled with college or a title")
        case .classCoverage:
            Bilingual("城乡代码覆盖率", "Residents in units with an urban-rural class")
        case .communityHouseholdPersons:
            Bilingual("社区公共户人数", "Persons in community public households")
        case .validIdentityNumbers:
            Bilingual("身份号码有效率", "Rows with a valid identity number")
        case .permitHoldersThreeYears:
            Bilingual("居住满三年的居住证持有人", "Permit holders resident for 3 years or more")
        case .landQuota: Bilingual("落户对应的新增建设用地", "New building land for the settled")
        case .settledAged16Plus: Bilingual("16岁及以上落户人数", "Settled, 16 years or older")
        case .residentWomen15To49: Bilingual("15至49岁常住妇女", "Resident women aged 15 to 49")
        case .settledWorking16To59: Bilingual("16至59岁落户人数", "Settled, aged 16 to 59")
        case .permitHoldersWorking16To59:
            Bilingual("16至59岁居住证持有人", "Permit holders aged 16 to 59")
        case .floatingChildren6To14:
            Bilingual("6至14岁随迁子女", "Floating children aged 6 to 14")
        case .settledWithFamily: Bilingual("随家庭落户人数", "Settled together with family")
        case .permitHolders: Bilingual("有效居住证持有人", "Holders of valid residence permits")
        case .floatingPopulation: Bilingual("流动人口", "Floating population")
        case .residentsPerRegistered: Bilingual("常住户籍比", "Residents per registered population")
        }
    }
}
