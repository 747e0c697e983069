"""A place where a sentence could end, and what stands on either side of it.

Every look is bounded, and is only taken when a rule asks: most places are settled by the next character.
"""

import re

from .abbreviations import Rules

LOOK_BACK = 90
"""How many characters before a place are looked at; clauses that only say when are shorter."""

MARKS_AROUND = "`\"'“”‘’«»„‚‹›([{<—–-*_#¿¡\u200b\u200e\u200f\u2060\ufeff"
"""What may stand directly before a word and is no part of it."""

_OPENING = re.compile(r"""["'`“”‘’«»„‚‹›(\[{¿¡*_\u200b-\u200f\u2060\ufeff…. \u00a0]*""")
_WORD = re.compile(r"[^\W\d_][\w’'-]{0,40}")


class Candidate:
    """A place where the sentence that began at `start` could end; `found` has marks, tail, note, bare and blank.

    stop: where the marks begin. first: where the next word, number or sign begins, behind opening quotation marks
    and brackets. before: the end of the sentence so far. token: what stands between its last blank and the marks,
    without opening marks; empty after a blank. (Plain attributes: a million characters a second allow no more.)
    """

    __slots__ = ("before", "end", "first", "found", "start", "stop", "text", "token")

    def __init__(self, text: str, start: int, end: int, found: re.Match[str]) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.found = found
        self.stop = found.start()
        opening = _OPENING.match(text, found.end(), end)
        self.first = opening.end() if opening else found.end()
        self.before = text[max(start, self.stop - LOOK_BACK) : self.stop]
        words = self.before[-40:].rsplit(None, 1)
        self.token = "" if not words or self.before[-1].isspace() else words[-1].lstrip(MARKS_AROUND)

    @property
    def lead(self) -> str:
        """What stands before the token, at most the look-back."""
        return self.before[: len(self.before) - len(self.token)]

    @property
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
        word = self.word
        if word not in rules.openers:
            return False
        follows = self.first + len(word)
        return len(word) > 1 or self.text[follows : follows + 1] != "."
