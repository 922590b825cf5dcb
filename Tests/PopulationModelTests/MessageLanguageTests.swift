import PopulationModel
import Testing

@Suite struct MessageLanguageTests {
    @Test(arguments: [
        ([:], MessageLanguage.en), (["LANG": "zh_CN.UTF-8"], .zh), (["LANG": "en_US.UTF-8"], .en),
        (["LANG": "C"], .en), (["LC_MESSAGES": "zh_CN", "LANG": "en_US"], .zh),
        (["LC_ALL": "C", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"], .en),
        (["LC_ALL": "zh_TW.UTF-8", "LANG": "en_US"], .zh), (["LC_ALL": "", "LANG": "zh"], .zh),
        (["LC_ALL": "ZH_CN.utf8"], .zh), (["LANG": "azh"], .en),
    ])
    func followsTheFirstVariableThatIsSet(environment: [String: String], language: MessageLanguage)
    {
        #expect(MessageLanguage.ofLocale { environment[$0] } == language)
    }

    @Test func aTextHasItsLanguages() {
        let text = Bilingual("一", "one") + Bilingual(both: " 1")
        #expect(text[.zh] == "一 1")
        #expect(text[.en] == "one 1")
    }
}
