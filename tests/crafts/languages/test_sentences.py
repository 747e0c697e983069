"""Sentences: the labelled cases of three languages, the sample article, and that no character is ever lost."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.languages import CODES, UnknownLanguage
from publishing.languages.sentences import VERSION, split

DATA = Path(__file__).parents[2] / "data"
MARKS = [*".!?…\"'“”«»()[]¹—-–,:;", *" \u00a0\u2009\u2028\u2029\n\r\t\x1c\u200b\ufeff", *"aAiIıİгГъ190№𝔸字🙂"]
PHRASES = "Dr. |т. |г. |vb. |[1]|https://a.b/?c. |U.S. |В. В. |3. |II. |. . . ".split("|")
AWKWARD = st.sampled_from(MARKS + PHRASES)


def cases(language: str) -> list[str]:
    """The lines of every labelled file of a language; ¦ marks each boundary."""
    files = sorted((DATA / "segmentation").glob(f"*_{language}.txt"))
    return [line for file in files for line in file.read_text("utf-8").split("\n") if line.strip()]


def bare(pieces: list[str]) -> list[str]:
    return [piece.strip() for piece in pieces]


@pytest.mark.parametrize("language", CODES)
def test_every_labelled_case_is_cut_as_marked(language: str) -> None:
    lines = cases(language)
    assert len(lines) >= 184
    wrong = [line for line in lines if bare(split(line.replace("¦", ""), language)) != bare(line.split("¦"))]
    assert wrong == []


def test_the_sample_article_has_36_sentences_in_9_paragraphs() -> None:
    paragraphs = (DATA / "sample_article.txt").read_text("utf-8").split("\n\n")[3:12]
    assert [len(split(paragraph, "en")) for paragraph in paragraphs] == [5, 4, 3, 3, 5, 6, 4, 3, 3]


def test_the_turkish_biography_has_4_sentences() -> None:
    biography = (DATA / "sample_article.txt").read_text("utf-8").strip().split("\n\n")[-1]
    assert len(split(biography, "tr")) == 4


def test_the_whole_sample_read_at_once_is_cut_at_every_blank_line() -> None:
    text = (DATA / "sample_article.txt").read_text("utf-8")
    pieces = split(text, "en")
    assert "".join(pieces) == text
    assert not any("\n\n" in piece.strip() for piece in pieces)


@pytest.mark.parametrize("language", CODES)
@settings(max_examples=150, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_joined_the_sentences_are_any_text_of_unicode(language: str, text: str) -> None:
    assert "".join(split(text, language)) == text


@pytest.mark.parametrize("language", CODES)
@settings(max_examples=150, deadline=None)
@given(parts=st.lists(AWKWARD, max_size=40))
def test_joined_the_sentences_are_the_text_and_none_is_only_blank(language: str, parts: list[str]) -> None:
    text = "".join(parts)
    pieces = split(text, language)
    assert "".join(pieces) == text
    assert all(piece.strip() for piece in pieces) or len(pieces) == 1


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize(
    "text",
    [".", '"', "A. ", "т. ", " ", "(", "\n", "\n ", ". ", "1. ", "! ", "[1]", "a", ".(", "'“", "г. — "],
)
def test_hostile_monotony_is_given_back_whole(text: str, language: str) -> None:
    assert "".join(split(text * 2_000, language)) == text * 2_000


@pytest.mark.parametrize("language", CODES)
def test_an_empty_text_has_no_sentence(language: str) -> None:
    assert split("", language) == []


@pytest.mark.parametrize("blanks", [" ", "\n\n", "\u00a0", " \u2029 "])
def test_blanks_alone_stay_one_piece(blanks: str) -> None:
    assert split(blanks, "en") == [blanks]


def test_blanks_stay_with_the_sentence_before_them() -> None:
    assert split(" One.\u00a0 \nTwo. ", "en") == [" One.\u00a0 \n", "Two. "]


@pytest.mark.parametrize("language", ["de", "EN", "", "tr-TR"])
def test_an_unknown_language_is_refused_by_name(language: str) -> None:
    with pytest.raises(UnknownLanguage, match="use one of en, tr, ru"):
        split("Text.", language)


def test_the_rules_have_a_version() -> None:
    assert VERSION == 1
