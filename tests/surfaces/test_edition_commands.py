"""release, rollback, withdraw: as an editor would, under the same rules."""

import pytest
from django.utils import timezone

from publishing.models import Document, Release
from tests import cast
from tests.surfaces.commands import SHORT, refused, report, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> Document:
    """The short article, opened in Turkish: its note is drafted, its catalog written."""
    document = cast.article()
    cast.opened(document)
    return document


class TestEditions:
    COMMANDS = ("release", "rollback", "withdraw")

    @pytest.mark.parametrize("command", COMMANDS)
    @pytest.mark.parametrize(
        ("slug", "language", "person", "said"),
        [
            ("nothing", "tr", "carol", "“nothing”"),
            (SHORT, "de", "carol", "“de”"),
            (SHORT, "tr", "nobody", "“nobody”"),
            (SHORT, "ru", "carol", "(ru)"),
            (SHORT, "tr", "ayse", "may not do this"),
            (SHORT, "tr", "dora", "may not do this"),
        ],
    )
    def test_what_is_unknown_or_not_allowed(
        self, document: Document, command: str, slug: str, language: str, person: str, said: str
    ) -> None:
        for made in (cast.carol, cast.ayse, cast.dora):
            made()
        assert said in refused(command, slug, "--language", language, "--as", person)

    @pytest.mark.parametrize("command", COMMANDS)
    def test_the_person_and_the_language_have_to_be_named(self, document: Document, command: str) -> None:
        assert "--language" in refused(command, SHORT, "--as", "carol")
        assert "--as" in refused(command, SHORT, "--language", "en")

    def test_the_gate_says_what_holds_it_up(self, document: Document) -> None:
        cast.carol()
        line = refused("release", SHORT, "--language", "tr", "--as", "carol")
        assert "4 segments are not approved" in line

    def test_nothing_to_take_back(self, document: Document) -> None:
        cast.carol()
        for command in ("rollback", "withdraw"):
            assert "no live release" in refused(command, SHORT, "--language", "en", "--as", "carol")

    def test_somebody_deactivated_releases_nothing(self, document: Document) -> None:
        carol = cast.carol()
        carol.is_active = False
        carol.save()
        assert "“carol”" in refused("release", SHORT, "--language", "en", "--as", "carol")

    def test_their_reports(self, document: Document) -> None:
        cast.carol()
        who = (SHORT, "--language", "en", "--as", "carol")
        expected = {"slug": SHORT, "language": "en", "release": 1, "state": "live"}
        assert report("release", *who) == expected
        assert report("release", *who) == expected | {"release": 2}
        assert report("rollback", *who) == expected
        assert "no earlier release" in refused("rollback", *who)
        assert report("withdraw", *who, "--note", "Wrong.") == expected | {"state": "withdrawn"}
        assert "no live release" in refused("withdraw", *who)

    def test_a_slug_of_any_language_names_the_article(self, document: Document) -> None:
        cast.carol()
        assert run("release", SHORT, "--language", "en", "--as", "carol").startswith("Released: /en/")


class TestAtATime:
    """`release --at`, `--correction`, `--override`."""

    @pytest.fixture(autouse=True)
    def carol(self, db: None) -> None:
        cast.article()
        cast.carol()

    def release(self, *more: str) -> str:
        return run("release", SHORT, "--language", "en", "--as", "carol", *more)

    def test_it_is_scheduled(self) -> None:
        said = self.release("--at", "2030-01-01T09:00")
        made = Release.objects.get()
        assert (made.state, made.number) == ("scheduled", None)
        assert timezone.localtime(made.scheduled_for).isoformat().startswith("2030-01-01T09:00")
        assert said.startswith("Scheduled for")
        assert SHORT in said

    @pytest.mark.parametrize("time", ["soon", "2030-13-01T09:00", "2001-01-01T09:00"])
    def test_a_time_that_is_none_or_past_is_refused(self, time: str) -> None:
        refused("release", SHORT, "--language", "en", "--as", "carol", "--at", time)

    def test_there_has_to_be_something_to_correct(self) -> None:
        refused("release", SHORT, "--language", "en", "--as", "carol", "--correction", "A figure.")
        self.release()
        self.release("--correction", "A figure.")
        assert Release.objects.live().get().corrections[0]["text"] == "A figure."

    def test_an_exception_needs_the_right_to_it(self) -> None:
        why = "Only one editor is on duty tonight."
        refused("release", SHORT, "--language", "en", "--as", "carol", "--override", why)
