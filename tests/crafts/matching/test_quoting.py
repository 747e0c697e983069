"""quoting: which sentence somebody means who selects, copies or types it."""

import pytest

from publishing.matching.quoting import locate

TURKISH = [
    "Tahıl Karadeniz’i Geçiyor",
    "İstanbul’da limanlar Temmuz 2023’te açıldı.[1]",
    "“Gemiler” hemen yola çıktı.",
    "Sürdü.",
    "Ilık bir kıştı.",
    "Sürdü.",
]
RUSSIAN = [
    "Зерно пересекает Чёрное море",
    "Порты открылись в июле 2023 года.[1]",
    "Суда сразу <b1>вышли</b1> в море.",
]
ENGLISH = ["Grain Crosses the Black Sea", "The ports opened in July 2023.[1]", "Ships left at once."]


@pytest.mark.parametrize(
    ("quote", "index"),
    [
        ("İstanbul’da limanlar Temmuz 2023’te açıldı.[1]", 1),
        ("İSTANBUL'DA LİMANLAR TEMMUZ 2023'TE AÇILDI", 1),
        ("istanbul'da limanlar temmuz 2023'te acıldı", 1),
        ("limanlar  Temmuz\n2023’te", 1),
        ("açıldı.[1] “Gemiler” hemen yola çıktı.", 2),
        ('"Gemiler" hemen yola', 2),
        ("ILIK BİR KIŞTI", 4),
        ("Gemiler hemen yolla çıktı", 2),
    ],
)
def test_a_turkish_sentence_is_found_whatever_its_case_marks_and_quotes(quote: str, index: int) -> None:
    assert locate(quote, TURKISH) == index


@pytest.mark.parametrize(
    ("quote", "index"),
    [("Порты открылись в июле 2023 года.", 1), ("ЧЕРНОЕ МОРЕ", 0), ("Суда сразу вышли в море", 2)],
)
def test_a_russian_sentence_is_found_without_its_dots_and_marks(quote: str, index: int) -> None:
    assert locate(quote, RUSSIAN) == index


@pytest.mark.parametrize(("quote", "index"), [("the ports opened in july 2023.", 1), ("left at once. ", 2)])
def test_an_english_one_too(quote: str, index: int) -> None:
    assert locate(quote, ENGLISH) == index


def test_of_two_sentences_that_are_alike_the_words_before_tell() -> None:
    assert locate("Sürdü.", TURKISH) == 3
    assert locate("Sürdü.", TURKISH, before="… hemen yola çıktı. Sürdü. Ilık bir kıştı. ") == 5


def test_a_whole_sentence_goes_before_the_same_words_in_another() -> None:
    assert locate("It rained.", ["He said it rained. Twice.", "It rained."]) == 1


@pytest.mark.parametrize("quote", ["", "…", "at", "[1]", "Buy cheap watches now and save", "\u0000\u202e"])
def test_what_is_no_sentence_of_the_text_is_not_found(quote: str) -> None:
    assert locate(quote, ENGLISH) is None


def test_nothing_is_found_in_nothing() -> None:
    assert locate("Ships left at once.", []) is None
