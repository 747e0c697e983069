"""What languages are called: in their own words, and in the words of another."""

from typing import Final

from babel import Locale

from publishing.languages import casing, require

OWN_NAMES: Final = {"en": "English", "tr": "Türkçe", "ru": "Русский"}
"""Each language's name in itself, as a name standing alone: CLDR writes the Russian one small, for use in a text."""

OPEN_GRAPH: Final = {"en": "en_GB", "tr": "tr_TR", "ru": "ru_RU"}
"""Each language as Open Graph's og:locale has it, `language_TERRITORY`; the English is that of our dates."""


def name_of(language: str, reader: str) -> str:
    """The name of a language in the reader's language, as CLDR has it, beginning with a capital."""
    name = Locale(require(reader)).languages[require(language)]
    return casing.capitalise(str(name), reader)
