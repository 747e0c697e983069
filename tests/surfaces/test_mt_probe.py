"""manage.py mt_probe: a table of what a live engine keeps, and one line where it cannot be asked."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from publishing.engines import connections
from publishing.models import EngineMonth
from publishing.workflow import ledger
from tests.engines_fake import DEEPL_KEY, FakeEngines
from tests.surfaces.commands import refused, report, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngines]:
    with FakeEngines() as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running
    connections.close()


def rows(written: str) -> dict[str, str]:
    """What the table says of each probe, first word only."""
    lines = [line.strip() for line in written.splitlines() if " · " in line]
    return {line[: line.index("  ")]: line[line.index("  ") :].split()[0] for line in lines}


def failed(*arguments: str) -> str:
    """The one line of a measurement that ended; what was sent so far stays on the bill."""
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    said = str(refusal.value)
    assert "\n" not in said.strip()
    return said


def test_prints_a_table_for_each_language(fake: FakeEngines) -> None:
    written = run("mt_probe", "libretranslate")
    assert "libretranslate, en → tr" in written
    assert "libretranslate, en → ru" in written
    assert rows(written)["html · references"] == "kept"


def test_says_lost_where_marks_were_lost(fake: FakeEngines) -> None:
    fake.misbehave("markers lost")
    found = rows(run("mt_probe", "libretranslate", "--to", "tr"))
    marks = [name for name in found if name.startswith(("literal", "corner", "email", "html"))]
    assert len(marks) == 8
    assert {found[name] for name in marks} == {"lost"}


def test_reports_the_same_as_json(fake: FakeEngines) -> None:
    (told,) = report("mt_probe", "deepl", "--to", "ru")["reports"]
    assert (told["engine"], told["source"], told["target"]) == ("deepl", "en", "ru")
    assert {"group": "xml", "name": "references", "outcome": "kept"}.items() <= next(
        row for row in told["rows"] if row["group"] == "xml"
    ).items()
    assert told["characters"] > 500
    assert told["limits"] == {}


def test_says_before_how_many_characters_it_sends(fake: FakeEngines) -> None:
    out, said = StringIO(), StringIO()
    call_command("mt_probe", "deepl", "--to", "tr", "--json", stdout=out, stderr=said)
    (told,) = json.loads(out.getvalue())["reports"]
    assert f"{told['characters']} characters go to deepl" in said.getvalue()
    call_command("mt_probe", "deepl", "--to", "tr", "--limits", stdout=out, stderr=said)
    assert "may take up to" in said.getvalue()


def test_searches_for_limits_where_it_is_told_to(fake: FakeEngines) -> None:
    fake.max_batch = 7
    (told,) = report("mt_probe", "libretranslate", "--to", "tr", "--limits")["reports"]
    assert told["limits"]["texts"] == 7


def test_speaks_the_language_of_the_commands(fake: FakeEngines) -> None:
    fake.misbehave("markers lost")
    with translation.override("tr"):
        assert "kayboldu" in run("mt_probe", "google", "--to", "tr")
    with translation.override("ru"):
        assert "потеряно" in run("mt_probe", "google", "--to", "ru")


def test_asks_the_engines_of_the_settings_where_none_is_named(fake: FakeEngines, settings: object) -> None:
    settings.MT_ENGINES = ["google", "deepl"]
    assert [told["engine"] for told in report("mt_probe", "--to", "en")["reports"]] == ["google", "deepl"]


class TestOneLine:
    def test_for_an_engine_that_there_is_not(self) -> None:
        assert "babelfish" in refused("mt_probe", "babelfish")

    def test_for_one_that_is_not_configured(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("LIBRETRANSLATE_URL", raising=False)
        assert "LIBRETRANSLATE_URL" in refused("mt_probe", "libretranslate")

    def test_for_none_at_all(self, settings: object) -> None:
        settings.MT_ENGINES = []
        assert "MT_ENGINES" in refused("mt_probe")

    def test_for_a_language_that_is_not_ours(self, fake: FakeEngines) -> None:
        refused("mt_probe", "google", "--to", "de")
        assert fake.seen == []

    def test_for_a_pair_that_the_engine_lacks(
        self, fake: FakeEngines, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LIBRETRANSLATE_PAIRS", "en-ru")
        assert "en" in refused("mt_probe", "libretranslate", "--to", "ru", "tr")
        assert fake.seen == []

    def test_for_a_pair_that_the_second_of_two_engines_lacks(
        self, fake: FakeEngines, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        """Known before anything is sent, and so before the first one is paid."""
        monkeypatch.setenv("LIBRETRANSLATE_PAIRS", "en-ru")
        settings.MT_ENGINES = ["deepl", "libretranslate"]
        assert "libretranslate" in failed("mt_probe", "--to", "tr")
        assert fake.seen == []

    def test_for_a_refused_key(self, fake: FakeEngines) -> None:
        fake.misbehave("403")
        said = failed("mt_probe", "deepl")
        assert "deepl" in said
        assert DEEPL_KEY not in said

    def test_for_an_allowance_that_is_used_up(self, fake: FakeEngines) -> None:
        fake.misbehave("456")
        assert "allowance" in failed("mt_probe", "deepl")


class TestTheBudget:
    def test_gets_back_what_was_refused(self, fake: FakeEngines) -> None:
        fake.misbehave("403")
        failed("mt_probe", "deepl")
        assert EngineMonth.objects.get(engine="deepl").characters == 0

    def test_is_charged_what_was_sent(self, fake: FakeEngines) -> None:
        (told,) = report("mt_probe", "deepl", "--to", "tr")["reports"]
        assert EngineMonth.objects.get(engine="deepl").characters == told["characters"]

    def test_ends_it_before_it_is_exceeded(self, fake: FakeEngines, settings: Any) -> None:
        settings.MT_BUDGET = {"deepl": 200}
        said = failed("mt_probe", "deepl", "--to", "tr")
        assert "budget of 200 characters" in said
        assert 0 < fake.counts.characters <= EngineMonth.objects.get(engine="deepl").characters <= 200

    def test_that_ends_it_leaves_what_was_paid_for(self, fake: FakeEngines, settings: Any) -> None:
        settings.MT_BUDGET = {"deepl": 200}
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("mt_probe", "deepl", "--to", "tr", "--json", stdout=out, stderr=StringIO())
        (told,) = json.loads(out.getvalue())["reports"]
        assert 0 < len(told["rows"]) < 10
        assert told["characters"] == EngineMonth.objects.get(engine="deepl").characters

    def test_is_shared_by_all_that_asks_the_engine(self, fake: FakeEngines, settings: Any) -> None:
        """What runs were charged counts, and what a probe was charged is missing from runs."""
        settings.MT_BUDGET = {"deepl": 1_000}
        ledger.charge("deepl", 990)
        assert "budget of 1000 characters" in failed("mt_probe", "deepl", "--to", "tr")
        assert fake.seen == []
        assert EngineMonth.objects.get(engine="deepl").characters == 990
