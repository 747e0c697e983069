"""A text's blocks into the HTML that a release freezes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from publishing.markup import rendering
from publishing.reports.texts import BlockText

ABOVE_THE_BODY = {"title", "summary", "name"}


def body(blocks: Sequence[BlockText], language: str) -> str:
    """The body in one language: everything below title, summary and name, its references tied to its notes."""
    with override(language):
        labels = {
            "notes": _("Notes"),
            "reference": _("Note %(number)s"),
            "back": _("Back to reference %(number)s in the text"),
        }
    rendered = [
        rendering.Rendered(block.block.kind, block.text, block.block.attributes, block.tags)
        for block in blocks
        if block.block.kind not in ABOVE_THE_BODY
    ]
    return rendering.body(rendered, language, labels=labels)
