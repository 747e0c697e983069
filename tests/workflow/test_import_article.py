"""ingesting.import_article: a file into documents, blocks and segments; a corrected file into the difference."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models import (
    Article,
    AuditEntry,
    Author,
    Block,
    Document,
    Original,
    Proposal,
    Segment,
    Translation,
)
from publishing.models.translation import State
from publishing.workflow import editing, ingesting, reviewing
from publishing.workflow.errors import BadInput, NotAllowed
from tests import cast

pytestmark = pytest.mark.django_db

SLUG = "the-future-of-china-russia-north-korea-relations"


def text_of(document: Document) -> list[tuple[str, str]]:
    """Kind and text of every block, put together again from its segments."""
    blocks: dict[int, tuple[str, str]] = {}
    for segment in Segment.objects.in_use().filter(document=document).select_related("block"):
        kind, text = blocks.get(segment.block_id, (segment.block.kind, ""))
        blocks[segment.block_id] = (kind, text + segment.before + segment.text + segment.after)
    return list(blocks.values())


class TestTheSample:
    @pytest.fixture
    def done(self) -> ingesting.Ingested:
        return ingesting.import_article(cast.SAMPLE.read_bytes())

    def test_an_english_article_and_a_turkish_biography(self, done: ingesting.Ingested) -> None:
        assert done.slug == SLUG
        assert done.article.document.source_language == "en"
        author = Author.objects.get()
        assert (author.slug, author.document.source_language) == ("elcan-tokmak", "tr")
        assert list(done.article.authors.all()) == [author]

    def test_every_sentence_is_a_segment_and_every_note_one(self, done: ingesting.Ingested) -> None:
        segments = Segment.objects.filter(document=done.article.document).select_related("block")
        kinds = [segment.block.kind for segment in segments]
        assert {kind: kinds.count(kind) for kind in set(kinds)} == {"title": 1, "paragraph": 36, "note": 10}
        assert Segment.objects.filter(document__author__slug="elcan-tokmak").count() == 5

    def test_the_text_comes_back_code_point_for_code_point(self, done: ingesting.Ingested) -> None:
        source = cast.SAMPLE.read_text(encoding="utf-8")
        for kind, text in text_of(done.article.document) + text_of(Author.objects.get().document):
            assert text in source, kind
        assert any("on\u00a0on" in text for _, text in text_of(done.article.document))

    def test_the_furniture_is_left_out_and_said_so(self, done: ingesting.Ingested) -> None:
        assert [dropped.line for dropped in done.dropped] == [3, 5]

    def test_what_looks_wrong_is_reported_and_left(self, done: ingesting.Ingested) -> None:
        codes = [finding.code for _, finding in done.findings]
        assert codes.count("doubled_word") == 1
        assert codes.count("double_comma") == 7

    def test_the_file_is_kept_verbatim(self, done: ingesting.Ingested) -> None:
        assert bytes(Original.objects.get().content) == cast.SAMPLE.read_bytes()

    def test_the_same_file_again_changes_nothing(self, done: ingesting.Ingested) -> None:
        before = list(Segment.objects.values())
        with CaptureQueriesContext(connection) as queries:
            again = ingesting.import_article(cast.SAMPLE.read_bytes())
        assert not again.changed
        assert again.slug == SLUG
        assert list(Segment.objects.values()) == before
        assert not [sql for sql in cast.statements(queries) if not sql.startswith("SELECT")]
        assert Original.objects.count() == 1

    def test_another_text_of_the_biography_is_a_proposal(self, done: ingesting.Ingested) -> None:
        changed = cast.SAMPLE.read_text(encoding="utf-8").replace("mezun olmuştur", "mezun oldu")
        again = ingesting.import_article(changed.encode())
        assert again.biographies_proposed == ["Elcan TOKMAK"]
        assert not again.changed
        assert "mezun oldu." in Proposal.objects.get().text
        assert not Segment.objects.filter(text__contains="mezun oldu.").exists()


class TestACorrection:
    CHANGED = cast.SHORT.replace("July 2023", "August 2023")

    @pytest.fixture
    def document(self) -> Document:
        document = cast.article()
        row = cast.opened(document)[1]
        row = editing.submit(
            row, text="Limanlar Temmuz 2023’te açıldı.[1]", actor=cast.boris(), seen_version=row.version
        )
        reviewing.approve(row, actor=cast.ayse(), seen_version=row.version)
        return document

    def test_the_reworded_sentence_keeps_its_key(self, document: Document) -> None:
        keys = list(Segment.objects.in_use().filter(document=document).values_list("key", flat=True))
        done = ingesting.import_article(self.CHANGED.encode())
        assert (done.reworded, done.new, done.retired) == (1, 0, 0)
        assert list(Segment.objects.in_use().filter(document=document).values_list("key", flat=True)) == keys

    def test_its_translation_is_outdated_with_its_previous_source(self, document: Document) -> None:
        done = ingesting.import_article(self.CHANGED.encode())
        row = cast.rows(document)[1]
        assert (done.outdated, row.state, row.approved_by) == (1, State.OUTDATED, None)
        assert row.previous_source == "The ports opened in July 2023.[1]"
        assert row.text == "Limanlar Temmuz 2023’te açıldı.[1]"

    def test_an_outdated_text_may_be_approved_for_the_new_source(self, document: Document) -> None:
        ingesting.import_article(cast.SHORT.replace("The ports opened", "All ports opened").encode())
        row = cast.rows(document)[1]
        row = reviewing.approve(row, actor=cast.carol(), seen_version=row.version)
        assert row.previous_source is None

    def test_everything_else_is_left_alone(self, document: Document) -> None:
        others = Translation.objects.exclude(segment__text__contains="July").order_by("pk")
        before = list(others.values())
        ingesting.import_article(self.CHANGED.encode())
        assert [
            row
            for row in Translation.objects.order_by("pk").values()
            if row["id"] in {b["id"] for b in before}
        ] == before

    def test_a_new_sentence_is_missing_in_every_language(self, document: Document) -> None:
        done = ingesting.import_article(cast.SHORT.replace("at once.", "at once. Prices fell.").encode())
        assert (done.new, done.reworded) == (1, 0)
        rows = cast.rows(document)
        assert [row.segment.text for row in rows][3] == "Prices fell."
        assert rows[3].state == State.MISSING

    def test_a_removed_sentence_is_retired_and_its_translations_stay(self, document: Document) -> None:
        done = ingesting.import_article(cast.SHORT.replace("The ports opened in July 2023.[1] ", "").encode())
        assert done.retired == 1
        assert Translation.objects.filter(current__text__startswith="Limanlar").exists()
        assert not Translation.objects.in_use().filter(current__text__startswith="Limanlar").exists()

    def test_it_stands_in_the_evidence(self, document: Document) -> None:
        ingesting.import_article(self.CHANGED.encode(), actor=cast.carol())
        entry = AuditEntry.objects.get(verb="change_source")
        assert entry.person.username == "carol"
        assert len(entry.data["reworded"]) == 1

    def test_the_new_file_is_kept_beside_the_old_one(self, document: Document) -> None:
        ingesting.import_article(self.CHANGED.encode())
        assert [bytes(original.content) for original in Original.objects.all()] == [
            self.CHANGED.encode(),
            cast.SHORT.encode(),
        ]


def long_text(sentences: int) -> str:
    """An article of many paragraphs, ten sentences each."""
    paragraphs = [
        " ".join(f"Ship number {10 * p + s} left the port in the morning." for s in range(10))
        for p in range(sentences // 10)
    ]
    return "\n\n".join(["A Long Article", *paragraphs])


@pytest.mark.parametrize("size", [50, 5_000])
class TestQueries:
    def test_an_import_takes_twelve_and_one_for_each_batch(self, size: int) -> None:
        with CaptureQueriesContext(connection) as queries:
            ingesting.import_article(long_text(size).encode())
        sql = cast.statements(queries)
        batches = sum("publishing_segment" in each or "publishing_block" in each for each in sql)
        assert Segment.objects.count() == size + 1
        assert len(sql) - batches <= 12

    def test_one_changed_sentence_takes_eight(self, size: int) -> None:
        cast.opened(ingesting.import_article(long_text(size).encode()).article.document)
        with CaptureQueriesContext(connection) as queries:
            done = ingesting.import_article(
                long_text(size).replace("number 17 left", "number 17 sailed from").encode()
            )
        assert (done.reworded, done.moved, done.new) == (1, 0, 0)
        assert len(cast.statements(queries)) <= 8


BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n ", "empty"),
    "not UTF-8": ("Başlık\n\nMetin.".encode("iso8859-9"), "UTF-8"),
    "binary": (b"Title\n\n\x00\x01\x02", "U\\+0000|control|binary"),
    "HTML": (b"<!doctype html><html><body><p>Hello.</p></body></html>", "--format html"),
}


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD)
def test_bad_input_says_what_is_wrong_and_writes_nothing(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=f"(?i){said}"):
        ingesting.import_article(data)
    assert not any(
        model.objects.exists() for model in (Article, Document, Block, Segment, Original, AuditEntry)
    )


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(BadInput, match="“de”"):
        ingesting.import_article(cast.SHORT.encode(), language="de")


def test_a_translator_imports_nothing() -> None:
    with pytest.raises(NotAllowed):
        ingesting.import_article(cast.SHORT.encode(), actor=cast.ayse())


PAGE = """<html><head><link rel="canonical" href="https://site.example/{0}"><title>Editorial</title></head>
<body><article><h1>Editorial</h1><p>The {0} ships left at once.</p></article></body></html>"""


def test_two_articles_of_one_title_at_two_addresses_are_two() -> None:
    first = ingesting.import_article(PAGE.format("first").encode(), form="html")
    second = ingesting.import_article(PAGE.format("second").encode(), form="html")
    assert (first.slug, second.slug) == ("editorial", "editorial-2")
    assert Article.objects.count() == 2


def test_one_article_at_one_address_is_one_whatever_its_title_becomes() -> None:
    ingesting.import_article(PAGE.format("first").encode(), form="html")
    again = PAGE.format("first").replace("<h1>Editorial</h1>", "<h1>Leader</h1>").encode()
    assert ingesting.import_article(again, form="html").slug == "editorial"
    assert Article.objects.count() == 1
