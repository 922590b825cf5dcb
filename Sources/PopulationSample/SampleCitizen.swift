import PopulationModel

/// One fictitious citizen: the number and what a row says of the person.
package struct SampleCitizen {
    /// Unique within the sample; the number follows from it.
    package var index: UInt64
    package var first17: UInt64
    /// Birth date as a day number.
    package var birth: Int32
    /// Positions in `NameStock`; `given2` is `NameStock.none` in a name of two characters.
    package var surname: UInt8
    package var given1: UInt8
    package var given2: UInt8
    /// How a planted name differs; regular citizens have `.plain`.
    package var nameForm: NameForm = .plain
    package var isMale: Bool
    /// GB/T 4658, two digits; 0 = empty.
    package var education: UInt8
    /// `ProfessionalTitle.rawValue`; 0 = empty.
    package var title: UInt8 = 0

    package var citizenID: CitizenID { CitizenID(first17: first17) }
    package var birthYear: Int32 { Int32(first17 / 10_000_000 % 10_000) }
}

/// How the name of a planted citizen is written.
package enum NameForm: UInt8 {
    case plain
    /// A blank, a full-width blank, or a middle dot that another row writes otherwise.
    case blank, fullWidthBlank, dotted, bulletDotted
    /// With a full-width Latin letter, and with the plain one.
    case fullWidthLetter, letter
    /// With a character of four bytes in GB18030.
    case rare
    /// Another person's name.
    case other
}

/// Gives citizens their numbers: the index is scattered over all address codes, days and
/// sequences, and no two indexes share a number.
///
/// Every number begins with 4499, which was never given out: it can be no living person's.
package struct CitizenFactory: Sendable {
    /// Years of birth come in groups of eight, 1917-1924 first; which year of its group a citizen
    /// is born in follows from the index.
    package static let firstYear: Int32 = 1917
    package static let groupYears: UInt64 = 8
    package static let lastGroup = 12
    /// Numbers of one group: years, days, address codes 449901 to 449999, sequences of one sex.
    private static let dayCount: UInt64 = 365
    private static let addressCount: UInt64 = 99
    private static let sequenceCount: UInt64 = 499
    private static let numberCount = groupYears * dayCount * addressCount * sequenceCount
    /// Shares no factor with `numberCount` = 2^3 · 5 · 73 · 3^2 · 11 · 499.
    private static let multiplier: UInt64 = 61_803_397
    private let shift: UInt64

    package init(seed: UInt64) {
        var random = SplitMix64(seed: seed, stream: .territory, index: .max)
        shift = random.next() % Self.numberCount
    }

    /// A citizen born in a group of eight years; names and education are drawn from `random`.
    @inline(__always)
    package func citizen(
        index: UInt64, group: Int, isMale: Bool, random: inout SplitMix64
    ) -> SampleCitizen {
        var key = (index &* Self.multiplier &+ shift) % Self.numberCount
        let year = Self.firstYear + Int32(group) * 8 + Int32(key % Self.groupYears)
        key /= Self.groupYears
        let dayOfYear = Int(key % Self.dayCount)
        key /= Self.dayCount
        let address = 449_901 + key % Self.addressCount
        let sequence = key / Self.addressCount * 2 + (isMale ? 1 : 2)
        let (month, day) = Self.monthAndDay(dayOfYear)
        let birth = CalendarDate(year: year, month: month, day: day)
        let yyyymmdd = UInt64(year * 10_000 + month * 100 + day)
        let draw = random.next()
        let given = NameStock.given.count
        return SampleCitizen(
            index: index, first17: (address * 100_000_000 + yyyymmdd) * 1_000 + sequence,
            birth: birth!.dayNumber, surname: UInt8(draw % UInt64(NameStock.surnames.count)),
            given1: UInt8((draw >> 16) % UInt64(given)),
            given2: (draw >> 60) < 3 ? NameStock.none : UInt8((draw >> 32) % UInt64(given)),
            isMale: isMale, education: Self.education(birthYear: year, draw: draw >> 40 & 0xFFFF))
    }

    /// Month and day of the days of a year without a leap day, 0 = 1 January.
    @inline(__always)
    private static func monthAndDay(_ dayOfYear: Int) -> (Int32, Int32) {
        // Years begin in March, as in CalendarDate.
        let shifted = Int32(dayOfYear + 306) % 365
        let month = (5 * shifted + 2) / 153
        let day = shifted - (153 * month + 2) / 5 + 1
        return (month < 10 ? month + 3 : month - 9, day)
    }

    /// Two digits of GB/T 4658, later-born citizens having studied longer.
    @inline(__always)
    private static func education(birthYear: Int32, draw: UInt64) -> UInt8 {
        if birthYear > 2014 { return 0 }
        if birthYear > 2003 { return draw & 1 == 0 ? 80 : 70 }
        let college: UInt64 = birthYear < 1957 ? 1_500 : birthYear < 1981 ? 6_000 : 17_000
        if draw < college { return draw & 7 == 0 ? 10 : draw & 1 == 0 ? 20 : 30 }
        if draw < 26_000 { return 60 }
        if draw < 48_000 { return 70 }
        return draw < 64_000 ? 80 : 90
    }
}

/// The characters that fictitious names are made of.
package enum NameStock {
    package static let surnames = Array(
        "赵钱孙李周吴郑王冯陈褚沈韩杨朱秦许吕张孔曹严魏姜谢邹喻苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐薛雷贺倪汤滕罗毕郝邬梁杜阮蓝席".unicodeScalars)
    package static let given = Array(
        "伟芳娜敏静丽强磊洋勇艳杰娟涛超秀霞刚桂英玉兰萍红鹏辉玲婷波斌宇浩凯健俊帆雪莹琳晶欢璐佳慧岩峰翔宁欣怡梓涵子轩思雨嘉诗琪美".unicodeScalars)
    /// The position that stands for "no second character".
    package static let none: UInt8 = 255
}
