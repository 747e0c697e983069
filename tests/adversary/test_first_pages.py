"""Two workers with the very first releases of a site. SQLite has one writer at a time: nothing to test there."""

import threading

from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from publishing import pages
from publishing.models import Page

if connection.vendor == "postgresql":

    def test_the_first_pages_are_written_in_turns_too(
        django_db_setup: None, django_db_blocker: DjangoDbBlocker
    ) -> None:
        came = threading.Event()

        def second() -> None:
            with django_db_blocker.unblock():
                with transaction.atomic():
                    pages.take_turns()
                    came.set()
                    transaction.set_rollback(True)
                connection.close()

        with django_db_blocker.unblock():
            try:
                Page.objects.all().delete()
                with transaction.atomic():
                    pages.take_turns()
                    worker = threading.Thread(target=second)
                    worker.start()
                    assert not came.wait(0.5)
                    pages.write_lists()
                worker.join(10)
                assert came.is_set()
                assert not Page.objects.filter(etag="").exists()
            finally:
                Page.objects.all().delete()
                connection.close()
