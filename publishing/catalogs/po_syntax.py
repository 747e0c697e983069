"""The strict check of a PO file before polib sees it, and the file as polib reads it without loss.

polib drops an entry whose closing quote is missing, leaves escapes it does not know in the text, accepts
comments inside an entry, loses the last entry before a trailing `#~|` or empty `#:`, refuses `#comment` and
the flag lines `#=` of gettext 0.26, and copies a text again for every continuation line. So the grammar of
the gettext manual (section "PO Files") is checked here line by line, and what polib trips over is written in
the way that it reads rightly. Line numbers stay as they are: a joined or dropped line leaves an empty one.
"""

import re
from dataclasses import dataclass

from .errors import CatalogError, excerpt

MAX_UNITS = 50_000
MAX_COMMENT_LINES = 1_000  # per entry: polib's comments grow by copying

_QUOTED = r'"[^"\\]*(?:\\[nt"\\][^"\\]*)*"'
_STATEMENT = re.compile(rf"(?:([a-z_]+(?:\[[0-9]*\])?)[ \t]*)?({_QUOTED})\Z")
_WORD = re.compile(r"[a-z_]+(?:\[[0-9]*\])?(?=[ \t]*\"|[ \t]*\Z)")
_KNOWN = re.compile(rf"{_QUOTED[:-1]}")
# Since gettext 0.26 flags may stand in #= lines; the manual lets a reader take them for #, lines.
_MARKS = {"#.": "#.", "#:": "#:", "#,": "#,", "#=": "#,"}
_FOLLOWS = {"msgctxt": ("",), "msgid": ("", "msgctxt"), "msgstr": ("msgid",)}


@dataclass(frozen=True, slots=True)
class Checked:
    """`text` is what polib may read; `header` is the header's text, still escaped; `live` and `obsolete`
    count the units that polib must then have found, without the header."""

    text: str
    header: str
    live: int
    obsolete: int


def check(text: str) -> Checked:
    """Check the decoded text of a whole PO file. Raises CatalogError at the first line that is wrong."""
    checker = _Checker(text.split("\n"))
    return checker.run()


class _Checker:
    """One pass over the lines. `_word` is the last statement of the entry being read, "" between entries."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._out = [""] * len(lines)
        self._word = ""
        self._mark = ""  # "" or "#~ ": whether the entry being read is obsolete
        self._context = False
        self._header: str | None = None
        self._in_header = False
        self._counts = {"": 0, "#~ ": 0}
        self._comments = 0
        # The string that continuation lines still add to: its parts, its line, and what stands before it.
        self._parts: list[str] = []
        self._start = 0
        self._opening = ""

    def run(self) -> Checked:
        for number, raw in enumerate(self._lines):
            line = raw.strip(" \t")
            if not line:
                continue
            if line[0] != "#":
                self._statement(number, line, "")
            elif line[1:2] == "~":
                self._obsolete(number, line)
            elif line[1:2] == "|":
                self._previous(number, line)
            else:
                self._comment(number, line)
        self._close()
        if self._word:
            raise CatalogError("the file ends in the middle of a unit; it was cut off", len(self._lines))
        if self._header is None:
            raise CatalogError("no header: the first entry must have an empty msgid", 1)
        return Checked("\n".join(self._out), self._header, self._counts[""], self._counts["#~ "])

    def _comment(self, number: int, line: str) -> None:
        if self._word or self._opening:
            self._between(number, "a comment")
        self._comments += 1
        if self._comments > MAX_COMMENT_LINES:
            raise CatalogError(f"more than {MAX_COMMENT_LINES:,} comment lines before one unit", number + 1)
        mark = _MARKS.get(line[:2])
        if mark is None:
            self._out[number] = f"# {line[1:].removeprefix(' ')}"
        elif rest := line[2:].strip():
            # A unit of ours has one reference.
            self._out[number] = f"{mark} {rest.split(maxsplit=1)[0] if mark == '#:' else rest}"

    def _obsolete(self, number: int, line: str) -> None:
        if line[2:3] == "|":
            self._between(number, "a previous text")
        elif rest := line[2:].strip(" \t"):
            self._statement(number, rest, "#~ ")

    def _previous(self, number: int, line: str) -> None:
        rest = line[2:].strip(" \t")
        word, quoted = self._parse(number, rest)
        if self._word:
            self._between(number, "a previous text")
        if word in ("msgctxt", "msgid"):
            self._open(number, f"#| {word} ", quoted)
        elif word:
            raise CatalogError(_unknown(word), number + 1)
        else:
            self._continue(number, "#| ", quoted)

    def _statement(self, number: int, line: str, mark: str) -> None:
        word, quoted = self._parse(number, line)
        if not word:
            self._continue(number, mark, quoted)
            return
        self._close()
        if word not in _FOLLOWS:
            raise CatalogError(_unknown(word), number + 1)
        if self._word not in _FOLLOWS[word] or (self._word and self._mark != mark):
            raise CatalogError(f"{word} does not belong here; the unit above is not complete", number + 1)
        self._begin(number, word, mark)
        self._open(number, f"{mark}{word} ", quoted)

    def _begin(self, number: int, word: str, mark: str) -> None:
        if not self._word:
            self._mark, self._context, self._comments = mark, word == "msgctxt", 0
            self._counts[mark] += 1
            if sum(self._counts.values()) > MAX_UNITS + (self._header is None):
                raise CatalogError(f"more than {MAX_UNITS:,} units", number + 1)
        self._word = word

    def _open(self, number: int, opening: str, quoted: str) -> None:
        self._close()
        self._opening, self._start, self._parts = opening, number, [quoted[1:-1]]

    def _continue(self, number: int, mark: str, quoted: str) -> None:
        if not self._opening.startswith(mark or "msg"):
            raise CatalogError("a quoted line without msgid or msgstr before it", number + 1)
        self._parts.append(quoted[1:-1])

    def _between(self, number: int, what: str) -> None:
        self._close()
        if self._word:
            raise CatalogError(f"{what} in the middle of a unit", number + 1)

    def _close(self) -> None:
        """End the open string: it becomes one line for polib, and the entry's next part may come."""
        if not self._opening:
            return
        text, opening, self._opening = "".join(self._parts), self._opening, ""
        self._out[self._start] = f'{opening}"{text}"'
        if opening.endswith("msgid ") and not opening.startswith("#|"):
            self._check_source(text)
        elif opening.endswith("msgstr "):
            self._word = ""
            if self._in_header:
                self._header, self._in_header = text, False
                self._counts[""] -= 1

    def _check_source(self, text: str) -> None:
        first = self._header is None and not self._mark
        self._in_header = first and not text and not self._context
        if first and not self._in_header:
            raise CatalogError("no header: the first entry must have an empty msgid", self._start + 1)
        if not first and not text:
            raise CatalogError("an empty msgid after the header", self._start + 1)

    def _parse(self, number: int, line: str) -> tuple[str, str]:
        match = _STATEMENT.match(line)
        if match is None:
            raise CatalogError(_complaint(line), number + 1)
        return match.group(1) or "", match.group(2)


def _unknown(word: str) -> str:
    if word == "msgid_plural" or word.startswith("msgstr["):
        return "plural forms have no place in a catalog of prose; remove the unit"
    if word == "domain":
        return "the directive ‘domain’ is not supported; give each document its own file"
    return f"unknown keyword {excerpt(word)}"


def _complaint(line: str) -> str:
    """Why a line is neither comment nor statement, as precisely as can be said."""
    word = _WORD.match(line)
    rest = line[word.end() :].lstrip(" \t") if word else line
    if not rest.startswith('"'):
        return f"not a line of a PO file: {excerpt(line)}"
    known = _KNOWN.match(rest)
    remainder = rest[known.end() :] if known else ""
    if remainder.startswith("\\") and len(remainder) > 1:
        return f"the escape {excerpt(remainder[:2])} is not supported in a text"
    if remainder.startswith('"'):
        return "a quotation mark inside the text needs a backslash before it"
    return "the closing quotation mark is missing"
