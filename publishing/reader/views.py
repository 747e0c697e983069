"""Readers: path → bytes. Nothing here writes, renders a release or asks who is there."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.utils.translation import get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from publishing import pages
from publishing.languages import CODES
from publishing.models import Page, Release

from . import negotiation

SEARCH_CACHE_CONTROL = "public, max-age=60"
"""Of answers to questions: a release shows in them after a minute at the latest."""


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """`/` leads to the front page in the first language that the reader's browser asks for and we have."""
    response = HttpResponseRedirect(f"/{_preferred(request)}/")
    response["Vary"] = "Accept-Language"
    return response


def _preferred(request: HttpRequest) -> str:
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return CODES[0]


@require_safe
def page(request: HttpRequest, language: str | None, rest: str | None) -> HttpResponse:
    """The stored page of this path: 304 without its bytes where the reader has them, 404 that helps otherwise."""
    path = request.path_info
    if language and rest == "search/" and (question := pages.search.asked(request.GET.get("q", ""))):
        return _found(request, language, question)
    coding = negotiation.coding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    known = negotiation.known(request.META.get("HTTP_IF_NONE_MATCH", ""), coding)
    stored = Page.objects.answer(path, coding, known)
    if stored is None:
        return _missing(path, language or get_language() or CODES[0], rest)
    headers = {"Cache-Control": settings.PAGE_CACHE_CONTROL, "Vary": "Accept-Encoding"}
    if stored.language:
        headers["Content-Language"] = stored.language
    if stored.location:
        headers["Location"] = stored.location
        return HttpResponse(status=stored.status, headers=headers)
    headers["ETag"] = negotiation.tag(stored.etag, coding)
    if stored.content is None:
        return HttpResponseNotModified(headers=headers)
    if coding:
        headers["Content-Encoding"] = coding
    headers["Content-Length"] = str(len(stored.content))
    sent = b"" if request.method == "HEAD" else bytes(stored.content)
    return HttpResponse(sent, content_type=stored.content_type, status=stored.status, headers=headers)


def _found(request: HttpRequest, language: str, question: str) -> HttpResponse:
    """The answer to a reader's question: the one page that is made when it is asked for."""
    number = request.GET.get("page", "")
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
    response = HttpResponse(pages.search.answer(language, question, at))
    response["Content-Language"] = language
    response["Cache-Control"] = SEARCH_CACHE_CONTROL
    response["X-Robots-Tag"] = "noindex"
    return response


def nowhere(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """404 outside of the languages' addresses, in the language that the reader's browser asks for."""
    return _not_found(get_language() or CODES[0])


def _missing(path: str, language: str, rest: str | None) -> HttpResponse:
    if rest is None:
        return _not_found(language)
    if (first := pages.before_the_first_release(language, rest)) is not None:
        response = HttpResponse(first)
        response["Content-Language"] = language
        return response
    if not rest.endswith("/") and Page.objects.filter(path=f"{path}/").exists():
        return HttpResponseRedirect(f"{path}/")
    slug = rest.strip("/")
    elsewhere = Release.objects.live().filter(
        edition__document__editions__slug=slug, edition__document__kind="article"
    )
    return _not_found(language, list(elsewhere.select_related("edition").distinct()) if slug else ())


def _not_found(language: str, elsewhere: Sequence[Release] = ()) -> HttpResponse:
    response = HttpResponse(pages.not_found(language, elsewhere), status=404)
    response["Content-Language"] = language
    return response
