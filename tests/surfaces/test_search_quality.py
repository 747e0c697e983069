"""How much of what answers a question is found, and how much of what is found answers it: a labelled set of our own."""

from pathlib import Path

import pytest

from publishing.models import Document, Listing, Person, Similar
from publishing.reports import finding
from publishing.worker import loop
from publishing.workflow import releasing
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

LABELLED = cast.DATA / "search"
RECALL, PRECISION = 0.95, 0.95


def rows(name: str, language: str) -> list[list[str]]:
    lines = Path(LABELLED / name).read_text(encoding="utf-8").splitlines()
    split = [[part.strip() for part in line.split("|")] for line in lines if line and line[0] != "#"]
    return [row[1:] for row in split if row[0] == language]


@pytest.fixture
def carol() -> Person:
    return cast.carol()


@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_labelled_questions_are_answered(carol: Person, language: str) -> None:
    names = {
        cast.live(carol, title, body, language).pk: name for name, title, body in rows("texts.txt", language)
    }
    loop.drain()
    released = dict(Listing.objects.values_list("pk", "article__document"))
    wanted_found = wanted_all = found_all = 0
    missed = []
    for query, labels in rows("queries.txt", language):
        wanted = set(labels.split())
        found = {names[released[hit.release]] for hit in finding.find(query, language).hits}
        wanted_found += len(wanted & found)
        wanted_all += len(wanted)
        found_all += len(found)
        if wanted != found:
            missed.append((query, sorted(wanted), sorted(found)))
    assert wanted_found / wanted_all >= RECALL, missed
    assert wanted_found / found_all >= PRECISION, missed


def similar(document: Document) -> list[int]:
    """The documents of the similar posts, in order."""
    rows = Similar.objects.filter(release__edition__document=document).order_by("position")
    return list(rows.values_list("other__edition__document", flat=True))


def test_similar_posts_are_about_the_same(carol: Person) -> None:
    """The two articles of the samples share their subject; texts on grain, trains and students share none with them."""
    korea = cast.ingesting.import_article(cast.SAMPLE.read_bytes()).article.document
    releasing.release(korea, "en", actor=carol)
    about = (
        "Missiles for Moscow",
        "North Korea and Russia signed an agreement on missiles. China watches the partnership of Moscow and "
        "Pyongyang with unease, for the war in Ukraine and the sanctions of the United Nations Security Council bind "
        "Beijing as well. North Korean ammunition reaches Russia by rail.",
    )
    near = cast.live(carol, *about, "en")
    others = [cast.live(carol, title, body, "en") for _name, title, body in rows("texts.txt", "en")]
    turkish = cast.live(
        carol, "Füzeler", "Kuzey Kore ve Rusya füze anlaşması imzaladı. Çin Moskova’yı izliyor.", "tr"
    )
    loop.drain()
    assert similar(korea)[:1] == [near.pk]
    assert similar(near)[:1] == [korea.pk]
    assert not {turkish.pk} & {pk for each in (korea, near, *others) for pk in similar(each)}
    assert similar(turkish) == []
    assert [similar(each) for each in others] == [[]] * len(others)
