"""A catalog that comes back: its texts as proposals, with a report."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.catalogs.merge import Verdict
from publishing.catalogs.po_text import MAX_BYTES
from publishing.models import Segment
from publishing.reports import wording
from publishing.workflow import access, proposing
from publishing.workflow.errors import NotAllowed, Refused, WrongLanguage

from .addresses import segment_address, workbench_address
from .doors import page, person_of, room
from .imports import given, require_size
from .naming import language_name


class CatalogForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Catalog"),
        help_text=gettext_lazy("A PO file that was exported here; at most 10 MB."),
    )
    rehearsal = forms.BooleanField(label=gettext_lazy("Only report, write nothing"), required=False)

    def clean_file(self) -> UploadedFile:
        return require_size(self.cleaned_data["file"], MAX_BYTES)


@room
def catalog(request: HttpRequest) -> HttpResponse:
    """The form; after an import, what became of each entry. Nothing is ever approved by a file."""
    person = person_of(request)
    access.require(person, access.TRANSLATE)
    form = CatalogForm(*given(request))
    done = None
    if request.method == "POST" and form.is_valid():
        try:
            done = proposing.import_catalog(
                form.cleaned_data["file"].read(), actor=person, dry_run=form.cleaned_data["rehearsal"]
            )
        except (NotAllowed, WrongLanguage) as refusal:
            form.add_error("file", str(refusal))
        except Refused as refusal:
            form.add_error("file", str(refusal))
    context: dict[str, Any] = {"title": _("Import a catalog"), "form": form, "done": done}
    if done:
        context |= _report(done)
    return page(request, "import_catalog.html", context, status=409 if form.errors else 200)


def _report(done: proposing.Returned) -> dict[str, Any]:
    document = done.document.pk
    differing = [verdict for verdict in done.verdicts if verdict.verdict is not Verdict.UNCHANGED]
    sources = dict(
        Segment.objects.filter(document=document, key__in=[verdict.key for verdict in differing]).values_list(
            "key", "text"
        )
    )
    return {
        "language_name": language_name(done.language),
        "counts": [(wording.verdict(code), number) for code, number in done.counts.items() if number],
        "units": [
            {
                "what": wording.verdict(str(verdict.verdict)),
                "source": sources.get(verdict.key, verdict.key),
                "address": segment_address(document, done.language, verdict.key)
                if verdict.key in sources
                else "",
            }
            for verdict in differing
        ],
        "address": workbench_address(document, done.language),
    }
