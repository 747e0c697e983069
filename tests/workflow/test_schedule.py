"""scheduling: out at the hour, by the database's clock, if the gate is open then; else a draft with the reason."""

import time
from datetime import datetime, timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from publishing.models import AuditEntry, Document, Job, Notice, Page, Person, Release, Translation
from publishing.models.translation import State
from publishing.worker import loop
from publishing.workflow import releasing, reviewing, scheduling
from publishing.workflow.errors import (
    NotAllowed,
    NothingScheduled,
    NothingToCorrect,
    Scheduled,
    TimePast,
    TooFarAhead,
    Unknown,
)
from tests import cast

from .edition import approved, returned, reworded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("document")]

TOMORROW = timedelta(days=1)


@pytest.fixture
def carol() -> Person:
    return cast.carol()


@pytest.fixture(scope="module")
def _approved(for_the_file: None) -> None:
    """The short article, approved in Turkish and Russian by somebody other than its writer."""
    document = cast.article()
    boris, ayse = cast.boris(), cast.ayse()
    approved(document, "tr", boris, ayse)
    approved(document, "ru", boris, cast.person("vera", "Translators", "ru"))
    loop.drain()


@pytest.fixture
def document(_approved: None, db: None) -> Document:
    return Document.objects.get()


def tomorrow() -> object:
    return timezone.now() + TOMORROW


def the_hour_comes() -> None:
    """The plan is moved into the past: the database's own clock stands still for nobody."""
    Release.objects.filter(state="scheduled").update(scheduled_for=Now())
    Job.objects.filter(kind=scheduling.KIND).update(not_before=Now())
    loop.drain()


def states() -> list[tuple[str, str]]:
    return list(Release.objects.order_by("edition__language", "pk").values_list("edition__language", "state"))


def test_nothing_goes_out_before_the_hour(document: Document, carol: Person) -> None:
    made = scheduling.schedule(document, "tr", actor=carol, at=tomorrow())
    loop.drain()
    assert (made.state, made.number, made.body) == ("scheduled", None, "")
    assert not Page.objects.exclude(path__in=("/en/", "/tr/", "/ru/")).exists()


def test_at_the_hour_it_goes_out(document: Document, carol: Person) -> None:
    made = scheduling.schedule(document, "tr", actor=carol, at=tomorrow(), note="for the summit")
    the_hour_comes()
    made.refresh_from_db()
    assert (made.state, made.number, made.released_by, made.note) == ("live", 1, carol, "for the summit")
    assert Page.objects.get(path="/tr/tahil-karadenizi-geciyor/").status == 200


def test_the_text_is_frozen_at_the_hour(document: Document, carol: Person) -> None:
    """What was improved and approved under the embargo goes out; nobody has to schedule again."""
    scheduling.schedule(document, "tr", actor=carol, at=tomorrow())
    reworded(
        cast.rows(document)[2], "Gemiler yola çıktı.", Person.objects.get(username="boris"),
        Person.objects.get(username="ayse"),
    )  # fmt: skip
    the_hour_comes()
    assert "Gemiler yola çıktı." in Release.objects.live().get().body


@pytest.mark.parametrize("minutes", [10, -10])
class TestAWorkerWhoseClockIsWrong:
    """The hour is the database's: nothing goes out early for a clock that is fast, or late for one that is slow."""

    @pytest.fixture(autouse=True)
    def _wrong(self, monkeypatch: pytest.MonkeyPatch, minutes: int, document: Document) -> None:
        right_now, right_time, off = timezone.now, time.time, timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda: right_now() + off)
        monkeypatch.setattr(time, "time", lambda: right_time() + off.total_seconds())

    def its_now(self) -> datetime:
        return Person.objects.annotate(now=Now()).values_list("now", flat=True)[0]

    def test_releases_nothing_before_the_hour(self, document: Document, carol: Person) -> None:
        scheduling.schedule(document, "tr", actor=carol, at=self.its_now() + timedelta(minutes=5))
        loop.drain()
        assert states() == [("tr", "scheduled")]
        assert not Page.objects.filter(path__startswith="/tr/t").exists()

    def test_releases_at_the_hour_and_says_the_databases_time(
        self, document: Document, carol: Person
    ) -> None:
        scheduling.schedule(document, "tr", actor=carol, at=self.its_now() + timedelta(minutes=5))
        the_hour_comes()
        assert abs(Release.objects.live().get().released_at - self.its_now()) < timedelta(minutes=2)

    def test_takes_for_past_what_is_past_there(self, document: Document, carol: Person) -> None:
        with pytest.raises(TimePast):
            scheduling.schedule(document, "tr", actor=carol, at=self.its_now() - timedelta(minutes=5))
        scheduling.schedule(document, "tr", actor=carol, at=self.its_now() + timedelta(minutes=5))


class TestAClosedGateAtTheHour:
    def test_lets_nothing_out_and_tells_the_editor(self, document: Document, carol: Person) -> None:
        made = scheduling.schedule(document, "tr", actor=carol, at=tomorrow())
        row = returned(cast.rows(document)[2], carol)
        the_hour_comes()
        made.refresh_from_db()
        assert (made.state, made.held_by) == ("draft", [["not_approved", [row.segment.key]]])
        notice = Notice.objects.get(kind="release_held_up")
        assert (notice.person, notice.kind) == (carol, "release_held_up")
        assert notice.params["reasons"] == [["not_approved", 1]]
        assert not Page.objects.filter(path__startswith="/tr/t").exists()
        assert not Job.objects.exclude(state="successful").exists()

    def test_leaves_readers_what_they_had(self, document: Document, carol: Person) -> None:
        first = releasing.release(document, "tr", actor=carol)
        scheduling.schedule(document, "tr", actor=carol, at=tomorrow())
        returned(cast.rows(document)[2], carol)
        the_hour_comes()
        assert Release.objects.live().get() == first

    def test_is_closed_too_where_its_editor_alone_has_seen_machine_text(
        self, document: Document, carol: Person
    ) -> None:
        """Four eyes count for who scheduled it, even where the approval came after."""
        scheduling.schedule(document, "tr", actor=carol, at=tomorrow())
        row = cast.rows(document)[3]
        assert row.current.author is None
        row = reviewing.return_(row, actor=carol, seen_version=row.version, reason="other")
        Translation.objects.filter(pk=row.pk).update(state=State.PRETRANSLATED)
        reviewing.approve(row, actor=carol, seen_version=row.version)
        the_hour_comes()
        assert Release.objects.get().held_by == [["same_hands", [row.segment.key]]]

    @pytest.mark.parametrize("change", ["deactivated", "no editor any more"])
    def test_is_closed_where_its_editor_has_no_right_any_more(
        self, document: Document, carol: Person, change: str
    ) -> None:
        scheduling.schedule(document, "tr", actor=carol, at=tomorrow())
        if change == "deactivated":
            Person.objects.filter(pk=carol.pk).update(is_active=False)
        else:
            carol.groups.clear()
        the_hour_comes()
        assert Release.objects.get().held_by == [["not_allowed", []]]

    def test_a_draft_is_scheduled_again_or_released(self, document: Document, carol: Person) -> None:
        made = scheduling.schedule(document, "tr", actor=carol, at=tomorrow())
        row = returned(cast.rows(document)[2], carol)
        the_hour_comes()
        reworded(row, "Gemiler yola çıktı.", carol, Person.objects.get(username="ayse"))
        assert scheduling.schedule(document, "tr", actor=carol, at=tomorrow()).pk == made.pk
        scheduling.cancel(document, "tr", actor=carol)
        assert releasing.release(document, "tr", actor=carol).pk == made.pk
        assert Release.objects.get().held_by == []


class TestJointly:
    def both(self, document: Document) -> list[tuple[Document, str]]:
        return [(document, "tr"), (document, "ru")]

    def test_all_go_out_at_one_moment(self, document: Document, carol: Person) -> None:
        scheduling.schedule_jointly(self.both(document), actor=carol, at=tomorrow())
        the_hour_comes()
        assert states() == [("ru", "live"), ("tr", "live")]
        assert Release.objects.values("released_at").distinct().count() == 1

    def test_or_none_does(self, document: Document, carol: Person) -> None:
        scheduling.schedule_jointly(self.both(document), actor=carol, at=tomorrow())
        returned(cast.rows(document, "ru")[2], carol)
        the_hour_comes()
        assert states() == [("ru", "draft"), ("tr", "draft")]
        held = dict(Release.objects.values_list("edition__language", "held_by"))
        assert held["tr"] == [["companion", []]]
        assert held["ru"][0][0] == "not_approved"

    def test_who_cancels_one_cancels_all(self, document: Document, carol: Person) -> None:
        scheduling.schedule_jointly(self.both(document), actor=carol, at=tomorrow())
        assert len(scheduling.cancel(document, "ru", actor=carol)) == 2
        the_hour_comes()
        assert states() == [("ru", "draft"), ("tr", "draft")]

    def test_who_schedules_one_anew_takes_the_others_back(self, document: Document, carol: Person) -> None:
        scheduling.schedule_jointly(self.both(document), actor=carol, at=tomorrow())
        scheduling.schedule(document, "tr", actor=carol, at=tomorrow())
        the_hour_comes()
        assert states() == [("ru", "draft"), ("tr", "live")]


class TestChangingOnesMind:
    def test_another_hour_replaces_the_first(self, document: Document, carol: Person) -> None:
        scheduling.schedule(document, "tr", actor=carol, at=tomorrow())
        made = scheduling.schedule(document, "tr", actor=carol, at=tomorrow() + TOMORROW)
        assert Release.objects.get().scheduled_for == made.scheduled_for
        assert Job.objects.filter(kind=scheduling.KIND, state="ready").count() == 1

    def test_a_cancelled_release_does_not_go_out(self, document: Document, carol: Person) -> None:
        scheduling.schedule(document, "tr", actor=carol, at=tomorrow())
        scheduling.cancel(document, "tr", actor=carol, note="not yet")
        the_hour_comes()
        assert states() == [("tr", "draft")]
        assert AuditEntry.objects.filter(verb="cancel").get().data["note"] == "not yet"

    def test_a_job_that_was_already_claimed_finds_nothing_to_do(
        self, document: Document, carol: Person
    ) -> None:
        made = scheduling.schedule(document, "tr", actor=carol, at=tomorrow())
        Job.objects.filter(kind=scheduling.KIND).update(
            state="running", lease_until=Now() + timedelta(minutes=1), fence=F("fence") + 1
        )
        claimed = Job.objects.get(kind=scheduling.KIND)
        assert claimed.payload == {"joint_key": made.joint_key}
        scheduling.schedule(document, "tr", actor=carol, at=tomorrow())
        loop.work(claimed)
        assert states() == [("tr", "scheduled")]

    def test_what_is_scheduled_is_not_released_by_the_way(self, document: Document, carol: Person) -> None:
        scheduling.schedule(document, "tr", actor=carol, at=tomorrow())
        with pytest.raises(Scheduled, match=r"tr.*UTC"):
            releasing.release(document, "tr", actor=carol)


class TestRefused:
    def test_what_is_past(self, document: Document, carol: Person) -> None:
        with pytest.raises(TimePast, match=r"\(UTC\) is past"):
            scheduling.schedule(document, "tr", actor=carol, at=timezone.now() - timedelta(seconds=2))

    def test_what_nobody_will_live_to_see(self, document: Document, carol: Person) -> None:
        with pytest.raises(TooFarAhead):
            scheduling.schedule(document, "tr", actor=carol, at=timezone.now() + timedelta(days=4000))

    def test_a_translator(self, document: Document) -> None:
        ayse = Person.objects.get(username="ayse")
        with pytest.raises(NotAllowed):
            scheduling.schedule(document, "tr", actor=ayse, at=tomorrow())
        with pytest.raises(NotAllowed):
            scheduling.cancel(document, "tr", actor=ayse)

    def test_nothing_to_cancel(self, document: Document, carol: Person) -> None:
        with pytest.raises(NothingScheduled):
            scheduling.cancel(document, "tr", actor=carol)

    def test_a_correction_of_nothing(self, document: Document, carol: Person) -> None:
        with pytest.raises(NothingToCorrect):
            scheduling.schedule(document, "tr", actor=carol, at=tomorrow(), correction="2023, not 2024.")

    def test_an_unknown_edition(self, carol: Person) -> None:
        with pytest.raises(Unknown):
            scheduling.schedule(
                cast.article("Another Title\n\nIt rained.\n"), "ru", actor=carol, at=tomorrow()
            )
