"""models.in_one_go: statements that go to the database together."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from publishing.models import AuditEntry, Job, Translation, in_one_go
from publishing.models.in_one_go import Statement
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Translation:
    return cast.opened(cast.article())[1]


def entry(row: Translation, number: int) -> AuditEntry:
    """Evidence with a number that nobody else's has, and words that a careless hand would trip over."""
    return AuditEntry(
        document=row.segment.document,
        number=number,
        verb="return",
        translation=row,
        data={"note": "100 %; it's “%s” \\ $1", "seconds": 3},
        at=row.changed_at,
        previous_hash="",
        hash="0" * 64,
    )


def test_each_tells_how_many_rows_it_has_written(row: Translation) -> None:
    changed = in_one_go.write(
        row.advancing(risk=70, state=Translation.State.MISSING),
        row.advancing(risk=80),  # at the version that the first has left
        entry(row, 98).appending(),
        Job.planning(Job(kind="catalog", key="a; b %s"), Job(kind="learn", key="it's", payload={"in": "ё"})),
    )
    assert changed == [1, 0, 1, 2]
    now = Translation.objects.get(pk=row.pk)
    assert (now.version, now.risk) == (row.version + 1, 70)
    written = AuditEntry.objects.get(number=98)
    assert (written.data, written.at, written.person) == (entry(row, 98).data, row.changed_at, None)
    assert dict(Job.objects.filter(key__in=["a; b %s", "it's"]).values_list("key", "payload")) == {
        "a; b %s": {},
        "it's": {"in": "ё"},
    }


def test_a_later_one_reads_what_an_earlier_one_has_written(row: Translation) -> None:
    table = Translation._meta.db_table
    versions = Statement(f"SELECT version, risk FROM {table} WHERE id = %s", [row.pk])  # noqa: S608 -- our own name
    raised = Statement(f"UPDATE {table} SET risk = 66 WHERE id = %s RETURNING risk", [row.pk])  # noqa: S608 -- our own name
    assert in_one_go.read(versions, raised, versions) == [
        [(row.version, row.risk)],
        [(66,)],
        [(row.version, 66)],
    ]


def test_one_that_fails_takes_the_others_back_with_the_transaction(row: Translation) -> None:
    def write() -> None:
        in_one_go.write(
            row.advancing(risk=70),
            entry(row, 98).appending(),
            entry(row, 98).appending(),
            Job.planning(Job(key="x")),
        )

    with pytest.raises(IntegrityError), transaction.atomic():
        write()
    assert Translation.objects.get(pk=row.pk).version == row.version
    assert not AuditEntry.objects.filter(number=98).exists()
    assert not Job.objects.filter(key="x").exists()


@pytest.mark.parametrize("by_the_server", [False, True])
def test_postgresql_gets_them_at_once_where_values_are_bound_here(
    row: Translation, monkeypatch: pytest.MonkeyPatch, by_the_server: bool
) -> None:
    monkeypatch.setattr(connection.features, "uses_server_side_binding", by_the_server, raising=False)
    both = row.advancing(risk=70), entry(row, 98).appending()
    with CaptureQueriesContext(connection) as asked:
        assert in_one_go.write(*both) == [1, 1]
    assert len(asked) == (1 if connection.vendor == "postgresql" and not by_the_server else 2)


def test_nothing_is_not_sent() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert in_one_go.write() == in_one_go.read() == []
    assert len(asked) == 0
