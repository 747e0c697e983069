"""How long a text takes to read."""

import pytest

from publishing.languages import UnknownLanguage, reading


@pytest.mark.parametrize(
    ("count", "language", "minutes"),
    [
        (0, "en", 1),
        (238, "en", 1),
        (2_380, "en", 10),
        (1_660, "tr", 10),
        (1_840, "ru", 10),
        (600, "en", 3),
        (600, "tr", 4),
    ],
)
def test_is_told_in_whole_minutes_by_the_speed_of_the_language(
    count: int, language: str, minutes: int
) -> None:
    assert reading.minutes(count, language) == minutes


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("—", 0), ("Türkiye’nin limanları", 2), ("Россия-Китай, 2022 год.", 3), ("it's re-opened", 2)],
)
def test_counts_words_and_no_signs(text: str, count: int) -> None:
    assert reading.words(text) == count


def test_knows_no_other_language() -> None:
    with pytest.raises(UnknownLanguage):
        reading.minutes(100, "de")
