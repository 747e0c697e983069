"""The termbase's room, and the terms beside the open segment."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.models import Person, Term, TermForm, Translation
from publishing.workflow import editing, terming
from publishing.workflow.terming import Wording
from tests import cast

ADDRESS = "/admin/terms/"


@pytest.fixture
def carol(db: None) -> Person:
    return cast.carol()


@pytest.fixture
def ports(carol: Person) -> Term:
    wordings = [
        Wording("en", "port"),
        Wording("tr", "liman"),
        Wording("tr", "iskele", forbidden=True),
        Wording("ru", "порт"),
    ]
    return terming.add_term(wordings, actor=carol, note="Of the sea.")


@pytest.fixture
def editor(carol: Person, signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(carol)


def form(**values: str) -> dict[str, str]:
    names = [f"{status}_{code}" for status in ("approved", "forbidden") for code in ("en", "tr", "ru")]
    return {**dict.fromkeys(names, ""), "note": "", **values}


class TestTheList:
    def test_an_empty_termbase_says_so(self, editor: Client) -> None:
        assert "There are no terms yet." in editor.get(ADDRESS).content.decode()

    def test_all_languages_stand_side_by_side(self, editor: Client, ports: Term) -> None:
        page = editor.get(ADDRESS).content.decode()
        assert '<span class="wording" lang="tr">liman</span>' in page
        assert '<del lang="tr">iskele</del>' in page
        assert '<span class="wording" lang="ru">порт</span>' in page
        assert "Of the sea." in page

    @pytest.mark.parametrize("words", ["LİMAN", "liman iskele", "Порт", "of the SEA", "port"])
    def test_a_search_knows_the_letters_of_each_language(
        self, words: str, editor: Client, ports: Term
    ) -> None:
        assert len(editor.get(ADDRESS, {"q": words}).context["rows"]) == 1

    @pytest.mark.parametrize("words", ["LIMAN", "port liman", "rıhtım"])
    def test_what_no_language_says_is_not_found(self, words: str, editor: Client, ports: Term) -> None:
        answer = editor.get(ADDRESS, {"q": words})
        assert answer.context["rows"] == []
        assert "No term says that." in answer.content.decode()

    def test_fifty_a_page_in_few_queries(self, editor: Client, carol: Person) -> None:
        for number in range(51):
            terming.add_term([Wording("en", f"word {number:02}")], actor=carol)
        editor.get(ADDRESS)
        with CaptureQueriesContext(connection) as queries:
            first = editor.get(ADDRESS, {"q": "word"})
        assert len(first.context["rows"]) == 50
        assert "q=word&amp;page=2" in first.content.decode()
        assert len([sql for sql in cast.statements(queries) if "publishing_term" in sql]) == 1
        assert len(editor.get(ADDRESS, {"page": "2"}).context["rows"]) == 1
        assert editor.get(ADDRESS, {"page": "x"}).status_code == 200


class TestTheForm:
    def test_an_editor_adds_a_term(self, editor: Client) -> None:
        given = form(approved_en="trade war\n", approved_tr="ticaret savaşı\r\nticari savaş", note="1930s")
        answer = editor.post(ADDRESS + "add/", given)
        made = Term.objects.get()
        assert answer.url == f"{ADDRESS}#term-{made.pk}"
        assert list(made.forms.values_list("language", "text", "place")) == [
            ("en", "trade war", 0),
            ("tr", "ticaret savaşı", 1),
            ("tr", "ticari savaş", 2),
        ]

    def test_what_is_no_term_is_an_error_of_the_form(self, editor: Client) -> None:
        answer = editor.post(ADDRESS + "add/", form(forbidden_en="war of trade"))
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "at least one approved form" in page
        assert "war of trade</textarea>" in page
        assert not Term.objects.exists()

    def test_an_editor_changes_a_term_and_sees_what_it_was(self, editor: Client, ports: Term) -> None:
        given = form(approved_en="port", approved_tr="liman", version="1", do_not_translate="on")
        editor.post(f"{ADDRESS}{ports.pk}/", given)
        ports.refresh_from_db()
        assert (ports.version, ports.do_not_translate, ports.note) == (2, True, "")
        page = editor.get(f"{ADDRESS}{ports.pk}/").content.decode()
        assert '<td lang="tr">iskele</td>' in page
        assert "Last changed by Carol" in page

    def test_a_stale_form_keeps_what_was_typed_beside_what_is_there(
        self, editor: Client, ports: Term, carol: Person
    ) -> None:
        terming.change_term(ports, [Wording("en", "harbour")], actor=carol, seen_version=1)
        answer = editor.post(f"{ADDRESS}{ports.pk}/", form(approved_en="haven", version="1"))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Somebody changed this term" in page
        assert "haven</textarea>" in page
        assert '<span class="wording" lang="en">harbour</span>' in page
        assert TermForm.objects.in_use().get().text == "harbour"

    def test_an_editor_takes_a_term_out(self, editor: Client, ports: Term) -> None:
        editor.post(f"{ADDRESS}{ports.pk}/", form(version="1", action="retire"))
        assert not Term.objects.in_use().exists()
        assert editor.get(f"{ADDRESS}{ports.pk}/").status_code == 404

    @pytest.mark.parametrize("version", ["", "x", "9" * 30])
    def test_a_form_without_a_version_changes_nothing(
        self, version: str, editor: Client, ports: Term
    ) -> None:
        answer = editor.post(f"{ADDRESS}{ports.pk}/", form(approved_en="x", version=version))
        assert answer.status_code == 409
        assert TermForm.objects.in_use().count() == 4

    def test_a_translator_sees_and_changes_nothing(
        self, ports: Term, signed_in: Callable[[Person], Client]
    ) -> None:
        client = signed_in(cast.ayse())
        page = client.get(f"{ADDRESS}{ports.pk}/").content.decode()
        assert "liman" in page
        assert "<textarea" not in page
        assert ADDRESS + "add/" not in client.get(ADDRESS).content.decode()
        assert client.post(f"{ADDRESS}{ports.pk}/", form(approved_en="x", version="1")).status_code == 403
        assert client.post(ADDRESS + "add/", form(approved_en="x")).status_code == 403
        assert Term.objects.get().version == 1


class TestBesideTheSegment:
    @pytest.fixture
    def ayse(self, db: None, signed_in: Callable[[Person], Client]) -> Client:
        return signed_in(cast.ayse())

    def beside(self, client: Client, row: Translation) -> str:
        return client.get(f"/admin/segments/{row.segment.key}/tr/terms/").content.decode()

    def test_an_inflected_term_comes_with_what_to_call_it(
        self, ayse: Client, rows: list[Translation], ports: Term
    ) -> None:
        page = self.beside(ayse, rows[1])
        assert '<b lang="en">ports</b>' in page
        assert 'data-insert="liman"' in page
        assert '<del lang="tr">iskele</del>' in page
        assert "saved text" not in page

    def test_it_says_whether_the_text_follows(
        self, ayse: Client, rows: list[Translation], ports: Term
    ) -> None:
        for text, says in (
            ("Limanları Temmuz 2023'te açtılar.[1]", 'title="Stands in the saved text."'),
            ("İskeleler Temmuz 2023'te açıldı.[1]", "must not be used"),
            ("Rıhtımlar Temmuz 2023'te açıldı.[1]", "Not found in the saved text."),
        ):
            row = Translation.objects.get(pk=rows[1].pk)
            editing.submit(
                row, text=text, actor=Person.objects.get(username="ayse"), seen_version=row.version
            )
            assert says in self.beside(ayse, rows[1])

    def test_a_change_of_the_termbase_is_seen_at_once(
        self, ayse: Client, rows: list[Translation], ports: Term, carol: Person
    ) -> None:
        self.beside(ayse, rows[1])
        wordings = [Wording("en", "port"), Wording("tr", "rıhtım")]
        changed = terming.change_term(ports, wordings, actor=carol, seen_version=1)
        assert 'data-insert="rıhtım"' in self.beside(ayse, rows[1])
        terming.retire_term(changed, actor=carol, seen_version=2)
        assert "No term of the termbase stands here." in self.beside(ayse, rows[1])

    def test_what_is_not_translated_is_called_as_in_the_source(
        self, ayse: Client, rows: list[Translation], carol: Person
    ) -> None:
        terming.add_term(
            [Wording("en", "Ships"), Wording("en", "vessels")], actor=carol, do_not_translate=True
        )
        page = self.beside(ayse, rows[2])
        assert 'data-insert="Ships"' in page
        assert "not translated" in page

    def test_a_term_without_a_form_in_the_language_says_so(
        self, ayse: Client, rows: list[Translation], carol: Person
    ) -> None:
        terming.add_term([Wording("en", "ship")], actor=carol)
        assert "No approved form yet." in self.beside(ayse, rows[2])

    def test_the_document_asks_for_them_later(
        self, ayse: Client, rows: list[Translation], ports: Term
    ) -> None:
        with CaptureQueriesContext(connection) as queries:
            page = ayse.get(f"/admin/documents/{rows[1].segment.document_id}/tr/").content.decode()
        assert f'data-part="/admin/segments/{rows[0].segment.key}/tr/terms/"' in page
        assert not any("publishing_term" in sql for sql in cast.statements(queries))

    def test_once_read_the_termbase_costs_one_query(
        self, ayse: Client, rows: list[Translation], ports: Term
    ) -> None:
        self.beside(ayse, rows[1])
        with CaptureQueriesContext(connection) as queries:
            self.beside(ayse, rows[1])
        assert len([sql for sql in cast.statements(queries) if "publishing_term" in sql]) == 1

    def test_what_is_hostile_in_a_term_is_text(
        self, ayse: Client, rows: list[Translation], carol: Person
    ) -> None:
        wordings = [Wording("en", "ship"), Wording("tr", '"><script>alert(1)</script>')]
        terming.add_term(wordings, actor=carol)
        assert "<script>" not in self.beside(ayse, rows[2])
