"""What engines are worth and cost, from efforts and months."""

import random
from statistics import median

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from publishing.models import AuditEntry, Document, Effort, EngineAccount, EngineMonth
from publishing.models.engine import database_now
from publishing.reports import economics
from publishing.reports.economics import middle
from tests import cast

pytestmark = pytest.mark.django_db


class TestTheMiddle:
    @pytest.mark.parametrize(
        ("n", "low", "high"),
        [(6, 1, 6), (10, 2, 9), (20, 6, 15), (50, 18, 33)],
    )
    def test_has_the_interval_of_the_tables(self, n: int, low: int, high: int) -> None:
        """Ranks as tabled for the sign test's 95 % interval."""
        found = middle(range(1, n + 1))
        assert (found.low, found.high) == (low, high)

    @pytest.mark.parametrize("n", [1, 2, 5])
    def test_of_too_few_has_no_interval(self, n: int) -> None:
        found = middle(range(n))
        assert (found.n, found.low, found.high) == (n, None, None)

    @given(st.lists(st.floats(0, 1), min_size=1, max_size=200))
    def test_lies_within_its_interval(self, values: list[float]) -> None:
        found = middle(values)
        assert found.median == median(values)
        if found.low is not None and found.high is not None:
            assert found.low <= found.median <= found.high

    @pytest.mark.parametrize("n", [10, 40, 61, 200])
    def test_holds_the_true_one_as_often_as_it_says(self, n: int) -> None:
        """Two thousand samples of a skewed distribution whose median is known."""
        chance = random.Random(n)
        held = 0
        for _ in range(2_000):
            found = middle(chance.random() ** 3 for _ in range(n))
            assert found.low is not None
            assert found.high is not None
            held += found.low <= 0.125 <= found.high
        assert held >= 0.94 * 2_000


def approval(document: Document, number: int) -> AuditEntry:
    return AuditEntry.objects.create(
        document=document, number=1_000 + number, verb="approve", at=timezone.now(), hash="x",
        translation=cast.rows(document)[2],
    )  # fmt: skip


@pytest.fixture
def document() -> Document:
    made = cast.article()
    cast.opened(made)
    return made


def effort(document: Document, number: int, engine: str, ratio: float, **values: object) -> Effort:
    defaults = {
        "source_language": "en", "language": "tr", "words": 20, "edit_ratio": ratio, "ter": 100 * ratio,
        "chrf": 100 - 100 * ratio, "untouched": ratio == 0, "at": timezone.now(),
    }  # fmt: skip
    return Effort.objects.create(approval=approval(document, number), engine=engine, **defaults | values)


def test_engines_stand_by_pair_the_better_one_first(document: Document) -> None:
    for number, (engine, ratio) in enumerate([("a", 0.5), ("a", 0.3), ("b", 0.0), ("b", 0.2), ("b", 0.1)]):
        effort(document, number, engine, ratio, seconds=10.0)
    better, worse = economics.worth()
    assert (better.engine, better.n, better.untouched, better.edit_ratio.median) == ("b", 3, 1, 0.1)
    assert (worse.engine, worse.n, worse.edit_ratio.median) == ("a", 2, 0.4)
    assert better.bins == (1, 1, 1, *[0] * 7)
    assert better.seconds_a_word is not None
    assert better.seconds_a_word.median == 0.5


def test_what_no_engine_drafted_does_not_count(document: Document) -> None:
    effort(document, 1, "", 0.0, edit_ratio=None, ter=None, chrf=None)
    assert economics.worth() == []


def test_what_is_old_does_not_count(document: Document) -> None:
    effort(document, 1, "a", 0.1, at=timezone.now() - timezone.timedelta(days=economics.DAYS + 1))
    assert economics.worth() == []


def test_untouched_and_too_fast_stands_out(document: Document) -> None:
    fast = effort(document, 1, "a", 0.0, seconds=1.0, too_fast=True)
    effort(document, 2, "a", 0.2, seconds=1.0, too_fast=True)
    effort(document, 3, "a", 0.0, seconds=60.0)
    assert economics.too_fast() == [fast]


def test_queries_do_not_grow_with_the_approvals(
    document: Document, django_assert_num_queries: object
) -> None:
    for number in range(30):
        effort(document, number, "a", 0.1, seconds=1.0, too_fast=True, untouched=True)
    with django_assert_num_queries(2):  # type: ignore[operator]
        economics.worth()
    with django_assert_num_queries(1):  # type: ignore[operator]
        [each.approval.translation.segment.text for each in economics.too_fast()]


def test_the_bill_is_this_months(settings: object) -> None:
    settings.MT_BUDGET = {"a": 100, "b": 0}  # type: ignore[attr-defined]
    now = database_now()
    EngineMonth.objects.create(engine="a", month=f"{now:%Y-%m}", characters=120)
    EngineMonth.objects.create(engine="b", month="2001-01", characters=7)
    EngineAccount.objects.create(
        engine="c", digest="x", closed_until=now + timezone.timedelta(minutes=5), reason="quota"
    )
    first, second, third = economics.bills(["a", "b", "c"])
    assert (first.used, first.budget, first.left) == (120, 100, 0)
    assert (second.used, second.budget, second.left, second.closed_until) == (0, 0, 0, None)
    assert (third.budget, third.left, third.reason) == (None, None, "quota")
