"""Readers: path → bytes. Nothing here writes, renders a release or asks who is there."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.utils.translation import get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from publishing import pages
from publishing.languages import CODES
from publishing.models import Page, Release

from . import answering


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
    page = answering.answered(
        path, request.META.get("HTTP_ACCEPT_ENCODING", ""), request.META.get("HTTP_IF_NONE_MATCH", "")
    )
    if page is None:
        return _missing(path, language or get_language() or CODES[0], rest)
    if page.status == 304:
        return HttpResponseNotModified(headers=page.headers)
    return HttpResponse(
        b"" if request.method == "HEAD" else page.content, status=page.status, headers=page.headers
    )


def nowhere(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """404 outside of the languages' addresses, in the language that the reader's browser asks for."""
    return _not_found(get_language() or CODES[0])


def _missing(path: str, language: str, rest: str | None) -> HttpResponse:
    if rest is None:
        return _not_found(language)
    if not rest:
        response = HttpResponse(pages.empty_front_page(language))
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
