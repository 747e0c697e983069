"""What comes in at the desk: articles, catalogs, runs."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from publishing.models import Article, Document, Job, Person, Proposal, Run, Translation
from publishing.workflow import editing, exchanging
from tests import cast

ARTICLE, CATALOG = "/admin/import/article/", "/admin/import/catalog/"


@pytest.fixture
def carol(db: None, signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(cast.carol())


def upload(client: Client, path: str, data: bytes, name: str = "file.txt", **form: str) -> object:
    return client.post(path, {"file": SimpleUploadedFile(name, data), "form": "text", **form})


def test_an_article_is_imported_with_a_report(carol: Client) -> None:
    answer = upload(carol, ARTICLE, cast.SHORT.replace("Ships", "Ships  ships").encode())
    assert answer.context["done"].created
    assert f"/admin/documents/{Article.objects.get().document_id}/" == answer.context["address"]
    assert answer.context["findings"]


def test_importing_it_again_changes_nothing(carol: Client) -> None:
    upload(carol, ARTICLE, cast.SHORT.encode())
    assert not upload(carol, ARTICLE, cast.SHORT.encode()).context["done"].changed


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"", {}),
        (b"\xff\xfe\x00\x01", {}),
        (b"Title\n\nText.\x00", {}),
        (b"Title\n\nOne.", {"language": "de"}),
        (b"Title\n\nOne.", {"form": "docx"}),
        (b"Title\n\nOne.", {"slug": "no such/slug"}),
        (b"a" * (10 * 1024 * 1024 + 1), {}),
    ],
    ids=["empty", "not UTF-8", "binary", "unknown language", "unknown format", "bad slug", "too large"],
)
def test_what_cannot_be_read_is_an_error_of_the_form(
    data: bytes, form: dict[str, str], carol: Client
) -> None:
    answer = upload(carol, ARTICLE, data, **form)
    assert answer.status_code == 409
    assert answer.context["form"].errors
    assert not Article.objects.exists()


def catalog_of(document: Document, old: str = "", new: str = "") -> bytes:
    text = exchanging.write_catalog(document, "tr").read_text()
    return text.replace(old, new).encode() if old else text.encode()


@pytest.fixture
def translated(document: Document, rows: list[Translation]) -> Document:
    editing.submit(rows[2], text="Gemiler hemen gitti.", actor=cast.boris(), seen_version=rows[2].version)
    return document


def test_a_catalog_comes_back_as_submitted_text_and_proposals(
    translated: Document, rows: list[Translation], signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(cast.ayse())
    answer = upload(client, CATALOG, catalog_of(translated, "hemen gitti", "hemen yola çıktı"), "tr.po")
    assert (answer.context["done"].submitted, answer.context["done"].proposed) == (1, 0)
    assert Translation.objects.get(pk=rows[2].pk).state == "submitted"
    assert answer.context["units"][0]["source"] == "Ships left at once."


def test_a_rehearsal_writes_nothing(
    translated: Document, rows: list[Translation], signed_in: Callable[[Person], Client]
) -> None:
    before = Translation.objects.get(pk=rows[2].pk).version
    data = catalog_of(translated, "hemen gitti", "hemen yola çıktı")
    answer = upload(signed_in(cast.ayse()), CATALOG, data, "tr.po", rehearsal="on")
    assert answer.context["done"].counts["changed"] == 1
    assert Translation.objects.get(pk=rows[2].pk).version == before
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    "data", [b"", b"msgid", b'msgid "a"\nmsgstr "b'], ids=["empty", "cut", "quote missing"]
)
def test_a_broken_catalog_is_an_error_of_the_form(
    data: bytes, translated: Document, signed_in: Callable[[Person], Client]
) -> None:
    answer = upload(signed_in(cast.ayse()), CATALOG, data, "tr.po")
    assert (answer.status_code, bool(answer.context["form"].errors)) == (409, True)


def test_a_catalog_of_another_language_is_refused(
    translated: Document, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(cast.person("vera", cast.access.TRANSLATORS, "ru"))
    answer = upload(client, CATALOG, catalog_of(translated), "tr.po")
    assert "does not work in this language" in str(answer.context["form"].errors)


def test_an_editor_asks_for_a_run(document: Document, carol: Client) -> None:
    path = f"/admin/documents/{document.pk}/"
    assert carol.post(path, {"languages": ["ru"]}).url == path
    run = Run.objects.get(language="ru")
    assert run.asked_by.username == "carol"
    assert Job.objects.filter(key=f"pretranslate/{run.pk}").exists()


@pytest.mark.parametrize(
    "form",
    [{}, {"languages": ["en"]}, {"languages": ["xx"]}, {"languages": ["ru"], "engines": ["deepl"]}],
    ids=["no language", "its own language", "unknown language", "engine that is not configured"],
)
def test_a_run_that_cannot_be_is_an_error_of_the_form(
    form: dict[str, list[str]], document: Document, carol: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEEPL_API_KEY", raising=False)
    answer = carol.post(f"/admin/documents/{document.pk}/", form)
    assert (answer.status_code, bool(answer.context["form"].errors)) == (409, True)
    assert not Run.objects.exclude(language="tr").exists()
