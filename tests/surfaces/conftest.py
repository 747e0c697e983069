"""The site as search engines, feed readers and careful readers find it: the sample in all its languages."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from publishing.models import Document, Person, Translation
from publishing.worker import loop
from publishing.workflow import pretranslating, releasing, reviewing
from tests import cast


def approve_all(document: Document, language: str, actor: Person) -> None:
    for row in Translation.objects.of_document(document.pk, language):
        reviewing.approve(row, actor=actor, seen_version=row.version)


@pytest.fixture(scope="module")
def _in_three_languages(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The sample, live in all three languages, its biography in Turkish and English; a short article in English.

    Made once for all tests of a file; each of them undoes what it does.
    """
    folder = tmp_path_factory.mktemp("locale")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(CATALOG_ROOT=folder):
        carol, boris, document = cast.carol(), cast.boris(), cast.sample()
        elena = cast.person("elena", "Translators", "en", first_name="Elena")
        biography = Document.objects.get(author__articles__document=document)
        for language in ("tr", "ru"):
            pretranslating.request(document, language)
        pretranslating.request(biography, "en")
        loop.drain()
        for language in ("tr", "ru"):
            approve_all(document, language, boris)
        approve_all(biography, "en", elena)
        for language in ("tr", "en"):
            releasing.release(biography, language, actor=carol)
        for language in ("en", "tr", "ru"):
            releasing.release(document, language, actor=carol)
        releasing.release(cast.article(), "en", actor=carol)
        loop.drain()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def document(_in_three_languages: None, db: None) -> Document:
    """The sample, of which every language is live."""
    return Document.objects.filter(kind="article").earliest("pk")


@pytest.fixture
def short(document: Document) -> Document:
    """The short article, live in English alone."""
    return Document.objects.filter(kind="article").latest("pk")


@pytest.fixture
def carol(document: Document) -> Person:
    return Person.objects.get(username="carol")
