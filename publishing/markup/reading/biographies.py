"""Recognising an author's biography: a paragraph at the end of an article that opens with a person's name."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from publishing.markup import placeholders
from publishing.markup.blocks import WHITE_SPACE, Block

_TITLE_WORDS: Final = """
    dr dr. prof prof. doç. yrd. öğr. gör. üyesi arş. uzm. av. op. mr. mrs. ms. assoc. assist. asst. ph.d.
    emekli büyükelçi ambassador gen. д-р проф. профессор доктор доцент
"""
_PARTICLES: Final = frozenset({"van", "von", "de", "der", "da", "di", "del", "la", "bin", "ibn", "el", "al"})
_OPENING_WORDS: Final = """
    in on at as by for from to of with since after before the a an this that these when while if bu şu o
    bir ve ile için son ancak в во на по от из для при за о об с к и а но это
"""
_TITLES: Final = frozenset(_TITLE_WORDS.split())
_NEVER_GIVEN: Final = frozenset(_OPENING_WORDS.split())
_BLANKS: Final = re.compile(f"[{WHITE_SPACE}]+")
_SUFFIX: Final = re.compile(r"['’](?=[^\W\d_]+$)")
_VERBS: Final = frozenset(
    {"is", "was", "has", "holds", "works", "studied", "graduated", "received", "completed"}
)
_DASHES: Final = frozenset({"-", "–", "—"})
_LONGEST_NAME: Final = 5


def opening_name(text: str, *, foreign: bool = False) -> str | None:
    """Return the person's name that the text opens with, without academic titles, or None.

    Certain is `Given SURNAME`. `Given Surname` counts where a comma, a dash or a verb of biographies follows,
    or where the text is `foreign`, in another language than the article.
    """
    words = [word for word in _BLANKS.split(text[:300]) if word]
    while words and words[0].lower() in _TITLES:
        del words[0]
    name, rest = _capitalised(words)
    surname = next((place for place, word in enumerate(name) if place and _shouted(word)), None)
    if surname is not None:
        name = [*name[:surname], *_while_shouted(name[surname:])]
    elif not (foreign or _continues_like_a_biography(rest)):
        return None
    named = [word.rstrip(",:;(") for word in name]
    if not 2 <= len(named) <= _LONGEST_NAME or named[0].lower() in _NEVER_GIVEN or _shouted(named[0]):
        return None
    return " ".join(named)


def _capitalised(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the capitalised words that the list begins with, the last without its suffix, and the rest."""
    name: list[str] = []
    for place, word in enumerate(words):
        core = word.rstrip(",:;")
        parts = _SUFFIX.split(core)
        suffixed = len(parts) > 1 and parts[1].islower()
        if not (core[:1].isupper() or (name and core in _PARTICLES)) or re.search(r"\d", core):
            return name, words[place:]
        name.append(parts[0] if suffixed else core)
        if suffixed or core != word:
            return name, [word[-1], *words[place + 1 :]]
    return name, []


def _shouted(word: str) -> bool:
    return word.isupper() and len(word.strip(".")) > 1


def _while_shouted(words: list[str]) -> Iterator[str]:
    for word in words:
        if not _shouted(word):
            return
        yield word


def _continues_like_a_biography(rest: list[str]) -> bool:
    return bool(rest) and (rest[0] == "," or rest[0] in _DASHES or rest[0] in _VERBS or rest[0][:1] == "(")


def gather(blocks: Iterable[Block], *, foreign: bool) -> tuple[list[Block], list[tuple[str, list[Block]]]]:
    """Part the paragraphs at an article's end: those before any name, then (name, blocks) per biography.

    A paragraph that is nothing but the name gives the name block and no paragraph; one that opens with the
    same name again belongs to the same biography.
    """
    before: list[Block] = []
    found: list[tuple[str, list[Block]]] = []
    for block in blocks:
        text = placeholders.plain(block.text, block.markup)
        name = opening_name(text, foreign=foreign) if block.kind == "paragraph" else None
        if name and not (found and found[-1][0] == name):
            found.append((name, [Block("name", name)]))
        if not found:
            before.append(block)
        elif text.strip(WHITE_SPACE) != name:
            found[-1][1].append(block)
    return before, found
