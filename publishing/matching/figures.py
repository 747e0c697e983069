"""A figure of a translation, written anew with another value and otherwise as it was: digits, dates, hours.

What needs more than digits, marks and a month's name is not written (None).
"""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from babel import Locale

from publishing.languages import months, numerals
from publishing.languages.month_names import month_of
from publishing.languages.numbers import Quantity
from publishing.languages.written_dates import CalendarDate, ClockTime

_SCALES: Final = tuple(Decimal(10) ** power for power in (0, 3, 6, 9, 12))
_MARKS: Final = {"en": (",", "."), "tr": (".", ","), "ru": ("\u00a0", ",")}
_BLANKS: Final = " \u00a0\u2007\u2009\u202f"
_MOST_DECIMALS: Final = 3
_YEARS: Final = range(1000, 2200)
_DAY_OR_YEAR: Final = re.compile(r"[0-9]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_DIGITS_ONLY: Final = re.compile(r"[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,4}")
_GROUPED: Final = re.compile(rf"[0-9][.,{_BLANKS}][0-9]{{3}}(?![0-9])")
_CLOCK: Final = re.compile(r"([0-9]{1,2})([:.])([0-9]{2})")


def written(text: str, old: Quantity, new: Quantity, language: str, *, source: str) -> str | None:
    """The figure `text`, which says `old`, so that it says `new`; None where that is not certain.

    `source` is how the new source writes the new one: where the old one says nothing of grouping, that does.
    """
    before, after = old.readings[0], new.readings[0]
    if isinstance(before, CalendarDate) and isinstance(after, CalendarDate):
        return _date(text, before, after, language)
    if isinstance(before, ClockTime) and isinstance(after, ClockTime):
        return _clock(text, before, after)
    if isinstance(before, Decimal) and isinstance(after, Decimal) and old.kind != "roman":
        return _number(text, before, after, language, grouped=_GROUPED.search(source) is not None)
    return None


def agrees(old: Quantity, new: Quantity, text: str, place: Quantity, language: str) -> bool:
    """Whether the words after the figure stay as they are: the noun is of the same plural form (CLDR).

    Turkish nouns are singular after every number. A year is followed by words for years alone, and a sign for
    per cent needs no agreement.
    """
    if language == "tr" or old.kind not in {"number", "percent"}:
        return True
    before, after = old.value, new.value
    if not isinstance(before, Decimal) or not isinstance(after, Decimal):
        return False
    if text[place.end :].lstrip(_BLANKS).startswith("%"):
        return True
    if _is_year(before) and _is_year(after):
        return True
    plural = Locale(language).plural_form
    scale = _scale_in(text[place.start : place.end], before, language)
    if scale is None:
        return False
    return str(plural(_plain(before / scale))) == str(plural(_plain(after / scale)))


def introduced(old: Quantity, new: Quantity, text: str, start: int, language: str) -> bool:
    """Whether the word before the figure stays as it is: English a and an, Russian с and со, в and во."""
    before = _LAST_WORD.search(text[:start])
    if before is None:
        return True
    word = before[1].lower()
    if language == "en" and word in {"a", "an"}:
        return _begins_with_vowel(old) == _begins_with_vowel(new)
    if language == "ru" and word in {"с", "со", "в", "во", "к", "ко", "о", "об", "обо"}:
        return _hard_to_say(old) == _hard_to_say(new)
    return True


_LAST_WORD: Final = re.compile(rf"([^\W\d_]+)[{_BLANKS}]$")
_FIRST_FIGURE: Final = re.compile(r"(?:8|11(?=\D|$)|18(?=\D|$)|11[0-9]{3}\b|18[0-9]{3}\b)")


def _begins_with_vowel(quantity: Quantity) -> bool:
    """Eight, eleven, eighteen, and the thousands of the latter two."""
    value = quantity.readings[0]
    return isinstance(value, Decimal) and _FIRST_FIGURE.match(f"{value:f}") is not None


def _hard_to_say(quantity: Quantity) -> tuple[bool, bool, bool]:
    """Two and its hundreds and ordinals, a hundred, eleven: what Russian prepositions take a vowel before."""
    value = quantity.readings[0]
    if isinstance(value, CalendarDate):
        value = Decimal(value.day or value.month)
    if not isinstance(value, Decimal):
        return False, False, False
    said = f"{value:f}"
    return said[:1] == "2" and len(said) in {1, 3}, said[:1] == "1" and len(said) == 3, said[:2] == "11"


def read_aloud(quantity: Quantity) -> Decimal | None:
    """The number with which the figure ends when it is read aloud: of a date, its year. None where unknown."""
    value = quantity.readings[0]
    if isinstance(value, Decimal):
        return value
    if isinstance(value, CalendarDate) and value.year:
        return Decimal(value.year)
    return None


def _is_year(value: Decimal) -> bool:
    return value == value.to_integral_value() and int(value) in _YEARS


def _plain(value: Decimal) -> Decimal:
    """Without an exponent, which plural rules do not read, and without zeros that nobody wrote."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _scale_in(text: str, value: Decimal, language: str) -> Decimal | None:
    """By what the word after the digits multiplies them (1 without one); None where digits and value do not fit."""
    found = numerals.find(digits[0], language, set()) if (digits := _digits(text)) else []
    if len(found) != 1:
        return None
    scales = [scale for scale in _SCALES for reading in found[0].readings if reading * scale == value]
    return scales[0] if len(scales) == 1 else None


def _digits(text: str) -> re.Match[str] | None:
    return numerals.TOKEN.match(text)


def _number(text: str, old: Decimal, new: Decimal, language: str, *, grouped: bool) -> str | None:
    digits, scale = _digits(text), _scale_in(text, old, language)
    if digits is None or scale is None:
        return None
    value = new / scale
    if scale != 1:
        value = _plain(value)
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > _MOST_DECIMALS or value < 0:
        return None
    return _formatted(value, digits.group(), language, grouped=grouped) + text[digits.end() :]


def _formatted(value: Decimal, like: str, language: str, *, grouped: bool) -> str:
    """The digits in the language's writing, grouped where the old ones were or could not have been."""
    group, point = _MARKS[language]
    blanks = [sign for sign in like if sign in _BLANKS]
    whole, _, fraction = f"{value:f}".partition(".")
    old_whole = like if not blanks else like.replace(blanks[0], "")
    plain = re.match("[0-9]+", old_whole)
    if blanks:
        group = blanks[0]
    ungrouped = not blanks and plain is not None and len(plain.group()) > 3
    if len(whole) > 4 or (len(whole) == 4 and (blanks or group in like or grouped)):
        whole = whole if ungrouped else f"{int(whole):,}".replace(",", group)
    return f"{whole}{point}{fraction}" if fraction else whole


def _clock(text: str, old: ClockTime, new: ClockTime) -> str | None:
    found = _CLOCK.fullmatch(text)
    if found is None or (int(found[1]), int(found[3])) != (old.hour, old.minute):
        return None
    hour = f"{new.hour:02}" if found[1].startswith("0") or old.hour > 9 else f"{new.hour}"
    return f"{hour}{found[2]}{new.minute:02}"


def _date(text: str, old: CalendarDate, new: CalendarDate, language: str) -> str | None:
    if (bool(old.year), bool(old.day)) != (bool(new.year), bool(new.day)):
        return None
    if old.year and old.day and not _exists(new):
        return None
    if digits := _DIGITS_ONLY.fullmatch(text):
        return _numeric_date(text, digits[1], old, new)
    return _worded_date(text, old, new, language)


def _exists(day: CalendarDate) -> bool:
    return isinstance(day.whole(), date)


def _numeric_date(text: str, separator: str, old: CalendarDate, new: CalendarDate) -> str | None:
    """Part by part in the order of the old one; None where day and month could be either."""
    parts = text.split(separator)
    orders = [
        order
        for order in (("day", "month", "year"), ("month", "day", "year"), ("year", "month", "day"))
        if [int(part) for part in parts] == [getattr(old, name) for name in order]
    ]
    if len(orders) != 1 and separator != ".":
        return None
    padded = all(len(part) > 1 for part in parts)
    written = [str(getattr(new, name)) for name in orders[0]] if orders else []
    return separator.join(part.zfill(2) if padded else part for part in written) or None


def _worded_date(text: str, old: CalendarDate, new: CalendarDate, language: str) -> str | None:
    """The day, the month's name and the year, each exchanged where it stands; a name in another form is refused."""

    def number(match: re.Match[str]) -> str:
        value = int(match.group())
        return str({old.year: new.year, old.day: new.day}.get(value, value))

    def word(match: re.Match[str]) -> str:
        month = month_of(match.group(), language)
        if month is None or month.number != old.month or old.month == new.month:
            return match.group()
        return months.exchanged(match.group(), old.month, new.month, language) or "\0"

    if language == "en" and old.day != new.day and re.search(r"[0-9](?:st|nd|rd|th)", text):
        return None
    written = _WORD.sub(word, _DAY_OR_YEAR.sub(number, text))
    return None if "\0" in written else written
