"""The rule draft of a footnote in another language: a citation is data, no material for an engine.

Title and outlet stay as they are, in the target language's quotation marks; label and dates are written as the
house does in that language; Ibid. comes from a table. What the rules do not understand is left to people.
"""

import re
from datetime import date
from typing import Final

from publishing.languages import quotes, require
from publishing.languages.dates import long_date
from publishing.markup.notes.footnote import Footnote, Ibid, access, day, parse, tags, without_tags

ACCESSED: Final = {"en": "Date of Accession", "tr": "Erişim Tarihi", "ru": "Дата обращения"}
IBID: Final = {"en": "Ibid.", "tr": "A.g.e.", "ru": "Там же."}
_AND: Final = {"en": "and", "tr": "ve", "ru": "и"}

_PAGE: Final = {"en": "p. ", "tr": "s. ", "ru": "с. "}
_PAGES: Final = {"en": "pp. ", "tr": "ss. ", "ru": "с. "}
_VOLUME: Final = {"en": "Vol. ", "tr": "Cilt ", "ru": "Т. "}
_ISSUE: Final = {"en": "No. ", "tr": "Sayı ", "ru": "№ "}

_NUMERALS: Final = r"[0-9]+|[IVXLC]+"
_RANGE: Final = r"[0-9]+(?:\s?[-–—]\s?[0-9]+)?"
_LOCATORS: Final = (
    (re.compile(r"(?:p|s|с|стр)\.?\s?([0-9]+)"), _PAGE),
    (re.compile(rf"(?:pp|p|ss|s|сс|с|стр)\.?\s?({_RANGE})"), _PAGES),
    (re.compile(rf"(?:[Vv]ol(?:ume)?\.?|[Cc]ilt|C\.|[Тт](?:ом)?\.?)\s?({_NUMERALS})"), _VOLUME),
    (re.compile(rf"(?:[Nn]o\.?|[Ii]ssue|[Ss]ayı:?|S\.|№|[Вв]ып\.?)\s?({_RANGE}|{_NUMERALS})"), _ISSUE),
)
_ADDRESS: Final = re.compile(r"(?:https?://|www\.|doi:)\S+", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:1[5-9]|20)[0-9]{2}")
_SMALL: Final = re.compile(
    r"of|the|and|for|in|on|at|de|la|le|les|du|des|der|die|das|und|van|von|el|al|&|ve|ile|и|в|на|по|о|об|у"
)
_LONGEST_NAME: Final = 12


def draft_note(text: str, source_language: str, target_language: str) -> str | None:
    """Return a draft of a note's text (without its label) in the target language.

    None where the note is none that the rules understand, or where both languages are the same. Placeholders
    and addresses come through as they are. Raises UnknownLanguage.
    """
    require(source_language)
    require(target_language)
    if source_language == target_language:
        return None
    note = parse(text, source_language)
    draft = _ibid(note, target_language) if isinstance(note, Ibid) else None
    if isinstance(note, Footnote):
        draft = _citation(note, source_language, target_language)
    # What the parts dropped or moved must not be markup.
    return draft if draft is not None and tags(draft) == tags(text) else None


def without_boilerplate(text: str, source_language: str, target_language: str) -> tuple[str, str]:
    """Return the part of a note that has to be translated, and how it ends in the target language.

    The end is the date of access in the house's words, or empty where the note has none. Raises UnknownLanguage.
    """
    found = access(text, require(source_language))
    if found is None or not found[0]:
        return text, ""
    head, accessed = found
    return head, f" ({ACCESSED[require(target_language)]}: {_numeric(accessed)})."


def _ibid(note: Ibid, target: str) -> str | None:
    if not note.page:
        return IBID[target]
    page = _locator(note.page.rstrip(". "), target)
    opening = IBID[target] if target != "ru" else IBID[target].rstrip(".")
    return f"{opening}, {page}." if page else None


def _citation(note: Footnote, source: str, target: str) -> str | None:
    lead = [_author(part, source, target) for part in note.lead]
    parts = [_part(part, source, target) for part in note.parts]
    title = [_quoted(note.title, target)] if note.title else []
    drafted = [*lead, *title, *parts]
    if any(part is None for part in drafted) or not (title or note.accessed or _is_address(note)):
        return None
    text = ", ".join(part for part in drafted if part)
    if note.accessed is None:
        return text if _is_address(note) else text.rstrip(".") + "."
    return f"{text}{',' if note.comma else ''} ({ACCESSED[target]}: {_numeric(note.accessed)})."


def _is_address(note: Footnote) -> bool:
    """Tell whether the note is nothing but an address, which is the same in every language."""
    return not (note.title or note.lead) and [bool(_ADDRESS.fullmatch(part)) for part in note.parts] == [True]


def _author(text: str, source: str, target: str) -> str | None:
    """Return people's names as they are, with the target's word for `and` between them."""
    names = re.split(rf"\s(?:{_AND[source]}|&)\s", text)
    return f" {_AND[target]} ".join(names) if all(map(_is_name, names)) else None


def _part(text: str, source: str, target: str) -> str | None:
    """Return what stands after the title as the target writes it, or None where it is not understood."""
    plain = without_tags(text)
    if _ADDRESS.fullmatch(plain) or _YEAR.fullmatch(plain):
        return text
    located = _locator(text, target)
    if located:
        return located
    value = day(text, source)
    if value:
        return long_date(value, target) if any(map(str.isalpha, text)) else _numeric(value)
    return text if _is_name(plain, source) else None


def _locator(text: str, target: str) -> str | None:
    """Return pages, volume or issue with the target's abbreviation; None for anything else."""
    for pattern, words in _LOCATORS:
        found = pattern.fullmatch(text)
        if found:
            return words[target] + found[1]
    return None


def _is_name(text: str, language: str = "en") -> bool:
    """Tell whether the text is a name that stays as it is: capitalised words, small ones between them.

    Russian capitalises the first word alone (Российская газета).
    """
    words = text.split()
    if not words or len(words) > _LONGEST_NAME:
        return False
    if _DOMAIN.fullmatch(text):
        return True
    russian = language == "ru" and words[0][0].isupper() and text.replace(" ", "").isalpha()
    capitalised = all(word.strip("(’'")[:1].isupper() or _SMALL.fullmatch(word) for word in words)
    return words[0][0].isupper() and (capitalised or (russian and len(words) <= 4))


def _quoted(title: str, target: str) -> str:
    """Return a title in the target's outer marks, the double marks inside it in its inner ones."""
    style = quotes.STYLES[target]
    signs = list(title)
    for start, end in quotes.balance(title).spans:
        if title[start] in quotes.MARKS:
            signs[start], signs[end - 1] = style.inner
    return f"{style.outer[0]}{''.join(signs)}{style.outer[1]}"


def _numeric(value: date) -> str:
    """Return the date as the house writes it in notes of every language: 09.11.2022."""
    return f"{value:%d.%m.%Y}"
