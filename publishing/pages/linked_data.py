"""What search engines and archives read in a page's head: the article as schema.org has it, in JSON-LD.

Sources: schema.org 29 (Article, ScholarlyArticle, CorrectionComment), W3C JSON-LD 1.1 §7 (script elements). The
element is a data block: browsers neither run it nor ask the Content-Security-Policy about it.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from publishing.markup.notes import listed
from publishing.models import Release

from . import addresses
from .facts import Facts

_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script(data: dict[str, Any]) -> SafeString:
    """The data as the text of a script element: whatever a title holds, it cannot end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return mark_safe(text)  # noqa: S308 -- every sign that HTML gives a meaning to is escaped


def article(facts: Facts) -> dict[str, Any]:
    """The article in one language: who wrote and translated it, of what it is a translation, what it cites."""
    made = facts.made
    cited = citations(made.body, facts.language)
    said = {
        "@context": "https://schema.org",
        "@type": ["Article", "ScholarlyArticle"] if cited else "Article",
        "@id": facts.url,
        "url": facts.url,
        "mainEntityOfPage": facts.url,
        "headline": made.title,
        "description": made.summary,
        "inLanguage": facts.language,
        "datePublished": facts.published_on.isoformat() if facts.published_on else None,
        "dateModified": made.changed_at.isoformat() if made.changed_at else None,
        "wordCount": facts.words,
        "author": [_author(each, facts.language) for each in facts.biographies],
        "translator": people(made.provenance.get("translators", [])) if facts.is_translation else None,
        "editor": people(made.provenance.get("reviewers", [])),
        "publisher": publisher(),
        "isPartOf": _site(facts.language),
        "citation": cited,
        "correction": [_correction(each) for each in made.corrections],
        "subjectOf": _provenance(facts),
        **_relations(facts),
    }
    return {name: value for name, value in said.items() if value}


def citations(body: str, language: str) -> list[str]:
    """What the notes cite, in order, without the notes that say Ibid."""
    texts = [note.text for note in listed.listed(body)]
    return [text for text in texts if text and not listed.is_ibid(text, language)]


def people(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"@type": "Person", "name": name} for name in names]


def _author(biography: Release, language: str) -> dict[str, str]:
    """Whoever wrote it, with their page in the language; an author's edition has the slug `author/<slug>`."""
    slug = (biography.edition.slug or "").rpartition("/")[2]
    person = {"@type": "Person", "name": biography.title}
    return person | ({"url": addresses.absolute(addresses.author(language, slug))} if slug else {})


def publisher() -> dict[str, str]:
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": addresses.absolute("/")}


def _site(language: str) -> dict[str, str]:
    return {
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": addresses.absolute(addresses.home(language)),
        "inLanguage": language,
    }


def _correction(said: dict[str, str]) -> dict[str, str]:
    return {"@type": "CorrectionComment", "text": said["text"], "datePublished": said["at"]}


def _provenance(facts: Facts) -> dict[str, str]:
    return {
        "@type": "DigitalDocument",
        "encodingFormat": "application/json",
        "url": addresses.absolute(addresses.beside(facts.path, addresses.PROVENANCE)),
    }


def _relations(facts: Facts) -> dict[str, Any]:
    """The original names its translations, and each of them the original; an original that is not here its address."""
    original = facts.article.original_address
    if facts.is_translation:
        if facts.source in facts.siblings:
            return {"translationOfWork": _work(facts, facts.source)}
        elsewhere = {"@type": "Article", "inLanguage": facts.source, "url": original}
        return {"translationOfWork": {name: value for name, value in elsewhere.items() if value}}
    translations = [_work(facts, code) for code in facts.siblings if code != facts.source]
    return {"workTranslation": translations, "sameAs": original}


def _work(facts: Facts, language: str) -> dict[str, str]:
    url = addresses.absolute(facts.paths[language])
    return {
        "@type": "Article",
        "@id": url,
        "url": url,
        "inLanguage": language,
        "name": facts.siblings[language].title,
    }
