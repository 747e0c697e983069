"""The topics' room: a topic is made with its name, and given to articles on their own page."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from publishing.models import Article, Document, Person, Topic
from publishing.workflow import topics
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(cast.carol())


class TestTheRoom:
    def test_makes_a_topic_and_leads_to_its_name(self, desk: Client) -> None:
        answer = desk.post("/admin/topics/", {"name": "Deniz yolları", "language": "tr", "slug": ""})
        topic = Topic.objects.get()
        assert answer["Location"] == f"/admin/documents/{topic.document_id}/"
        assert (topic.slug, topic.document.source_language) == ("deniz-yollari", "tr")
        assert "Deniz yolları" in desk.get("/admin/topics/").content.decode()
        assert "Deniz yolları" in desk.get(answer["Location"]).content.decode()

    @pytest.mark.parametrize(
        "form",
        [
            {"name": "", "language": "en"},
            {"name": "Ports", "language": "de"},
            {"name": "Ports", "language": "en", "slug": "no slug"},
            {"name": "Ports", "language": "en", "slug": "search"},
            {"name": "x" * 101, "language": "en"},
        ],
    )
    def test_refuses_what_is_none(self, desk: Client, form: dict[str, str]) -> None:
        assert desk.post("/admin/topics/", form).status_code == 409
        assert not Topic.objects.exists()


class TestAnArticlesPage:
    @pytest.fixture
    def topic(self, desk: Client) -> Topic:
        return topics.add_topic("Ports", "en", actor=Person.objects.get(username="carol"))

    def test_gives_it_topics_and_takes_them(self, desk: Client, document: Document, topic: Topic) -> None:
        where = f"/admin/documents/{document.pk}/"
        assert 'name="topics" value="ports"' in desk.get(where).content.decode()
        for ticked in (["ports"], []):
            answer = desk.post(f"{where}topics/", {"topics": ticked})
            assert answer["Location"] == f"{where}#part-topics"
            assert [each.slug for each in document.article.topics.all()] == ticked

    def test_refuses_a_topic_that_is_none(self, desk: Client, document: Document, topic: Topic) -> None:
        desk.post(f"/admin/documents/{document.pk}/topics/", {"topics": ["ports", "nowhere"]})
        assert not document.article.topics.exists()

    def test_of_a_topics_name_offers_none(self, desk: Client, topic: Topic) -> None:
        where = f"/admin/documents/{topic.document_id}/"
        assert 'name="topics"' not in desk.get(where).content.decode()
        assert desk.post(f"{where}topics/", {"topics": ["ports"]}).status_code == 404


class TestTheCommand:
    def test_gives_an_imported_article_its_topics(self, desk: Client, tmp_path: object) -> None:
        topics.add_topic("Ports", "en", actor=Person.objects.get(username="carol"))
        file = f"{tmp_path}/short.txt"
        with open(file, "w", encoding="utf-8") as written:  # noqa: PTH123
            written.write(cast.SHORT)
        call_command("import_article", file, "--topics", " ports, ")
        assert [topic.slug for topic in Article.objects.get().topics.all()] == ["ports"]
        call_command("import_article", file)
        assert Article.objects.get().topics.count() == 1
        call_command("import_article", file, "--topics", "")
        assert not Article.objects.get().topics.exists()

    def test_stores_nothing_where_a_topic_is_unknown(self, desk: Client, tmp_path: object) -> None:
        file = f"{tmp_path}/short.txt"
        with open(file, "w", encoding="utf-8") as written:  # noqa: PTH123
            written.write(cast.SHORT)
        with pytest.raises(CommandError, match="nowhere"):
            call_command("import_article", file, "--topics", "nowhere")
        assert not Article.objects.exists()
