"""Mistakes put into correct translations, one at a time, each with the code and the place where it must be found."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publishing.quality.reduplication import MEANT
from publishing.quality.text import Text
from tests.crafts.quality.parallel import Correct

NUMERIC = frozenset({"numbers", "dates"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """A target with one mistake: what was done, the codes of which one must come, and where."""

    kind: str
    target: str
    codes: frozenset[str]
    start: int
    end: int


LOOKALIKES = {
    "ru": dict(zip("аеорсухАВЕКМНОРСТХ", "aeopcyxABEKMHOPCTX", strict=True)),
    "en": dict(zip("aeopcyxABEKMHOPCTX", "аеорсухАВЕКМНОРСТХ", strict=True)),
}
LOOKALIKES["tr"] = LOOKALIKES["en"]
MONTHS = {
    "en": re.compile(r"\b(?:January|February|September|October|November|December|June|July)\b"),
    "tr": re.compile(r"\b(?:Ocak|Şubat|Eylül|Ekim|Kasım|Aralık|Haziran|Temmuz)(?= [0-9]{4}|['’][dt][ea])"),
    "ru": re.compile(r"\b(?:января|февраля|сентября|октября|ноября|декабря|июня|июля)\b"),
}
OTHER_MONTH = {"en": "April", "tr": "Nisan", "ru": "апреля"}


def _replace(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _missing(kind: str, target: str, *codes: str) -> Mutant:
    return Mutant(kind, target, frozenset(codes), len(target), len(target))


def references(pair: Correct) -> Iterator[Mutant]:
    for mark in Text(pair.target, pair.target_language).references:
        start, end = mark.span()
        yield _missing("reference dropped", _replace(pair.target, start, end, ""), "references")
        doubled = _replace(pair.target, end, end, mark.group())
        yield Mutant("reference doubled", doubled, frozenset({"references"}), end, end + len(mark.group()))
        changed = _replace(pair.target, start, end, "[87]")
        yield Mutant("reference changed", changed, frozenset({"references"}), start, start + 4)


def placeholders(pair: Correct) -> Iterator[Mutant]:
    tags = Text(pair.target, pair.target_language).tags
    for tag in tags:
        yield _missing("placeholder dropped", _replace(pair.target, *tag.span(), ""), "placeholders")
    closing = [tag for tag in tags if tag.group().startswith("</")]
    opening = [tag for tag in tags if not tag.group().startswith("</") and not tag.group().endswith("/>")]
    if opening and closing:
        first = opening[0]
        shut = next(tag for tag in closing if tag.group()[2:] == first.group()[1:])
        crossed = _replace(pair.target, *shut.span(), first.group())
        crossed = _replace(crossed, *first.span(), shut.group())
        yield Mutant("placeholder crossed", crossed, frozenset({"placeholders"}), 0, len(crossed))


def digits(pair: Correct) -> Iterator[Mutant]:
    text = Text(pair.target, pair.target_language)
    soft = re.compile(r"(?:COVID-|24/|/24|/7|7/)$|(?:m³|м³)")
    for number in re.finditer(r"[0-9]+(?:[.,:][0-9]+)*", text.masked):
        start, end = number.span()
        if soft.search(pair.target[max(0, start - 6) : start]) or pair.target[end : end + 3] in {
            "/24",
            "/7,",
        }:
            continue
        token = number.group()
        for index, digit in enumerate(token):
            if digit.isdigit():
                other = str((int(digit) + 3) % 10)
                changed = token[:index] + other + token[index + 1 :]
                yield _number("digit changed", pair.target, start, end, changed)
            if digit.isdigit() and token[index + 1 : index + 2].isdigit() and digit != token[index + 1]:
                swapped = token[:index] + token[index + 1] + digit + token[index + 2 :]
                if not swapped.startswith("0") or token.startswith("0"):
                    yield _number("digits swapped", pair.target, start, end, swapped)
        date = re.fullmatch(r"([0-9]{2})\.([0-9]{2})(\.[0-9]{4})", token)
        if date and date.group(1) != date.group(2):
            swapped = date.group(2) + "." + date.group(1) + date.group(3)
            yield Mutant(
                "day and month swapped",
                _replace(pair.target, start, end, swapped),
                frozenset({"dates"}),
                start,
                end,
            )


def _number(kind: str, target: str, start: int, end: int, new: str) -> Mutant:
    return Mutant(kind, _replace(target, start, end, new), NUMERIC, start, end)


def months(pair: Correct) -> Iterator[Mutant]:
    for month in MONTHS[pair.target_language].finditer(pair.target):
        new = OTHER_MONTH[pair.target_language]
        changed = _replace(pair.target, *month.span(), new)
        yield Mutant("month changed", changed, frozenset({"dates"}), month.start(), month.start() + len(new))


def lookalikes(pair: Correct) -> Iterator[Mutant]:
    table = LOOKALIKES[pair.target_language]
    for word in re.finditer(r"[^\W\d_]{2,}", Text(pair.target, pair.target_language).masked):
        same = "[А-Яа-яЁё]" if pair.target_language == "ru" else "[A-Za-zÇĞİÖŞÜçğıöşü]"
        for index, letter in enumerate(word.group()):
            rest = word.group()[:index] + word.group()[index + 1 :]
            if letter in table and re.search(same, rest):
                place = word.start() + index
                changed = _replace(pair.target, place, place + 1, table[letter])
                yield Mutant("look-alike letter", changed, frozenset({"mixed_script"}), *word.span())
                break


def words(pair: Correct) -> Iterator[Mutant]:
    meant = MEANT[pair.target_language]
    for word in Text(pair.target, pair.target_language).words:
        if (
            not word.text.isalpha()
            or word.text.lower() in meant
            or (len(word.text) == 1 and word.text.isupper())
        ):
            continue
        for blank in (" ", "\u00a0"):
            doubled = _replace(pair.target, word.end, word.end, blank + word.text.lower())
            end = word.end + 1 + len(word.text)
            yield Mutant("word doubled", doubled, frozenset({"doubled_word"}), word.start, end)


def spaces(pair: Correct) -> Iterator[Mutant]:
    codes = frozenset({"spaces"})
    for blank in re.finditer(" ", pair.target):
        start = blank.start()
        for more in (" ", "\u00a0"):
            yield Mutant("space doubled", _replace(pair.target, start, start, more), codes, start, start + 2)
    for mark in re.finditer(r"(?<=[^\W\d_])[,;?](?= )", pair.target):
        start = mark.start()
        yield Mutant("space before a mark", _replace(pair.target, start, start, " "), codes, start, start + 1)
    masked = Text(pair.target, pair.target_language).masked
    for gap in re.finditer(r"(?<=[^\W\d_]{2}[,;:]) (?=[^\W\d_]{2})", masked):
        start = gap.start()
        yield Mutant("space missing", _replace(pair.target, start, start + 1, ""), codes, start - 1, start)


def quotes(pair: Correct) -> Iterator[Mutant]:
    codes = frozenset({"quotes"})
    for mark in re.finditer("[“”«»]", pair.target):
        yield Mutant("quote lost", _replace(pair.target, *mark.span(), ""), codes, 0, len(pair.target))
    if pair.target_language == "ru":
        for quote in re.finditer("«([^«»]*[а-яё][^«»]*)»", pair.target):
            for opening, closing in ("“”", '""'):
                changed = _replace(pair.target, *quote.span(), opening + quote.group(1) + closing)
                yield Mutant("quotes of another language", changed, codes, *quote.span())
    else:
        for quote in re.finditer("“([^“”]*)”", pair.target):
            changed = _replace(pair.target, *quote.span(), "«" + quote.group(1) + "»")
            yield Mutant("quotes of another language", changed, codes, *quote.span())


def whole(pair: Correct) -> Iterator[Mutant]:
    yield Mutant("emptied", "", frozenset({"empty"}), 0, 0)
    yield Mutant("blanked", " \u00a0", frozenset({"empty"}), 0, 2)
    words = re.findall(r"[^\W\d_]+", pair.source)
    source = Text(pair.source, pair.source_language)
    if sum(1 for word in words if word.islower()) >= 2 and not source.note and not source.citation:
        copied = frozenset({"untranslated", "wrong_script"})
        yield Mutant("source copied", pair.source, copied, 0, len(pair.source))
    if re.search(r"[^\W\d_]{4}\.$", pair.target) and pair.source.endswith("."):
        cut = pair.target[:-1]
        yield Mutant("full stop lost", cut, frozenset({"end_punctuation"}), len(cut), len(cut))


MUTATORS: tuple[Callable[[Correct], Iterator[Mutant]], ...] = (
    references,
    placeholders,
    digits,
    months,
    lookalikes,
    words,
    spaces,
    quotes,
    whole,
)


def mutants(pair: Correct) -> Iterator[Mutant]:
    """Every mutant of a pair."""
    for mutate in MUTATORS:
        yield from mutate(pair)
