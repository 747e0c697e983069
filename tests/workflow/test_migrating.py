"""migrating: what was indexed before a migration that changes the index is found after it, as what is indexed since."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection

from publishing.models import SearchText, search, vocabulary
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _as_of_hours() -> Iterator[None]:
    """A site whose index knows hours, and not yet words."""
    cast.opened(cast.article())
    call_command("migrate", "publishing", "0018", verbosity=0)
    yield
    call_command("migrate", "publishing", "0017", verbosity=0)  # which makes the index anew
    call_command("migrate", verbosity=0)


def near(form: str) -> list[int] | None:
    return SearchText.objects.near(form, 10, trigrams=search.telling(form, []))


@pytest.mark.usefixtures("_as_of_hours")
def test_words_are_gathered_of_what_was_indexed_before_and_of_what_is_indexed_since() -> None:
    call_command("migrate", verbosity=0)
    assert not vocabulary.has_no("ships")
    assert vocabulary.has_no("boats") == (connection.vendor == "sqlite")
    cast.opened(cast.article(cast.SHORT.replace("Ships", "Boats")))
    assert not vocabulary.has_no("boats")


@pytest.mark.usefixtures("_as_of_hours")
def test_where_no_index_could_be_made_a_search_still_reads_the_texts() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for event in ("insert", "update", "delete"):
                cursor.execute(f"DROP TRIGGER {search.TRIGRAMS}_{event}")
        cursor.execute(f"DROP {'TABLE' if connection.vendor == 'sqlite' else 'INDEX'} {search.TRIGRAMS}")
    call_command("migrate", verbosity=0)
    assert vocabulary.WORDS not in connection.introspection.table_names()
    (row,) = near("ships left") or ()
    SearchText.objects.filter(pk=row).update(text="the boats left")
    assert near("boats left") == [row]
    assert not vocabulary.has_no("ships")
