"""A condition on very many ids: one value of the statement, where `pk__in` has one for each of them.

It is also told whether the database may look the ids up. Where rows are walked through in an order, it is to stay
with the order's index, which holds the ids: thousands of rows looked up and sorted cost more than tens of thousands
of an index's entries passed over.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import BooleanField, Func


class OneOf(Func):
    """Whether a column's number is one of these.

    PostgreSQL finds out by itself which way is shorter; SQLite picks the ids out (`picks`) or looks them up.
    """

    output_field = BooleanField()

    def __init__(self, column: str, ids: Collection[int], *, picks: bool = False, **extra: Any) -> None:
        super().__init__(column, **extra)
        self.ids, self.picks = tuple(ids), picks

    def as_postgresql(self, compiler: Any, _connection: Any, **_context: Any) -> Any:
        sql, params = compiler.compile(self.source_expressions[0])
        ids = ",".join(map(str, self.ids))
        return f"{sql} = ANY(%s::bigint[])", [*params, f"{{{ids}}}"]

    def as_sqlite(self, compiler: Any, _connection: Any, **_context: Any) -> Any:
        """A plus keeps the column's own index out of it."""
        sql, params = compiler.compile(self.source_expressions[0])
        ids, plus = ",".join(map(str, self.ids)), "+" if self.picks else ""
        return f"{plus}{sql} IN (SELECT value FROM json_each(%s))", [*params, f"[{ids}]"]  # noqa: S608 -- our own column
