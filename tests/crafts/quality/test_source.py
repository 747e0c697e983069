"""A source's own mistakes: found, named, left as they are. The sample's are all here, counted by hand."""

from pathlib import Path

import pytest

from publishing.quality import check_source

SAMPLE = Path(__file__).parents[2] / "data" / "sample_article.txt"
DOUBLED_COMMA_NOTES = ("1", "3", "4", "5", "6", "8", "10")


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(one.code, text[one.start : one.end]) for one in check_source(text, language)]


def test_the_sample_has_exactly_these_mistakes() -> None:
    lines = [line for line in SAMPLE.read_text(encoding="utf-8").splitlines() if line.strip()]
    mistakes: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        label, _, note = line.removeprefix("[").partition("] ")
        text = note if line.startswith("[") else line
        language = "tr" if line.startswith("Elcan") else "en"
        if mistaken := found(text, language):
            mistakes[label if line.startswith("[") else line[:20]] = mistaken
    fourth = "“China Accused of Illegal Police Stations in the Netherlands”, BBC,,"
    assert mistakes == {
        "Following North Kore": [("spaces", "\u00a0 ")],
        "Another country that": [("doubled_word", "on\u00a0on")],
        "Another example is t": [("reference_space", " ")],
        **{number: [("double_comma", ",,")] for number in DOUBLED_COMMA_NOTES},
        "2": [("empty_field", ", /,")],
        "7": [("empty_field", ", /,")],
        "4": [("undated_note", fourth), ("double_comma", ",,")],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the West on\u00a0on the other", [("doubled_word", "on\u00a0on")]),
        ("He had had enough.", []),
        ("IEA,, 2022", [("double_comma", ",,")]),
        ("CBS News, /, 2022", [("empty_field", ", /,")]),
        ("Nothing here ().", [("empty_field", "()")]),
        ("“A Title”, BBC.", [("undated_note", "“A Title”, BBC.")]),
        ("“A Title”, BBC (Date of Accession: 09.11.2022).", []),
        ("“A Title”, BBC, 2021.", []),
        ("“A title,” said the minister.", []),
        ("Ibid.", []),
        ("West.\u00a0 This", [("spaces", "\u00a0 ")]),
        ("coordination. [9]", [("reference_space", " ")]),
        ("coordination.[9]", []),
        ("supply.[1][1]", [("doubled_reference", "[1][1]")]),
        ("a “word", [("quotes", "“")]),
        ("The CША there", [("mixed_script", "CША")]),
        ("so\u200bft", [("invisible_character", "\u200b")]),
        ("nul\x00l", [("control_character", "\x00")]),
        ("br\ufffdken", [("control_character", "\ufffd")]),
    ],
)
def test_each_mistake_is_found_in_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_only_what_cannot_be_stored_blocks() -> None:
    text = "on on ,, (), “ [1][1] CША \u200b \x00"
    severities = {one.code: one.severity for one in check_source(text, "en")}
    assert {code for code, severity in severities.items() if severity == "block"} == {"control_character"}
    assert len(severities) >= 7
