"""What each finding says, how much it weighs, and whether an editor may overrule it.

The one table of codes: messages are made from it, and surfaces translate from it. A template takes exactly
the parameters that its check hands over; `tests/contracts/test_checks.py` holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

type_of_severity = Literal["block", "warn"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: English template with %(param)s, severity, overrulable; in a source it may weigh less."""

    template: str
    severity: type_of_severity
    overrulable: bool = True
    source_severity: type_of_severity | None = None


CATALOGUE: Final[Mapping[str, Entry]] = MappingProxyType(
    {
        # A translation against its source: nothing with one of these is released.
        "references": Entry(
            "Reference %(reference)s: %(in_source)s in the source, %(in_target)s here.",
            "block",
            overrulable=False,
        ),
        "placeholders": Entry(
            "Placeholder %(placeholder)s: %(in_source)s in the source, %(in_target)s here, or crossed.",
            "block",
            overrulable=False,
        ),
        "empty": Entry("The translation is empty.", "block", overrulable=False),
        "numbers": Entry("Number: %(expected)s in the source, %(found)s here.", "block"),
        "dates": Entry("Date or time: %(expected)s in the source, %(found)s here.", "block"),
        "mixed_script": Entry(
            "“%(word)s” mixes Latin and Cyrillic letters: %(letters)s.", "block", source_severity="warn"
        ),
        "wrong_script": Entry("The text is not in the script of its language.", "block"),
        # A translation against its source: worth a look.
        "doubled_word": Entry("Doubled word: “%(word)s”.", "warn"),
        "spaces": Entry("Spacing: “%(found)s” should be “%(expected)s”.", "warn"),
        "quotes": Entry("%(mark)s has no partner, or is not how this language quotes: %(expected)s.", "warn"),
        "untranslated": Entry("Left in the source language: “%(excerpt)s”.", "warn"),
        "moved": Entry("%(mark)s stands in another sentence of this block in the source.", "warn"),
        "end_punctuation": Entry(
            "The source ends with %(expected)s, the translation with %(found)s.", "warn"
        ),
        "length": Entry("The translation has %(percent)s %% of the length of its source.", "warn"),
        # A source on its own.
        "double_comma": Entry("Two commas in a row.", "warn"),
        "empty_field": Entry("An empty field between separators: “%(found)s”.", "warn"),
        "undated_note": Entry("The note has no date of access.", "warn"),
        "reference_space": Entry("A blank before reference %(reference)s.", "warn"),
        "doubled_reference": Entry("Reference %(reference)s stands twice in a row.", "warn"),
        "invisible_character": Entry("Invisible character %(character)s.", "warn"),
        "control_character": Entry(
            "Character %(character)s cannot be stored in a catalog.", "block", overrulable=False
        ),
    }
)
