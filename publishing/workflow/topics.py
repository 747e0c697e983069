"""Topics: making one with its name, and saying which articles have it. The desk's work.

A topic's name is a document of one block: it is translated, reviewed and released like any text.
"""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from publishing import languages, markup
from publishing.languages import sentences, slugs
from publishing.models import Article, Document, Edition, Person, Topic

from . import access, auditing, ingesting, revising, rewriting
from .errors import BadInput, Unknown

LONGEST_NAME = 100
MOST_OF_AN_ARTICLE = 10


def add_topic(name: str, language: str, *, actor: Person, slug: str = "") -> Topic:
    """Makes a topic with its name in one language; the slug is proposed from it where none is given.

    Raises NotAllowed, BadInput, UnusableText.
    """
    access.require(actor, access.INGEST)
    name = " ".join(revising.clean(name).split())
    if language not in languages.CODES:
        raise BadInput(
            _("Unknown language “%(language)s”: give one of %(codes)s."),
            language=language,
            codes=", ".join(languages.CODES),
        )
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(_("A topic needs a name of at most %(longest)d characters."), longest=LONGEST_NAME)
    slug = slug or slugs.propose(name, language)
    ingesting.require_slug(slug)
    try:
        with transaction.atomic():
            return _store(name, language, slug, actor)
    except IntegrityError:
        raise BadInput(_("There is a topic “%(slug)s” already: give another slug."), slug=slug) from None


def _store(name: str, language: str, slug: str, actor: Person) -> Topic:
    document = Document(
        kind=Document.Kind.TOPIC, source_language=language, segmenter_version=sentences.VERSION
    )
    ingesting.store_documents([(document, [markup.Block("name", name)])], actor)
    Edition.objects.create(document=document, language=language, slug=f"topic/{slug}")
    return Topic.objects.create(slug=slug, document=document)


def assign_topics(article: Article, wanted: Iterable[str], *, actor: Person | None) -> bool:
    """Gives the article exactly the topics of these slugs; says whether that changes anything.

    The lists that it leaves or joins are written again, and its own pages. `actor` is None for the desk's own
    shell. Raises NotAllowed, Unknown, BadInput.
    """
    if actor is not None:
        access.require(actor, access.INGEST)
    names = sorted(set(wanted))
    if len(names) > MOST_OF_AN_ARTICLE:
        raise BadInput(_("An article has at most %(most)d topics."), most=MOST_OF_AN_ARTICLE)
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=article.document_id)
        known = {topic.slug: topic for topic in Topic.objects.filter(slug__in=names)}
        for name in names:
            if name not in known:
                raise Unknown(what=_("topic"), name=name)
        before = {topic.slug: topic for topic in article.topics.all()}
        if before.keys() == known.keys():
            return False
        article.topics.set(known.values())
        auditing.record(
            document, "assign_topics", person=actor, data={"topics": names, "before": sorted(before)}
        )
        rewriting.plan(document)
        for gone in sorted(before.keys() - known.keys()):
            rewriting.plan_shelf("topic", before[gone].pk)
    return True
