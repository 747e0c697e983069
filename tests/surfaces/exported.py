"""A site to be exported: all that one may have in few pages, a live article, a withdrawn one, an address of before."""

from pathlib import Path

from publishing.models import Document, Person
from publishing.pages import exporting
from publishing.reader import security
from publishing.worker import loop
from publishing.workflow import releasing, renaming
from tests import cast

OLD = "/en/grain-crosses-the-black-sea/"
"""The address that the live article had before."""


def release_one() -> Document:
    """An article, live in English."""
    document = cast.article()
    releasing.release(document, "en", actor=cast.carol())
    loop.drain()
    return document


def withdraw_another(editor: Person) -> Document:
    """A second article, withdrawn with a reason."""
    other = cast.article(cast.SHORT.replace(cast.TITLE, "Steel Crosses the Caspian"))
    releasing.release(other, "en", actor=editor)
    releasing.withdraw(other, "en", actor=editor, note="An error of ours.")
    loop.drain()
    return other


def rename(document: Document, editor: Person) -> None:
    """The article gets another address than OLD."""
    renaming.give_slug(document, "en", "grain-at-sea", actor=editor)
    loop.drain()


def whole_site() -> Document:
    """All of that; returns the live article."""
    document = release_one()
    editor = Person.objects.get(username="carol")
    withdraw_another(editor)
    rename(document, editor)
    return document


def path_of(document: Document) -> str:
    return f"/en/{document.editions.get(language='en').slug}/"


def export(folder: Path) -> exporting.Report:
    return exporting.export(str(folder), security.headers_of_the_site())
