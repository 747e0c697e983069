"""reporting: a reader's report arrives on its segment, is counted, bounded, decided on, and answered once."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from publishing.models import (
    AuditEntry,
    Document,
    Job,
    Notice,
    Person,
    ReaderRemark,
    ReaderReport,
    Release,
    ReportTally,
    Translation,
)
from publishing.worker import loop
from publishing.workflow import editing, releasing, replying, reporting, reviewing
from publishing.workflow.errors import (
    AlreadyResolved,
    EmptyReport,
    LinkInReport,
    NotAllowed,
    NotOnThePage,
    SameHands,
    TooManyReports,
    Unknown,
    UnusableText,
    WrongLanguage,
)
from publishing.workflow.reporting import Said
from tests import cast, census

from . import edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("document")]

WRONG = "Gemi sayısı eksik."
QUOTES = {"en": "ships left AT ONCE", "tr": "GEMİLER HEMEN YOLA ÇIKTI", "ru": "суда сразу вышли"}


@pytest.fixture(scope="module")
def _live(for_the_file: None) -> None:
    """The short article, live in three languages."""
    made, boris, carol = cast.article(), cast.boris(), cast.carol()
    cast.ayse()
    for language in ("tr", "ru"):
        edition.approved(made, language, boris, carol)
    chief = cast.person("chief", cast.access.EDITORS)
    for language in ("en", "tr", "ru"):
        releasing.release(made, language, actor=chief)
    loop.drain()
    Notice.objects.all().delete()


@pytest.fixture
def document(_live: None, db: None) -> Document:
    return Document.objects.get()


@pytest.fixture
def people(document: Document) -> dict[str, Person]:
    return {name: Person.objects.get(username=name) for name in ("ayse", "boris", "carol")}


@pytest.fixture
def live(document: Document) -> dict[str, Release]:
    return {made.edition.language: made for made in Release.objects.live().select_related("edition")}


def told(kind: str = "reported") -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("person__username", flat=True))


def report(made: Release, quote: str = QUOTES["tr"], remark: str = WRONG, **more: str) -> ReaderReport:
    sender = more.pop("sender", "192.0.2.1")
    return reporting.report(made, Said(quote, remark, **more), sender=sender)


@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_a_report_arrives_on_that_very_segment(
    document: Document, live: dict[str, Release], language: str
) -> None:
    made = report(live[language], QUOTES[language])
    segment = cast.rows(document)[2].segment
    assert (made.segment, made.language) == (segment, language)
    assert made.translation == Translation.objects.filter(segment=segment, language=language).first()
    assert made.remarks.get().text == WRONG


def test_a_selection_with_a_mark_of_a_note_finds_its_sentence(
    document: Document, live: dict[str, Release]
) -> None:
    made = report(live["tr"], "Limanlar Temmuz 2023'te açıldı.[1]")
    assert made.segment == cast.rows(document)[1].segment


def test_a_page_from_before_a_correction_still_has_its_sentences(
    document: Document, live: dict[str, Release], people: dict[str, Person]
) -> None:
    edition.reworded(cast.rows(document)[2], "Gemiler bekledi.", people["boris"], people["ayse"])
    releasing.release(document, "tr", actor=Person.objects.get(username="chief"))
    assert report(live["tr"]).quote == "Gemiler hemen yola çıktı."


class TestTheTeamIsTold:
    def test_of_the_language(self, live: dict[str, Release]) -> None:
        made = report(live["tr"])
        assert told() == {"ayse", "boris", "carol", "chief"}
        assert Notice.objects.filter(translation=made.translation, params__text=WRONG).count() == 4

    def test_and_of_the_sources_sentences_the_editors(self, live: dict[str, Release]) -> None:
        report(live["en"], QUOTES["en"])
        assert told() == {"carol", "chief"}

    def test_once(self, live: dict[str, Release]) -> None:
        report(live["tr"])
        report(live["tr"], remark="Aceleyle yazılmış.")
        assert Notice.objects.filter(person__username="ayse").count() == 1


class TestReportsOfOneSentence:
    def test_are_one_and_counted(self, live: dict[str, Release]) -> None:
        for remark in (WRONG, WRONG, "Hangi gemiler?"):
            report(live["tr"], remark=remark)
        made = ReaderReport.objects.get()
        assert made.times == 3
        assert [remark.text for remark in made.remarks.all()] == [WRONG, "Hangi gemiler?"]

    def test_keep_so_many_remarks_and_no_more(self, live: dict[str, Release], settings: Any) -> None:
        settings.FEEDBACK_PER_SENDER = 100
        for number in range(reporting.MOST_REMARKS + 3):
            report(live["tr"], remark=f"{number}")
        made = ReaderReport.objects.get()
        assert (made.times, made.remarks.count()) == (reporting.MOST_REMARKS + 3, reporting.MOST_REMARKS)

    def test_begin_anew_once_somebody_has_decided(
        self, live: dict[str, Release], people: dict[str, Person]
    ) -> None:
        first = report(live["tr"])
        reporting.resolve(first.pk, "no_mistake", actor=people["ayse"])
        assert report(live["tr"]).pk != first.pk


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("quote", "remark", "refusal"),
        [
            ("", WRONG, EmptyReport),
            (QUOTES["tr"], "  \n", EmptyReport),
            ("Kumar oynayın, hemen kazanın", WRONG, NotOnThePage),
            (QUOTES["tr"], "bak: https://spam.example/x", LinkInReport),
            (QUOTES["tr"], "bak: HTTP ://spam", LinkInReport),
            (QUOTES["tr"], "bak: www.spam.example", LinkInReport),
            (QUOTES["tr"], "<a href=x>spam</a>", LinkInReport),
            (QUOTES["tr"], "[url=x]spam[/url]", LinkInReport),
            (QUOTES["tr"], "yanlış\x00", UnusableText),
            ("Gemiler\x07 hemen", WRONG, UnusableText),
        ],
    )
    def test_leaves_nothing(
        self, live: dict[str, Release], quote: str, remark: str, refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            report(live["tr"], quote, remark)
        assert not ReaderReport.objects.exists()
        assert not ReaderRemark.objects.exists()
        assert told() == set()

    def test_too_many_from_one_sender(self, live: dict[str, Release], settings: Any) -> None:
        settings.FEEDBACK_PER_SENDER = 2
        report(live["tr"])
        report(live["tr"], remark="Yine.")
        with pytest.raises(TooManyReports):
            report(live["tr"], remark="Ve yine.")
        report(live["tr"], remark="Başka biri.", sender="192.0.2.2")
        assert ReaderReport.objects.get().times == 3

    def test_too_many_of_one_release(self, live: dict[str, Release], settings: Any) -> None:
        settings.FEEDBACK_PER_RELEASE = 1
        report(live["tr"])
        with pytest.raises(TooManyReports):
            report(live["tr"], sender="192.0.2.2")
        report(live["ru"], QUOTES["ru"], sender="192.0.2.2")

    def test_nothing_longer_than_is_read(self, live: dict[str, Release]) -> None:
        made = report(live["tr"], remark="ş" * 100_000)
        assert len(made.remarks.get().text) == reporting.LONGEST_REMARK


def test_a_report_changes_no_state_and_no_public_byte(document: Document, live: dict[str, Release]) -> None:
    pages, rows = edition.site(), census.rows()
    report(live["tr"], address="oku@example.org")
    report(live["tr"], remark="<script>alert(1)</script>")
    assert edition.site() == pages
    theirs = {"ReaderReport", "ReaderRemark", "ReportTally", "Notice"}
    assert {name: there for name, there in census.rows().items() if name not in theirs} == {
        name: there for name, there in rows.items() if name not in theirs
    }


def test_four_eyes_are_as_they_were(
    document: Document, live: dict[str, Release], people: dict[str, Person]
) -> None:
    made = report(live["tr"])
    row = cast.rows(document)[2]
    row = editing.submit(row, text="Gemiler yola çıktı.", actor=people["ayse"], seen_version=row.version)
    reporting.resolve(made.pk, "mended", actor=people["ayse"])
    with pytest.raises(SameHands):
        reviewing.approve(row, actor=people["ayse"], seen_version=row.version)


class TestAnAddressOfTheNetwork:
    def test_stands_nowhere(self, live: dict[str, Release]) -> None:
        report(live["tr"], sender="198.51.100.77")
        assert "198.51.100.77" not in str(census.rows())

    def test_leaves_no_digest_after_its_day(self, live: dict[str, Release]) -> None:
        report(live["tr"])
        reporting.forget()
        assert ReportTally.objects.count() == 2
        ReportTally.objects.update(day=timezone.now().date() - timedelta(days=1))
        reporting.forget()
        assert not ReportTally.objects.exists()


class TestADecision:
    @pytest.fixture
    def made(self, live: dict[str, Release]) -> ReaderReport:
        return report(live["tr"])

    def test_is_on_record(self, made: ReaderReport, people: dict[str, Person]) -> None:
        done = reporting.resolve(made.pk, "mended", actor=people["ayse"])
        assert (done.outcome, done.resolved_by) == ("mended", people["ayse"])
        entry = AuditEntry.objects.get(verb="resolve_report")
        assert (entry.person, entry.translation, entry.data["outcome"]) == (
            people["ayse"],
            made.translation,
            "mended",
        )

    def test_is_made_once(self, made: ReaderReport, people: dict[str, Person]) -> None:
        reporting.resolve(made.pk, "mended", actor=people["ayse"])
        with pytest.raises(AlreadyResolved):
            reporting.resolve(made.pk, "no_mistake", actor=people["boris"])
        assert ReaderReport.objects.get().outcome == "mended"

    def test_is_of_those_who_review_the_language(self, made: ReaderReport) -> None:
        with pytest.raises(WrongLanguage):
            reporting.resolve(made.pk, "mended", actor=cast.person("elena", cast.access.TRANSLATORS, "ru"))
        with pytest.raises(NotAllowed):
            reporting.resolve(made.pk, "mended", actor=cast.dora())

    def test_on_the_source_is_an_editors(self, live: dict[str, Release], people: dict[str, Person]) -> None:
        made = report(live["en"], QUOTES["en"])
        with pytest.raises(NotAllowed):
            reporting.resolve(made.pk, "mended", actor=people["boris"])
        assert reporting.resolve(made.pk, "mended", actor=people["carol"]).outcome == "mended"

    @pytest.mark.parametrize("outcome", ["", "nonsense"])
    def test_is_one_of_two(self, made: ReaderReport, people: dict[str, Person], outcome: str) -> None:
        with pytest.raises(Unknown):
            reporting.resolve(made.pk, outcome, actor=people["ayse"])
        with pytest.raises(Unknown):
            reporting.resolve(0, "mended", actor=people["ayse"])


class TestAReaderWhoLeftAnAddress:
    @pytest.fixture(autouse=True)
    def _server(self, settings: Any) -> None:
        settings.EMAIL_HOST = "mail.example.org"
        mail.outbox.clear()

    @pytest.mark.parametrize(
        ("language", "outcome", "words"),
        [
            ("en", "mended", "You were right"),
            ("tr", "mended", "Haklıydınız"),
            ("ru", "no_mistake", "оставляет предложение"),
        ],
    )
    def test_is_told_once_in_their_language_and_forgotten(
        self, live: dict[str, Release], people: dict[str, Person], language: str, outcome: str, words: str
    ) -> None:
        made = report(live[language], QUOTES[language], "WORDS OF A STRANGER", address="oku@example.org")
        loop.drain()
        assert mail.outbox == [], "nobody has decided yet"
        reporting.resolve(made.pk, outcome, actor=people["carol"])
        assert mail.outbox == [], "the worker sends it"
        assert "oku@" not in str(list(Job.objects.values_list("payload", "key")))
        loop.drain()
        (message,) = mail.outbox
        assert message.to == ["oku@example.org"]
        assert words in message.body
        assert {"tr": "“{}”", "ru": "«{}»"}.get(language, "“{}”").format(made.quote) in message.body
        assert "STRANGER" not in message.subject + message.body
        assert "oku@example.org" not in str(census.rows())

    def test_twice_is_told_once(self, live: dict[str, Release], people: dict[str, Person]) -> None:
        for remark, address in (
            (WRONG, "oku@example.org"),
            ("Yine.", "Oku@Example.org"),
            (WRONG, "b@example.org"),
        ):
            made = report(live["tr"], remark=remark, address=address)
        reporting.resolve(made.pk, "mended", actor=people["ayse"])
        loop.drain()
        assert sorted(message.to for message in mail.outbox) == [["b@example.org"], ["oku@example.org"]]
        assert not ReaderRemark.objects.exclude(address="").exists()

    def test_is_told_later_where_the_server_is_away_and_forgotten_at_last(
        self, live: dict[str, Release], people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(*_args: object, **_options: object) -> None:
            raise smtplib.SMTPServerDisconnected

        made = report(live["tr"], address="oku@example.org")
        reporting.resolve(made.pk, "mended", actor=people["ayse"])
        monkeypatch.setattr(replying.EmailMessage, "send", away)
        loop.drain()
        waiting = Job.objects.get(kind=reporting.KIND)
        assert waiting.state == Job.State.READY
        assert ReaderRemark.objects.get().address == "oku@example.org"
        Job.objects.update(attempts=4, not_before=timezone.now())
        loop.drain()
        waiting.refresh_from_db()
        assert waiting.state == Job.State.DEAD
        assert ReaderRemark.objects.get().address == ""

    def test_is_forgotten_when_nobody_decides(self, live: dict[str, Release]) -> None:
        report(live["tr"], address="oku@example.org")
        reporting.forget()
        assert ReaderRemark.objects.get().address
        ReaderRemark.objects.update(said_at=timezone.now() - timedelta(days=181))
        reporting.forget()
        assert ReaderRemark.objects.get().address == ""

    def test_is_not_promised_what_no_server_can_keep(self, live: dict[str, Release], settings: Any) -> None:
        settings.EMAIL_HOST = ""
        report(live["tr"], address="oku@example.org")
        assert ReaderRemark.objects.get().address == ""
