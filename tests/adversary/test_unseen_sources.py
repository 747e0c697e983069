"""Nothing is approved, saved or released against a source that the person did not see."""

import pytest

from publishing.models import Document, Overrule, Translation
from publishing.models.translation import State
from publishing.workflow import editing, ingesting, reviewing
from publishing.workflow.errors import BlockedByFindings, StaleVersion
from tests import cast

pytestmark = pytest.mark.django_db

PAGE = """<html lang="en"><body><article><h1>Grain Crosses the Black Sea</h1>
<p>The ports opened. Read <a href="{address}">the report</a> today.</p>
<figure><img src="{image}" alt="A ship leaves the port."></figure>
<p>Prices fell at once.</p></article></body></html>"""


def imported(address: str = "https://example.org/a", image: str = "/a.png") -> ingesting.Ingested:
    return ingesting.import_article(PAGE.format(address=address, image=image).encode(), form="html")


def test_a_text_typed_for_an_earlier_source_is_stale_though_nothing_stood_there() -> None:
    document = cast.article()
    row = cast.opened(document)[2]
    assert row.state == State.MISSING
    ingesting.import_article(cast.SHORT.replace("Ships left", "No ships left").encode())
    with pytest.raises(StaleVersion):
        editing.submit(row, text="Gemiler hemen yola çıktı.", actor=cast.ayse(), seen_version=row.version)


def approved(document: Document) -> list[Translation]:
    ayse, boris = cast.ayse(), cast.boris()
    for row in cast.opened(document):
        editing.submit(row, text=f"{row.segment.text} Evet", actor=ayse, seen_version=row.version)
    for row in cast.rows(document):
        reviewing.approve(row, actor=boris, seen_version=row.version)
    return cast.rows(document)


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"address": "https://evil.example/"}, "Read <a1>the report</a1> today."),
        ({"image": "/b.png"}, "A ship leaves the port."),
    ],
)
def test_another_address_behind_the_same_words_is_another_source(changed: dict[str, str], text: str) -> None:
    done = imported()
    approved(done.article.document)
    again = imported(**changed)
    outdated = [row.segment.text for row in cast.rows(done.article.document) if row.state == State.OUTDATED]
    assert outdated == [text]
    assert again.outdated == 1
    assert not imported(**changed).changed


def test_an_overruled_finding_is_not_overruled_for_another_source() -> None:
    document = cast.article()
    row = cast.opened(document)[1]
    row = editing.submit(
        row, text="Limanlar Temmuz 2024’te açıldı.[1]", actor=cast.ayse(), seen_version=row.version
    )
    found = next(f for f in row.findings.all() if f.severity == "block")
    place = (found.code, found.start, found.end)
    carol = cast.carol()
    reviewing.overrule(
        row, actor=carol, seen_version=row.version, finding=place, reason="A slip in the source."
    )
    ingesting.import_article(cast.SHORT.replace("July 2023", "July 2031").encode())
    row = cast.rows(document)[1]
    assert row.state == State.OUTDATED
    with pytest.raises(BlockedByFindings):
        reviewing.approve(row, actor=carol, seen_version=row.version)
    reviewing.overrule(row, actor=carol, seen_version=row.version, finding=place, reason="Checked again.")
    reviewing.approve(row, actor=carol, seen_version=row.version)
    assert Overrule.objects.count() == 2
