import PopulationModel

/// Headers of registry systems beside those that ingest knows: pinyin initials of the ministry's and
/// provinces' systems, full pinyin, English and Chinese. Folded as `HeaderFolding` folds; of two
/// headers of one extract the earlier in a list is meant.
///
/// Source: column names of a provincial registry system and of a residence feed, with the names of
/// GA 214.1 and GA/T 1223.
enum HeaderWords {
    /// Column to its words, the canonical name and the aliases before all others.
    static func words(of column: Column, source: Source) -> [String] {
        let own = source == .registration ? registration : residency
        let more = (own[column.name] ?? common[column.name] ?? "").split(separator: " ")
        return ([column.name] + column.aliases).map(HeaderFolding.letters) + more.map(String.init)
    }

    private static let common: [String: String] = [
        "citizen_id":
            "sfzhm sfzh sfz sfzhm18 gmsfzhm gmsfzh gmsfhm sfhm sfzjhm zjhm zjh "
            + "shenfenzheng shenfenzhenghao shenfenzhenghaoma idcard idcardno "
            + "idcardnumber idno idnumber citizenno citizennumber citizenidnumber "
            + "nationalid identitynumber identityno identitycard personalid 身份证 身份号码 "
            + "身份证件号 身份证件号码 公民身份证号码 公民身份证号 公民身份号 居民身份证号码 居民身份证号 证件号码 证件号",
        "record_id":
            "rynbid ywlsh lsh jlbh jlid recordno recordnumber serialno serialnumber "
            + "记录号 流水号 业务流水号 人员内部编号 人员内部标识",
        "name":
            "xm xingming fullname personname 姓名 名字 公民姓名 人员姓名",
        "sex":
            "xb xingbie gender sexcode gendercode 性别",
        "birth_date":
            "csrq chushengriqi birthday dob dateofbirth birth 出生日期 出生年月日 出生年月 生日",
        "revoked":
            "cxbz chexiaobiaozhi cancelled canceled voided isrevoked isvoid 撤销标志 "
            + "撤销标识 作废标志 是否撤销 是否作废",
        "updated_at":
            "gxsj gengxinshijian zhgxsj xgsj slsj rksj djsj updatetime updated "
            + "updatedon lastupdate lastupdated lastmodified modifiedat modifytime "
            + "acceptedat 更新时间 最后更新时间 修改时间 最后修改时间 受理时间 入库时间",
        "education":
            "whcd wenhuachengdu xl xueli educationlevel schooling degree 文化程度 学历 "
            + "受教育程度",
        "title":
            "zyjszc zc zhicheng professionaltitle 职称 专业技术职称",
    ]

    private static let registration: [String: String] = [
        "household_no":
            "hh huhao householdno householdnumber householdid familyid 户号 户编号 家庭户号 "
            + "户口簿号",
        "household_type":
            "hlx huleixing householdtype familytype 户类型 户类别",
        "relation":
            "yhzgx hzgx yuhuzhuguanxi relationship relationtohead "
            + "relationshiptohead 与户主关系 户主关系",
        "division_code":
            "jcwhdm jcwh cjwhdm cwhdm jwhdm hjdzxzqh hjdzqh hjdzqhdm hjdzxzqhdm "
            + "hjdxzqh hjdqh hjdqhdm hjdzsqcjdm hjdsqcjdm tjqhdm tjyqhdm tjyqh xzqh "
            + "xzqhdm qhdm sqcjdm cjdm villagecode communitycode committeecode "
            + "unitcode divisioncode registereddivision registeredaddresscode "
            + "registeredplacecode registeredunit 村居委会代码 居村委会代码 村居代码 村居委会 村级区划代码 "
            + "统计用区划代码 统计区划代码 行政区划代码 行政区划 区划代码 区划编码 户籍地区划代码 户籍地区划 户籍地行政区划代码 户籍地行政区划 "
            + "户籍地址区划代码 户籍地址代码 户籍地村居委会代码",
        "event":
            "bdlx biandongleixing bdlb ywnr ywlx eventtype eventcode typeofevent "
            + "changetype changecode 变动类型 变动类别 业务类型 业务内容 四变类型",
        "event_date":
            "bdrq biandongriqi bdsj fsrq sxrq eventdate dateofevent changedate "
            + "dateofchange effectivedate 变动日期 变动时间 发生日期 生效日期",
        "cause":
            "bdyy biandongyuanyin lhyy nyzyrklhczyy nyzyrklhczyydm "
            + "causeofsettlement settlementcause changereason eventreason reason 变动原因 "
            + "落户原因 农业转移人口落户城镇原因",
        "origin_code":
            "qcd qcdxzqh qcddm qcdqh qcdqhdm lzdxzqh lzdqhdm bdqjcwh bdqjcwhdm "
            + "yhjdxzqh yhjdqhdm origincode origindivision origindivisioncode "
            + "previouscode previousdivision previousdivisioncode formercode "
            + "formerdivision fromcode 迁出地区划代码 迁出地区划 迁出地行政区划代码 迁出地代码 来自地区划代码 原户籍地区划代码 "
            + "原区划代码",
        "origin_class":
            "lzdcxfldm lzdcxfl qcdcxfldm qcdcxfl originclass originclasscode "
            + "previousclass formerclass 迁出地城乡分类代码 迁出地城乡分类 来自地城乡分类代码 原城乡分类代码",
    ]

    private static let residency: [String: String] = [
        "registered_code":
            "hjd hjdz hjddm hjdxzqh hjdzxzqh hjdqh hjdqhdm hjdzqhdm hjdzssxqdm "
            + "registeredcode registereddivision registereddivisioncode "
            + "registeredaddresscode registrationcode registrationplacecode homecode "
            + "homedivision homedivisioncode 户籍地区划代码 户籍地区划 户籍地行政区划代码 户籍地行政区划 户籍地址区划代码 "
            + "户籍地代码 户籍所在地区划代码",
        "residence_code":
            "jzdz jzddm jzdxzqh jzdzxzqh jzdqh jzdqhdm jzdzqhdm jzdzsqcjdm "
            + "jzdsqcjdm xzdqhdm xzdzxzqh sqcjdm jcwhdm residencecode "
            + "residencedivision residencedivisioncode residenceunit currentcode "
            + "currentaddresscode currentdivision currentdivisioncode livingcode "
            + "居住地区划代码 居住地区划 居住地行政区划代码 居住地行政区划 居住地址区划代码 居住地代码 居住地社区代码 居住地村居委会代码 "
            + "现住地区划代码 现居住地区划代码",
        "arrival_date":
            "qlrrq laibendiriqi rzrq lbdrq drrq ddrq djrq arrivaldate dateofarrival "
            + "arrived moveindate 来本地日期 入住日期 到达日期 来现住地日期 迁来日期 登记日期",
        "departure_date":
            "qlcrq lkrq bqrq zxrq departuredate dateofdeparture departed "
            + "moveoutdate leftdate 离开日期 搬离日期 迁离日期 注销日期",
        "count_from":
            "jznxjsqsrq jznxqsrq residenceyearsfrom countedfrom 居住年限起算日期 居住年限计算起始日期 "
            + "居住年限起始日期",
        "permit_no":
            "jzzh jzzhm jzzbh permitno permitnumber residencepermit "
            + "residencepermitno residencepermitnumber 居住证号 居住证号码 居住证编号",
        "permit_issued":
            "qfrq fzrq issuedate issuedon dateofissue permitissuedate "
            + "permitissuedon 签发日期 发证日期 居住证签发日期",
        "permit_valid_to":
            "yxqz yxqjz yxqjzrq yxqzrq validto validuntil expirydate expirationdate "
            + "permitexpiry permitvaliduntil 有效期至 有效期止 有效期截止日期 居住证有效期至",
        "employed_since":
            "jyqsrq employedfrom employmentstart employmentstartdate 就业起始日期 就业开始日期",
        "insured_since":
            "cbqsrq insuredfrom insurancestart insurancestartdate 参保起始日期 参保开始日期",
        "dwelling":
            "zslx zslb zslxdm zzlx zzlxdm zflx dwellingtype housingtype "
            + "typeofdwelling 住所类型 住所类别 住房类型 住宅类型",
    ]
}
