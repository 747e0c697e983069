"""What the sentence rules know about each language: abbreviations by kind, and words that open a sentence.

One file per language holds the data; this one holds their shape. A kind says what a full stop after the
abbreviation can mean once the next word has a capital, a digit or a quotation mark before it; before a small
letter no full stop of ours ends a sentence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

NOTHING = re.compile(r"(?!)")


class Kind(Enum):
    """What the full stop after an abbreviation may be."""

    NEVER = "stands before a name or what it abbreviates: never an end"
    MAY = "an end only if the next word can be nothing but the start of a sentence"
    NUMBER = "an ordinary word too: no end before a number, an end before anything else"
    COMPANY = "a firm's legal form: an end before an opening word or a noun that a small letter follows"
    CLOCK = "a time of day: an end unless a day, a month or a time zone follows"
    ERA = "a year or a century: an end unless the words up to it only say when"
    STREET = "a kind of street: before its name never an end, after its name an end"
    MONEY = "a currency: an end unless its country follows"
    END = "closes a list or an amount: an end before any capital"


@dataclass(frozen=True, slots=True)
class Rules:
    """The data of one language. Words are compared exactly; `abbreviations` has them without the last stop.

    labels: words that number a heading at the start of a sentence ("Article 5. ...", one sentence).
    lettered: words after which a single letter is a label and no initial ("Vitamin C").
    not_openers: opening words that are surnames too, and so say nothing after an initial.
    followers: after CLOCK, COMPANY and MONEY, words that belong to what stands before the stop.
    speaker: what may follow a closing quotation mark within the sentence ("I asked").
    continues: what may follow a stop within a bibliographic reference ("Vol. 3").
    pronouns: single letters that are words and may well end a sentence.
    numerals: single letters that are numbers and no initials (Latin I in Cyrillic).
    when: the words that only say when, from the start of a clause up to an ERA or CLOCK abbreviation.
    verbs: what such words must not hold.
    joined: how a clause begins that is no afterthought ("but in ...").
    author: a surname in front of two initials, so that the initials may close a sentence.
    """

    abbreviations: Mapping[str, Kind]
    openers: frozenset[str]
    labels: frozenset[str]
    lettered: frozenset[str] = frozenset()
    not_openers: frozenset[str] = frozenset()
    followers: frozenset[str] = frozenset()
    ordinals: bool = False
    speaker: re.Pattern[str] = field(default=NOTHING)
    continues: re.Pattern[str] = field(default=NOTHING)
    pronouns: frozenset[str] = frozenset()
    numerals: frozenset[str] = frozenset()
    when: re.Pattern[str] = field(default=NOTHING)
    verbs: re.Pattern[str] = field(default=NOTHING)
    joined: re.Pattern[str] = field(default=NOTHING)
    author: re.Pattern[str] = field(default=NOTHING)


def table(**words: str) -> dict[str, Kind]:
    """Turn keyword lists of blank-separated abbreviations, named after kinds, into one lookup table."""
    found: dict[str, Kind] = {}
    for name, listed in words.items():
        for word in listed.split():
            found[word] = Kind[name.upper()]
    return found


def words(listed: str) -> frozenset[str]:
    """Turn blank-separated words into a set."""
    return frozenset(listed.split())
