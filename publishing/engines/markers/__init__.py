"""Marks on the way through an engine: placeholders (`<b1>…</b1>`, `<br3/>`) and references (`[7]`).

Engines eat, move and double them, each in its own way. So a text travels in one of several schemes, and what
comes back is put into the segment's notation again and counted:

| scheme | how a mark travels |
|---|---|
| literal | as it is |
| corner | as a number in corner brackets, ⟦2⟧, which few engines touch |
| email | in the shape of an e-mail address, which engines copy |
| html, xml | as elements that the engine is told to leave alone; the text is escaped |
| split | not at all: the stretches between marks travel one by one |
| bare | not at all: the draft comes without marks, and lists what is unplaced |

References at the very end of a sentence never travel; they are put back where they stood. Never used: words,
underscores and zero-width characters, which engines translate, drop or turn into blanks.
"""

from __future__ import annotations

from .marks import has_marks, needs_translation
from .protecting import SCHEMES, Protected, Unprotectable, ladder, protect
from .restoring import Restored, compared, restore

VERSION = 1

__all__ = [
    "SCHEMES",
    "VERSION",
    "Protected",
    "Restored",
    "Unprotectable",
    "compared",
    "has_marks",
    "ladder",
    "needs_translation",
    "protect",
    "restore",
]
