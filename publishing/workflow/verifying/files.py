"""The catalogs on disk: each is what the database makes now, unless a worker is about to write it."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from publishing.catalogs import po
from publishing.models import Document, Job

from .. import exchanging
from .flaws import Flaw, name


def check(document: Document | None, tally: Counter[str]) -> Iterator[Flaw]:
    """Every catalog of every language that a document is being translated into."""
    documents = [document] if document else Document.objects.order_by("pk").iterator(chunk_size=100)
    waiting = set(
        Job.objects.filter(kind=exchanging.KIND, state__in=(Job.State.READY, Job.State.RUNNING)).values_list(
            "key", flat=True
        )
    )
    for each in documents:
        if exchanging.job_of_all(each).key in waiting:
            continue
        for language in exchanging.target_languages(each):
            if exchanging.job_of(each, language).key not in waiting:
                tally["catalogs"] += 1
                yield from _catalog(each, language)


def _catalog(document: Document, language: str) -> Iterator[Flaw]:
    path = exchanging.path_of(document, language)
    do = _("Run manage.py export_catalogs %(name)s.") % {"name": name(document.pk)}
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        yield Flaw("files", str(path), _("the catalog is not there."), do)
    except OSError as error:
        yield Flaw(
            "files", str(path), _("the catalog cannot be read: %(error)s.") % {"error": error.strerror}, do
        )
    else:
        if data != po.write(exchanging.snapshot(document, language)):
            what = _(
                "the catalog differs from the database. Edited by hand? Return it by import_catalog first."
            )
            yield Flaw("files", str(path), what, do)
