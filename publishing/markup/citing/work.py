"""What is cited: a work with its people, its dates and, of a translation, its original."""

from dataclasses import dataclass
from datetime import date

from publishing.languages import casing


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name, parted: bibliographies begin with the family's name."""

    given: str
    family: str

    @classmethod
    def of(cls, written: str, language: str = "") -> "Name":
        """The name as a byline has it, parted. Raises UnknownLanguage.

        The family's name is what is written in capitals (Elcan TOKMAK), else the last word. Capitals become
        small by the rules of the language that the name is from, and stay where that is not known.
        """
        words = written.split()
        capitals = [word for word in words if len(word) > 1 and word.isupper()]
        if not capitals or len(capitals) == len(words):
            capitals = words[-1:]
        family = " ".join(_small(word, language) for word in capitals)
        given = (word for word in words if word not in capitals)
        return cls(" ".join(_small(word, language) for word in given), family)

    @property
    def inverted(self) -> str:
        """“Tokmak, Elcan”."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def initials(self) -> str:
        """“E.”; both parts of “Jean-Paul” count: “J.-P.”."""
        parts = [
            "-".join(f"{piece[0]}." for piece in word.split("-") if piece) for word in self.given.split()
        ]
        return " ".join(parts)


def _small(word: str, language: str) -> str:
    if not language or not word.isupper() or len(word) < 2:
        return word
    return "-".join(casing.capitalise(casing.lower(piece, language), language) for piece in word.split("-"))


@dataclass(frozen=True, slots=True)
class Work:
    """An article on the site. `key` names it among others; what is not known is empty or None."""

    key: str
    title: str
    language: str
    url: str
    publisher: str
    authors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    published_on: date | None = None
    summary: str = ""
    source_language: str = ""
    original_title: str = ""
    original_published_on: date | None = None
    original_url: str = ""
