"""Readers of an exported site ask in three languages, and get from files what the site itself would say."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests import nginx
from tests.processes import free_port

from .newsroom import ROOT, Newsroom, environment_of, seen
from .test_accessibility import scrolls_sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not nginx.BINARY, reason=nginx.ABSENT)]

LANGUAGES = ("en", "tr", "ru")
SIZES = {"phone": {"width": 360, "height": 780}, "desk": {"width": 1280, "height": 900}}
SCHEMES = {"phone": "dark", "desk": "light"}
SOUGHT = {
    "en": ("EXPORTER", "1 article", "A Poor Harvest"),
    "tr": ("IRMAKTAN", "1 makale", "Irmağın Suyu"),
    "ru": ("экспортеров", "1 статья", "Плохой урожай"),
}
"""What is typed, in other forms and letters than the texts have; what is said; an article that is found."""
NOTHING = {"en": "Nothing was found", "tr": "Hiçbir şey bulunamadı", "ru": "Ничего не найдено"}
FURTHER = {("ru", "банк")}
"""Where a word's form is the dictionary's of another one the site finds nothing, and the files guess right."""
HOSTILE = (
    "<script>document.title='x'</script>", "<img src=x onerror=document.title='x'>", '"><b>mines</b>', "</h2><h1>mines",
    "&lt;b&gt;", "' OR 1=1 --", "%", "\\", "__proto__ constructor toString", "a" * 5_000, "İ" * 500, "🚢🌾 mines",
    "()[]{}*+?^$|", "mines\n\r\tnavy", "ﬁ ǆ ß", "\u202emines", "[1] <b1>mines</b1>", "hasOwnProperty|keys",
)  # fmt: skip


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[Any]]]:
    """The labelled texts as an exported site behind nginx, and what the site itself answers."""
    folder = tmp_path_factory.mktemp("exported")
    root, answers = folder / "out", folder / "answers.json"
    subprocess.run(
        [sys.executable, "-m", "tests.journeys.labelled", str(root), str(answers)],
        cwd=ROOT, env=environment_of(folder, free_port()), check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    rules = root / ".nginx"
    with nginx.serving(
        folder / "nginx",
        root=root,
        http=f"include {rules}/http.conf;",
        server=f"include {rules}/server.conf;",
    ) as (address, _pid):
        yield address, json.loads(answers.read_text())


@pytest.fixture
def copy(exported: tuple[str, list[Any]], browser: Browser) -> Iterator[Newsroom]:
    with seen(exported[0], browser) as made:
        yield made


def ask(page: Page, language: str, question: str, further: str = "") -> None:
    """Asks, and waits for the answer with its excerpts."""
    page.goto(f"/{language}/search/?q={quote(question)}{further}")
    answered(page)


def answered(page: Page) -> None:
    expect(page.locator(".opening .remark")).to_be_hidden()
    expect(page.locator(".results p:empty")).to_have_count(0)


def titles(page: Page) -> list[str]:
    return page.locator(".results h3").all_text_contents()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_answered_as_the_site_does(
    exported: tuple[str, list[Any]], copy: Newsroom, language: str
) -> None:
    answers = exported[1]
    page, missed, compared = copy.page(language), [], 0
    for wanted in (each for each in answers if each["language"] == language):
        ask(page, language, wanted["query"])
        remarks = page.locator(".answer .remark")
        first = page.locator(".results li").first
        found = {
            "titles": titles(page),
            "marked": first.locator("h3 mark").all_text_contents() if wanted["titles"] else [],
            "excerpt": first.locator("p").first.text_content() if wanted["titles"] else "",
            "unknown": remarks.locator("q").all_text_contents(),
            "has_all": remarks.filter(has_not=page.locator("q")).count() == 0,
        }
        marked = first.locator("p mark").all_text_contents() if wanted["titles"] else []
        assert set(marked) >= set(wanted["marked_in_excerpt"]), wanted["query"]
        if found != {name: wanted[name] for name in found} and (language, wanted["query"]) not in FURTHER:
            missed.append((wanted["query"], found, wanted))
        compared += 1
    assert missed == []
    assert compared > 35


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_searches_a_copy_of_the_site(copy: Newsroom, language: str, size: str) -> None:
    question, said, title = SOUGHT[language]
    page = copy.page(language, viewport=SIZES[size], color_scheme=SCHEMES[size], reduced_motion="reduce")
    page.goto(f"/{language}/")
    page.locator("#q").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/search/?q=*")
    answered(page)
    expect(page.locator(".answer [role=status]")).to_contain_text(said)
    expect(page.locator("#q")).to_have_value(question)
    expect(page.locator(".results mark").first).to_be_visible()
    assert violations(page) == []
    assert not scrolls_sideways(page)
    before = titles(page)
    page.locator(f'.results h3 a:has-text("{title}")').click()
    expect(page.locator("h1")).to_have_text(title)
    page.go_back()
    answered(page)
    assert titles(page) == before
    page.locator("#q").fill("zeppelin")
    page.keyboard.press("Enter")
    expect(page.locator(".answer [role=status]")).to_contain_text(NOTHING[language])
    assert titles(page) == []
    assert violations(page) == []
    page.go_back()
    answered(page)
    assert titles(page) == before
    page.go_forward()
    expect(page.locator(".answer [role=status] q")).to_have_text("zeppelin")
    assert page.context.cookies() == []


@pytest.mark.parametrize("question", ["", "?q=", "?q=%20", "?q=%00", "?x=1"])
def test_where_nothing_is_typed_the_page_stays_as_it_was_sent(copy: Newsroom, question: str) -> None:
    page = copy.page("en")
    page.goto(f"/en/search/{question}")
    expect(page.locator(".opening .remark")).to_contain_text("may be unable to answer")
    expect(page.locator(".answer")).to_be_hidden()
    assert violations(page) == []


def test_where_only_words_are_typed_that_say_nothing_it_is_said(copy: Newsroom) -> None:
    page = copy.page("en")
    ask(page, "en", "the of and")
    expect(page.locator(".answer [role=status]")).to_contain_text("Nothing was sought")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_the_page_says_honestly_where_to_look(copy: Newsroom, language: str) -> None:
    page = copy.page(language, viewport=SIZES["phone"], java_script_enabled=False)
    page.goto(f"/{language}/search/?q=x")
    expect(page.locator(f'.opening .remark a[href="/{language}/archive/"]')).to_be_visible()
    expect(page.locator(".answer")).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_becomes_markup_or_breaks_the_page(copy: Newsroom, language: str) -> None:
    page = copy.page(language)
    plain = None
    for question in HOSTILE:
        ask(page, language, question)
        inside = page.evaluate(
            "[...new Set([...document.querySelectorAll('.answer *')].map(each => each.nodeName))].sort()"
        )
        assert set(inside) <= {"DIV", "H2", "P", "OL", "LI", "H3", "A", "MARK", "Q", "TIME"}, question
        plain = plain or page.title()
        assert page.title() == plain
        assert not scrolls_sideways(page), question


def test_answers_go_on_over_pages(copy: Newsroom) -> None:
    """With pages of one, by a root that says so; numbers that no page has lead to one that there is."""
    page = copy.page("ru")

    def with_one(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"per_page": 1})

    page.route("**/search/index.json", with_one)
    ask(page, "ru", "год")
    first = titles(page)
    expect(page.locator(".answer [role=status]")).to_contain_text("2 статьи")
    expect(page.locator(".pages a[aria-current=page]")).to_have_text("1")
    assert violations(page) == []
    page.locator(".pages a").nth(1).click()
    expect(page.locator(".pages a[aria-current=page]")).to_have_text("2")
    answered(page)
    assert page.locator(".results").get_attribute("start") == "2"
    second = titles(page)
    assert (len(first), len(second), first != second) == (1, 1, True)
    for number, there in (
        ("0", first),
        ("-1", first),
        ("99", second),
        ("x", first),
        ("²", first),
        ("", first),
    ):
        ask(page, "ru", "год", f"&page={quote(number)}")
        assert titles(page) == there, number


def test_a_piece_that_an_export_has_just_replaced_is_asked_for_by_its_new_name(copy: Newsroom) -> None:
    page = copy.page("en")
    refused: list[str] = []

    def once(route: Route) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.fulfill(status=404, body="gone")

    page.route("**/search/index/*.json", once)
    ask(page, "en", "mines")
    assert titles(page) == ["Mines in the Strait"]
    assert refused


def test_where_the_index_cannot_be_loaded_it_is_said_and_the_archive_offered(copy: Newsroom) -> None:
    page = copy.page("tr")
    page.route("**/search/index.json", lambda route: route.fulfill(status=404, body="gone"))
    page.goto("/tr/search/?q=gaz")
    expect(page.locator(".answer [role=status]")).to_contain_text("yüklenemedi")
    expect(page.locator('.opening .remark a[href="/tr/archive/"]')).to_be_visible()
    assert violations(page) == []


def test_an_excerpt_that_does_not_come_leaves_the_title(copy: Newsroom) -> None:
    page = copy.page("en")
    page.route(re.compile("/en/mines-in-the-strait/$"), lambda route: route.fulfill(status=404, body="gone"))
    ask(page, "en", "mines")
    assert titles(page) == ["Mines in the Strait"]
    expect(page.locator(".results li p:not(.label)")).to_have_count(0)


def test_a_question_takes_few_and_small_files(copy: Newsroom) -> None:
    page = copy.page("en")
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    ask(page, "en", "mines")
    of_the_index = {url: size for url, size in sizes.items() if "/search/index" in url}
    assert 3 <= len(of_the_index) <= 5, of_the_index
    assert max(of_the_index.values()) < 60_000
    assert not [url for url in sizes if "?" in url and "/search/?q=" not in url]


def test_the_script_is_small(copy: Newsroom) -> None:
    page = copy.page("en")
    answer = page.goto("/static/publishing/search.js")
    assert answer
    assert int(answer.header_value("content-length") or 0) < 5_000
    assert answer.header_value("content-encoding") == "gzip"
    assert "javascript" in (answer.header_value("content-type") or "")
    assert answer.header_value("x-content-type-options") == "nosniff"


def test_pieces_are_kept_for_good_and_what_leads_to_them_is_asked_for_anew(copy: Newsroom) -> None:
    page = copy.page("en")
    kept: dict[str, str | None] = {}
    page.on("response", lambda answer: kept.update({answer.url: answer.header_value("cache-control")}))
    ask(page, "en", "mines")
    for url, cached in kept.items():
        if "/search/index" in url:
            assert ("immutable" in (cached or "")) == ("/search/index/" in url), url
    missing = page.request.get("/en/search/index/0123456789abcdef.json")
    assert (missing.status, missing.headers.get("cache-control")) == (
        404,
        kept[f"{copy.address}/en/search/index.json"],
    )
