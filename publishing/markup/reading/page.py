"""A web page before its blocks are read: parsed within bounds, its furniture dropped, its metadata taken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from publishing.languages import CODES
from publishing.markup import sanitise
from publishing.markup.blocks import UNSEEN
from publishing.markup.reading.assembling import Metadata
from publishing.markup.reading.furniture import ACTIVE, HIDDEN, NAVIGATION, SHARING, SIMILAR, SWITCHER
from publishing.markup.reading.values import Dropped, UnreadableSource

MAX_TAGS: Final = 200_000
"""More tags than any article has; each costs memory many times its own length."""
LONGEST_REPORT: Final = 200

_ACTIVE: Final = frozenset(
    {
        *(
            "script",
            "style",
            "template",
            "noscript",
            "iframe",
            "frame",
            "frameset",
            "object",
            "embed",
            "applet",
        ),
        *("form", "button", "input", "select", "textarea", "dialog", "map"),
        *("svg", "math", "canvas", "audio", "video"),
    }
)
_NAVIGATION: Final = ("nav", "aside", "menu")
_ROLES: Final = frozenset({"navigation", "complementary", "search", "banner", "contentinfo", "dialog"})
_CLASSES: Final = {
    SIMILAR: re.compile(
        r"(?:jp-)?related(?:-?posts?|-articles?|-content|posts)?|similar(?:-?posts?)?|yarpp.*"
    ),
    SHARING: re.compile(
        r"(?:(?:td|jp|et|wp|post|entry|article|block|single)[-_])*(?:sharing|share|social)(?:[-_].*)?|sharedaddy|"
        r"addtoany.*|a2a_.*"
    ),
    SWITCHER: re.compile(r"wpml-.*|lang(?:uage)?[-_](?:switcher|selector|chooser|list).*|qtranxs.*|pll-.*"),
    NAVIGATION: re.compile(
        r"breadcrumbs?|comments?(?:-area|-list|-respond)?|sidebar|widget|widget-area|newsletter|subscribe|"
        r"cookie(?:[-_].*)?|advert.*|ads?|print(?:friendly|-link|-button)?|post-navigation|nav-links|pagination|"
        r"skip-link|post-tags|tags-links|entry-footer|site-(?:header|footer)|"
        # Byline, date and counters: the site prints them from its own data, and so do we.
        r"(?:td-)?(?:post|entry|module|article)-(?:meta|meta-info|byline|date|views|author-name)|byline|posted-on"
    ),
}
_STATED: Final = frozenset({"html", "body", "article", "main"})
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: the whole tree, the element that holds the article, what was dropped, what it states."""

    tree: HtmlElement
    article: HtmlElement
    dropped: list[Dropped]
    metadata: Metadata


def parse(html: str) -> Page:
    """Return the page; raise UnreadableSource for what is too deep, too large, or no HTML."""
    if "<" not in html:
        raise UnreadableSource("The source has no HTML tag in it: use --format text.")
    if html.count("<") > MAX_TAGS:
        raise UnreadableSource(f"The page has more than {MAX_TAGS:,} tags; no article has so many.")
    parser = HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        tree = document_fromstring(html.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableSource(f"The source cannot be read as HTML: {str(error).splitlines()[0]}.") from None
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            what = (
                "nests its elements too deeply"
                if "depth" in entry.message
                else "is too large to parse safely"
            )
            raise UnreadableSource(f"The page {what} (line {entry.line}).")
    metadata = _metadata(tree)
    dropped = list(_drop_furniture(tree))
    return Page(tree, _article(tree), dropped, metadata)


def described(element: HtmlElement) -> str:
    """Return an element's text for a report, on one line and not too long; without text, its tag."""
    text = _BLANKS.sub(" ", element.text_content()).strip(UNSEEN)
    return text[:LONGEST_REPORT] if text and element.tag not in {"script", "style"} else f"<{element.tag}>"


def _drop_furniture(tree: HtmlElement) -> Iterator[Dropped]:
    """Take everything that is no article out of the tree and yield what it was."""
    for element in list(tree.iter(etree.Element)):
        reason = _reason(element)
        if reason and element.getparent() is not None and element.getroottree().getroot() is tree:
            yield Dropped(element.sourceline or 1, described(element), reason)
            element.drop_tree()


def _reason(element: HtmlElement) -> str | None:
    tag = element.tag
    if tag in _ACTIVE:
        return ACTIVE
    if tag in _STATED or tag == "head":
        return None
    if tag in _NAVIGATION or element.get("role") in _ROLES:
        return NAVIGATION
    if tag in {"header", "footer"} and not any(True for _ in element.iterancestors("article", "main")):
        return NAVIGATION if element.find(".//h1") is None else None
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return HIDDEN
    names = [*element.get("class", "").lower().split(), element.get("id", "").lower()]
    return next(
        (reason for reason, known in _CLASSES.items() if any(known.fullmatch(name) for name in names)), None
    )


def _article(tree: HtmlElement) -> HtmlElement:
    """Return the element that holds the article: the longest <article>, else <main>, else the whole body."""
    for tag in ("article", "main"):
        found = list(tree.iter(tag))
        if found:
            return max(found, key=lambda element: len(element.text_content()))
    body = tree.find("body")
    return tree if body is None else body


def _metadata(tree: HtmlElement) -> Metadata:
    language = tree.get("lang", "").lower()[:2]
    address = _first(tree, "//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")
    published = _first(
        tree,
        "//meta[@property='article:published_time']/@content",
        "//meta[@itemprop='datePublished']/@content",
        "//time[@itemprop='datePublished' or contains(@class, 'published')]/@datetime",
    )
    return Metadata(
        language=language if language in CODES else None,
        original_address=_web_address(address),
        published_on=_day(published),
        title=_first(tree, "//meta[@property='og:title']/@content", "//title/text()"),
    )


def _first(tree: HtmlElement, *paths: str) -> str:
    """Return the first value that one of the paths finds, or nothing."""
    values = (str(value).strip(UNSEEN) for path in paths for value in tree.xpath(path))
    return next((value for value in values if value), "")


def _web_address(value: str) -> str | None:
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return sanitise.address(value) if parts.scheme in {"http", "https"} and parts.netloc else None


def _day(value: str) -> date | None:
    """Return the day of an ISO 8601 time, as written, in the page's own time zone."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
