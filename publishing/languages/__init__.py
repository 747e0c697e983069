"""What Dragoman knows about its three languages: sentences, casing, slugs, dates, plurals, own names.

A language is its plain code. This module holds only the codes and the one error that an unknown code raises,
so that everything else can import it without cost.
"""

from typing import Final

CODES: Final[tuple[str, ...]] = ("en", "tr", "ru")


class UnknownLanguage(ValueError):
    """A language code that is none of CODES; the message names it and lists what is known."""

    def __init__(self, language: object) -> None:
        super().__init__(f"Unknown language {language!r}: use one of {', '.join(CODES)}.")


def require(language: str) -> str:
    """Return the code unchanged if it is one of CODES; raise UnknownLanguage otherwise."""
    if language not in CODES:
        raise UnknownLanguage(language)
    return language
