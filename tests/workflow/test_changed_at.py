"""Migration 0016: releases from before get the moment at which readers last got something else."""

import importlib
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection

from publishing.models import AuditEntry, Document, Release
from publishing.workflow import releasing
from tests import cast
from tests.workflow import edition

pytestmark = pytest.mark.django_db
migration = importlib.import_module("publishing.migrations.0016_when_readers_got_something_else")


def from_before(document: Document, day: int) -> Release:
    """The live Turkish release as it stood before there was the column, made on this day."""
    made = Release.objects.live().get(edition__document=document, edition__language="tr")
    Release.objects.filter(pk=made.pk).update(changed_at=None, released_at=moment(day))
    return made


def moment(day: int) -> datetime:
    return datetime(2026, 3, day, tzinfo=UTC)


@pytest.fixture
def document() -> Document:
    """Live in Turkish, by a release that another one had replaced and a rollback brought back."""
    document, carol = cast.article(), cast.carol()
    edition.approved(document, "tr", cast.boris(), cast.ayse())
    for _ in range(2):
        releasing.release(document, "tr", actor=carol)
    releasing.rollback(document, "tr", actor=carol)
    return document


def changed_at(made: Release) -> datetime | None:
    migration.from_what_is_known(apps, connection.schema_editor())
    made.refresh_from_db()
    return made.changed_at


def test_is_that_of_the_rollback(document: Document) -> None:
    made = from_before(document, 1)
    assert changed_at(made) == AuditEntry.objects.get(verb="rollback").at


def test_is_that_of_a_later_word_about_the_original(document: Document) -> None:
    AuditEntry.objects.filter(verb="rollback").delete()
    made = from_before(document, 1)
    Release.objects.filter(pk=made.pk).update(original_corrected_at=moment(9))
    assert changed_at(made) == moment(9)


def test_is_that_of_the_release_where_nothing_came_after_it(document: Document) -> None:
    AuditEntry.objects.filter(verb="rollback").delete()
    assert changed_at(from_before(document, 4)) == moment(4)
