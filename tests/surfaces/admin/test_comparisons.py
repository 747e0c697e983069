"""Two releases beside one another, sentence by sentence; and the record of a release as a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing.models import Document, Edition, Person
from publishing.workflow import ingesting, joining, omitting, records, releasing
from tests import cast
from tests.workflow import edition as staged

pytestmark = pytest.mark.django_db
MOST_QUERIES = 8

Line = tuple[str, str]


@pytest.fixture
def released(db: None) -> Edition:
    """The Turkish edition, released once by Carol."""
    document = cast.article()
    staged.approved(document, "tr", cast.boris(), cast.ayse())
    releasing.release(document, "tr", actor=cast.carol())
    return Edition.objects.get(document=document, language="tr")


@pytest.fixture
def carol(released: Edition, signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(who("carol"))


def who(name: str) -> Person:
    return Person.objects.get(username=name)


def changes(client: Client, edition: Edition, **asked: object) -> list[Line]:
    """What differs: the kind, and the words as they are marked."""
    answer = client.get(reverse("admin:compare_releases", args=[edition.pk]), asked)
    assert answer.status_code == 200
    return [
        (line["kind"], str(line["text"]))
        for group in answer.context["groups"]
        if not group["stayed"]
        for line in group["lines"]
    ]


def reworded(document: Document, place: int, text: str) -> None:
    staged.reworded(cast.rows(document)[place], text, who("boris"), who("ayse"))


def test_now_against_the_live_release(carol: Client, released: Edition) -> None:
    assert changes(carol, released, to="now") == []
    reworded(released.document, 2, "Gemiler derhal yola çıktı.")
    reworded(released.document, 0, "Tahıl Karadeniz’den Geçiyor")
    assert changes(carol, released, to="now") == [
        ("changed", "Tahıl Karadeniz’<del>i</del><ins>den</ins> Geçiyor"),
        ("changed", "Gemiler <del>hemen</del><ins>derhal</ins> yola çıktı."),
    ]


def test_the_live_release_against_the_one_before_and_the_other_way_round(
    carol: Client, released: Edition
) -> None:
    reworded(released.document, 2, "Gemiler derhal yola çıktı.")
    releasing.release(released.document, "tr", actor=who("carol"))
    assert changes(carol, released) == [("changed", "Gemiler <del>hemen</del><ins>derhal</ins> yola çıktı.")]
    back = changes(carol, released, **{"from": 2, "to": 1})
    assert back == [("changed", "Gemiler <del>derhal</del><ins>hemen</ins> yola çıktı.")]


def test_a_sentence_that_was_left_out_is_gone(carol: Client, released: Edition) -> None:
    row = cast.rows(released.document)[2]
    omitting.omit(row, actor=who("carol"), seen_version=row.version, reason="Twice.")
    assert changes(carol, released, to="now") == [("removed", "<del>Gemiler hemen yola çıktı.</del>")]


def test_a_joined_sentence_is_in_the_one_before(carol: Client, released: Edition) -> None:
    before, row = cast.rows(released.document)[1:3]
    mert = cast.person("mert", cast.access.TRANSLATORS, "tr")
    joining.join(row, actor=mert, seen_version=row.version, seen_before=before.version)
    found = changes(carol, released, to="now")
    assert [kind for kind, _text in found] == ["changed", "removed"]
    assert found[0][1].endswith("<ins> Gemiler hemen yola çıktı.</ins>")


def test_the_original_by_its_own_sentences(carol: Client, released: Edition) -> None:
    document = released.document
    original = Edition.objects.get(document=document, language="en")
    releasing.release(document, "en", actor=who("carol"))
    text = cast.SHORT.replace(" Ships left at once.", " Ships left at dawn. Nobody waved.")
    ingesting.import_article(text.encode())
    assert changes(carol, original, to="now") == [
        ("changed", "Ships left at <del>once</del><ins>dawn</ins>."),
        ("added", "<ins>Nobody waved.</ins>"),
    ]
    ingesting.import_article(cast.SHORT.replace(" Ships left at once.", "").encode())
    assert ("removed", "<del>Ships left at once.</del>") in changes(carol, original, to="now")


def test_each_sentence_leads_to_its_segment_and_what_stayed_is_folded(
    carol: Client, released: Edition
) -> None:
    reworded(released.document, 2, "Gemiler <b>derhal</b> yola çıktı.")
    page = carol.get(reverse("admin:compare_releases", args=[released.pk]), {"to": "now"}).content.decode()
    key = cast.rows(released.document)[2].segment.key
    assert f"?segment={key}#segment-{key}" in page
    assert page.count('<details class="stayed">') == 2
    assert "<b>derhal" not in page


@pytest.mark.parametrize("asked", [{"to": "7"}, {"from": "x"}, {"to": "1\0"}, {"from": "now", "to": "²"}])
def test_what_was_never_released_is_not_found(
    carol: Client, released: Edition, asked: dict[str, str]
) -> None:
    assert carol.get(reverse("admin:compare_releases", args=[released.pk]), asked).status_code == 404


def test_few_queries_whatever_the_length(carol: Client, released: Edition) -> None:
    def asked(to: object) -> int:
        with CaptureQueriesContext(connection) as queries:
            changes(carol, released, **{"from": 1, "to": to})
        return len(cast.statements(queries))

    reworded(released.document, 2, "Gemiler derhal yola çıktı.")
    releasing.release(released.document, "tr", actor=who("carol"))
    before = asked(2), asked("now")
    text = cast.SHORT.replace("Ships left at once.", " ".join(f"Ship {number} left." for number in range(60)))
    ingesting.import_article(text.encode())
    assert (asked(2), asked("now")) == before
    assert max(before) <= MOST_QUERIES


class TestTheRecord:
    def posted(self, client: Client, edition: Edition) -> Any:
        return client.post(reverse("admin:release_record", args=[edition.pk, 1]))

    def test_is_a_file_that_can_be_verified(
        self, carol: Client, released: Edition, tmp_path: Path, settings: Any
    ) -> None:
        public = records.make_key(tmp_path / "key")
        settings.REVIEW_RECORD_KEY = str(tmp_path / "key")
        assert "Signed record" in carol.get(reverse("admin:edition", args=[released.pk])).content.decode()
        answer = self.posted(carol, released)
        assert answer["Content-Disposition"].startswith("attachment")
        assert records.check(records.read(answer.content, records.public_key(public))) == []

    def test_without_a_key_is_refused_in_words(self, carol: Client, released: Edition) -> None:
        assert "Signed record" not in carol.get(reverse("admin:edition", args=[released.pk])).content.decode()
        answer = self.posted(carol, released)
        assert answer.status_code == 302
        assert "REVIEW_RECORD_KEY" in carol.get(answer.url).content.decode()
