"""Terms in sentences: inflected, of several words, the longest, whole words alone; figures on labelled sentences."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.languages import CODES, UnknownLanguage
from publishing.matching.terms import LONGEST, Form, TermIndex
from publishing.matching.words import keys
from tests.crafts.matching.term_tables import Table, stands_in, tables

LEAST = 0.97
"""Recall and precision over all sentences of a language, those that are known to fail included."""


def index(language: str, *terms: str) -> TermIndex:
    return TermIndex([Form(number, text) for number, text in enumerate(terms)], language)


def found(text: str, language: str, *terms: str) -> list[str]:
    return [each.form.text for each in index(language, *terms).find(text)]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_sentences_have_the_terms_that_stand_in_them_and_no_others(table: Table) -> None:
    made, wrong = table.index(), {}
    for sentence in table.sentences:
        got = stands_in(made, sentence.text)
        if got != sentence.stands and not sentence.fails:
            wrong[sentence.text] = (sentence.stands - got, got - sentence.stands)
    assert wrong == {}


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_what_is_known_to_fail_still_fails(table: Table) -> None:
    made = table.index()
    mended = [
        each.text for each in table.sentences if each.fails and stands_in(made, each.text) == each.stands
    ]
    assert mended == [], "take the mark “?” off"


@pytest.mark.parametrize("language", CODES)
def test_recall_and_precision(language: str) -> None:
    right = missed = false = sentences = 0
    for table in tables(language):
        made = table.index()
        for sentence in table.sentences:
            got = stands_in(made, sentence.text)
            sentences += 1
            right += len(sentence.stands & got)
            missed, false = missed + len(sentence.stands - got), false + len(got - sentence.stands)
    assert sentences >= 40
    assert right / (right + missed) >= LEAST
    assert right / (right + false) >= LEAST


@pytest.mark.parametrize(
    ("text", "language", "terms", "expected"),
    [
        ("the UN Security Council met", "en", ["security council", "UN Security Council", "UN"],
         ["UN Security Council"]),
        ("trade war loss", "en", ["trade war", "war loss"], ["trade war"]),
        ("big trade war crimes tribunal", "en", ["trade war", "war crimes tribunal"], ["war crimes tribunal"]),
        ("a cold war in the cold", "en", ["cold", "cold war"], ["cold war", "cold"]),
    ],
)  # fmt: skip
def test_the_longest_stands(text: str, language: str, terms: list[str], expected: list[str]) -> None:
    assert found(text, language, *terms) == expected


def test_two_concepts_of_one_name_both_stand() -> None:
    both = TermIndex([Form(7, "bank"), Form(3, "bank"), Form(9, "river")], "en").find("on the banks")
    assert [(each.form.concept, each.start, each.end) for each in both] == [(3, 7, 12), (7, 7, 12)]


@pytest.mark.parametrize(
    ("text", "language", "term"),
    [
        ("ABLA GELDİ", "tr", "AB"),
        ("us", "en", "US"),
        ("PEOPLE WHO CAME", "en", "WHO members"),
        ("kısım", "tr", "KISIM"),
        ("Rusyalı", "tr", "Rusya"),
        ("Kur'an okudu", "tr", "kur"),
        ("sanctions[3] war", "en", "sanctions war"),
        ("Security. Council", "en", "security council"),
        ("security – council", "en", "security council"),
        ("вице-министр", "ru", "министр"),
        ("министр-президент", "ru", "министр"),
        ("Северо-Корея", "ru", "Корея"),
    ],
)  # fmt: skip
def test_does_not_stand_there(text: str, language: str, term: str) -> None:
    assert found(text, language, term) == []


@pytest.mark.parametrize(
    ("text", "language", "term"),
    [
        ("IŞIK ve İNSAN", "tr", "ışık"),
        ("İNSANLAR GELDİ", "tr", "insan"),
        ("NATO'NUN KARARI", "tr", "NATO"),
        ("the security\u00a0council", "en", "security council"),
        ("the <b1>security</b1> council", "en", "security council"),
        ("the security-council seat", "en", "security council"),
        ("Asia–Pacific powers", "en", "Asia-Pacific"),
        ("Houthis fired", "en", "Houthi"),
        ("догово\u0301ра", "ru", "договор"),
        ("U.S. troops", "en", "U.S."),
        ("Aircraft carrier or aircraft carrier?", "en", "Aircraft carrier"),
    ],
)  # fmt: skip
def test_stands_there(text: str, language: str, term: str) -> None:
    assert set(found(text, language, term)) == {term}


@pytest.mark.parametrize("form", ["kitabı", "kitabın", "kitaplarımızdaki", "kitapla", "kitabındandır"])
def test_turkish_softening_and_suffixes(form: str) -> None:
    assert "kitap" in keys(form, "tr")


@pytest.mark.parametrize("other", ["kitapçı", "kitaplık", "kitapsız", "kitaplı"])
def test_a_word_made_from_another_is_another(other: str) -> None:
    assert "kitap" not in keys(other, "tr")


def test_an_empty_termbase_and_forms_without_words_find_nothing() -> None:
    assert index("en").find("anything") == []
    assert index("en", "…", "").find("anything …") == []


def test_what_is_beyond_the_limit_is_not_looked_at() -> None:
    assert found("x " * LONGEST + "sanction", "en", "sanction") == []
    assert found("е" * LONGEST, "ru", "ель") == []


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(UnknownLanguage):
        TermIndex([], "de")


@settings(deadline=None, max_examples=150)
@given(st.text(st.sampled_from("ab İıеё'’-–[]<>/b1 \n.\u0301"), max_size=40), st.sampled_from(CODES))
def test_whatever_the_text_spans_are_whole_words_in_order(text: str, language: str) -> None:
    spans = [(each.start, each.end) for each in index(language, "a", "b a", "İı", "е", "ab-a").find(text)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans) if before != after)
