"""Rule 2, on every path: no verb and no command lets one person alone take a text to readers."""

import importlib
import inspect
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError

from publishing import workflow
from publishing.models import Document, Person, Release, Translation
from publishing.models.translation import State
from publishing.worker import loop
from publishing.workflow import (
    access,
    editing,
    exchanging,
    ingesting,
    pretranslating,
    proposing,
    releasing,
    remembering,
    reviewing,
    transitions,
)
from publishing.workflow.errors import HeldUp, NotAllowed, SameHands
from tests import cast

pytestmark = pytest.mark.django_db

TEXTS = ("Tahıl Karadeniz’i Geçiyor", "Limanlar Temmuz 2023’te açıldı.[1]", "Gemiler hemen yola çıktı.")
SLUG = "grain-crosses-the-black-sea"


@pytest.fixture
def alone() -> Person:
    """Somebody with every right that groups give, and a superuser: the most that one person can be."""
    person = cast.person("alone", access.EDITORS, "en", "tr", "ru", is_superuser=True)
    person.groups.add(*Group.objects.all())
    return person


@pytest.fixture
def document() -> Document:
    document = cast.article()
    cast.opened(document)
    return document


def write_all(document: Document, actor: Person) -> None:
    for row, text in zip(cast.rows(document), TEXTS, strict=False):
        editing.submit(row, text=text, actor=actor, seen_version=row.version)


def approve_all(document: Document, actor: Person) -> None:
    for row in cast.rows(document):
        reviewing.approve(row, actor=actor, seen_version=row.version)


# --- every way there is --------------------------------------------------------------------------------

APPROVING = {"publishing.workflow.reviewing.approve"}
RELEASING = {"publishing.workflow.releasing.go_live", "publishing.workflow.releasing.rollback"}
GOING_LIVE = {"publishing.workflow.releasing._release", "publishing.workflow.scheduling.perform"}


def sources(*, private: bool = False) -> dict[str, str]:
    """The source of every public verb, or of every function."""
    found = {}
    for path in sorted(Path(workflow.__file__).parent.glob("[a-z]*.py")):
        module = importlib.import_module(f"publishing.workflow.{path.stem}")
        for verb, thing in inspect.getmembers(module, inspect.isfunction):
            if (private or not verb.startswith("_")) and thing.__module__ == module.__name__:
                found[f"{module.__name__}.{verb}"] = inspect.getsource(thing)
    return found


def test_only_one_verb_leads_to_approved() -> None:
    """The table knows one, and one function checks against it; what writes states in bulk names none itself."""
    assert {row.verb for row in transitions.TABLE.values() if row.target == State.APPROVED} == {"approve"}
    checking = {
        name for name, source in sources().items() if 'transitions.check(current, "approve")' in source
    }
    assert checking == APPROVING
    moving = {name for name, source in sources().items() if "state=State.APPROVED" in source}
    assert moving == {"publishing.workflow.omitting.omit"}  # of nothing: see TestFourEyes in test_omit.py
    naming = {name for name, source in sources().items() if "State.APPROVED" in source}
    writing = {name for name, source in sources().items() if ".update(" in source or "bulk_update(" in source}
    assert not naming & writing


def test_only_two_verbs_lead_to_live() -> None:
    live = {
        name
        for name, source in sources().items()
        if "freezing.freeze(" in source or "Release.State.LIVE" in source
    }
    assert live == RELEASING


def test_and_whatever_goes_live_was_asked_for_the_second_pair_of_eyes() -> None:
    going = {
        name: source for name, source in sources(private=True).items() if re.search(r"\bgo_live\(", source)
    }
    going.pop("publishing.workflow.releasing.go_live")
    assert set(going) == GOING_LIVE
    for name, asked in zip(sorted(GOING_LIVE), ("_require_open(", "_held_up("), strict=True):
        assert asked in going[name]
    asking = {name for name, source in sources(private=True).items() if "releasing.hold_ups(" in source}
    assert "publishing.workflow.scheduling._held_up" in asking
    assert "hold_ups(" in sources(private=True)["publishing.workflow.releasing._require_open"]


def test_every_command_is_known_here() -> None:
    """A new command that decides has to be tried below; one that does not is named here."""
    decide = {"release", "rollback", "import_catalog"}
    others = {
        "collect_messages", "compile_interface", "demo", "export_catalogs", "export_site", "import_article",
        "import_memory", "mt_probe", "pretranslate", "rewrite_pages", "translation_status", "withdraw", "worker",
        "verify", "export_record", "make_record_key",
    }  # fmt: skip
    ours = {name for name, app in get_commands().items() if app == "publishing"}
    assert ours == decide | others


# --- and each of them refuses --------------------------------------------------------------------------


class TestOnePersonAlone:
    def test_does_not_approve_what_they_wrote(self, document: Document, alone: Person) -> None:
        write_all(document, alone)
        for row in cast.rows(document)[:3]:
            with pytest.raises(SameHands):
                reviewing.approve(row, actor=alone, seen_version=row.version)

    def test_does_not_approve_it_after_a_return_or_an_overrule(
        self, document: Document, alone: Person
    ) -> None:
        write_all(document, alone)
        row = cast.rows(document)[2]
        row = reviewing.return_(row, actor=alone, seen_version=row.version, reason="style")
        row = editing.submit(row, text=row.text, actor=alone, seen_version=row.version)
        with pytest.raises(SameHands):
            reviewing.approve(row, actor=alone, seen_version=row.version)

    def test_does_not_approve_it_after_the_source_changed(self, document: Document, alone: Person) -> None:
        write_all(document, alone)
        ingesting.import_article(cast.SHORT.replace("Ships left", "Vessels left").encode(), actor=alone)
        row = cast.rows(document)[2]
        assert row.state == State.OUTDATED
        with pytest.raises(SameHands):
            reviewing.approve(row, actor=alone, seen_version=row.version)

    def test_does_not_approve_what_they_imported(self, document: Document, alone: Person) -> None:
        data = exchanging.path_of(document, "tr").read_text(encoding="utf-8")
        source = 'msgid "Ships left at once."\nmsgstr "'
        proposing.import_catalog(data.replace(source, f"{source}{TEXTS[2]}").encode(), actor=alone)
        row = cast.rows(document)[2]
        assert row.text == TEXTS[2]
        with pytest.raises(SameHands):
            reviewing.approve(row, actor=alone, seen_version=row.version)

    def test_does_not_get_it_approved_by_a_catalog(
        self, document: Document, alone: Person, tmp_path: Path
    ) -> None:
        write_all(document, alone)
        loop.drain()
        path = tmp_path / "claims.po"
        data = exchanging.path_of(document, "tr").read_text(encoding="utf-8")
        path.write_text(data.replace("#, fuzzy\n", "").replace("state: submitted", "state: approved"))
        call_command("import_catalog", str(path), "--as", "alone", stdout=StringIO())
        assert not Translation.objects.filter(state=State.APPROVED).exists()

    def test_does_not_launder_it_through_a_run(self, document: Document, alone: Person) -> None:
        """A run takes from memory what was approved, never what waits; and never over what a person wrote."""
        write_all(document, alone)
        other = cast.article("Another Title\n\nShips left at once.\n")
        cast.opened(other)
        assert cast.rows(other)[1].text == ""
        cast.opened(document)
        assert cast.rows(document)[2].current.author == alone

    @pytest.mark.parametrize("by_command", [False, True])
    def test_does_not_release_what_they_wrote(
        self, document: Document, alone: Person, by_command: bool
    ) -> None:
        write_all(document, alone)
        with pytest.raises((HeldUp, CommandError), match="4 segments are not approved"):
            release(document, alone, by_command)
        assert not Release.objects.exists()

    @pytest.mark.parametrize("by_command", [False, True])
    def test_does_not_release_machine_text_that_they_alone_approved(
        self, document: Document, alone: Person, by_command: bool
    ) -> None:
        write_all(document, cast.boris())
        approve_all(document, alone)  # the note was drafted by rule
        with pytest.raises((SameHands, CommandError), match="nobody else has seen"):
            release(document, alone, by_command)
        assert not Release.objects.exists()

    def test_does_not_release_their_own_memory_that_they_alone_approved(self, alone: Person) -> None:
        """Whoever writes a memory, imports it, approves its drafts and releases them has been alone with them."""
        pairs = "".join(
            f'<tu><tuv xml:lang="en"><seg>{row.text}</seg></tuv><tuv xml:lang="tr"><seg>{text}</seg></tuv></tu>'
            for row, text in zip(cast.article().segments.order_by("position"), TEXTS, strict=False)
        )
        memory = f'<tmx version="1.4"><header srclang="en"/><body>{pairs}</body></tmx>'
        remembering.import_memory(memory.encode(), name="mine", actor=alone)
        document = Document.objects.get()
        pretranslating.request(document, "tr", actor=alone)
        loop.drain()
        approve_all(document, alone)
        with pytest.raises(SameHands):
            releasing.release(document, "tr", actor=alone)

    def test_is_two_people_as_soon_as_another_releases_or_approves(
        self, document: Document, alone: Person
    ) -> None:
        write_all(document, cast.boris())
        approve_all(document, alone)
        assert releasing.release(document, "tr", actor=cast.carol()).state == "live"

    def test_rolls_back_to_nothing_that_was_not_released_by_the_rules(
        self, document: Document, alone: Person
    ) -> None:
        write_all(document, cast.boris())
        approve_all(document, alone)
        carol = cast.carol()
        first = releasing.release(document, "tr", actor=carol)
        releasing.release(document, "tr", actor=carol)
        call_command("rollback", SLUG, "--language", "tr", "--as", "alone", stdout=StringIO())
        first.refresh_from_db()
        assert (first.state, first.released_by) == ("live", carol)


@pytest.mark.parametrize("group", [None, access.ADMINISTRATORS])
def test_rank_alone_decides_nothing(document: Document, group: str | None) -> None:
    rank = cast.person("rank", group, "en", "tr", "ru", is_superuser=True)
    write_all(document, cast.boris())
    row = cast.rows(document)[2]
    verbs: list[Callable[[], object]] = [
        lambda: editing.submit(row, text="Başka.", actor=rank, seen_version=row.version),
        lambda: reviewing.approve(row, actor=rank, seen_version=row.version),
        lambda: reviewing.return_(row, actor=rank, seen_version=row.version, reason="style"),
        lambda: reviewing.overrule(
            row, actor=rank, seen_version=row.version, finding=("numbers", 0, 1), reason="x"
        ),
        lambda: releasing.release(document, "tr", actor=rank),
        lambda: releasing.rollback(document, "tr", actor=rank),
        lambda: releasing.withdraw(document, "tr", actor=rank),
        lambda: ingesting.import_article(cast.SHORT.encode(), actor=rank),
        lambda: pretranslating.request(document, "ru", actor=rank),
        lambda: remembering.import_memory(b"", name="m", actor=rank),
        lambda: proposing.import_catalog(exchanging.path_of(document, "tr").read_bytes(), actor=rank),
    ]
    for verb in verbs:
        with pytest.raises(NotAllowed):
            verb()


def release(document: Document, actor: Person, by_command: bool) -> None:
    if by_command:
        call_command("release", SLUG, "--language", "tr", "--as", actor.username, stdout=StringIO())
    else:
        releasing.release(document, "tr", actor=actor)
