"""reviewing.dismiss: a warning is set aside with a reason that is kept; nothing passes by it."""

import pytest

from publishing.models import AuditEntry, Finding, Overrule, Person, Translation
from publishing.models.translation import State
from publishing.reports import queue
from publishing.workflow import editing, reviewing
from publishing.workflow.errors import (
    BlockedByFindings,
    NoSuchFinding,
    ReasonMissing,
    StaleVersion,
    WrongLanguage,
)
from tests import cast

pytestmark = pytest.mark.django_db

TWICE = "Limanlar limanlar Temmuz 2023’te açıldı.[1]"
TWICE_AND_WRONG = TWICE.replace("2023", "2032")
REASON = "A line of a song."


@pytest.fixture
def boris() -> Person:
    return cast.boris()


@pytest.fixture
def row(boris: Person) -> Translation:
    """A text with a word that stands there twice, submitted by Boris."""
    first = cast.opened(cast.article())[1]
    return editing.submit(first, text=TWICE, actor=boris, seen_version=first.version)


def found(row: Translation, severity: str) -> tuple[str, int, int]:
    finding = Finding.objects.filter(translation=row, severity=severity).first()
    assert finding is not None
    return finding.code, finding.start, finding.end


def dismiss(row: Translation, actor: Person, reason: str = REASON, severity: str = "warn") -> Overrule:
    return reviewing.dismiss(
        row, actor=actor, seen_version=row.version, finding=found(row, severity), reason=reason
    )


def warnings(row: Translation) -> int:
    return next(each.warnings for each in queue.page(queue.Wanted("tr")).rows if each.pk == row.pk)


def test_it_is_counted_no_more(row: Translation) -> None:
    assert warnings(row) == 1
    dismiss(row, cast.ayse())
    assert warnings(row) == 0


def test_the_reason_is_kept(row: Translation) -> None:
    ayse = cast.ayse()
    made = dismiss(row, ayse)
    assert (made.reason, made.person, made.dismissed) == (REASON, ayse, True)
    entry = AuditEntry.objects.get(verb="dismiss")
    assert (entry.person, entry.data["reason"], entry.translation) == (ayse, REASON, row)


def test_the_author_may(row: Translation, boris: Person) -> None:
    assert dismiss(row, boris).person == boris


def test_a_reason_is_needed(row: Translation) -> None:
    with pytest.raises(ReasonMissing):
        dismiss(row, cast.ayse(), reason=" ")


def test_only_by_who_reviews_the_language(row: Translation) -> None:
    with pytest.raises(WrongLanguage):
        dismiss(row, cast.person("lena", "Translators", "ru"))


def test_only_on_the_text_that_was_displayed(row: Translation) -> None:
    with pytest.raises(StaleVersion):
        reviewing.dismiss(
            row, actor=cast.ayse(), seen_version=row.version - 1, finding=found(row, "warn"), reason=REASON
        )


def test_another_text_is_judged_anew(row: Translation, boris: Person) -> None:
    dismiss(row, boris)
    row = editing.submit(row, text=f"{TWICE} Evet.", actor=boris, seen_version=row.version)
    assert warnings(row) >= 1


class TestWhatBlocks:
    @pytest.fixture
    def wrong(self, row: Translation, boris: Person) -> Translation:
        return editing.submit(row, text=TWICE_AND_WRONG, actor=boris, seen_version=row.version)

    def test_is_not_dismissed(self, wrong: Translation) -> None:
        with pytest.raises(NoSuchFinding):
            dismiss(wrong, cast.carol(), severity="block")

    def test_does_not_pass_by_a_dismissal_that_came_about_some_other_way(self, wrong: Translation) -> None:
        """As if the check had been a mere warning when somebody dismissed it."""
        code, start, end = found(wrong, "block")
        ayse = cast.ayse()
        Overrule.objects.create(
            revision=wrong.current, code=code, start=start, end=end, reason=REASON, person=ayse,
            memory_key=wrong.segment.memory_key, dismissed=True,
        )  # fmt: skip
        with pytest.raises(BlockedByFindings):
            reviewing.approve(wrong, actor=ayse, seen_version=wrong.version)
        assert Translation.objects.get(pk=wrong.pk).state == State.SUBMITTED
