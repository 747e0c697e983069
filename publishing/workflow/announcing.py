"""Announcing: an editor tells readers that an article is coming in a language, until it comes or is no longer."""

from django.db import transaction

from publishing.models import Document, Edition, Person

from . import access, auditing, releasing, revising, rewriting
from .errors import AlreadyReleased, AlreadySaid, OfAnAuthor

VERBS = {True: "in_preparation", False: "not_in_preparation"}


def say_in_preparation(
    document: Document, language: str, *, actor: Person, coming: bool = True, note: str = ""
) -> Edition:
    """Says to readers of the article's other languages that this one is in preparation, or no longer says it.

    The pages concerned are written again; the first release ends it by itself. Raises NotAllowed, Unknown,
    OfAnAuthor, AlreadyReleased, AlreadySaid.
    """
    access.require(actor, access.RELEASE)
    note = revising.clean(note)
    with transaction.atomic():
        (edition,), _now = releasing.locked([(document, language)])
        if edition.document.kind != Document.Kind.ARTICLE:
            raise OfAnAuthor
        if edition.releases.frozen().exists():
            raise AlreadyReleased
        if edition.in_preparation == coming:
            raise AlreadySaid
        edition.in_preparation = coming
        edition.save(update_fields=["in_preparation"])
        said = {"language": language} | ({"note": note} if note else {})
        auditing.record(edition.document, VERBS[coming], person=actor, data=said)
        rewriting.plan(edition.document)
    return edition
