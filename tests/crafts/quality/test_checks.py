"""Each check: what it finds and where, and beside it what it leaves alone."""

import pytest

from publishing.languages import UnknownLanguage
from publishing.quality import Finding, check


def spans(source: str, target: str, languages: str, code: str) -> list[str]:
    """What of the target each finding of this code covers; languages as `en→tr`."""
    first, second = languages.split("→")
    return [target[one.start : one.end] for one in check(source, target, first, second) if one.code == code]


def codes(source: str, target: str, languages: str) -> set[str]:
    first, second = languages.split("→")
    return {one.code for one in check(source, target, first, second)}


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("en→tr", "It provides 14% of supply.", "Arzın %14’ünü sağlıyor."),
        ("en→ru", "It provides 14% of supply.", "Обеспечивает 14\u00a0% поставок."),
        ("tr→ru", "Yüzde 14’ü kaldı.", "Осталось 14 процентов."),
        ("en→tr", "It was 3.5 points.", "3,5 puan oldu."),
        ("en→ru", "About 1,234,567 people.", "Около 1\u202f234\u202f567 человек."),
        ("en→tr", "Two men came.", "2 adam geldi."),
        ("en→ru", "The 21st session.", "Двадцать первая сессия."),
        ("tr→en", "XIX. yüzyılda oldu.", "It happened in the 19th century."),
        ("en→ru", "In the 1990s it fell.", "В 90-е годы упало."),
        ("en→ru", "It cost half a million.", "Стоило 500 тыс."),
        ("en→tr", "Over a decade it grew.", "10 yılda büyüdü."),
        ("en→tr", "From $2 million to $3 million.", "2-3 milyon dolar."),
        ("en→ru", "He is 5 p.m. sharp.", "Он ровно в 17:00."),
        ("en→tr", "It ran on 11/09/2022.", "09.11.2022’de oldu."),
        ("en→tr", "On 9/11 it fell.", "11 Eylül’de düştü."),
    ],
)
def test_equal_values_in_other_forms_are_no_finding(languages: str, source: str, target: str) -> None:
    assert codes(source, target, languages) == set()


@pytest.mark.parametrize(
    ("languages", "source", "target", "code", "found"),
    [
        ("en→tr", "It provides 14% of supply.", "Arzın %41’ini sağlıyor.", "numbers", "41"),
        ("en→tr", "It provides 14% of supply.", "Arzın 14’ünü sağlıyor.", "numbers", "14"),
        ("en→tr", "There were 3,500 men.", "3,500 adam vardı.", "numbers", "3,500"),
        ("en→ru", "It cost 5 million.", "Стоило 5 млрд.", "numbers", "5 млрд"),
        ("en→ru", "The XIX century began.", "Начался XX век.", "numbers", "XX"),
        ("en→tr", "Many men came.", "12 adam geldi.", "numbers", "12"),
        ("en→tr", "On 09.11.2022 it ran.", "11.09.2022’de oldu.", "dates", "11.09.2022"),
        ("en→ru", "On November 9, 2022 it ran.", "Это было 9 октября 2022 г.", "dates", "9 октября 2022"),
        ("en→ru", "It ran in November.", "Это было в октябре.", "dates", "октябре"),
        ("en→tr", "It ran at 5 p.m. there.", "Orada saat 18.00’de oldu.", "dates", "18.00"),
    ],
)
def test_other_values_are_found_in_place(
    languages: str, source: str, target: str, code: str, found: str
) -> None:
    assert spans(source, target, languages, code) == [found]


def test_a_missing_number_points_at_the_end_and_into_the_source() -> None:
    target = "Arzı sağlıyor."
    (finding,) = check("It provides 14 tons.", target, "en", "tr")
    assert (finding.code, finding.start, finding.end) == ("numbers", len(target), len(target))
    assert (finding.params["source_start"], finding.params["source_end"]) == (12, 14)


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("Bir şey.[1][2]", []),
        ("Bir[2] şey.[1]", []),
        ("Bir şey.[1]", [""]),
        ("Bir şey.[1][2][2]", ["[2]"]),
        ("Bir şey.[1][3]", ["", "[3]"]),
    ],
)
def test_references_are_a_multiset_in_any_order(target: str, found: list[str]) -> None:
    assert sorted(spans("A thing.[1][2]", target, "en→tr", "references")) == found


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("<i2>şey</i2> <b1>bir</b1>", []),
        ("<i2><b1>bir</b1> şey</i2>", []),
        ("<b1>bir</b1> <i2>şey", [""]),
        ("<b1>bir <i2>şey</b1></i2>", ["</b1>"]),
        ("<b1>bir</b1> <i2>şey</i2><br3/>", ["<br3/>"]),
    ],
)
def test_placeholders_are_a_multiset_that_nests(target: str, found: list[str]) -> None:
    assert spans("<b1>a</b1> <i2>thing</i2>", target, "en→tr", "placeholders") == found


def test_what_has_not_the_grammar_of_a_placeholder_is_text() -> None:
    assert codes("If a < b and c > d, stop.", "a < b ve c > d ise dur.", "en→tr") == set()


@pytest.mark.parametrize("target", ["", " ", "\u00a0\n"])
def test_an_empty_target_is_that_and_nothing_else(target: str) -> None:
    assert codes("Something, 14.[1]", target, "en→tr") == {"empty"}


def test_an_empty_source_asks_for_nothing() -> None:
    assert codes("", "", "en→tr") == set()


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("Это CША и НАТО.", ["CША"]),
        ("Он пришёл c другом.", ["c"]),
        ("B 2022 году началось.", ["B"]),
        ("Z-символ, iPhone’у, COVID-ный, план B.", []),
        ("Компания IBM и витамин C.", []),
    ],
)
def test_a_word_is_in_one_script(target: str, found: list[str]) -> None:
    assert spans("x", target, "en→ru", "mixed_script") == found


@pytest.mark.parametrize(
    ("languages", "target", "wrong"),
    [
        ("en→ru", "This is clearly not translated at all.", True),
        ("en→ru", "Reuters", False),
        ("en→ru", "“Energy Fact Sheet: Why oil and gas matter”, IEA", False),
        ("ru→en", "Это совсем не переведено.", True),
        ("ru→en", "The word мир means both peace and world.", False),
        ("ru→en", "«Заголовок статьи», РБК (Date of Accession: 09.11.2022).", False),
    ],
)
def test_prose_is_in_the_script_of_its_language(languages: str, target: str, wrong: bool) -> None:
    assert bool(spans("One thing, or the other.", target, languages, "wrong_script")) == wrong


@pytest.mark.parametrize(
    ("language", "target", "found"),
    [
        ("en", "the West on\u00a0on the other", ["on\u00a0on"]),
        ("en", "The the end", ["The the"]),
        ("en", "<b1>on</b1> <i2>on</i2>", ["on</b1> <i2>on"]),
        ("en", "all that he had had, that that was", []),
        ("en", "on, on and on", []),
        ("tr", "yavaş yavaş, tek tek, çok çok, durup durup", []),
        ("tr", "ülkeler ülkeler", ["ülkeler ülkeler"]),
        ("tr", "İyi iyi", []),
        ("tr", "IŞIK ışık", ["IŞIK ışık"]),
        ("tr", "Ankara'da da, orada da", []),
        ("ru", "чуть-чуть, еле-еле, потому что что-то, то то", []),
        ("ru", "в в Москве", ["в в"]),
        ("ru", "как как минимум; что что бы ни", []),
    ],
)
def test_a_word_is_doubled_only_where_it_is_not_meant(language: str, target: str, found: list[str]) -> None:
    assert spans("x", target, f"{'tr' if language == 'en' else 'en'}→{language}", "doubled_word") == found


def test_bir_bir_is_meant_where_the_source_says_one_by_one() -> None:
    assert spans("They came.", "Bir bir geldiler.", "en→tr", "doubled_word") == ["Bir bir"]
    assert spans("They came one by one.", "Bir bir geldiler.", "en→tr", "doubled_word") == []


def test_a_doubled_name_is_meant_where_the_source_doubles_one() -> None:
    assert spans("Лао Лао пришёл.", "Lao Lao geldi.", "ru→tr", "doubled_word") == []
    assert spans("Лао пришёл.", "Lao Lao geldi.", "ru→tr", "doubled_word") == ["Lao Lao"]


@pytest.mark.parametrize(
    ("language", "target", "found"),
    [
        ("en", "West.\u00a0 This", ["\u00a0 "]),
        ("en", "a , b", [" "]),
        ("en", "one,two", [","]),
        ("en", "the end.The next", ["."]),
        ("en", "( one)", [" "]),
        ("en", "Dr. J. R. R. Tolkien, e.g. in the U.S., at 3:15 p.m. … and so on...", []),
        ("en", "see www.site.org/a,b;c and me@site.org", []),
        ("tr", "Prof.Dr. Ayşe Yılmaz, A.Ş. ve T.C.", []),
        ("tr", "NATO ’nun", [" "]),
        ("ru", "Россия — страна, 14\u00a0% и т.\u00a0д.", []),
        ("ru", "слово—слово", ["—"]),
        ("ru", "Москва—Пекин, 2021—2022", []),
    ],
)
def test_spaces_are_one_and_in_their_place(language: str, target: str, found: list[str]) -> None:
    assert spans(target, target, f"{language}→{language}", "spaces") == found


@pytest.mark.parametrize(
    ("language", "target", "found"),
    [
        ("en", "“one ‘two’ three” and 'four'", []),
        ("en", "a “word", ["“"]),
        ("en", "a «word»", ["«word»"]),
        ("tr", '“söz” ve "söz"', []),
        ("tr", "„söz“", ["„söz“"]),
        ("ru", "«слово „внутри“ слова»", []),
        ("ru", "“слово”", ["“слово”"]),
        ("ru", 'газета "Известия"', ['"Известия"']),
        ("ru", "«слово", ["«"]),
        ("ru", "“English title”", []),
        ("ru", "АО «Компания «Ромашка»", []),
        ("en", "a) one (two) b) three", []),
        ("en", "one (two", ["("]),
    ],
)
def test_quotes_are_paired_and_in_style(language: str, target: str, found: list[str]) -> None:
    assert spans("x", target, f"{'tr' if language == 'en' else 'en'}→{language}", "quotes") == found


def test_a_quotation_over_several_sentences_may_stay_open_as_in_the_source() -> None:
    assert spans("He said: “One.", "Он сказал: «Один.", "en→ru", "quotes") == []
    assert spans("Two.”", "Два».", "en→ru", "quotes") == []


@pytest.mark.parametrize(
    ("languages", "source", "target", "found"),
    [
        ("en→tr", "This is a plain sentence.", "This is a plain sentence.", True),
        ("en→tr", "He said that it is not enough for now.", "Dedi: that it is not enough for now.", True),
        ("en→tr", "Conclusion", "Conclusion", True),
        ("en→tr", "Reuters", "Reuters", False),
        ("en→tr", "NATO, AUKUS, QUAD", "NATO, AUKUS, QUAD", False),
        ("en→tr", "“Why Does Oil Matter?”, The Guardian.", "“Why Does Oil Matter?”, The Guardian.", False),
        ("en→tr", "https://example.org/a", "https://example.org/a", False),
        ("ru→tr", "Это мир и война.", "Bu barış и война.", True),
        ("ru→tr", "Это мир.", "Bu barış (мир).", False),
        ("en→ru", "It was not so in the end.", "Это was not so in the end.", True),
    ],
)
def test_prose_is_translated_and_names_may_stay(
    languages: str, source: str, target: str, found: bool
) -> None:
    assert bool(spans(source, target, languages, "untranslated")) == found


@pytest.mark.parametrize(
    ("languages", "source", "target", "found"),
    [
        ("en→tr", "It works.", "Çalışıyor", [""]),
        ("en→tr", "Does it work?", "Çalışıyor.", ["."]),
        ("en→tr", "“Does it work?”", "“Çalışıyor mu?”", []),
        ("en→tr", "It is “so.”[1]", "“Böyledir”.[1]", []),
        ("en→ru", "September 7, 2022", "7 сентября 2022 г.", []),
        ("en→tr", "A heading", "Bir başlık.", ["."]),
        ("en→tr", "First;", "Birinci,", []),
        ("en→tr", "“Why?” he asked.", "Sordu: “Neden?”", []),
    ],
)
def test_the_end_stays_what_it_was(languages: str, source: str, target: str, found: list[str]) -> None:
    assert spans(source, target, languages, "end_punctuation") == found


def test_a_lost_half_is_seen_by_its_length() -> None:
    source = "A long sentence about the relations of three states that have grown closer since the war. " * 2
    assert codes(source.strip(), "Kısa bir cümle.", "en→tr") == {"length"}


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage, match="xx"):
        check("a", "b", "en", "xx")


def test_findings_come_in_the_order_of_the_target() -> None:
    findings: list[Finding] = check("One, 14.", "a  a , 15 «b»", "en", "tr")
    assert [one.start for one in findings] == sorted(one.start for one in findings)
    assert len(findings) >= 4
