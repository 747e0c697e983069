"""Every check against one suite: its findings come from the catalogue, filled in and weighed as it says."""

import re

import pytest

from publishing.languages import CODES
from publishing.quality import Finding, check, check_block, check_source
from publishing.quality.catalogue import CATALOGUE

BROKEN: dict[str, tuple[str, str]] = {
    "references": ("One.[1]", "Один."),
    "placeholders": ("<b1>One</b1>.", "<b1>Один."),
    "empty": ("One.", ""),
    "numbers": ("There are 14 of them.", "Их 41."),
    "dates": ("On 9 November 2022.", "9 октября 2022 г."),
    "mixed_script": ("The USA.", "CША."),
    "wrong_script": ("It is so and not otherwise.", "It is so and not otherwise."),
    "doubled_word": ("In Moscow.", "В в Москве."),
    "spaces": ("In Moscow.", "В  Москве."),
    "quotes": ("In “Moscow”.", "В “Москве”."),
    "untranslated": ("It is so and not otherwise.", "It is so and not otherwise."),
    "end_punctuation": ("Is it so?", "Это так."),
    "length": ("One sentence that goes on for a while, and then for another while, to its end.", "Вот."),
}
MISTAKEN: dict[str, str] = {
    "doubled_word": "on\u00a0on",
    "spaces": "a \u00a0b",
    "quotes": "a “b",
    "mixed_script": "CША",
    "double_comma": "a,, b",
    "empty_field": "a, /, b",
    "undated_note": "“A Title”, BBC",
    "reference_space": "a [1]",
    "doubled_reference": "a[1][1]",
    "invisible_character": "a\u200bb",
    "control_character": "a\x01b",
}
NEVER_OVERRULED = {"references", "placeholders", "empty", "control_character"}
BLOCKING = {"references", "placeholders", "empty", "numbers", "dates", "mixed_script", "wrong_script"}


def one_of(findings: list[Finding], code: str) -> Finding:
    return next(one for one in findings if one.code == code)


def test_every_code_of_the_catalogue_has_a_text_that_yields_it() -> None:
    assert set(BROKEN) | set(MISTAKEN) | {"moved"} == set(CATALOGUE)


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_a_finding_is_its_catalogue_entry_filled_in(code: str) -> None:
    source, target = BROKEN[code]
    finding = one_of(check(source, target, "en", "ru"), code)
    entry = CATALOGUE[code]
    assert (finding.severity, finding.overrulable) == (entry.severity, entry.overrulable)
    assert finding.message == entry.template % finding.params
    assert 0 <= finding.start <= finding.end <= len(target)


@pytest.mark.parametrize("code", sorted(MISTAKEN))
def test_a_source_finding_is_its_catalogue_entry_filled_in(code: str) -> None:
    text = MISTAKEN[code]
    finding = one_of(check_source(text, "en"), code)
    entry = CATALOGUE[code]
    assert finding.severity == (entry.source_severity or entry.severity)
    assert finding.message == entry.template % finding.params
    assert 0 <= finding.start <= finding.end <= len(text)


def test_a_moved_mark_is_its_catalogue_entry_filled_in() -> None:
    found = check_block([("One.[1]", "Один."), ("Two.", "Два.[1]")], "en", "ru")
    assert [[one.code for one in findings] for findings in found] == [["moved"], ["moved"]]
    assert all(
        one.message == CATALOGUE["moved"].template % one.params for findings in found for one in findings
    )


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_template_names_only_parameters_that_its_finding_has(code: str) -> None:
    names = set(re.findall(r"%\((\w+)\)s", CATALOGUE[code].template))
    if code in BROKEN:
        findings = check(*BROKEN[code], "en", "ru")
    elif code in MISTAKEN:
        findings = check_source(MISTAKEN[code], "en")
    else:
        findings = check_block([("One.[1]", "Один."), ("Two.", "Два.[1]")], "en", "ru")[1]
    assert names <= set(one_of(findings, code).params)


def test_marks_and_emptiness_are_never_overruled_and_everything_else_may_be() -> None:
    assert {code for code, entry in CATALOGUE.items() if not entry.overrulable} == NEVER_OVERRULED


def test_what_blocks_is_what_the_design_names() -> None:
    assert {code for code, entry in CATALOGUE.items() if entry.severity == "block"} == BLOCKING | {
        "control_character"
    }


@pytest.mark.parametrize("language", CODES)
def test_a_good_sentence_passes_every_check(language: str) -> None:
    good = {"en": "All is well.", "tr": "Her şey yolunda.", "ru": "Всё хорошо."}
    assert check(good["en"], good[language], "en", language) == []
    assert check_source(good[language], language) == []


def test_a_finding_can_be_kept_in_a_set() -> None:
    findings = check("One.[1]", "Один.", "en", "ru")
    assert len({*findings, *findings}) == len(findings)
