"""models.once: a query built once gives what the same query built anew would give, to every call its own."""

import contextlib
import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Q, Value
from django.db.models.expressions import RawSQL
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.models import Translation
from publishing.models.once import Once, OnceInOneGo
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows() -> list[Translation]:
    return cast.opened(cast.article())


def test_every_call_has_its_own_values(rows: list[Translation]) -> None:
    once = Once(lambda pk: Translation.objects.filter(pk=pk).select_related("segment"))
    for row in rows:
        (found,) = once(row.pk)
        assert (found, found.segment.text, found.state) == (row, row.segment.text, row.state)
    assert once(0) == []


def test_a_value_may_stand_in_several_places_and_be_a_moment(rows: list[Translation]) -> None:
    once = Once(
        lambda at, pk: Translation.objects.filter(changed_at__gte=at).filter(
            Q(changed_at__gt=at) | Q(pk__gt=pk)
        )
    )
    Translation.objects.filter(pk=rows[3].pk).update(changed_at=timezone.now() - timedelta(days=30))
    now, before = timezone.now() - timedelta(hours=1), timezone.now() - timedelta(days=30, hours=1)
    assert {row.pk for row in once(now, 0)} == {rows[0].pk, rows[1].pk, rows[2].pk}
    assert len(once(before, 0)) == 4


def test_what_it_read_is_read_anew(rows: list[Translation]) -> None:
    once = Once(lambda pk: Translation.objects.filter(pk=pk))
    assert once(rows[1].pk)[0].risk == rows[1].risk
    Translation.objects.filter(pk=rows[1].pk).update(risk=77)
    assert once(rows[1].pk)[0].risk == 77


def test_it_may_have_no_values_at_all(rows: list[Translation]) -> None:
    once = Once(lambda: Translation.objects.filter(state="missing"))
    assert {row.pk for row in once()} == {row.pk for row in Translation.objects.filter(state="missing")}


def test_subqueries_come_along(rows: list[Translation]) -> None:
    once = Once(Translation.objects.in_the_block_of)
    assert [row.pk for row in once(rows[1].pk)] == [
        row.pk for row in Translation.objects.in_the_block_of(rows[1].pk)
    ]


@pytest.mark.parametrize("pooler", [False, True])
def test_behind_a_pooler_of_transactions_nothing_is_kept_in_a_session(
    rows: list[Translation], monkeypatch: pytest.MonkeyPatch, pooler: bool
) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", pooler)
    once = Once(lambda pk: Translation.objects.filter(pk=pk, state__in=["missing", "it's % odd"]))
    with CaptureQueriesContext(connection) as asked:
        assert once(rows[1].pk) == [rows[1]]
    assert len(asked) == 1
    prepared = connection.vendor == "postgresql" and not pooler
    assert asked[0]["sql"].startswith("EXECUTE" if prepared else "SELECT")


def test_it_can_be_asked_after_a_transaction_that_failed(rows: list[Translation]) -> None:
    once = Once(lambda pk: Translation.objects.filter(pk=pk))

    def fail() -> None:
        once(rows[1].pk)
        Translation.objects.filter(pk=rows[1].pk).update(state="approved")

    with pytest.raises(IntegrityError), transaction.atomic():
        fail()
    assert once(rows[2].pk) == [rows[2]]


def test_a_server_that_binds_values_is_given_no_prepared_statement(
    rows: list[Translation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection.features, "uses_server_side_binding", True, raising=False)
    once = Once(lambda pk: Translation.objects.filter(pk=pk))
    with CaptureQueriesContext(connection) as asked:
        assert once(rows[1].pk) == [rows[1]]
    assert asked[0]["sql"].startswith("SELECT")


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_in_a_transaction_alone() -> None:
    row = cast.opened(cast.article())[1]
    once = Once(lambda pk: Translation.objects.select_for_update().filter(pk=pk))
    with transaction.atomic():
        assert once(row.pk) == [row]
    with pytest.raises(TransactionManagementError):
        once(row.pk)


def test_what_cannot_be_prepared_is_an_error_of_djangos(rows: list[Translation]) -> None:
    """PostgreSQL prepares nothing in a transaction that has failed; SQLite goes on."""

    def ask_after_a_failure() -> None:
        with contextlib.suppress(IntegrityError):
            Translation.objects.filter(pk=rows[1].pk).update(state="approved")
        Once(lambda pk: Translation.objects.filter(pk=pk).exclude(version=pk))(rows[1].pk)

    with contextlib.suppress(DatabaseError), transaction.atomic():
        ask_after_a_failure()
    assert Translation.objects.get(pk=rows[1].pk).state == rows[1].state


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_meet_in_it() -> None:
    rows = cast.opened(cast.article())
    once = Once(lambda pk: Translation.objects.filter(pk=pk))
    wrong: list[int] = []

    def ask(pk: int) -> None:
        for _ in range(50):
            wrong.extend(row.pk for row in once(pk) if row.pk != pk)
        connection.close()

    threads = [threading.Thread(target=ask, args=(row.pk,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


class TestSeveralInOneGo:
    """models.once.OnceInOneGo: the rows of each query, as tuples."""

    ASKED = OnceInOneGo(
        lambda pk, _other: Translation.objects.filter(pk=pk).values_list("state", "segment__text"),
        lambda _pk, other: (
            Translation.objects.filter(pk=other)
            .annotate(odd=Value("100 % of it's; %s"), raw=RawSQL("'%%s, 5 %%' || %s", ["!"]))
            .values_list("pk", "odd", "raw")
        ),
        lambda pk, other: Translation.objects.filter(pk__in=[pk, other]).order_by("pk").values_list("pk"),
    )

    def test_each_has_the_rows_of_its_own(self, rows: list[Translation]) -> None:
        for one, other in ((rows[1], rows[2]), (rows[0], rows[3])):
            assert self.ASKED(one.pk, other.pk) == [
                [(one.state, one.segment.text)],
                [(other.pk, "100 % of it's; %s", "%s, 5 %!")],
                [(one.pk,), (other.pk,)],
            ]
        assert self.ASKED(0, 0) == [[], [], []]

    @pytest.mark.parametrize("pooler", [False, True])
    def test_postgresql_is_asked_once(
        self, rows: list[Translation], monkeypatch: pytest.MonkeyPatch, pooler: bool
    ) -> None:
        """Behind a pooler, where nothing can be prepared, it is asked as often as there are queries."""
        monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", pooler)
        self.ASKED(rows[1].pk, rows[2].pk)
        with CaptureQueriesContext(connection) as asked:
            found = self.ASKED(rows[1].pk, rows[2].pk)
        assert found[2] == [(rows[1].pk,), (rows[2].pk,)]
        assert len(asked) == (1 if connection.vendor == "postgresql" and not pooler else 3)
