"""References and notes linked both ways: ids, links and their accessible names."""

from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape

from publishing.markup import notes


class References:
    """Writes the references of one body and counts them, then the ways back from its notes.

    The first reference to note 7 is `ref-7`, the next `ref-7-2`; the note is `note-7`. A reference without a
    note, or inside a link, stays text.
    """

    def __init__(self, numbers: Iterable[int], labels: Mapping[str, str]) -> None:
        self._numbers = frozenset(numbers)
        self._labels = labels
        self._written: Counter[int] = Counter()
        self._noted: set[int] = set()

    def write(self, text: str, in_link: bool = False) -> str:
        """Return a run of plain text as HTML, its references as links."""
        parts, position = [], 0
        for reference in [] if in_link else notes.references(text):
            if reference.number in self._numbers:
                parts.append(escape(text[position : reference.start], quote=False))
                parts.append(self._link(reference.number))
                position = reference.end
        return "".join(parts) + escape(text[position:], quote=False)

    def note(self, number: int, html: str) -> str:
        """Return a note as a list item with a way back to each reference written so far."""
        # Of two notes with one number the first is the one that references lead to.
        first = number not in self._noted
        self._noted.add(number)
        ways = (
            "".join(self._way_back(number, nth) for nth in range(1, self._written[number] + 1))
            if first
            else ""
        )
        name = f' id="note-{number}"' if first else ""
        return f'<li{name} value="{number}">{html}{ways}</li>\n'

    def _link(self, number: int) -> str:
        self._written[number] += 1
        name = _name(number, self._written[number])
        return (
            f'<a class="reference" role="doc-noteref" href="#note-{number}" id="{name}"'
            f"{self._label('reference', number, self._written[number])}>[{number}]</a>"
        )

    def _way_back(self, number: int, nth: int) -> str:
        shown = "↩" if nth == 1 else f"↩<sup>{nth}</sup>"
        return (
            f' <a class="back" role="doc-backlink" href="#{_name(number, nth)}"'
            f"{self._label('back', number, nth)}>{shown}</a>"
        )

    def _label(self, label: str, number: int, nth: int) -> str:
        """Return the accessible name as an attribute; the nth of several says which it is."""
        template = self._labels.get(label, "")
        if not template:
            return ""
        text = template.replace("%(number)s", str(number))
        return f' aria-label="{escape(text if nth == 1 else f"{text} ({nth})")}"'


def _name(number: int, nth: int) -> str:
    return f"ref-{number}" if nth == 1 else f"ref-{number}-{nth}"
