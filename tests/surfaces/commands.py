"""How a test runs a command, and holds a refusal to the contract."""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from tests import census

SHORT = "grain-crosses-the-black-sea"
SAMPLE = "the-future-of-china-russia-north-korea-relations"


def run(name: str, *arguments: object) -> str:
    """What the command writes."""
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


def report(name: str, *arguments: object) -> dict:
    return json.loads(run(name, *arguments, "--json"))


def refused(name: str, *arguments: object) -> str:
    """The one line of a refusal that left database and catalogs as they were."""
    before = census.rows(), census.files(settings.CATALOG_ROOT)
    with pytest.raises(CommandError) as refusal:
        run(name, *arguments)
    assert (census.rows(), census.files(settings.CATALOG_ROOT)) == before
    said = str(refusal.value)
    assert said
    assert "\n" not in said.strip()
    assert "Traceback" not in said
    return said
