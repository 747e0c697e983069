"""Finding the marks of a segment's text, and the references at its end that need not travel."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

MARK: Final = re.compile(r"<(?P<closes>/?)(?P<id>[a-z]{1,3}[1-9][0-9]{0,4})(?P<single>/?)>|\[[0-9]{1,4}\]")
_REFERENCES: Final = r"(?:\s*\[[0-9]{1,4}\])+"
_TAIL: Final = re.compile(
    rf"(?P<inside>{_REFERENCES})(?P<stop>[.!?…]+[\"'”’»)]*)\Z|(?P<after>{_REFERENCES})\Z"
)
FINAL_STOP: Final = re.compile(r"[.!?…]+[\"'”’»)]*\Z")
_ADDRESS: Final = re.compile(r"\b(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,190}")

Form = Literal["open", "close", "single", "reference"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of a source text: as it is written, its form, and the stretches of text around it.

    An empty stretch means that another mark or the edge of the text stands there.
    """

    written: str
    form: Form
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Tail:
    """References at the end of a text, with the blank before them; `inside` if the final stop follows them."""

    written: str = ""
    inside: bool = False


def without_tail(text: str) -> tuple[str, Tail]:
    """The text without the references at its very end, and those."""
    found = _TAIL.search(text)
    if found is None:
        return text, Tail()
    if found["after"] is not None:
        return text[: found.start()], Tail(found["after"])
    return text[: found.start()] + found["stop"], Tail(found["inside"], inside=True)


def parts(text: str) -> list[str | Mark]:
    """The text as stretches and marks in turn, stretches first and last (perhaps empty)."""
    found = [match for match in MARK.finditer(text) if not (match["closes"] and match["single"])]
    starts = [0, *(match.end() for match in found)]
    ends = [*(match.start() for match in found), len(text)]
    stretches = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    layout: list[str | Mark] = [stretches[0]]
    for place, match in enumerate(found):
        before, after = stretches[place], stretches[place + 1]
        layout += [Mark(match[0], _form(match), before, after), after]
    return layout


def _form(match: re.Match[str]) -> Form:
    if match["id"] is None:
        return "reference"
    if match["closes"]:
        return "close"
    return "single" if match["single"] else "open"


def marks_of(text: str) -> list[Mark]:
    """The marks of the text in order."""
    return [part for part in parts(text) if isinstance(part, Mark)]


def partners(marks: list[Mark]) -> dict[int, int] | None:
    """For each opening mark's place its closing mark's; None where the marks do not nest or do not pair."""
    waiting: list[int] = []
    found: dict[int, int] = {}
    for place, mark in enumerate(marks):
        if mark.form == "open":
            waiting.append(place)
        elif mark.form == "close":
            if not waiting or marks[waiting[-1]].written[1:] != mark.written[2:]:
                return None
            found[waiting.pop()] = place
    return None if waiting else found


def has_marks(text: str) -> bool:
    """Whether any mark is left to protect once the references at the end are cut."""
    return bool(marks_of(without_tail(text)[0]))


def needs_translation(text: str) -> bool:
    """Whether the text holds a word: blanks, signs, numbers, marks and addresses need not travel."""
    stretches = " ".join(part for part in parts(text) if isinstance(part, str))
    return any(character.isalpha() for character in _ADDRESS.sub(" ", stretches))
