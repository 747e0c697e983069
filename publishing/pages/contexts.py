"""What the templates of article and list are given: functions of releases alone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from publishing.languages import CODES, reading
from publishing.languages.names import OWN_NAMES, name_of
from publishing.models import Article, Authorship, Document, Release

from . import addresses, citing, feedback, head, sharing, similar, topic_links
from .facts import Facts, first_released, in_preparation, local_day

DESCRIPTION_CHARACTERS = 200
REFERENCES = re.compile(r"\s*\[\d{1,3}\]")


def live_releases(documents: Iterable[Document | int]) -> dict[int, dict[str, Release]]:
    """The live releases of documents: document id → language → release, in the site's order of languages."""
    found: dict[int, dict[str, Release]] = {}
    rows = Release.objects.live().filter(edition__document__in=list(documents))
    for made in sorted(
        rows.select_related("edition__document"), key=lambda made: CODES.index(made.edition.language)
    ):
        found.setdefault(made.edition.document_id, {})[made.edition.language] = made
    return found


def facts_of(article: Article, made: Release) -> Facts:
    """What the page of a release is made of; five queries."""
    authors = list(article.authors.order_by("authorship__position"))
    live = live_releases([article.document_id, *(author.document_id for author in authors)])
    siblings = live.get(article.document_id, {}) | {made.edition.language: made}
    return Facts(
        article=article,
        made=made,
        siblings={code: siblings[code] for code in CODES if code in siblings},
        biographies=tuple(
            shown(live[author.document_id], made.edition.language)
            for author in authors
            if live.get(author.document_id)
        ),
        first_at=first_released(article.document_id),
        preparing=in_preparation(article.document_id),
    )


def article_page(facts: Facts) -> dict[str, Any]:
    """The context of `reader/article.html` for one release of an article."""
    made, language, paths = facts.made, facts.language, facts.paths
    return addresses.frame(language) | {
        "title": made.title,
        "description": made.summary or opening(made.body),
        "canonical": facts.url,
        "alternates": addresses.alternates(paths, paths.get(facts.source, facts.path)),
        "head": head.of_article(facts),
        "report": feedback.form(made),
        "article": {
            "title": made.title,
            "summary": made.summary,
            "url": facts.path,
            "published_on": facts.article.published_on,
            "original_address": facts.article.original_address,
            "authors": [byline(release, language) for release in facts.biographies],
            "topics": topic_links.of_article(facts.article, language),
            "body": made.body,
            "editions": choices(paths, language),
            "preparing": preparing(facts.preparing),
            "minutes": reading.minutes(facts.words, language),
            "citation": citing.shown(facts),
            "share": sharing.links(facts),
            "biographies": [biography(release, language) for release in facts.biographies],
            "provenance": provenance(made, paths),
            "corrections": corrections(made),
            "similar": similar.of_release(made),
            "original_corrected_on": local_day(made.original_corrected_at),
        },
    }


def biographies_beside(made: Release) -> tuple[Release, ...]:
    """The biographies that the page of an article's release shows, as releases."""
    authors = Authorship.objects.filter(article__document=made.edition.document_id)
    live = live_releases(authors.values_list("author__document", flat=True))
    return tuple(shown(releases, made.edition.language) for releases in live.values())


def shown(releases: dict[str, Release], language: str) -> Release:
    """The biography that a reader of the language gets: in it where released, else in its own, else any."""
    first = next(iter(releases.values()))
    return releases.get(language) or releases.get(first.edition.document.source_language) or first


def byline(release: Release, language: str) -> dict[str, Any]:
    """An author's name, and their page in the page's language; from their biography."""
    slug = (release.edition.slug or "").rpartition("/")[2]
    return {
        "name": release.title,
        "language": release.edition.language,
        "url": addresses.author(language, slug) if slug else None,
    }


def choices(paths: dict[str, str], language: str) -> list[dict[str, Any]]:
    """The same page in its released languages, for the switcher and “also available in”."""
    return [
        {"code": code, "own_name": OWN_NAMES[code], "url": path, "is_current": code == language}
        for code, path in paths.items()
    ]


def preparing(languages: Iterable[str]) -> list[dict[str, str]]:
    """Languages that are in preparation, each named in itself: no links, for there is nothing to read yet."""
    return [{"code": code, "own_name": OWN_NAMES[code]} for code in languages]


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
        "released_on": local_day(made.released_at),
        "translators": made.provenance.get("translators", []),
        "reviewers": made.provenance.get("reviewers", []),
        "engines": made.provenance.get("engines", []),
    }


def corrections(made: Release) -> list[dict[str, Any]]:
    """What readers are told of corrections, the newest first, each with its day."""
    return [
        {"on": local_day(datetime.fromisoformat(each["at"])), "text": each["text"]}
        for each in made.corrections
    ]


def opening(body: str) -> str:
    """The beginning of a body as plain text, for descriptions and lists without a summary."""
    first = body.partition("</p>")[0]
    text = REFERENCES.sub("", unescape(" ".join(strip_tags(first).split())))
    if len(text) <= DESCRIPTION_CHARACTERS:
        return text
    return text[:DESCRIPTION_CHARACTERS].rpartition(" ")[0].rstrip(" ,;:—–-") + "…"


def authors_of(articles: Iterable[Article]) -> dict[int, list[dict[str, Release]]]:
    """The live releases of the authors' biographies of articles: article id → by author in order → by language."""
    written = _written_by(articles)
    live = live_releases({document for authors in written.values() for document in authors})
    return {article: [live[each] for each in authors if each in live] for article, authors in written.items()}


def _written_by(articles: Iterable[Article]) -> dict[int, list[int]]:
    """Article id → the documents of its authors' biographies, in the order of its byline; in one query."""
    rows = Authorship.objects.filter(article__in=[each.pk for each in articles]).order_by("position")
    found: dict[int, list[int]] = {}
    for article, document in rows.values_list("article", "author__document"):
        found.setdefault(article, []).append(document)
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """An article on a front page: its live releases, and those of its authors' biographies, by language."""

    article: Article
    releases: dict[str, Release]
    biographies: tuple[dict[str, Release], ...]


def listed(articles: Sequence[Article]) -> list[Listed]:
    """Those of the articles that have a live release, in their order; in two queries whatever their number."""
    authors = _written_by(articles)
    live = live_releases(
        [article.document_id for article in articles]
        + [document for some in authors.values() for document in some]
    )
    return [
        Listed(
            article,
            live[article.document_id],
            tuple(live[document] for document in authors.get(article.pk, ()) if document in live),
        )
        for article in articles
        if article.document_id in live
    ]


def list_page(language: str, articles: Sequence[Listed]) -> dict[str, Any]:
    """The context of `reader/article_list.html`: what is released in the language, newest first."""
    frame = addresses.frame(language)
    homes = {code: addresses.home(code) for code in CODES}
    return frame | {
        "title": frame["site_name"],
        "description": "",
        "canonical": addresses.absolute(homes[language]),
        "alternates": addresses.alternates(homes, "/"),
        "articles": [entry(each, language) for each in articles if language in each.releases],
    }


def entry(each: Listed, language: str) -> dict[str, Any]:
    """An article in a list: what it is called in the language, who wrote it, where else it can be read."""
    made = each.releases[language]
    paths = {code: addresses.article(code, sibling.edition.slug) for code, sibling in each.releases.items()}
    return {
        "title": made.title,
        "url": paths[language],
        "published_on": each.article.published_on,
        "summary": made.summary or opening(made.body),
        "authors": [byline(shown(releases, language), language) for releases in each.biographies],
        "languages": choices(paths, language),
    }
