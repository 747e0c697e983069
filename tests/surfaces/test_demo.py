"""manage.py demo: the product at work after one command, and safe to run again."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from publishing.demo import topic
from publishing.models import (
    Article,
    AuditEntry,
    Finding,
    Job,
    Page,
    Person,
    Release,
    Run,
    Term,
    TermForm,
    Translation,
)
from publishing.models.translation import State
from publishing.reports import terms
from publishing.workflow import reviewing, terming, topics
from tests import cast
from tests.engines_fake import FakeEngines

pytestmark = pytest.mark.django_db


def demo(*arguments: str) -> str:
    out = StringIO()
    call_command("demo", "--no-serve", *arguments, stdout=out)
    return out.getvalue()


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def russian() -> list[Translation]:
    return list(Translation.objects.filter(language="ru", segment__document__kind="article"))


@pytest.fixture(scope="class")
def said(for_the_class: None) -> str:
    """What the demo says after it set itself up with the shipped memory."""
    return demo()


class TestWithTheShippedMemory:
    def test_prints_three_logins_five_addresses_and_what_to_try(self, said: str) -> None:
        assert all(f"  {name} " in said for name in ("ayse", "boris", "carol"))
        assert said.count("  http://127.0.0.1:8000/") == 5
        assert "Try: " in said

    def test_english_and_turkish_are_live(self, said: str) -> None:
        live = Release.objects.live().filter(edition__document__kind="article")
        assert {release.edition.language for release in live} == {"en", "tr"}

    def test_turkish_went_the_ordinary_way_through_two_people(self, said: str) -> None:
        approvals = AuditEntry.objects.filter(
            verb="approve", translation__language="tr", translation__segment__document__kind="article"
        )
        assert {entry.person.username for entry in approvals} == {"ayse"}
        assert approvals.count() == 47
        release = Release.objects.get(edition__document__kind="article", edition__language="tr")
        assert release.released_by.username == "carol"

    def test_russian_is_half_reviewed(self, said: str) -> None:
        states = [row.state for row in russian()]
        assert {state: states.count(state) for state in set(states)} == {
            State.APPROVED: 24,
            State.PRETRANSLATED: 21,
            State.SUBMITTED: 1,
            State.NEEDS_EDIT: 1,
        }
        assert Finding.objects.filter(severity="block").values_list("code", flat=True).get() == "numbers"

    def test_the_article_has_a_topic_whose_name_is_live_in_three_languages(self, said: str) -> None:
        names = Release.objects.live().filter(edition__document__kind="topic")
        assert dict(names.values_list("edition__language", "title")) == {"en": topic.NAME} | topic.NAMES
        for language, name in (("en", topic.NAME), ("tr", topic.NAMES["tr"])):
            page = bytes(Page.objects.get(path=f"/{language}/topics/{topic.SLUG}/").content).decode()
            assert name in page
            for linked in Page.objects.filter(language=language, path__endswith="/", status=200):
                if b'class="topics"' in bytes(linked.content):
                    break
            else:
                raise AssertionError(f"no page in {language} links the topic")

    def test_its_translations_passed_two_people(self, said: str) -> None:
        for row in Translation.objects.filter(segment__document__kind="topic"):
            assert row.current is not None
            assert row.current.author != row.approved_by

    def test_again_it_leaves_an_article_that_somebody_took_the_topic_from(self, said: str) -> None:
        article = Article.objects.get()
        topics.assign_topics(article, [], actor=Person.objects.get(username="carol"))
        demo()
        assert not article.topics.exists()

    def test_no_work_is_left(self, said: str) -> None:
        assert not Job.objects.exclude(state=Job.State.SUCCESSFUL).exists()

    def test_again_it_changes_nothing(self, said: str) -> None:
        before = [
            list(model.objects.order_by("pk").values())
            for model in (Translation, Release, AuditEntry, Person, Run, Term, TermForm)
        ]
        assert demo() == said
        after = [
            list(model.objects.order_by("pk").values())
            for model in (Translation, Release, AuditEntry, Person, Run, Term, TermForm)
        ]
        assert after == before

    def test_the_termbase_is_that_of_the_article(self, said: str) -> None:
        row = next(row for row in russian() if "warning shots" in row.segment.text)
        found = {term.written: term for term in terms.terms(row)}
        assert list(found) == ["North Korea’s", "missile tests", "warning shots"]
        assert found["warning shots"].forbidden == ["предупредительный огонь"]
        assert not any(term.is_missing or term.misused for term in found.values())

    def test_again_it_leaves_a_term_that_somebody_took_out(self, said: str) -> None:
        term = Term.objects.first()
        terming.retire_term(term, actor=Person.objects.get(username="carol"), seen_version=1)
        demo()
        assert Term.objects.in_use().count() == Term.objects.count() - 1

    def test_again_it_leaves_what_somebody_decided(self, said: str) -> None:
        row = next(row for row in russian() if row.state == State.PRETRANSLATED)
        reviewing.approve(row, actor=Person.objects.get(username="boris"), seen_version=row.version)
        demo()
        assert Translation.objects.get(pk=row.pk).state == State.APPROVED


def test_a_topic_that_was_left_without_its_names_gets_them_later() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(topic, "_translate", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            demo()
    demo()
    live = Release.objects.live().filter(edition__document__topic__slug=topic.SLUG)
    assert {made.edition.language for made in live} == {"en", "tr", "ru"}


class TestWithAnEngine:
    @pytest.fixture
    def fake(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        with FakeEngines() as fake:
            for name, value in fake.environment().items():
                monkeypatch.setenv(name, value)
            yield fake

    def test_the_engine_is_asked_and_not_the_memory(self, fake: FakeEngines) -> None:
        demo("--engines", "libretranslate")
        assert fake.seen
        origins = set(Translation.objects.exclude(current=None).values_list("current__origin", flat=True))
        assert "machine" in origins
        assert "memory" not in origins

    def test_an_engine_that_is_away_leaves_the_segments_to_people_and_says_so(
        self, fake: FakeEngines
    ) -> None:
        fake.misbehave("403")
        assert "no draft yet" in demo("--engines", "libretranslate")
        assert {row.state for row in cast.rows(russian()[0].segment.document, "ru")} <= {
            State.MISSING,
            State.PRETRANSLATED,
        }

    def test_once_it_answers_the_demo_goes_on(self, fake: FakeEngines) -> None:
        fake.misbehave("403")
        demo("--engines", "libretranslate")
        fake.reset()
        demo()
        assert (
            Release.objects.live().filter(edition__document__kind="article", edition__language="tr").exists()
        )
