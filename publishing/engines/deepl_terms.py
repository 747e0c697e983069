"""What DeepL is told about a translation, the same through either client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .base import Markup
from .configuration import FORMALITIES

SIZE_LIMIT: Final = 120_000  # bytes; the service takes requests of 128 KiB
SCHEMES: Final = ("xml", "literal", "corner", "split")
MARKUPS: Final[frozenset[Markup]] = frozenset({"plain", "xml"})

_TARGETS: Final = {"en": "EN-US"}  # plain EN is deprecated as a target
_FORMAL: Final = frozenset({"ru"})  # of our languages; the others refuse the parameter


def terms(source: str, target: str, markup: Markup, formality: str) -> Mapping[str, Any]:
    """The fields of a request beside its texts, named as in the protocol.

    Our elements stand inside of sentences: `x` is a mark without content, and none of them parts a text.
    """
    fields: dict[str, Any] = {
        "source_lang": source.upper(),
        "target_lang": _TARGETS.get(target, target.upper()),
    }
    if target in _FORMAL and formality != FORMALITIES[0]:
        fields["formality"] = formality
    if markup == "xml":
        fields |= {"tag_handling": "xml", "outline_detection": False, "ignore_tags": ["x"]}
    return fields
