"""How an article is cited: its facts as a work, and the words of a citation in the page's language."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from publishing.languages import casing
from publishing.languages.names import name_of
from publishing.markup.citing import apa
from publishing.markup.citing.work import Name, Work

from . import addresses
from .facts import Facts


def work(facts: Facts) -> Work:
    """The article in one language as a bibliography has it."""
    original = facts.siblings.get(facts.source) if facts.is_translation else None
    return Work(
        key=facts.made.edition.slug or "",
        title=facts.made.title,
        language=facts.language,
        url=facts.url,
        publisher=settings.SITE_NAME,
        authors=tuple(
            Name.of(each.title, each.edition.document.source_language) for each in facts.biographies
        ),
        translators=tuple(Name.of(name) for name in facts.made.provenance.get("translators", []))
        if facts.is_translation
        else (),
        published_on=facts.published_on,
        summary=facts.made.summary,
        source_language=facts.source if facts.is_translation else "",
        original_title=original.title if original else "",
        original_published_on=facts.original_published_on if facts.is_translation else None,
        original_url=addresses.absolute(facts.paths[facts.source]) if original else "",
    )


def shown(facts: Facts) -> dict[str, Any]:
    """The context of `reader/_cite.html`: the citation in the form of APA, and the files to take along."""
    return {
        "apa": apa.reference(work(facts), words(facts)),
        "bibtex_url": addresses.beside(facts.path, addresses.BIBTEX),
        "ris_url": addresses.beside(facts.path, addresses.RIS),
    }


def words(facts: Facts) -> apa.Words:
    """The words of a citation in the language of the page."""
    with override(facts.language):
        return apa.Words(
            # Translators: in a citation, where a work has no date (APA style).
            no_date=pgettext("citation", "n.d."),
            # Translators: in a citation, after the names of translators (APA style): "(A. Kaya, Trans.)".
            translators=pgettext("citation", "%(names)s, Trans."),
            # Translators: at the end of a citation (APA style); %(language)s is the name of a language.
            original=_("Original work in %(language)s, published %(year)s")
            if facts.original_published_on
            else _("Original work in %(language)s"),
            original_language=_in_a_sentence(facts.source, facts.language),
        )


def _in_a_sentence(language: str, reader: str) -> str:
    """A language's name within a sentence: Russian writes it small."""
    name = name_of(language, reader)
    return casing.lower(name, reader) if reader == "ru" else name
