"""Reports of readers: one sentence of a released page, what is wrong with it, and what the newsroom made of that.

A report changes no state and no public byte: it stands beside the segment until somebody decides on it. What
strangers send is bounded, counted and never shown to readers. An address is kept until its owner was told.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import salted_hmac

from publishing.markup import placeholders
from publishing.matching import quoting
from publishing.models import (
    Document,
    Person,
    ReaderRemark,
    ReaderReport,
    Release,
    ReportTally,
    Segment,
    Translation,
)
from publishing.reports import released
from publishing.reports.released import Sentence

from . import access, auditing, jobs, notifying, revising
from .errors import AlreadyResolved, EmptyReport, LinkInReport, NotOnThePage, TooManyReports, Unknown

KIND = "reply"
"""The kind of job that tells a reader what came of their report (replying.py)."""
LONGEST_QUOTE: Final = 1_500
LONGEST_REMARK: Final = 1_500
MOST_REMARKS: Final = 20
"""What is said of one sentence beyond that is counted, and not kept."""
_LINK: Final = re.compile(r"(?i)\b(?:https?|ftp)\s*:|//\w|\bwww\.|</?a\b|\[/?(?:url|link)\b")


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader sends: the words on the page, what stood before them, what is wrong, where to answer."""

    quote: str
    remark: str
    before: str = ""
    address: str = ""


def report(made: Release, said: Said, *, beside: tuple[Release, ...] = (), sender: str) -> ReaderReport:
    """Puts what a reader says beside the segment whose sentence they quote; the team of its language is told.

    `made` is the release whose page was read, `beside` are others on the page, its biographies. `sender` is an
    address of the network, kept as a digest until the day is over. A sentence that waits already is counted.

    Raises TooManyReports, EmptyReport, LinkInReport, UnusableText, or NotOnThePage.
    """
    quote = revising.clean(said.quote)[:LONGEST_QUOTE]
    remark = revising.clean(said.remark)[:LONGEST_REMARK]
    if not (quote and remark):
        raise EmptyReport
    if _LINK.search(remark):
        raise LinkInReport
    _count(sender, made)
    sentence = _quoted(quote, said.before[-LONGEST_QUOTE:], (made, *beside))
    with transaction.atomic():
        # As decisions do: else a report that is decided on while it is counted is neither there nor new.
        document = sentence.release.edition.document_id
        Document.objects.select_for_update().get(pk=document)
        row, is_new = _open(sentence)
        ReaderReport.objects.filter(pk=row.pk).update(times=F("times") + 1)
        _keep(row, remark, said.address if settings.EMAIL_HOST else "", made.edition.language)
        if is_new:
            _tell(row, remark)
    return row


def resolve(report_id: int, outcome: str, *, actor: Person) -> ReaderReport:
    """Decides on a report; readers who left an address are told, each once.

    Whoever reviews the language decides; on a sentence of the source an editor does. Raises Unknown, NotAllowed,
    WrongLanguage, or AlreadyResolved.
    """
    found = ReaderReport.objects.select_related("segment").filter(pk=report_id).first()
    if found is None or outcome not in ReaderReport.Outcome.values:
        raise Unknown(what=ReaderReport._meta.verbose_name, name=report_id)
    if found.translation_id:
        access.require_review(actor, found.language)
    else:
        access.require(actor, access.RELEASE)
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=found.segment.document_id)
        decided = ReaderReport.objects.open().filter(pk=found.pk)
        if not decided.update(outcome=outcome, resolved_by=actor, resolved_at=Now()):
            raise AlreadyResolved
        found.refresh_from_db()
        data = {"outcome": outcome, "language": found.language, "quote": auditing.sha256(found.quote)}
        translation = found.translation
        auditing.record(document, "resolve_report", person=actor, translation=translation, data=data)
        _plan_replies(found)
    return found


def forget() -> int:
    """Tallies of past days go, and addresses that waited too long to be of use; returns how many rows that were."""
    tallies, _by_model = ReportTally.objects.filter(day__lt=_today()).delete()
    past = Now() - timedelta(days=settings.FEEDBACK_KEEP_DAYS)
    waiting = ReaderRemark.objects.exclude(address="").filter(said_at__lt=past)
    return tallies + waiting.update(address="")


def _today() -> date:
    return timezone.now().date()


def _count(sender: str, made: Release) -> None:
    """One more from the sender and to the release today. The digest is the day's own, and useless after it."""
    day = _today()
    for name, most in (
        (sender, settings.FEEDBACK_PER_SENDER),
        (f"release/{made.pk}", settings.FEEDBACK_PER_RELEASE),
    ):
        key = salted_hmac("publishing.feedback", f"{day}/{name}", algorithm="sha256").hexdigest()
        if ReportTally.objects.count_one(key, day) > most:
            raise TooManyReports


def _quoted(quote: str, before: str, releases: tuple[Release, ...]) -> Sentence:
    sentences = released.sentences(releases)
    index = quoting.locate(quote, [each.text for each in sentences], before)
    if index is None:
        raise NotOnThePage
    return sentences[index]


def _open(sentence: Sentence) -> tuple[ReaderReport, bool]:
    """The report of this sentence that waits, or a new one, and whether it is new. Under the document's lock."""
    segment = Segment.objects.select_related("block").get(key=sentence.key)
    edition = sentence.release.edition
    translation = Translation.objects.filter(segment=segment, language=edition.language).first()
    return ReaderReport.objects.get_or_create(
        segment=segment,
        language=edition.language,
        outcome="",
        defaults={
            "release": sentence.release,
            "translation": translation,
            "quote": placeholders.plain(sentence.text, segment.block.markup),
        },
    )


def _keep(row: ReaderReport, text: str, address: str, language: str) -> None:
    """What was said, once: the same words again are counted only, unless somebody else wants to be told."""
    kept = list(row.remarks.values_list("text", "address"))
    is_known = any(text == had and address in {"", to} for had, to in kept)
    if not is_known and len(kept) < MOST_REMARKS:
        row.remarks.create(text=text, address=address, language=language)


def _tell(row: ReaderReport, remark: str) -> None:
    """Who can do something about it: the language's team, or of the source's sentences the editors."""
    team = access.teams()[row.language] if row.translation_id else access.people_with(access.RELEASE)
    document = row.segment.document
    for person in team:
        notifying.tell(
            person,
            "reported",
            document=document,
            translation=row.translation,
            language=row.language,
            text=remark[:200],
        )


def _plan_replies(row: ReaderReport) -> None:
    """One e-mail to each address. The job's row does not say it: that outlives the address."""
    told: set[str] = set()
    for remark in row.remarks.exclude(address=""):
        if remark.address.casefold() not in told:
            jobs.plan(KIND, f"{KIND}/{remark.pk}", remark=remark.pk)
        else:
            ReaderRemark.objects.filter(pk=remark.pk).update(address="")
        told.add(remark.address.casefold())
