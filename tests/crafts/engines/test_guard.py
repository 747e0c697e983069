"""Which drafts are an engine's failure, and which good translations must never be taken for one."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from defusedxml import ElementTree

from publishing.engines.guard import CODES, inspect
from tests.engines_fake import GOOGLE_ERROR, MYMEMORY_LANGUAGE, MYMEMORY_QUOTA

ROOT = Path(__file__).parents[3]
MEMORIES = ("publishing/demo/memory.tmx", "tests/data/second_article.tr-ru-en.tmx")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

FAULTY = [
    ("en", "tr", "A word.", GOOGLE_ERROR, "error_text"),
    ("en", "ru", "A word.", MYMEMORY_QUOTA, "error_text"),
    ("en", "ru", "A word.", MYMEMORY_LANGUAGE, "error_text"),
    ("en", "tr", "A word.", "", "empty"),
    ("en", "tr", "A word.[7]", " [7]", "empty"),
    ("en", "tr", "A word.", "—", "empty"),
    ("en", "tr", "A word.", "🤖", "empty"),
    ("en", "tr", "Russia invaded Ukraine.", "Russia invaded Ukraine.", "echoed"),
    ("en", "ru", "Russia invaded Ukraine.", "russia invaded  ukraine.", "echoed"),
    ("tr", "en", "Rusya Ukrayna’yı işgal etti", "Rusya Ukrayna’yı işgal etti", "echoed"),
    (
        "en",
        "ru",
        "Russia invaded Ukraine for the second time.",
        "Russia attacked its neighbour twice.",
        "wrong_script",
    ),
    ("en", "ru", "Russia invaded Ukraine again.", "Россия invaded Ukraine again.", "wrong_script"),
    ("en", "tr", "Russia invaded Ukraine.", "Россия напала на Украину.", "wrong_script"),
    ("ru", "en", "Россия напала на Украину.", "Россия напала на Украину.", "wrong_script"),
    ("en", "tr", "Russia invaded Ukraine.", "俄罗斯入侵了乌克兰。", "wrong_script"),
    ("en", "ru", "Russia invaded Ukraine.", "روسيا غزت أوكرانيا.", "wrong_script"),
    (
        "en",
        "tr",
        "Russia invaded Ukraine.",
        "Der Krieg ist in das Land gekommen, as it has been said to us.",
        "wrong_language",
    ),
    (
        "en",
        "tr",
        "The ships left the harbour on Monday.",
        "On Monday the ships were leaving their harbour.",
        "wrong_language",
    ),
    ("ru", "tr", "Корабли вышли из гавани.", "The ships have left the harbour.", "wrong_language"),
    (
        "ru",
        "en",
        "Корабли вышли из гавани.",
        "Gemiler sabah saatlerinde limandan ayrılmış ve açılmıştır.",
        "wrong_language",
    ),
    (
        "en",
        "tr",
        "See https://example.org/a_page for more.",
        "Ayrıntılar için https://example.org/a page adresine bakın.",
        "address_changed",
    ),
    ("en", "ru", "Write to a_desk@example.org now.", "Пишите на a desk@example.org.", "address_changed"),
    ("en", "tr", "See https://example.org/ok.", "Ayrıntılar orada.", "address_changed"),
    ("en", "tr", "A sentence of one. " * 20, "Kısa.", "too_short"),
    ("en", "tr", "A short one.", "çok uzun bir cümle " * 20, "too_long"),
    ("en", "tr", "Supply fell.[1]", "Arz düştü.", "reference_lost"),
    ("en", "tr", "Supply fell.[1]", "Arz düştü.[2]", "reference_lost"),
    ("en", "tr", "Supply fell.[1]", "Arz düştü.[1][1]", "reference_invented"),
    ("en", "tr", "Supply fell.", "Arz düştü.[1]", "reference_invented"),
    ("en", "tr", "A <b1>bold</b1> word", "Kalın bir sözcük", "placeholder_lost"),
    ("en", "tr", "A <b1>bold</b1> word", "<b1>Kalın bir sözcük", "placeholder_lost"),
    ("en", "tr", "A <b1>bold</b1> word", "< b1 >Kalın< /b1 > sözcük", "placeholder_lost"),
    ("en", "tr", "A <b1>bold</b1> word", "<b1>Kalın</b1> <i2>sözcük</i2>", "placeholder_invented"),
    ("en", "tr", "A <b1>bold</b1> word", "</b1>Kalın<b1> sözcük", "placeholder_order"),
    ("en", "tr", "<b1>a <i2>b</i2> c</b1> ok", "<b1>a <i2>b</b1> c</i2> tamam", "placeholder_order"),
    ("en", "tr", "It provides 14% of it.", "Bunun %41’ini sağlıyor.", "number_changed"),
    ("en", "tr", "On September 7, 2022, it rained.", "9 Eylül 2022’de yağmur yağdı.", "number_changed"),
    ("en", "ru", "It began in 2014.", "Это началось в 2041 году.", "number_changed"),
    ("en", "ru", "It cost 1.5 million.", "Это стоило 15 миллионов.", "number_changed"),
    ("en", "tr", "The tag &lt;script&gt; runs.", "<script> etiketi çalışır.", "live_markup"),
    ("en", "tr", "A picture here.", "<img src=x onerror=alert(1) Resim burada.", "live_markup"),
    ("en", "tr", "A link here.", "<a href='https://e.example'>Bağlantı</a> burada.", "live_markup"),
    ("en", "tr", "A comment here.", "<!-- Yorum burada.", "live_markup"),
    ("en", "tr", "It’s here now.", "Şimdi &#39;burada&#39;.", "escaped"),
    ("en", "tr", "It is here [7] now.", "Şimdi ⟦1⟧ burada [7].", "token_left"),
    ("en", "ru", "It is here [7] now.", "Это сейчас здесь m1@mark.example [7].", "token_left"),
]

GOOD = [
    ("en", "ru", "At 5 p.m. on 21 March the G7 met.", "В 17:00 21 марта собралась «Большая семёрка»."),
    ("en", "ru", "A hall of the 19th century", "Зал XIX века"),
    ("en", "tr", "In the 1990s, 1.5 million people left.", "90’lı yıllarda 1,5 milyon kişi ülkeden ayrıldı."),
    ("en", "ru", "In the 1990s, 1,500,000 people left.", "В 90-е годы уехали 1,5 млн человек."),
    ("en", "tr", "$3bn, 40% over 2007-08", "3 milyar dolar, 2007-2008’den yüzde kırk fazla"),
    ("tr", "ru", "29.10.1923 tarihinde ilan edildi.", "Провозглашена 29 октября 1923 года."),
    ("tr", "en", "II. Dünya Savaşı, 100 bin ölü", "World War II, a hundred thousand dead"),
    ("tr", "en", "2’nci madde, 19’uncu yüzyıl", "Article two, nineteenth century"),
    ("en", "tr", "The 9/11 attacks", "11 Eylül saldırıları"),
    ("en", "ru", "from 1 to 30 September 2022", "с 1 по 30 сентября 2022 г."),
    ("en", "ru", "24/7", "круглосуточно"),
    ("en", "ru", "COVID-19, F-16 and S-400", "COVID-19, F-16 и С-400"),
    ("en", "ru", "China National Petroleum Corporation", "CNPC"),
    ("en", "tr", "United Nations Security Council (UNSC)", "BMGK"),
    ("en", "ru", "Al Jazeera", "Al Jazeera"),
    ("en", "ru", "USS Ronald Reagan (CVN-76)", "USS Ronald Reagan (CVN-76)"),
    ("en", "tr", "Institute for Strategic Studies", "Institute for Strategic Studies"),
    ("tr", "en", "Elcan TOKMAK", "Elcan TOKMAK"),
    ("tr", "en", "radar", "radar"),
    ("en", "tr", "2022", "2022"),
    ("en", "ru", "https://example.org/a/2021", "https://example.org/a/2021"),
    ("ru", "en", "Газета «Известия» сообщила.", "The newspaper Izvestia reported."),
    ("en", "tr", "He wrote “Россия и Китай”.", "“Россия и Китай”ı yazdı."),
    ("en", "ru", "“How the war changed our lives”, BBC.", "«How the war changed our lives», BBC."),
    ("en", "tr", "if a < b and c > d then", "a < b ve c > d ise"),
    ("en", "tr", "Write <em> for stress.", "Vurgu için <em> yazın."),
    ("en", "ru", "<b1>A <i2>new</i2> law</b1><br3/>now [7]", "<b1><i2>Новый</i2> закон</b1><br3/>ныне [7]"),
    ("en", "tr", "[3] and [4] agree.", "[4] ile [3] aynı görüşte."),
    ("en", "tr", "Key: " + "1" * 60, "Anahtar: " + "1" * 60),
    ("en", "tr", "AT&T does R&D.", "AT&T Ar-Ge yapıyor."),
    ("en", "tr", "“Error 500 (Server Error)!!1”, it said.", "“Error 500 (Server Error)!!1” yazdı."),
    ("en", "ru", "No.", "Нет."),
    ("en", "tr", "It is at https://example.org/a_b.", "Yeri https://example.org/a_b’dir."),
    ("en", "ru", "Ask desk@example.org.[7]", "Пишите на desk@example.org[7]."),
    ("en", "tr", "See (https://example.org/a), too.", "(https://example.org/a) adresine de bakın."),
    ("en", "tr", "In “It was the end of it” he says so.", "“It was the end of it” adlı kitabında söylüyor."),
    ("tr", "en", "Recep Tayyip Erdoğan, Işık Üniversitesi", "Recep Tayyip Erdoğan, Işık Üniversitesi"),
    ("tr", "en", "Işık Koşaner, Çağlayan’dan ayrıldı.", "Işık Koşaner left Çağlayan, Şişli."),
    ("en", "tr", "", ""),
    ("en", "ru", "[7]", "[7]"),
]  # fmt: skip


def _translations() -> Iterator[tuple[str, str, str, str]]:
    """Every translation of the project's own memories, in every direction."""
    for memory in MEMORIES:
        for unit in ElementTree.parse(ROOT / memory).iter("tu"):
            texts = {one.get(XML_LANG): "".join(one.find("seg").itertext()) for one in unit.iter("tuv")}
            for source, target in permutations(texts, 2):
                yield source, target, texts[source], texts[target]


@pytest.mark.parametrize(("source_language", "target_language", "source", "draft", "code"), FAULTY)
def test_a_faulty_draft_is_named(
    source_language: str, target_language: str, source: str, draft: str, code: str
) -> None:
    faults = inspect(source, draft, source_language, target_language)
    assert code in [fault.code for fault in faults]
    assert all(fault.message and "\n" not in fault.message for fault in faults)


def test_every_fault_that_can_be_found_is_among_the_faulty() -> None:
    assert {code for *_, code in FAULTY} == CODES


@pytest.mark.parametrize(("source_language", "target_language", "source", "draft"), GOOD)
def test_a_good_draft_is_left_alone(
    source_language: str, target_language: str, source: str, draft: str
) -> None:
    assert inspect(source, draft, source_language, target_language) == []


@pytest.mark.parametrize("flood", ["a", "<a ", "a@", "“a", "[1]", "<b1>", "&#1", "1,", "Error 500 (", " "])
def test_a_flood_of_text_is_turned_away_at_once(flood: str) -> None:
    assert [fault.code for fault in inspect("A word.", flood * 100_000, "en", "tr")] == ["too_long"]


def test_no_fault_is_found_in_the_translations_of_the_project() -> None:
    translations = list(_translations())
    assert len(translations) > 300
    assert [
        (one, inspect(one[2], one[3], *one[:2])) for one in translations if inspect(one[2], one[3], *one[:2])
    ] == []


def _correct() -> Iterator[tuple[str, str, str, str]]:
    """Every correct translation that the checks are held against, in every direction."""
    for group in (ROOT / "tests/data/quality/parallel.txt").read_text(encoding="utf-8").split("\n\n"):
        texts = dict(line.split(": ", 1) for line in group.splitlines() if line[2:4] == ": ")
        for source, target in permutations(texts, 2):
            yield source, target, texts[source], texts[target]


def test_no_fault_is_found_in_correct_translations() -> None:
    translations = list(_correct())
    assert len(translations) > 200
    assert [(one, found) for one in translations if (found := inspect(one[2], one[3], *one[:2]))] == []


def test_most_sentences_in_another_language_are_found() -> None:
    """Of English for Turkish and Turkish for English; what has no telling word is let through."""
    for target, other in (("tr", "en"), ("en", "tr")):
        drafts = [one for one in _correct() if one[0] == "ru" and one[1] == other]
        found = [
            one
            for one in drafts
            if "wrong_language" in [fault.code for fault in inspect(one[2], one[3], "ru", target)]
        ]
        assert len(found) > 0.6 * len(drafts) > 20, target


def test_the_source_in_place_of_a_sentence_of_the_project_is_found() -> None:
    sentences = [one for one in _translations() if _is_prose(one[2])]
    assert len(sentences) > 100
    assert [one for one in sentences if not inspect(one[2], one[2], *one[:2])] == []


def test_a_sentence_of_the_project_in_the_wrong_script_is_found() -> None:
    russian = [one for one in _translations() if _is_prose(one[2]) and one[0] == "en" and one[1] == "ru"]
    assert len(russian) > 30
    for _source, _target, text, translation in russian:
        assert "wrong_script" in [fault.code for fault in inspect(text, translation, "en", "tr")]


def _is_prose(text: str) -> bool:
    """Sentences of some length; notes keep the titles of works in their own language."""
    return len(text) > 60 and text.endswith(".") and not text.startswith(("“", "«"))
