"""What stands in the head of an article's page for machines: Open Graph, JSON-LD, the files beside the page.

Source: The Open Graph protocol (ogp.me), its `article` type and its arrays.
"""

import re
from html import unescape
from typing import Any

from publishing.languages.names import OPEN_GRAPH

from . import addresses, linked_data
from .facts import Facts

_IMAGE = re.compile(r'<img\b[^>]*?\bsrc="(/[^"]*)"')


def of_article(facts: Facts) -> dict[str, Any]:
    """The context that `reader/_article_head.html` is given."""
    image = _IMAGE.search(facts.made.body)
    return {
        "published_on": facts.published_on,
        "modified_at": facts.made.changed_at,
        "other_locales": [OPEN_GRAPH[code] for code in facts.siblings if code != facts.language],
        "image": addresses.absolute(unescape(image[1])) if image else "",
        "provenance_url": addresses.beside(facts.path, addresses.PROVENANCE),
        "linked_data": linked_data.script(linked_data.article(facts)),
    }
