"""reports.progress: the counts behind the board and `translation_status`; every number can be counted by hand."""

from typing import Any

import pytest

from publishing.models import Document
from publishing.models.translation import State
from publishing.reports import progress
from publishing.worker import loop
from publishing.workflow import editing, ingesting, releasing, reviewing
from tests import cast

pytestmark = pytest.mark.django_db


def turkish(document: Document) -> dict[str, Any]:
    return progress.status([document])["documents"][0]["languages"]["tr"]


def states(document: Document) -> dict[str, int]:
    counted = turkish(document)
    return {str(state): counted[state] for state in State.values if counted[state]}


@pytest.fixture
def document() -> Document:
    document = cast.article()
    cast.opened(document)
    return document


def test_a_document_without_languages(document: Document) -> None:
    other = cast.article("Another Title\n\nIt rained.\n")
    (said,) = progress.status([other])["documents"]
    assert (said["segments"], said["languages"], said["release"], said["held_up_by"]) == (2, {}, None, [])


def test_each_decision_moves_one_segment_from_count_to_count(document: Document) -> None:
    boris, ayse = cast.boris(), cast.ayse()
    assert states(document) == {"missing": 3, "pretranslated": 1}
    row = cast.rows(document)[2]
    row = editing.submit(row, text="Gemiler hemen yola çıktı.", actor=boris, seen_version=row.version)
    assert states(document) == {"missing": 2, "pretranslated": 1, "submitted": 1}
    row = reviewing.approve(row, actor=ayse, seen_version=row.version)
    assert states(document) == {"missing": 2, "pretranslated": 1, "approved": 1}
    reviewing.return_(row, actor=ayse, seen_version=row.version, reason="style")
    assert states(document) == {"missing": 2, "pretranslated": 1, "needs_edit": 1}
    ingesting.import_article(cast.SHORT.replace("Ships left", "Vessels left").encode())
    assert states(document) == {"missing": 2, "pretranslated": 1, "outdated": 1}


def test_the_states_sum_up_to_the_segments_whatever_the_source_becomes(document: Document) -> None:
    for change in ("at once. Prices fell.", "at once. Prices fell. It rained.", "early."):
        ingesting.import_article(cast.SHORT.replace("at once.", change).encode())
        (said,) = progress.status([document])["documents"]
        assert sum(states(document).values()) == said["segments"]


def test_findings_are_counted_by_weight(document: Document) -> None:
    row = cast.rows(document)[1]
    editing.submit(row, text="Limanlar  2023’te açıldı açıldı.", actor=cast.boris(), seen_version=row.version)
    counted = turkish(document)["findings"]
    assert counted["block"] == len([f for f in row.findings.all() if f.severity == "block"]) > 0
    assert counted["warn"] == len([f for f in row.findings.all() if f.severity == "warn"]) > 0


def test_findings_of_retired_sentences_do_not_count(document: Document) -> None:
    row = cast.rows(document)[2]
    editing.submit(row, text="Gemiler 2019’da çıktı.", actor=cast.boris(), seen_version=row.version)
    assert turkish(document)["findings"]["block"] == 1
    ingesting.import_article(cast.SHORT.replace(" Ships left at once.", "").encode())
    assert turkish(document)["findings"] == {"block": 0, "warn": 0}


def test_findings_are_those_of_the_corrected_source(document: Document) -> None:
    """What was wrong against the old source may be right against the new one, and the other way round."""
    row = cast.rows(document)[1]
    editing.submit(
        row, text="Limanlar Temmuz 2023’te açıldı.[1]", actor=cast.boris(), seen_version=row.version
    )
    assert turkish(document)["findings"]["block"] == 0
    ingesting.import_article(cast.SHORT.replace("July 2023", "July 2024").encode())
    loop.drain()
    assert turkish(document)["findings"]["block"] > 0


def test_what_readers_have(document: Document) -> None:
    carol = cast.carol()

    def said() -> object:
        return progress.status([document])["documents"][0]["release"]

    assert said() is None
    releasing.release(document, "en", actor=carol)
    assert said() == "live"
    releasing.release(document, "en", actor=carol)
    assert said() == "live"
    releasing.withdraw(document, "en", actor=carol)
    assert said() == "withdrawn"
    releasing.release(document, "en", actor=carol)
    assert said() == "live"


def test_an_article_comes_with_its_authors_biographies() -> None:
    article = cast.sample()
    biography = Document.objects.get(author__articles__document=article)
    assert progress.with_biographies(article) == [article, biography]
    assert progress.with_biographies(biography) == [biography]
