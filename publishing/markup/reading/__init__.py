"""Reading a source file: pasted text or HTML into blocks, with a report of what was dropped and looks odd."""

from publishing.markup.reading.decoding import MAX_BYTES, decode
from publishing.markup.reading.hypertext import from_html
from publishing.markup.reading.pasted import from_text
from publishing.markup.reading.values import Biography, Dropped, Reading, Remark, UnreadableSource

__all__ = [
    "MAX_BYTES",
    "Biography",
    "Dropped",
    "Reading",
    "Remark",
    "UnreadableSource",
    "decode",
    "from_html",
    "from_text",
]
