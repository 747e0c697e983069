"""The index by which an exported site answers questions: as the site would, in small pieces, written where changed."""

import json
import re
from collections.abc import Collection
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from publishing.languages import CODES
from publishing.matching import relevance, shards, words
from publishing.models import Page, Person, Release
from publishing.pages import exporting
from publishing.pages.exporting import questions
from publishing.reader import security
from publishing.reports import finding
from publishing.worker import loop
from publishing.workflow import releasing, renaming
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

LABELLED = cast.DATA / "search"
MOST_BYTES = 100_000


class Index:
    """The index of a language as whoever has only the files reads it."""

    def __init__(self, folder: Path, language: str) -> None:
        self.language, self.folder = language, folder / language / "search"
        self.root: dict[str, Any] = json.loads((self.folder / "index.json").read_bytes())

    def piece(self, name: str) -> Any:
        return json.loads((self.folder / f"index/{name}.json").read_bytes())

    def around(self, name: str) -> dict[str, Any]:
        beginning = shards.beginning_of(name, self.root["words"])
        empty: dict[str, Any] = {"keys": {}, "forms": {}}
        return empty if beginning is None else self.piece(self.root["words"][beginning])

    def releases(self, key: str) -> dict[int, int]:
        found, release = {}, 0
        steps = iter(self.around(key)["keys"].get(key, ()))
        for step in steps:
            release += abs(step)
            found[release] = next(steps) if step < 0 else 1
        return found

    def keys(self, word: str) -> set[str]:
        """The keys that the files name for a word, those of its letters alone among them."""
        name = words.spelling(word, self.language)
        listed = {key for key, forms in self.around(name)["forms"].items() if name in split(forms)}
        return {key for key in listed | {name} if self.releases(key)}


def split(joined: str) -> list[str]:
    stem, ends = joined.split("|")
    return [stem + end for end in ends.split(" ")]


def labelled(name: str) -> list[list[str]]:
    lines = (LABELLED / name).read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines if line and line[0] != "#"]


def export(folder: Path) -> exporting.Report:
    return exporting.export(str(folder), security.headers_of_the_site())


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The files of the index, with when they were written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("search/index.json*")) + sorted(folder.rglob("search/index/*"))
        if path.is_file()
    }


@pytest.fixture
def carol() -> Person:
    return cast.carol()


def released(carol: Person, languages: Collection[str]) -> None:
    for language, _name, title, body in labelled("texts.txt"):
        if language in languages:
            made = cast.ingesting.import_article(f"{title}\n\n{body}\n".encode(), language=language)
            releasing.release(made.article.document, language, actor=carol)
    loop.drain()


@pytest.fixture
def site(carol: Person) -> None:
    """The labelled texts, live in three languages."""
    released(carol, CODES)


@pytest.fixture
def english(carol: Person) -> None:
    """Those in English alone, whose dictionary is soon read."""
    released(carol, ["en"])


@pytest.mark.usefixtures("site")
def test_the_files_answer_as_the_site_does(tmp_path: Path) -> None:
    """Every labelled question and every word of the texts: the same releases have it, as often."""
    export(tmp_path)
    asked = [(language, query) for language, query, _names in labelled("queries.txt")]
    asked += [(language, f"{title} {body}") for language, _name, title, body in labelled("texts.txt")]
    indexes = {code: Index(tmp_path, code) for code in CODES}
    missed = []
    for language, text in dict.fromkeys(asked):
        index = indexes[language]
        for word in words.words(text):
            sought = relevance.sought(word.text, language)
            if not sought:
                assert words.spelling(word.text, language) in index.root["say_nothing"].split()
                continue
            theirs = {hit.release for hit in finding.find(word.text, language).hits}
            ours = {release for key in index.keys(word.text) for release in index.releases(key)}
            if theirs != ours and language != "tr":  # Turkish readers' keyboards are the script's concern
                missed.append((language, word.text, theirs, ours))
            assert ours <= theirs, (language, word.text)
    assert missed == []


@pytest.mark.usefixtures("site")
def test_forms_of_the_dictionary_that_stand_in_no_text_lead_to_their_words(tmp_path: Path) -> None:
    export(tmp_path)
    for language, form, key in (
        ("en", "ploughed", None),
        ("en", "borrowing", "borrow"),
        ("en", "harvests", "harvest"),
        ("tr", "mayınlarda", "mayın"),
        ("tr", "öğrencilerdi", "öğrenci-"),
        ("ru", "урожаями", "урожай"),
        ("ru", "победителя", None),
        ("ru", "студента", "студент"),
        ("ru", "закроют", "закрыть"),
    ):
        found = Index(tmp_path, language).keys(form)
        assert (key in found) if key else found == set(), (form, found)


@pytest.mark.usefixtures("english")
def test_what_a_page_needs_is_said_by_the_files(tmp_path: Path) -> None:
    export(tmp_path)
    index, there = Index(tmp_path, "en"), Release.objects.filter(listing__language="en")
    assert index.root["texts"] == there.count() == 8
    steps, lengths = index.piece(index.root["lengths"])
    assert dict(zip(accumulate(steps), lengths, strict=True)) == dict(
        there.values_list("pk", "listing__length")
    )
    titles = {
        int(number): entry
        for name in index.root["titles"].values()
        for number, entry in index.piece(name).items()
    }
    for made in there.select_related("edition"):
        assert titles[made.pk][:2] == [made.edition.slug, made.title]
        assert (tmp_path / f"en/{titles[made.pk][0]}/index.html").exists()
    says = Index(tmp_path, "ru").root["says"]["number"]
    assert says == {"one": "%(number)s статья", "few": "%(number)s статьи", "many": "%(number)s статей"}


@pytest.mark.usefixtures("english")
class TestTheFiles:
    def test_are_the_same_from_every_export_and_in_every_form(self, tmp_path: Path) -> None:
        export(tmp_path / "one")
        export(tmp_path / "two")
        one, two = files(tmp_path / "one"), files(tmp_path / "two")
        assert {name: content for name, (content, _at) in one.items()} == {
            name: content for name, (content, _at) in two.items()
        }
        plain = [name for name in one if name.endswith(".json")]
        assert len(one) == 3 * len(plain)
        assert one.keys() == {f"{name}{ending}" for name in plain for ending in ("", ".gz", ".br")}

    def test_are_small_and_named_after_their_content(self, tmp_path: Path) -> None:
        export(tmp_path)
        for name, (content, _at) in files(tmp_path).items():
            assert len(content) < MOST_BYTES, name
            if re.search(r"index/\w+\.json$", name):
                assert questions._digest(content) in name

    def test_are_led_to_and_nothing_else_lies_there(self, tmp_path: Path) -> None:
        export(tmp_path)
        for language in CODES:
            index = Index(tmp_path, language)
            led_to = {*index.root["words"].values(), *index.root["titles"].values(), index.root["lengths"]}
            assert {path.name for path in (index.folder / "index").glob("*.json")} == {
                f"{each}.json" for each in led_to
            }


@pytest.mark.usefixtures("english")
class TestALaterExport:
    def test_that_finds_nothing_new_makes_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        export(tmp_path)
        before = files(tmp_path)
        monkeypatch.setattr(questions.Questions, "files", lambda _: pytest.fail("made again"))
        report = export(tmp_path)
        assert (report.written, report.removed) == (0, 0)
        assert files(tmp_path) == before

    def test_writes_the_pieces_that_a_release_changed_and_removes_the_stale(
        self, tmp_path: Path, carol: Person
    ) -> None:
        export(tmp_path)
        before = files(tmp_path)
        made = cast.live(carol, "Zebra", "Zinc.", "en")
        loop.drain()
        export(tmp_path)
        after = files(tmp_path)
        assert {name for name in before if before[name] != after.get(name)} <= {
            n for n in before if n.startswith("en/")
        }
        old, new = ({name for name in there if name.endswith(".json")} for there in (before, after))
        # the words that begin like these, the lengths, the titles
        assert 1 <= len(new - old) <= 4
        assert len(old - new) in {len(new - old), len(new - old) - 1, len(new - old) - 2}
        assert all(before[name] == after[name] for name in old & new if "/index/" in name)
        assert Index(tmp_path, "en").keys("zebras") == {"zebra"}
        releasing.withdraw(made, "en", actor=carol)
        loop.drain()
        export(tmp_path)
        assert {name: content for name, (content, _at) in files(tmp_path).items()} == {
            name: content for name, (content, _at) in before.items()
        }

    def test_knows_a_new_slug(self, tmp_path: Path, carol: Person) -> None:
        export(tmp_path)
        document = cast.live(carol, "Zebra", "Zinc.", "en")
        loop.drain()
        export(tmp_path)
        renaming.give_slug(document, "en", "stripes", actor=carol)
        loop.drain()
        export(tmp_path)
        index = Index(tmp_path, "en")
        slugs = {entry[0] for name in index.root["titles"].values() for entry in index.piece(name).values()}
        assert "stripes" in slugs
        assert "zebra" not in slugs

    @pytest.mark.parametrize("is_root", [True, False])
    def test_mends_what_somebody_cut_or_took_away(self, tmp_path: Path, is_root: bool) -> None:
        export(tmp_path)
        whole = {name: content for name, (content, _at) in files(tmp_path).items()}
        names = [name for name in whole if name.startswith("en/") and ("/index/" in name) != is_root]
        (tmp_path / names[0]).unlink()
        (tmp_path / names[1]).write_bytes(b"{}")
        export(tmp_path)
        assert {name: content for name, (content, _at) in files(tmp_path).items()} == whole


def test_a_language_without_articles_has_an_index_that_says_so(tmp_path: Path, carol: Person) -> None:
    cast.live(carol, "Zebra", "Zinc.", "en")
    loop.drain()
    export(tmp_path)
    root = Index(tmp_path, "tr").root
    assert (root["texts"], root["average"], root["words"], root["titles"]) == (0, 0, {}, {})


@pytest.fixture
def page(client: Client, carol: Person) -> str:
    cast.live(carol, "Zebra", "Zinc.", "en")
    loop.drain()
    return client.get("/en/search/").content.decode()


class TestThePage:
    def test_is_the_same_file_served_and_exported_and_leads_to_the_script(
        self, page: str, tmp_path: Path
    ) -> None:
        export(tmp_path)
        assert (tmp_path / "en/search/index.html").read_text() == page
        assert '<script type="module" src="/static/publishing/search.js"></script>' in page
        assert 'data-index="/en/search/index.json"' in page
        for ending in ("", ".gz", ".br"):
            assert (tmp_path / f"static/publishing/search.js{ending}").exists()
        assert (tmp_path / "en/search/index.json").exists()

    def test_says_honestly_where_to_look_without_a_script(self, page: str) -> None:
        assert (
            'may be unable to answer: then the <a href="/en/archive/">archive</a> has every article' in page
        )

    @pytest.mark.usefixtures("page")
    def test_with_the_sites_own_answer_has_no_script_and_no_place_for_one(self, client: Client) -> None:
        answer = client.get("/en/search/", {"q": "zebra"}).content.decode()
        assert "<script" not in answer
        assert "data-index" not in answer
        assert "<mark>Zebra</mark>" in answer

    @pytest.mark.usefixtures("page")
    def test_no_other_page_bears_the_script(self) -> None:
        bearing = [page.path for page in Page.objects.all() if b"search.js" in bytes(page.content)]
        assert sorted(bearing) == [f"/{code}/search/" for code in sorted(CODES)]
