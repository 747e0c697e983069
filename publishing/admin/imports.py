"""An article's file, handed in at the desk."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.languages import CODES
from publishing.languages.names import OWN_NAMES
from publishing.markup.reading import MAX_BYTES
from publishing.reports import wording
from publishing.workflow import access, ingesting
from publishing.workflow.errors import NotAllowed, Refused

from .doors import page, person_of, room

AROUND = 40


def given(request: HttpRequest) -> tuple[Any, Any]:
    """A form's data and files, where something was posted."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def require_size(file: UploadedFile, most: int) -> UploadedFile:
    """The file, if it is neither empty nor too large to be read; raises ValidationError."""
    if (file.size or 0) > most:
        raise forms.ValidationError(
            _("The file has %(size)s MB; the most that is taken is %(limit)s MB."),
            params={"size": (file.size or 0) // 2**20, "limit": most // 2**20},
        )
    return file


class ArticleForm(forms.Form):
    """The file, and what the desk knows better than a guess."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Plain text copied from the page, or its HTML; UTF-8, at most 10 MB."),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=[("text", gettext_lazy("text")), ("html", "HTML")]
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("as the text says")), *((code, OWN_NAMES[code]) for code in CODES)],
    )
    slug = forms.SlugField(
        label=gettext_lazy("Slug"),
        required=False,
        max_length=80,
        help_text=gettext_lazy(
            "Of the article that this file corrects. Else its address or its title says which one it is."
        ),
    )

    def clean_file(self) -> UploadedFile:
        return require_size(self.cleaned_data["file"], MAX_BYTES)


@room
def article(request: HttpRequest) -> HttpResponse:
    """The form; after an import, the report on it."""
    person = person_of(request)
    access.require(person, access.INGEST)
    form = ArticleForm(*given(request))
    done = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            done = ingesting.import_article(
                values["file"].read(),
                form=values["form"],
                slug=values["slug"],
                language=values["language"],
                actor=person,
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("file", str(refusal))
    context: dict[str, Any] = {"title": _("Import an article"), "form": form, "done": done}
    if done:
        context |= _report(done)
    return page(request, "import_article.html", context, status=409 if form.errors else 200)


def _report(done: ingesting.Ingested) -> dict[str, Any]:
    return {
        "address": reverse("admin:document", args=[done.article.document_id]),
        "dropped": [
            {"line": left.line, "text": left.text, "reason": wording.dropped(left.reason)}
            for left in done.dropped
        ],
        "findings": [
            {
                "message": wording.finding(found.code, found.params),
                "before": text[max(0, found.start - AROUND) : found.start],
                "marked": text[found.start : found.end],
                "after": text[found.end : found.end + AROUND],
            }
            for text, found in done.findings
        ],
    }
