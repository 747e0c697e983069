"""Footnotes: references, labels, and the rule draft of a note in another language."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.languages import CODES, UnknownLanguage
from publishing.markup.notes import Reference, draft_note, label, references
from publishing.markup.notes.footnote import tags
from publishing.markup.reading import Reading
from publishing.quality import check


def test_references_are_bracketed_numbers_of_up_to_three_digits() -> None:
    assert references("a[7]b [10][999] [0] [2022] [7a] [ 7 ] [٧]") == [
        Reference(7, 1, 4),
        Reference(10, 6, 10),
        Reference(999, 10, 15),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1] “T”", Reference(1, 0, 4)),
        (" [12]\u00a0 T", Reference(12, 0, 7)),
        ("[1]", Reference(1, 0, 3)),
        ("[1]T", None),
        ("T [1]", None),
        ("[2022] T", None),
    ],
)
def test_a_label_opens_its_note(text: str, expected: Reference | None) -> None:
    assert label(text) == expected


class TestTheSamplesNotes:
    def test_all_have_drafts_without_a_finding(self, sample: Reading) -> None:
        for block in sample.blocks:
            if block.kind == "note":
                for language in ("tr", "ru"):
                    draft = draft_note(block.text, "en", language)
                    assert draft is not None
                    assert check(block.text, draft, "en", language) == []
                    assert ",," not in draft
                    assert "/" not in draft

    @pytest.mark.parametrize(
        ("number", "turkish", "russian"),
        [
            (
                1,
                "“Energy Fact Sheet: Why Does Russian Oil and Gas Matter?”, IEA (Erişim Tarihi: 09.11.2022).",
                "«Energy Fact Sheet: Why Does Russian Oil and Gas Matter?», IEA (Дата обращения: 09.11.2022).",
            ),
            (
                4,
                "“China Accused of Illegal Police Stations in the Netherlands”, BBC.",
                "«China Accused of Illegal Police Stations in the Netherlands», BBC.",
            ),
            (9, "A.g.e.", "Там же."),
        ],
    )
    def test_read_as_an_editor_would_write_them(
        self, sample: Reading, number: int, turkish: str, russian: str
    ) -> None:
        note = next(block.text for block in sample.blocks if block.attributes.get("number") == number)
        assert draft_note(note, "en", "tr") == turkish
        assert draft_note(note, "en", "ru") == russian


@pytest.mark.parametrize(
    ("source", "target", "text", "draft"),
    [
        (
            "tr",
            "en",
            "“B”, Anadolu Ajansı,, (Erişim Tarihi: 18.03.2024).",
            "“B”, Anadolu Ajansı (Date of Accession: 18.03.2024).",
        ),
        (
            "ru",
            "tr",
            "«З „в“ з», Российская газета (дата обращения: 9 ноября 2022 г.).",
            "“З ‘в’ з”, Российская газета (Erişim Tarihi: 09.11.2022).",
        ),
        (
            "en",
            "ru",
            "“T and “inner””, CBS News, /, (Date of Accession: 24.10.2022).",
            "«T and „inner“», CBS News (Дата обращения: 24.10.2022).",
        ),
        (
            "en",
            "tr",
            "“T”, IEA, https://iea.org/a,b, (Accessed on November 9, 2022).",
            "“T”, IEA, https://iea.org/a,b, (Erişim Tarihi: 09.11.2022).",
        ),
        ("en", "ru", "“T”, IEA (Accessed: 2022-11-09)", "«T», IEA (Дата обращения: 09.11.2022)."),
        (
            "en",
            "tr",
            "“T,” Reuters, November 9, 2022, https://x.org.",
            "“T”, Reuters, 9 Kasım 2022, https://x.org.",
        ),
        (
            "en",
            "tr",
            "A. Allison and J. Doe, “T”, Foreign Affairs, Vol. 3, No. 2, 2019, pp. 12-15.",
            "A. Allison ve J. Doe, “T”, Foreign Affairs, Cilt 3, Sayı 2, 2019, ss. 12-15.",
        ),
        ("tr", "ru", "“B”, Bilig, C. 3, S. 2, s. 12.", "«B», Bilig, Т. 3, № 2, с. 12."),
        (
            "en",
            "ru",
            "“T”, <i1>The Guardian</i1>, <a2>https://x.org</a2> (Accessed: 09.11.2022).",
            "«T», <i1>The Guardian</i1>, <a2>https://x.org</a2> (Дата обращения: 09.11.2022).",
        ),
        (
            "en",
            "tr",
            "IEA, iea.org, (Date of Access: 09.11.2022).",
            "IEA, iea.org, (Erişim Tarihi: 09.11.2022).",
        ),
        ("en", "tr", "https://x.org/a,b", "https://x.org/a,b"),
        ("en", "ru", "Ibid., p. 12.", "Там же, с. 12."),
        ("en", "tr", "Ibid", "A.g.e."),
        ("tr", "en", "A.g.e., ss. 3-4.", "Ibid., pp. 3-4."),
        ("ru", "en", "Там же, с. 5.", "Ibid., p. 5."),
    ],
)
def test_a_citation_is_drafted_by_rule(source: str, target: str, text: str, draft: str) -> None:
    assert draft_note(text, source, target) == draft


@pytest.mark.parametrize(
    "text",
    [
        "",
        "See the report of the ministry.",
        "The author thanks the editors.",
        "“T”, the ministry, (Date of Accession: 09.11.2022).",
        "“T”, IEA, (Date of Accession: 31.02.2022).",
        "“T”, IEA, (Date of Accession: 11/09/2022).",
        "“T”, IEA, (Date of Accession: last week).",
        "“T”, said “U”, IEA, (Date of Accession: 09.11.2022).",
        "“T, IEA, (Date of Accession: 09.11.2022).",
        "Ibid., in the chapter on trade.",
        "Henry Kissinger, Diplomacy, Simon & Schuster, New York 1994.",
    ],
)
def test_what_the_rules_do_not_understand_is_left_to_people(text: str) -> None:
    assert draft_note(text, "en", "tr") is None


def test_there_is_no_draft_into_the_same_language() -> None:
    assert draft_note("Ibid.", "en", "en") is None


@pytest.mark.parametrize(("source", "target"), [("de", "en"), ("en", "de")])
def test_an_unknown_language_is_refused(source: str, target: str) -> None:
    with pytest.raises(UnknownLanguage):
        draft_note("Ibid.", source, target)


parts = st.sampled_from(
    [
        *("“", "”", "«", "»", '"', ", ", ",", "IEA", "The Times", "/", "(", ")", ".", " ", "<i1>", "</i1>"),
        *("Date of Accession: ", "Erişim Tarihi: ", "дата обращения: ", "09.11.2022", "May 3, 2022", "Ibid."),
        *("https://x.org", "p. 3", "Vol. 2", "\u00a0", "и", "[3]"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(parts | st.text(max_size=3), max_size=12).map("".join),
    st.sampled_from(CODES),
    st.sampled_from(CODES),
)
def test_a_draft_loses_no_markup_and_no_reference(text: str, source: str, target: str) -> None:
    draft = draft_note(text, source, target)
    if draft is not None:
        assert tags(draft) == tags(text)
        assert sorted(r.number for r in references(draft)) == sorted(r.number for r in references(text))
        assert draft == draft.strip()
