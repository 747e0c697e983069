"""What is new in each language, as Atom and as RSS: the newest releases with their summaries.

Summaries and not whole texts: a withdrawn or corrected article has to change wherever it is read, and copies in
readers' programs do not (docs/decisions/0031). An entry's id is made from its document and language, and never
changes. Sources: RFC 4287 (Atom), RFC 9562 §5.5 (name-based UUIDs), RSS 2.0.11 (rssboard.org).
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from django.conf import settings
from django.db.models import Exists, Min, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import override
from lxml import etree

from publishing.languages import CODES
from publishing.models import Document, Edition, Release

from . import addresses, contexts
from .finished import Finished
from .xml import LANGUAGE, add, document

NEWEST = 50  # entries: some 30 KB, whatever the site holds
ATOM_TYPE = "application/atom+xml; charset=utf-8"
RSS_TYPE = "application/rss+xml; charset=utf-8"
ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
NAMESPACE = uuid.UUID("6f1b6a0c-5f0e-5c8e-9a3e-0d9a4b2f7c11")  # ours; other ids if it changed
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a feed."""

    identity: str
    title: str
    url: str
    summary: str
    authors: tuple[str, ...]
    translators: tuple[str, ...]
    published: datetime
    updated: datetime


def feeds() -> Iterator[Finished]:
    """Both feeds of every language."""
    for language in CODES:
        found = entries(language)
        yield Finished(addresses.atom(language), atom(language, found), language, content_type=ATOM_TYPE)
        yield Finished(addresses.rss(language), rss(language, found), language, content_type=RSS_TYPE)


def entries(language: str, newest: int | None = None) -> list[Entry]:
    """What readers of a language last got or got back, the newest first; in four queries whatever there is."""
    # As a condition and not as a join: so the newest are taken off the index by time, and the rest not looked at.
    ours = Edition.objects.filter(
        pk=OuterRef("edition"), language=language, document__kind=Document.Kind.ARTICLE
    )
    live = Release.objects.live().filter(Exists(ours)).order_by("-changed_at", "-pk")
    found = list(
        live.select_related("edition__document__article").defer("manifest", "source_texts")[
            : newest or NEWEST
        ]
    )
    first = dict(
        Release.objects.frozen()
        .filter(edition__in=[made.edition_id for made in found])
        .values_list("edition")
        .annotate(first=Min("released_at"))
        .order_by()
    )
    authors = contexts.authors_of([made.edition.document.article for made in found])
    return [
        _entry(made, language, first[made.edition_id], authors.get(made.edition.document.article.pk, []))
        for made in found
    ]


def _entry(made: Release, language: str, first: datetime, biographies: Sequence[dict[str, Release]]) -> Entry:
    is_translation = made.edition.document.source_language != language
    return Entry(
        identity=identity(f"{made.edition.document.key}/{language}"),
        title=made.title,
        url=addresses.absolute(addresses.article(language, made.edition.slug or "")),
        summary=made.summary or contexts.opening(made.body),
        authors=tuple(contexts.shown(releases, language).title for releases in biographies),
        translators=tuple(made.provenance.get("translators", [])) if is_translation else (),
        published=first,
        updated=made.changed_at or first,
    )


def identity(name: str) -> str:
    """The id of what has this name on the site: a URN that no slug and no host goes into."""
    return uuid.uuid5(NAMESPACE, name).urn


def atom(language: str, found: Sequence[Entry]) -> bytes:
    """The feed by RFC 4287."""
    root = etree.Element("feed", {LANGUAGE: language}, nsmap={None: ATOM})
    url = addresses.absolute(addresses.atom(language))
    add(root, "id", uuid.uuid5(uuid.NAMESPACE_URL, url).urn)
    add(root, "title", settings.SITE_NAME)
    add(root, "subtitle", _promise(language))
    add(root, "updated", _moment(max((entry.updated for entry in found), default=NEVER)))
    add(root, "link", rel="self", type="application/atom+xml", href=url)
    home = addresses.absolute(addresses.home(language))
    add(root, "link", rel="alternate", type="text/html", hreflang=language, href=home)
    add(add(root, "author"), "name", settings.SITE_NAME)
    for entry in found:
        _atom_entry(add(root, "entry"), entry, language)
    return document(root)


def _atom_entry(element: etree._Element, entry: Entry, language: str) -> None:
    add(element, "id", entry.identity)
    add(element, "title", entry.title)
    add(element, "link", rel="alternate", type="text/html", hreflang=language, href=entry.url)
    add(element, "published", _moment(entry.published))
    add(element, "updated", _moment(entry.updated))
    for name in entry.authors:
        add(add(element, "author"), "name", name)
    for name in entry.translators:
        add(add(element, "contributor"), "name", name)
    add(element, "summary", entry.summary)


def rss(language: str, found: Sequence[Entry]) -> bytes:
    """The feed by RSS 2.0; `guid` is the same id as in Atom, authors stand in Dublin Core's `creator`."""
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": ATOM, "dc": DUBLIN_CORE})
    channel = add(root, "channel")
    add(channel, "title", settings.SITE_NAME)
    add(channel, "link", addresses.absolute(addresses.home(language)))
    add(channel, "description", _promise(language))
    add(channel, "language", language)
    if found:
        add(channel, "lastBuildDate", format_datetime(max(entry.updated for entry in found)))
    url = addresses.absolute(addresses.rss(language))
    add(channel, f"{{{ATOM}}}link", rel="self", type="application/rss+xml", href=url)
    for entry in found:
        item = add(channel, "item")
        add(item, "title", entry.title)
        add(item, "link", entry.url)
        add(item, "guid", entry.identity, isPermaLink="false")
        add(item, "pubDate", format_datetime(entry.published))
        for name in entry.authors:
            add(item, f"{{{DUBLIN_CORE}}}creator", name)
        add(item, "description", entry.summary)
    return document(root)


def _promise(language: str) -> str:
    with override(language):
        return _("Nothing appears here in any language until people have approved it.")


def _moment(at: datetime) -> str:
    """RFC 3339, in UTC and whole seconds."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
