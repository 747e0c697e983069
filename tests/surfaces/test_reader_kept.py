"""Pages read on PostgreSQL through sessions that are kept: word for word what Django's own connection reads.

SQLite reads a file and has none of this.
"""

import threading
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection

from publishing.models import Page, held, kept, page
from publishing.models.page import ANY, CODINGS, Answer
from publishing.pages.finished import Finished, redirect
from publishing.pages.storing import store

PATH, TEXT = (
    "/en/grain/",
    b"<!doctype html><title>Grain</title>" + b"<p>Grain crosses the Black Sea.</p>" * 50,
)


def through_django(path: str = PATH, coding: str = "", known: tuple[str, ...] = ()) -> Answer | None:
    connection.ensure_connection()
    found = Page.objects.answer(path, coding, known)
    return found and found._replace(content=None if found.content is None else bytes(found.content))


def through_kept(path: str = PATH, coding: str = "", known: tuple[str, ...] = ()) -> Answer | None:
    connection.close()
    return Page.objects.answer(path, coding, known)


def sessions() -> list[int]:
    """The server's numbers of the sessions that are kept."""
    return [line._session.info.backend_pid for line in kept._free]


if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    class TestAKeptSession:
        @pytest.fixture(autouse=True)
        def stored(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
            monkeypatch.setattr(page, "_held", held.Held(1_000_000))
            store(
                [
                    Finished(PATH, TEXT, "en"),
                    Finished("/tr/tahıl/".replace("ı", "i"), "<title>Tahıl</title>".encode(), "tr"),
                    Finished("/robots.txt", b"User-agent: *\n", content_type="text/plain; charset=utf-8"),
                    Finished("/ru/zerno/", "<title>Снято</title>".encode(), "ru", status=410),
                    redirect("/en/corn/", "en", PATH),
                ]
            )
            yield
            kept.close()

        def test_answers_as_djangos_connection_does(self) -> None:
            etag = Page.objects.get(path=PATH).etag
            tags: list[tuple[str, ...]] = [
                (),
                (ANY,),
                (etag,),
                ("0", etag),
                ("0",),
                tuple("0123456789abcdef"),
            ]
            for path in [
                *Page.objects.values_list("path", flat=True),
                "/en/nothing/",
                "/en/зерно/",
                "/en/'/",
            ]:
                for coding in CODINGS:
                    for known in tags:
                        for _again in range(2):  # the second time it is held
                            asked = (path, coding, known)
                            assert through_kept(*asked) == through_django(*asked), asked

        def test_is_used_again(self) -> None:
            through_kept()
            first = sessions()
            for _ in range(5):
                through_kept()
            assert sessions() == first
            assert len(first) == 1

        def test_reads_no_bytes_that_the_process_holds(self) -> None:
            through_kept()
            Page.objects.filter(path=PATH).update(content=b"never read", brotli=b"read")
            assert through_kept() == Answer(
                200, "text/html; charset=utf-8", "en", Page.objects.get(path=PATH).etag, "", TEXT
            )
            other = through_kept(coding="br")
            assert other is not None
            assert other.content == b"read"

        def test_answers_what_was_released_a_moment_ago(self) -> None:
            through_kept()
            for content, status in ((b"<title>Corrected</title>", 200), (b"<title>Withdrawn</title>", 410)):
                store([Finished(PATH, content, "en", status=status)])
                found = through_kept()
                assert found is not None
                assert (found.content, found.status) == (content, status)
            Page.objects.filter(path=PATH).delete()
            assert through_kept() is None

        def test_that_the_server_has_ended_is_replaced_with_all_beside_it(self) -> None:
            gate = threading.Barrier(3)

            def read() -> None:
                gate.wait(10)
                through_kept()
                connection.close()

            for _ in range(20):  # until three have been asked at the same moment
                readers = [threading.Thread(target=read) for _ in range(3)]
                for each in readers:
                    each.start()
                for each in readers:
                    each.join()
                if len(before := sessions()) > 1:
                    break
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [before])
            assert through_kept() == through_django()
            assert len(sessions()) == 1
            assert sessions()[0] not in before

        def test_that_nobody_asked_for_long_is_not_trusted(self, monkeypatch: pytest.MonkeyPatch) -> None:
            through_kept()
            before = sessions()
            monkeypatch.setattr(kept, "IDLE", -1)
            assert through_kept() == through_django()
            assert sessions() != before

        @pytest.mark.parametrize("pooler", [False, True])
        def test_prepares_its_statement_unless_sessions_are_shared(
            self, pooler: bool, monkeypatch: pytest.MonkeyPatch
        ) -> None:
            monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", pooler)
            for _ in range(3):
                assert through_kept() == through_django()
            rows = kept._free[0]._session.execute("SELECT count(*) FROM pg_prepared_statements").fetchone()
            assert rows == (0 if pooler else 2,)  # with the bytes, and without those that are held

        def test_tells_of_a_database_that_cannot_answer(self) -> None:
            through_kept()
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE publishing_page RENAME TO away")
            try:
                with pytest.raises(DatabaseError, match="publishing_page"):
                    through_kept()
                assert sessions() == []
            finally:
                with connection.cursor() as cursor:
                    cursor.execute("ALTER TABLE away RENAME TO publishing_page")
            assert through_kept() == through_django()


class TestHeldBytes:
    def test_go_where_there_is_no_more_room_the_longest_unasked_first(self) -> None:
        forms = held.Held(30)
        for key in "abc":
            forms.put(key, held.Form(key, b"0123456789"))
        forms.get("a")
        forms.put("d", held.Form("d", b"0123456789"))
        assert [key for key in "abcd" if forms.get(key)] == ["a", "c", "d"]

    def test_give_way_to_the_newer_bytes_of_their_key(self) -> None:
        forms = held.Held(30)
        for _ in range(10):
            forms.put("a", held.Form("old", b"0123456789"))
        forms.put("a", held.Form("new", b"012"))
        forms.put("b", held.Form("b", b"0" * 27))
        assert forms.get("a") == held.Form("new", b"012")
        assert forms.get("b")

    @pytest.mark.parametrize("most", [0, 5])
    def test_that_are_too_many_are_not_held(self, most: int) -> None:
        forms = held.Held(most)
        forms.put("a", held.Form("a", b"0123456789"))
        assert forms.get("a") is None
