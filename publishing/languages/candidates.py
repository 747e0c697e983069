"""A place where a sentence could end, and what stands on either side of it.

Every look is bounded, and is only taken when a rule asks: most places are settled by the next character.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from .abbreviations import Rules

LOOK_BACK = 90
"""How many characters before a place are looked at; clauses that only say when are shorter."""

MARKS_AROUND = "`\"'“”‘’«»„‚‹›([{<—–-*_#¿¡\u200b\u200e\u200f\u2060\ufeff"
"""What may stand directly before a word and is no part of it."""

_OPENING = re.compile(r"""["'`“”‘’«»„‚‹›(\[{¿¡*_\u200b-\u200f\u2060\ufeff…. \u00a0]*""")
_WORD = re.compile(r"[^\W\d_][\w’'-]{0,40}")


@dataclass(frozen=True)
class Candidate:
    """A place where the sentence that began at `start` could end; `found` has marks, tail, note, bare and blank."""

    text: str
    start: int
    end: int
    found: re.Match[str]

    @cached_property
    def stop(self) -> int:
        """Where the marks begin."""
        return self.found.start()

    @cached_property
    def first(self) -> int:
        """Where the next word, number or sign begins, behind opening quotation marks and brackets."""
        match = _OPENING.match(self.text, self.found.end(), self.end)
        return match.end() if match else self.found.end()

    @cached_property
    def before(self) -> str:
        """The end of the sentence so far."""
        return self.text[max(self.start, self.stop - LOOK_BACK) : self.stop]

    @cached_property
    def token(self) -> str:
        """What stands between the last blank and the marks, without opening marks; empty after a blank."""
        tail = self.before[-40:]
        if not tail or tail[-1].isspace():
            return ""
        return tail.rsplit(None, 1)[-1].lstrip(MARKS_AROUND)

    @cached_property
    def lead(self) -> str:
        """What stands before the token, at most the look-back."""
        return self.before[: len(self.before) - len(self.token)]

    @cached_property
    def word(self) -> str:
        """The next word, empty if a number or sign comes next."""
        match = _WORD.match(self.text, self.first, self.end)
        return match.group() if match else ""

    @property
    def opens_sentence(self) -> bool:
        """Whether the token is the first thing in its sentence."""
        return self.stop - self.start <= LOOK_BACK and not self.lead.strip(MARKS_AROUND + " \u00a0\t\n\r")

    @property
    def word_before(self) -> str:
        """The word before the token."""
        words = self.lead.split()
        return words[-1].strip(MARKS_AROUND) if words else ""

    @property
    def closes_quotation(self) -> bool:
        """Whether a quotation mark follows the marks directly."""
        return any(mark in self.found["tail"] for mark in "”»\"'’")

    def opener(self, rules: Rules) -> bool:
        """Whether the next word can be nothing but the start of a sentence."""
        if self.word not in rules.openers:
            return False
        follows = self.first + len(self.word)
        return len(self.word) > 1 or self.text[follows : follows + 1] != "."
