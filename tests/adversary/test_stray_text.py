"""No text of anybody's reaches readers, or the database, by a side door."""

import re

import pytest

from publishing.models import Document, Page, Person
from publishing.worker import loop
from publishing.workflow import editing, editions, exchanging, ingesting, proposing, releasing, reviewing
from publishing.workflow.errors import UnusableText
from tests import cast

pytestmark = pytest.mark.django_db

EDITORIAL = "https://example.org/editorial"


def imported(
    title: str = "Grain", body: str = "<p>Ships left at once today.</p>", address: str = "", slug: str = ""
) -> ingesting.Ingested:
    head = f"<link rel='canonical' href='{address}'>" if address else ""
    page = f"<html lang='en'><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    return ingesting.import_article(page.encode(), form="html", slug=slug)


def released(done: ingesting.Ingested, actor: Person) -> str:
    """What readers get of the source edition once it is released."""
    releasing.release(done.article.document, "en", actor=actor)
    return public(done)


def public(done: ingesting.Ingested) -> str:
    loop.drain()
    return bytes(Page.objects.get(path=f"/en/{done.slug}/").content).decode()


class TestReaders:
    def test_do_not_see_a_releases_own_note_on_its_withdrawal(self) -> None:
        done, carol = imported(), cast.carol()
        releasing.release(done.article.document, "en", actor=carol, note="The minister called twice.")
        releasing.withdraw(done.article.document, "en", actor=carol)
        assert "minister" not in public(done)

    def test_see_the_note_of_a_withdrawal(self) -> None:
        done, carol = imported(), cast.carol()
        releasing.release(done.article.document, "en", actor=carol)
        releasing.withdraw(done.article.document, "en", actor=carol, note="It was wrong.")
        assert "It was wrong." in public(done)

    def test_see_no_placeholder_of_a_title(self) -> None:
        done = imported("Grain and <em>Steel</em> Rise")
        page = released(done, cast.carol())
        assert "<h1>Grain and Steel Rise</h1>" in page
        assert "i1" not in page + done.slug

    @pytest.mark.parametrize(
        "address",
        [
            "http://evil.example/p.png", "HTTP://evil.example/p.png", "https:evil.example/p.png",
            "//evil.example/p.png", "\\\\evil.example/p.png", "/\\evil.example/p.png",
            "/\t/evil.example/p.png", "h\nttp://evil.example/p.png",
        ],
    )  # fmt: skip
    def test_ask_no_third_party_for_a_picture(self, address: str) -> None:
        done = imported(body=f"<p>Ships left.</p><figure><img src='{address}' alt='A ship'></figure>")
        page = released(done, cast.carol())
        assert not re.findall(r'<img[^>]*src="(?!/[^/\\])', page)

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x"])
    def test_get_no_script_as_an_original_address(self, address: str) -> None:
        assert address not in released(imported(address=address), cast.carol())


class TestWhichArticle:
    """A file corrects the article that the desk names, else the one of its address, else of its title."""

    def test_is_told_by_an_address_before_a_title(self) -> None:
        imported("Editorial", address=f"{EDITORIAL}-1")
        second = imported("Opening Words", address=f"{EDITORIAL}-2")
        assert imported("Editorial", address=f"{EDITORIAL}-2").article == second.article

    def test_is_told_by_the_desk_before_all_else(self) -> None:
        imported("Editorial", address=EDITORIAL)
        second = imported("Opening Words")
        assert imported("Editorial", address=EDITORIAL, slug=second.slug).article == second.article

    def test_is_told_by_a_title_where_nothing_else_is_known(self) -> None:
        first = imported("Editorial", address=EDITORIAL)
        assert imported("Editorial").article == first.article


def test_a_file_with_a_blank_instead_of_a_text_writes_no_empty_text() -> None:
    document = cast.article()
    cast.opened(document)
    data = exchanging.path_of(document, "tr").read_text(encoding="utf-8")
    source = 'msgid "Ships left at once."\nmsgstr "'
    done = proposing.import_catalog(data.replace(source, f"{source} ").encode(), actor=cast.ayse())
    assert done.submitted == 0
    assert cast.rows(document)[2].current is None


@pytest.mark.parametrize("note", ["a\0b", "a\ud800b"])
def test_a_note_that_no_column_holds_is_refused(note: str) -> None:
    document, carol = cast.article(), cast.carol()
    row = cast.opened(document)[3]
    with pytest.raises(UnusableText):
        reviewing.return_(row, actor=carol, seen_version=row.version, reason="style", note=note)
    for verb in (releasing.release, releasing.rollback, releasing.withdraw):
        with pytest.raises(UnusableText):
            verb(document, "en", actor=carol, note=note)


def test_two_titles_alike_released_at_one_moment_get_two_slugs(monkeypatch: pytest.MonkeyPatch) -> None:
    ayse, boris, carol = cast.ayse(), cast.boris(), cast.carol()
    documents = []
    for title, text in (("Grain", "Tahıl"), ("Corn", "Tahıl")):
        documents.append(cast.article(f"{title}\n\nA ship of {title.lower()} left.\n"))
        for row, target in zip(cast.opened(documents[-1]), (text, f"{text} gemisi ayrıldı."), strict=True):
            if not row.text:
                editing.submit(row, text=target, actor=ayse, seen_version=row.version)
        for row in cast.rows(documents[-1]):
            reviewing.approve(row, actor=boris, seen_version=row.version)
    releasing.release(documents[0], "tr", actor=carol)
    free, seen = editions.free_slug, iter(["tahil"])  # as it was before the other one had been released

    def behind(proposed: str, document: Document) -> str:
        return next(seen, None) or free(proposed, document)

    monkeypatch.setattr(editions, "free_slug", behind)
    assert releasing.release(documents[1], "tr", actor=carol).edition.slug == "tahil-2"
