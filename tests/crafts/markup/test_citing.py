"""A work as BibTeX, RIS and APA have it: what a title holds stays text, and people are named as the forms ask."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.markup.citing import apa, bibtex, ris
from publishing.markup.citing.work import Name, Work

WORDS = apa.Words("n.d.", "%(names)s, Trans.", "Original work in %(language)s, published %(year)s", "English")
WORK = Work(
    key="the-future",
    title="The Future of Relations",
    language="en",
    url="https://magazine.example/en/the-future/",
    publisher="Dragoman",
    authors=(Name("Elcan", "Tokmak"),),
    published_on=date(2022, 11, 9),
)
TURKISH = replace(
    WORK,
    key="gelecegi",
    title="İlişkilerin Geleceği",
    language="tr",
    translators=(Name("Ayşe", "Yılmaz"), Name("Борис", "Щукин")),
    published_on=date(2026, 5, 2),
    source_language="en",
    original_title="The Future of Relations",
    original_published_on=date(2022, 11, 9),
    original_url="https://magazine.example/en/the-future/",
)
ANY = st.text(max_size=60)


class TestAName:
    @pytest.mark.parametrize(
        ("written", "language", "given", "family"),
        [
            ("Elcan TOKMAK", "tr", "Elcan", "Tokmak"),
            ("Ali IŞIK", "tr", "Ali", "Işık"),
            ("Ayşe İNCE YILDIZ", "tr", "Ayşe", "İnce Yıldız"),
            ("Jean-Paul SARTRE", "en", "Jean-Paul", "Sartre"),
            ("Ada Lovelace", "en", "Ada", "Lovelace"),
            ("Борис ЩУКИН-ЛЕСКОВ", "ru", "Борис", "Щукин-Лесков"),
            ("Борис", "ru", "", "Борис"),
            ("ELCAN TOKMAK", "tr", "Elcan", "Tokmak"),
            ("", "en", "", ""),
            ("Ali IŞIK", "", "Ali", "IŞIK"),
        ],
    )
    def test_is_parted_as_it_is_written(self, written: str, language: str, given: str, family: str) -> None:
        assert Name.of(written, language) == Name(given, family)

    def test_has_initials(self) -> None:
        assert Name("Jean-Paul Marie", "Sartre").initials == "J.-P. M."
        assert Name("", "Борис").initials == ""


class TestApa:
    def test_names_author_day_title_site_and_address(self) -> None:
        assert str(apa.reference(WORK, WORDS)) == (
            "Tokmak, E. (2022, November 9). The Future of Relations. Dragoman. https://magazine.example/en/the-future/"
        )

    def test_names_translators_and_original(self) -> None:
        assert str(apa.reference(TURKISH, WORDS)) == (
            "Tokmak, E. (2026, 2 Mayıs). İlişkilerin Geleceği (A. Yılmaz, & Б. Щукин, Trans.). Dragoman. "
            "(Original work in English, published 2022). https://magazine.example/en/the-future/"
        )

    def test_of_many_authors_names_nineteen_and_the_last(self) -> None:
        many = tuple(Name("Ada", f"L{number}") for number in range(25))
        said = apa.reference(replace(WORK, authors=many), WORDS).before
        assert said.startswith("L0, A., L1, A.,")
        assert "L18, A., . . . L24, A. (2022" in said
        assert "L19" not in said
        assert apa.reference(replace(WORK, authors=many[:2]), WORDS).before.startswith("L0, A., & L1, A. (")

    def test_without_author_or_day_says_so(self) -> None:
        said = str(apa.reference(replace(WORK, authors=(), published_on=None), WORDS))
        assert said.startswith("Dragoman. (n.d.). The Future of Relations. https://")

    def test_puts_no_full_stop_after_a_question(self) -> None:
        assert "Why? Dragoman." in str(apa.reference(replace(WORK, title="Why?"), WORDS))


def fields(entry: str) -> dict[str, str]:
    return dict(re.findall(r"^  ([a-z]+) = \{(.*)\},$", entry, re.MULTILINE))


class TestBibtex:
    def test_has_what_a_bibliography_needs(self) -> None:
        entry = bibtex.entry(TURKISH)
        assert entry.startswith("@online{tr:gelecegi,\n")
        assert fields(entry) == {
            "author": "{Tokmak}, {Elcan}",
            "title": "{İlişkilerin Geleceği}",
            "translator": "{Yılmaz}, {Ayşe} and {Щукин}, {Борис}",
            "date": "2026-05-02",
            "year": "2026",
            "organization": "Dragoman",
            "langid": "turkish",
            "origlanguage": "english",
            "origtitle": "The Future of Relations",
            "origdate": "2022-11-09",
            "url": "https://magazine.example/en/the-future/",
        }

    @pytest.mark.parametrize(
        ("title", "written"),
        [
            ("50 % & more_of #1 $", r"50 \% \& more\_of \#1 \$"),
            ("a {b} c", r"a \{b\} c"),
            ("a } b { c", "a ) b ( c"),
            ("a \\ b ~ ^", r"a \textbackslash{} b \textasciitilde{} \textasciicircum{}"),
            ("one\ntwo\x00", "one two"),
        ],
    )
    def test_writes_every_sign_as_a_letter(self, title: str, written: str) -> None:
        assert fields(bibtex.entry(replace(WORK, title=title)))["title"] == f"{{{written}}}"

    @given(ANY, ANY, ANY)
    def test_is_never_broken_by_what_is_in_it(self, title: str, name: str, summary: str) -> None:
        people = (Name("", name),)
        entry = bibtex.entry(replace(WORK, title=title, authors=people, translators=people, summary=summary))
        entry.encode()
        depth = 0
        for place, sign in enumerate(entry):
            depth += {"{": 1, "}": -1}.get(sign, 0)
            assert depth > 0 or place < len("@online") or entry[place:] in {"}\n", "\n"}
        assert depth == 0
        names = {line.split(" = ")[0].strip() for line in entry.splitlines()[1:-1]}
        assert names <= {
            "author",
            "title",
            "translator",
            "date",
            "year",
            "organization",
            "langid",
            "abstract",
            "url",
        }


class TestRis:
    def test_has_what_a_bibliography_needs(self) -> None:
        assert ris.record(TURKISH).split("\r\n") == [
            "TY  - ELEC",
            "AU  - Tokmak, Elcan",
            "TI  - İlişkilerin Geleceği",
            "A4  - Yılmaz, Ayşe",
            "A4  - Щукин, Борис",
            "PY  - 2026",
            "DA  - 2026/05/02/",
            "PB  - Dragoman",
            "LA  - tr",
            "OP  - The Future of Relations",
            "UR  - https://magazine.example/en/the-future/",
            "L2  - https://magazine.example/en/the-future/",
            "ER  - ",
            "",
        ]

    @given(ANY, ANY)
    def test_is_one_record_whatever_is_in_it(self, title: str, summary: str) -> None:
        record = ris.record(replace(WORK, title=title, summary=f"{summary}\r\nER  - \r\nTY  - EVIL"))
        record.encode()
        lines = record.splitlines()
        assert [line[:2] for line in lines if line[:2] in {"TY", "ER"}] == ["TY", "ER"]
        assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
