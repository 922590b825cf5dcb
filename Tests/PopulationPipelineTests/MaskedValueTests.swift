import PopulationPipeline
import Testing

@Suite struct MaskedValueTests {
    @Test(arguments: [
        ("44990119880808019X", "99999999999999999a"), ("张三丰", "汉汉汉"),
        ("阿卜杜·买买提", "汉汉汉·汉汉汉"), ("2012-02-26 21:14:39", "9999-99-99 99:99:99"),
        ("ＡＢ１２", "aa99"), ("Москва", "文文文文文文"), ("〇〇", "汉汉"), ("é\u{301}", "a"),
        ("a\tb\nc", "a a a"), ("", ""),
        ("123456789012345678901234567890", "999999999999999999999999"),
    ])
    func showsTheFormOnly(value: String, form: String) {
        #expect(MaskedValue(value).description == form)
    }
}
