"""Which of the three languages a text is in."""

from pathlib import Path

import pytest

from publishing.languages.identify import identify

DATA = Path(__file__).parent.parent.parent / "data"
SAMPLE = [
    line for line in (DATA / "sample_article.txt").read_text(encoding="utf-8").splitlines() if line.strip()
]


@pytest.mark.parametrize("paragraph", SAMPLE[5:14])
def test_the_samples_body_is_english(paragraph: str) -> None:
    assert identify(paragraph) == "en"


def test_the_samples_biography_is_turkish() -> None:
    assert identify(SAMPLE[-1]) == "tr"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Elif Şafak, 1990 yılında İstanbul’da doğdu.", "tr"),
        ("Ali Veli, Ankara Üniversitesi mezunudur ve halen Ankara’da yaşamaktadır.", "tr"),
        ("Anna Smith is a fellow of the Institute for Black Sea Studies in Istanbul.", "en"),
        ("Анна Соколова работает в Center for Strategic Research (CSR).", "ru"),
        ("", "en"),
    ],
)
def test_a_sentence_is_often_enough(text: str, language: str) -> None:
    assert identify(text) == language
