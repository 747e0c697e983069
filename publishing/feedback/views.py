"""A reader's report: one form, one verb, a page that answers. Nobody is logged in here, and no cookie is set."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from publishing import pages
from publishing.languages import CODES
from publishing.models import Release
from publishing.pages import feedback
from publishing.workflow import reporting
from publishing.workflow.errors import LinkInReport, NotOnThePage, Refused, TooManyReports
from publishing.workflow.reporting import Said

from . import origins
from .forms import ReportForm

MOST_BYTES = 32_768  # three fields of 1,500 letters, each at most six bytes as %D0%90, and the rest
PAGE = re.compile(r"/(?P<language>en|tr|ru)/(?P<slug>[a-z0-9-]{1,100})/")
FIELDS = {NotOnThePage: "quote", LinkInReport: "remark"}
"""Which field a refusal is about; others are about the form."""
_ELSEWHERE = _("This form was not sent from a page of this site. Open the article here and try again.")
_TOO_LONG = _("This is too long.")


@csrf_exempt  # nobody is logged in, and there is no cookie to abuse: see origins
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Takes a report and answers in the page's language: thanks, or the form again with what was typed."""
    spoken = get_language() or CODES[0]
    if not origins.is_ours(request):
        return _refused(spoken, str(_ELSEWHERE), 403)
    if not _is_bounded(request):
        return _refused(spoken, str(_TOO_LONG), 413)
    made = _release(request.POST.get("page", ""), request.POST.get("release", ""))
    if made is None:
        return _answer(pages.not_found(spoken), spoken, 404)
    with override(made.edition.language):
        return _reported(request, made)


def _is_bounded(request: HttpRequest) -> bool:
    """Whether the body is short enough to be read. A body without a length is read as none by the server."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isascii() and length.isdigit() and len(length) < 12 and int(length) <= MOST_BYTES


def _release(path: str, number: str) -> Release | None:
    """The release that the reader has read, of an edition that readers have now."""
    found = PAGE.fullmatch(path)
    if not found or not (number.isascii() and number.isdigit() and len(number) < 8):
        return None
    here = {"edition__language": found["language"], "edition__slug": found["slug"]}
    if not Release.objects.live().filter(**here).exists():
        return None
    return Release.objects.frozen().select_related("edition__document").filter(number=number, **here).first()


def _reported(request: HttpRequest, made: Release) -> HttpResponse:
    language = made.edition.language
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _again(form, made, {name: list(errors) for name, errors in form.errors.items()}, 400)
    given = form.cleaned_data
    back = feedback.page_of(made)
    if given["website"]:
        return _answer(feedback.thanks(language, back), language)  # a program learns nothing
    said = Said(given["quote"], given["remark"], given["before"], given["email"])
    try:
        reporting.report(made, said, beside=pages.biographies_beside(made), sender=origins.sender(request))
    except TooManyReports as refusal:
        return _again(form, made, {"all": [str(refusal)]}, 429)
    except Refused as refusal:
        return _again(form, made, {FIELDS.get(type(refusal), "all"): [str(refusal)]}, 400)
    return _answer(feedback.thanks(language, back), language)


def _again(form: ReportForm, made: Release, errors: dict[str, list[str]], status: int) -> HttpResponse:
    typed = {name: form.data.get(name, "") for name in ("quote", "remark", "before", "email")}
    content = feedback.again(made, errors | {"all": errors.get("all") or _of_hidden(errors)}, typed)
    return _answer(content, made.edition.language, status)


def _of_hidden(errors: dict[str, list[str]]) -> list[str]:
    """Errors of fields that readers do not see."""
    hidden = set(errors) - {"all", "quote", "remark", "email" if settings.EMAIL_HOST else ""}
    return [gettext("This form is not complete: load the page again.")] if hidden else []


def _refused(language: str, reason: str, status: int) -> HttpResponse:
    return _answer(feedback.refused(language, reason), language, status)


def _answer(content: bytes, language: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(content, status=status)
    response["Content-Language"] = language
    add_never_cache_headers(response)
    return response
