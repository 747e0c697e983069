"""verify: one line for each flaw and an exit that tells, a summary where all is well."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from publishing.models import Anchor, AuditEntry, Document
from tests import cast, census
from tests.surfaces.commands import SHORT, refused, report, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> Document:
    document = cast.article()
    cast.opened(document)
    return document


def test_all_is_well(document: Document) -> None:
    before = census.rows()
    assert run("verify").startswith("All is well: documents 1, entries 3, anchors 0,")
    figures = report("verify", "--document", SHORT)
    assert figures["flaws"] == []
    assert figures["checked"]["catalogs"] == 1
    assert census.rows() == before


def test_each_flaw_is_a_line_and_the_command_fails(document: Document) -> None:
    AuditEntry.objects.update(verb="other")
    out = StringIO()
    with pytest.raises(CommandError, match="3 flaws were found"):
        call_command("verify", stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.partition(":")[0] for line in lines] == [f"{SHORT}, entry {number}" for number in (1, 2, 3)]
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", "--json", stdout=out)
    assert [flaw["part"] for flaw in json.loads(out.getvalue())["flaws"]] == ["chains"] * 3


def test_it_anchors_by_hand_what_is_well_and_nothing_else(document: Document) -> None:
    assert report("verify", "--anchor")["anchor"] == 1
    AuditEntry.objects.create(document=document, number=4, verb="other", at=document.created_at, hash="f")
    with pytest.raises(CommandError):
        run("verify", "--anchor")
    assert Anchor.objects.count() == 1


def test_an_unknown_document(document: Document) -> None:
    assert "“nothing”" in refused("verify", "--document", "nothing")
