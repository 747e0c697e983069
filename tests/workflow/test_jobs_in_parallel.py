"""Work between real transactions. SQLite has one writer at a time: there is nothing to test there."""

import threading
from collections.abc import Callable

from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from publishing import pages
from publishing.models import Job, Page
from publishing.workflow import jobs

KEY = "a test's own"


def beside(blocker: DjangoDbBlocker, act: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """Acts in a thread with a connection of its own; what came of it stands in the list when it has ended."""
    came: list[object] = []

    def run() -> None:
        with blocker.unblock(), transaction.atomic():
            came.append(act())
        with blocker.unblock():
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(0.5)
    return thread, came


if connection.vendor == "postgresql":

    def test_a_claim_waits_for_a_change_that_counts_on_the_job(
        django_db_setup: None, django_db_blocker: DjangoDbBlocker
    ) -> None:
        """Somebody's change has coalesced into waiting work: a worker that took it now would not see the change."""
        with django_db_blocker.unblock():
            try:
                jobs.plan("test", KEY)
                with transaction.atomic():
                    jobs.plan("test", KEY)
                    worker, taken = beside(django_db_blocker, jobs.claim)
                    assert taken == []
                worker.join(10)
                assert [job.key for job in taken if isinstance(job, Job)] == [KEY]
            finally:
                Job.objects.filter(key=KEY).delete()
                connection.close()

    def test_pages_are_written_in_turns(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
        """Who writes second reads after the first has ended, and so sees its release."""
        with django_db_blocker.unblock():
            try:
                pages.write_lists()
                with transaction.atomic():
                    pages.take_turns()
                    worker, came = beside(django_db_blocker, pages.take_turns)
                    assert came == []
                worker.join(10)
                assert len(came) == 1
            finally:
                Page.objects.all().delete()
                connection.close()
