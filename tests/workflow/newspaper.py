"""A small newspaper, and everything that its people do which is no release: the acts that may change no public byte."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from publishing.models import Document, Finding, Page, Person, Translation
from publishing.pages import exporting
from publishing.reader import security
from publishing.worker import loop
from publishing.workflow import (
    assigning,
    autosaving,
    claiming,
    commenting,
    editing,
    exchanging,
    ingesting,
    joining,
    omitting,
    pretranslating,
    proposing,
    releasing,
    remembering,
    reviewing,
    rewriting,
    scheduling,
    terming,
)
from tests import cast

from .edition import approved

BIOGRAPHY = "\nElcan TOKMAK, 2022 yılında Gazi Üniversitesi’nden mezun olmuştur.\n"
FIRST = cast.SHORT + BIOGRAPHY
SECOND = FIRST.replace("Grain", "Steel")
THIRD = cast.SHORT.replace("Grain", "Timber")
MEMORY = """<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>Ships left at once.</seg></tuv>
<tuv xml:lang="tr"><seg>Gemiler derhal yola çıktı.</seg></tuv></tu></body></tmx>"""
ENGINE = "libretranslate"


class Newspaper:
    """Two articles by one author, live in English and Turkish and in English, and one by nobody, live in English."""

    def __init__(self) -> None:
        self.ayse, self.boris, self.carol = cast.ayse(), cast.boris(), cast.carol()
        self.first, self.second, self.third = (cast.article(text) for text in (FIRST, SECOND, THIRD))
        self.biography = Document.objects.get(kind="biography")
        for document in (self.first, self.second):
            approved(document, "tr", self.boris, self.ayse)
        cast.opened(self.first, "ru")
        for document, language in (
            (self.first, "en"), (self.second, "en"), (self.third, "en"), (self.first, "tr"), (self.biography, "tr"),
        ):  # fmt: skip
            releasing.release(document, language, actor=self.carol)
        loop.drain()

    @property
    def people(self) -> list[Person]:
        return [self.ayse, self.boris, self.carol]

    def rows(self) -> list[Translation]:
        """The Turkish of the first article."""
        return cast.rows(self.first)


def site() -> dict[str, tuple[object, ...]]:
    """All that readers can get: every stored page, whatever family it is of."""
    rows = Page.objects.values_list("path", "status", "content_type", "language", "etag", "location")
    return {row[0]: (*row[1:], *forms) for row, forms in zip(rows.order_by("path"), _forms(), strict=True)}


def _forms() -> list[tuple[bytes, ...]]:
    rows = Page.objects.order_by("path").values_list("content", "brotli", "gzip")
    return [tuple(bytes(form) for form in row) for row in rows]


def tree(folder: Path) -> dict[str, bytes]:
    """The exported site, exported anew into the same folder."""
    exporting.export(str(folder), security.headers_of_the_site())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".dragoman.lock"
    }


def concerned(document: Document) -> set[str]:
    """The addresses of articles that a release of the document may change; those of other articles it may not."""
    return {
        f"/{edition.language}/{edition.slug}/"
        for article in rewriting.articles_concerned(document.pk)
        for edition in article.document.editions.filter(slug__isnull=False)
    }


def naming(document: Document, *sites: dict[str, tuple[object, ...]]) -> set[str]:
    """The addresses of pages that led to the document's own, in one of the states of the site: as similar, say."""
    own = [f'href="/{each.language}/{each.slug}/"'.encode() for each in document.editions.exclude(slug=None)]
    return {
        path
        for state in sites
        for path, (*_facts, content, _brotli, _gzip) in state.items()
        if any(address in bytes(content) for address in own)  # type: ignore[call-overload]
    }


def of_articles() -> set[str]:
    """The addresses of all articles."""
    return {
        f"/{edition.language}/{edition.slug}/"
        for document in Document.objects.filter(kind="article")
        for edition in document.editions.filter(slug__isnull=False)
    }


# --- acts: who does what to one of the first article's Turkish sentences --------------------------------------

Act = Callable[[Newspaper, Translation, Person], object]


def edits(paper: Newspaper, row: Translation, actor: Person) -> None:
    editing.submit(row, text=f"{row.text} Evet.", actor=actor, seen_version=row.version)


def edits_and_has_it_approved(paper: Newspaper, row: Translation, actor: Person) -> None:
    row = editing.submit(row, text=f"{row.text} Evet.", actor=paper.boris, seen_version=row.version)
    reviewing.approve(row, actor=paper.ayse, seen_version=row.version)


def returns(paper: Newspaper, row: Translation, actor: Person) -> None:
    reviewing.return_(row, actor=actor, seen_version=row.version, reason="style")


def types(paper: Newspaper, row: Translation, actor: Person) -> None:
    autosaving.keep(row, "Yarım bir cüm", version=row.version, actor=actor)


def claims(paper: Newspaper, row: Translation, actor: Person) -> None:
    claiming.claim(row, actor=actor)


def comments(paper: Newspaper, row: Translation, actor: Person) -> None:
    commenting.comment(row, "Bu doğru mu, @ayse?", actor=actor, question=True)


def assigns(paper: Newspaper, row: Translation, actor: Person) -> None:
    assigning.assign(paper.first, "ru", paper.boris, actor=paper.carol)


def joins(paper: Newspaper, row: Translation, actor: Person) -> None:
    before, row = paper.rows()[1:3]
    joining.join(row, actor=actor, seen_version=row.version, seen_before=before.version)


def omits(paper: Newspaper, row: Translation, actor: Person) -> None:
    row = paper.rows()[2]
    omitting.omit(row, actor=paper.carol, seen_version=row.version, reason="Known to every reader.")


def overrules(paper: Newspaper, row: Translation, actor: Person) -> None:
    row = paper.rows()[1]
    row = editing.submit(row, text="Limanlar 2032’de açıldı.[1]", actor=paper.boris, seen_version=row.version)
    for found in Finding.objects.filter(translation=row, severity="block"):
        row.refresh_from_db()
        reviewing.overrule(
            row, actor=paper.carol, seen_version=row.version, finding=(found.code, found.start, found.end),
            reason="So it stands in the source.",
        )  # fmt: skip


def runs_an_engine(paper: Newspaper, row: Translation, actor: Person) -> None:
    for language in ("tr", "ru"):
        pretranslating.request(paper.first, language, engine_names=[ENGINE])
    pretranslating.request(paper.biography, "en", engine_names=[ENGINE])


def returns_a_catalog(paper: Newspaper, row: Translation, actor: Person) -> None:
    exchanging.write_catalog(paper.first, "tr")
    data = exchanging.path_of(paper.first, "tr").read_bytes().replace("çıktı".encode(), b"koyuldu")
    proposing.import_catalog(data, actor=paper.carol)


def corrects_the_source(paper: Newspaper, row: Translation, actor: Person) -> None:
    ingesting.import_article(FIRST.replace("Ships left", "Vessels left").replace("2022", "2021").encode())


def changes_terms(paper: Newspaper, row: Translation, actor: Person) -> None:
    forms = [terming.Wording("en", "ships"), terming.Wording("tr", "tekneler")]
    terming.add_term(forms, actor=paper.carol)


def imports_a_memory(paper: Newspaper, row: Translation, actor: Person) -> None:
    remembering.import_memory(MEMORY.encode(), name="another", actor=paper.carol)


def schedules(paper: Newspaper, row: Translation, actor: Person) -> None:
    at = timezone.now() + timedelta(days=1)
    scheduling.schedule(paper.second, "tr", actor=paper.carol, at=at)


ACTS: tuple[Act, ...] = (
    edits, edits_and_has_it_approved, returns, types, claims, comments, assigns, joins, omits, overrules,
    runs_an_engine, returns_a_catalog, corrects_the_source, changes_terms, imports_a_memory, schedules,
)  # fmt: skip
