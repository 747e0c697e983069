"""What the templates of article and list are given: functions of releases alone."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import Truncator

from publishing.languages import CODES
from publishing.languages.names import OWN_NAMES, name_of
from publishing.models import Article, Document, Release

from . import addresses

DESCRIPTION_CHARACTERS = 200


def live_releases(documents: Iterable[Document | int]) -> dict[int, dict[str, Release]]:
    """The live releases of documents: document id → language → release, in the site's order of languages."""
    found: dict[int, dict[str, Release]] = {}
    rows = Release.objects.live().filter(edition__document__in=list(documents))
    for made in sorted(
        rows.select_related("edition__document"), key=lambda made: CODES.index(made.edition.language)
    ):
        found.setdefault(made.edition.document_id, {})[made.edition.language] = made
    return found


def article_page(article: Article, made: Release) -> dict[str, Any]:
    """The context of `reader/article.html` for one release of an article."""
    language = made.edition.language
    authors = list(article.authors.order_by("authorship__position"))
    live = live_releases([article.document_id, *(author.document_id for author in authors)])
    siblings = live.get(article.document_id, {}) | {language: made}
    paths = {code: addresses.article(code, sibling.edition.slug) for code, sibling in siblings.items()}
    source = made.edition.document.source_language
    biographies = [shown(live[a.document_id], language) for a in authors if live.get(a.document_id)]
    return addresses.frame(language) | {
        "title": made.title,
        "description": made.summary or opening(made.body),
        "canonical": addresses.absolute(paths[language]),
        "alternates": addresses.alternates(paths, paths.get(source, paths[language])),
        "article": {
            "title": made.title,
            "summary": made.summary,
            "url": paths[language],
            "published_on": article.published_on,
            "original_address": article.original_address,
            "authors": [byline(release) for release in biographies],
            "body": made.body,
            "editions": choices(paths, language),
            "biographies": [biography(release, language) for release in biographies],
            "provenance": provenance(made, paths),
        },
    }


def shown(releases: dict[str, Release], language: str) -> Release:
    """The biography that a reader of the language gets: in it where released, else in its own, else any."""
    first = next(iter(releases.values()))
    return releases.get(language) or releases.get(first.edition.document.source_language) or first


def byline(release: Release) -> dict[str, Any]:
    return {"name": release.title, "language": release.edition.language, "url": None}


def choices(paths: dict[str, str], language: str) -> list[dict[str, Any]]:
    """The same page in its released languages, for the switcher and “also available in”."""
    return [
        {"code": code, "own_name": OWN_NAMES[code], "url": path, "is_current": code == language}
        for code, path in paths.items()
    ]


def biography(release: Release, language: str) -> dict[str, Any]:
    source = release.edition.document.source_language
    return {
        "name": release.title,
        "language": release.edition.language,
        "html": release.body,
        "is_translated": release.edition.language != source,
        "source_language_name": name_of(source, language),
    }


def provenance(made: Release, paths: dict[str, str]) -> dict[str, Any]:
    """How the text came to be: its source language, its drafting engines, who reviewed it, when it was released."""
    source = made.edition.document.source_language
    return {
        "is_translation": source != made.edition.language,
        "source_language": source,
        "source_language_name": name_of(source, made.edition.language),
        "source_url": paths.get(source),
        "released_on": made.released_at.date(),
        "reviewers": made.provenance.get("reviewers", []),
        "engines": made.provenance.get("engines", []),
    }


def opening(body: str) -> str:
    """The beginning of a body as plain text, for descriptions and lists without a summary."""
    first = body.partition("</p>")[0]
    return Truncator(" ".join(strip_tags(first).split())).chars(DESCRIPTION_CHARACTERS)


def list_page(language: str, articles: Sequence[tuple[Article, dict[str, Release]]]) -> dict[str, Any]:
    """The context of `reader/article_list.html`: what is released in the language, newest first."""
    frame = addresses.frame(language)
    homes = {code: addresses.home(code) for code in CODES}
    return frame | {
        "title": frame["site_name"],
        "description": "",
        "canonical": addresses.absolute(homes[language]),
        "alternates": addresses.alternates(homes, "/"),
        "articles": [_entry(article, language, releases) for article, releases in articles],
    }


def _entry(article: Article, language: str, releases: dict[str, Release]) -> dict[str, Any]:
    made = releases[language]
    paths = {code: addresses.article(code, sibling.edition.slug) for code, sibling in releases.items()}
    return {
        "title": made.title,
        "url": paths[language],
        "published_on": article.published_on,
        "summary": made.summary or opening(made.body),
        "authors": [],
        "languages": choices(paths, language),
    }
