"""The names of the months as text is written with them: one form exchanged for the same form of another month.

Source: Unicode CLDR 46, months of the calendar Gregorian, wide; Russian declension by the masculine soft and
hard nouns on -ь, -й and a consonant.
"""

from typing import Final

from publishing.languages import require

_PLAIN: Final = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
    "tr": (
        "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım",
        "Aralık",
    ),
}  # fmt: skip
_RUSSIAN: Final = (
    "январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр",
)  # fmt: skip
_SOFT: Final = ("ь", "я", "ю", "ём", "е")
_SOFT_UNSTRESSED: Final = ("ь", "я", "ю", "ем", "е")
_HARD: Final = ("", "а", "у", "ом", "е")
_SHORT_I: Final = ("й", "я", "ю", "ем", "е")
"""Nominative, genitive, dative, instrumental, prepositional."""


def forms(month: int, language: str) -> tuple[str, ...]:
    """The forms of the month's name (1 to 12), in an order that is the same for every month."""
    if require(language) != "ru":
        return (_PLAIN[language][month - 1],)
    stem = _RUSSIAN[month - 1]
    endings = _HARD if stem.endswith("т") else _SHORT_I if stem == "ма" else _SOFT
    if stem in {"апрел", "июн", "июл"}:
        endings = _SOFT_UNSTRESSED
    return tuple(stem + ending for ending in endings)


def exchanged(written: str, old: int, new: int, language: str) -> str | None:
    """The name of another month in the form in which this one is written; None where that is not certain."""
    pairs = zip(forms(old, language), forms(new, language), strict=True)
    found = {_like(written, form) for known, form in pairs if known.lower() == written.lower()}
    return found.pop() if len(found) == 1 else None


def _like(written: str, form: str) -> str:
    """Turkish months and English ones have their capital; a Russian one has it at the head of a sentence only."""
    return form[:1].upper() + form[1:] if written[:1].isupper() else form
