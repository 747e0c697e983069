"""verifying: a release whose decision was recorded before it told of title and slug is held against its sentences."""

from typing import Any

import pytest

from publishing.models import AuditEntry, Document, Release
from publishing.worker import loop
from publishing.workflow import auditing, releasing, verifying
from tests import cast
from tests.workflow import edition

pytestmark = pytest.mark.django_db


def flaws() -> list[str]:
    """What is found, in words."""
    return [f"{flaw.where}: {flaw.what}" for flaw in verifying.verify()]


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> Document:
    """A Turkish and an English release whose decisions were recorded before they told of title and slug."""
    document = cast.article()
    record = auditing.record

    def without(*args: Any, data: dict[str, Any], **said: Any) -> AuditEntry:
        data = {name: value for name, value in data.items() if name not in ("front", "slug")}
        return record(*args, data=data, **said)

    with monkeypatch.context() as earlier:
        earlier.setattr(auditing, "record", without)
        edition.approved(document, "tr", cast.boris(), cast.ayse())
        carol = cast.carol()
        releasing.release(document, "en", actor=carol)
        releasing.release(document, "tr", actor=carol)
    loop.drain()
    return document


@pytest.mark.parametrize("language", ["en", "tr"])
def test_an_older_releases_title_is_held_against_its_sentences(older: Document, language: str) -> None:
    made = Release.objects.get(edition__language=language)
    assert flaws() == []
    for title in ("Yalan", "", made.title[:-1]):
        Release.objects.filter(pk=made.pk).update(title=title)
        assert "its title and summary are not sentences of it." in str(flaws())


def test_an_older_release_and_a_newer_one_are_both_sound(older: Document) -> None:
    releasing.release(older, "tr", actor=cast.Person.objects.get(username="carol"))
    releasing.rollback(older, "tr", actor=cast.Person.objects.get(username="carol"))
    loop.drain()
    assert flaws() == []
