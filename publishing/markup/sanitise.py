"""What may stand in HTML that readers get: allow-lists for addresses coming in and for a body going out.

On the way in nothing is copied: the reader of HTML builds blocks and tags of its own and asks `address` about
each link and image. On the way out `body` passes the finished HTML through nh3 once more.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urljoin

import nh3

SCHEMES: Final = frozenset({"http", "https", "mailto"})
LONGEST_ADDRESS: Final = 2000
"""Longer addresses work in few programs and carry tracking or data, never an article's link."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SCHEME: Final = re.compile(r"([^/?#]*?):")

_TAGS: Final = frozenset(
    {
        *("div", "section", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote"),
        *("figure", "figcaption", "img", "table", "caption", "tbody", "tr", "th", "td"),
        *("a", "abbr", "b", "br", "cite", "code", "i", "q", "span", "sub", "sup", "u"),
    }
)
_CLASSES: Final = frozenset({"text", "summary", "notes", "reference", "back", "meant", "name"})
_EVERYWHERE: Final = {"lang", "class"}
_ATTRIBUTES: Final = {
    "a": {"href", "id", "role", "aria-label"},
    "img": {"src", "alt", "width", "height"},
    "li": {"id", "value"},
    "ol": {"start"},
    "section": {"role", "aria-label"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_ROLES: Final = frozenset({"doc-noteref", "doc-backlink", "doc-endnotes"})
_ANCHOR: Final = re.compile(r"(?:ref|note)-[0-9]{1,3}(?:-[0-9]{1,6})?")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
_NUMBER: Final = re.compile(r"[0-9]{1,5}")


def address(value: str, base: str | None = None) -> str | None:
    """Return an address that is safe to link to, or None.

    Allowed are http, https, mailto, relative addresses and fragments. With a `base` (the page's own address)
    relative ones become absolute; `//host/…` always does.
    """
    cleaned = _CONTROL.sub("", value).strip()
    if not cleaned or len(cleaned) > LONGEST_ADDRESS or cleaned.lstrip("/").startswith("\\"):
        return None
    scheme = _SCHEME.match(cleaned)
    if scheme and scheme[1].lower() not in SCHEMES:
        return None
    if cleaned.startswith("//"):
        return "https:" + cleaned
    if base and not scheme and not cleaned.startswith("#"):
        try:
            return urljoin(base, cleaned)
        except ValueError:
            return None
    return cleaned


def language_tag(value: str) -> str | None:
    """Return a `lang` attribute's value if it looks like a language tag (BCP 47, simplified), or None."""
    return value if _LANGUAGE.fullmatch(value) else None


def _allowed(_tag: str, attribute: str, value: str) -> str | None:
    """Return an attribute's value if it is one that rendering writes, or None to drop the attribute."""
    return _CHECKS.get(attribute, _number)(value)


def _number(value: str) -> str | None:
    return value if _NUMBER.fullmatch(value) else None


_CHECKS: Final[Mapping[str, Callable[[str], str | None]]] = {
    "href": address,
    "src": address,
    "lang": language_tag,
    "class": lambda value: value if value in _CLASSES else None,
    "role": lambda value: value if value in _ROLES else None,
    "id": lambda value: value if _ANCHOR.fullmatch(value) else None,
    "alt": str,
    "aria-label": str,
}

_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags={"script", "style"},
    attributes={tag: _EVERYWHERE | _ATTRIBUTES.get(tag, set()) for tag in _TAGS},
    attribute_filter=_allowed,
    url_schemes=set(SCHEMES),
    link_rel=None,
    strip_comments=True,
)


def body(html: str) -> str:
    """Return the HTML with nothing in it but what a released body is made of; U+00A0 stays a character."""
    # nh3 writes the no-break space as an entity that XML (feeds) does not know.
    return _CLEANER.clean(html).replace("&nbsp;", "\u00a0")
