"""Readers: path → bytes. Nothing here writes, renders a release or asks who is there."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.utils.http import parse_etags
from django.utils.translation import get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from publishing import pages
from publishing.languages import CODES
from publishing.models import Page, Release

CACHE = "public, max-age=60, stale-while-revalidate=600"


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
def page(request: HttpRequest, language: str, rest: str) -> HttpResponse:
    """The stored page of this path: 304 without its bytes where the reader has them, 404 that helps otherwise."""
    path = f"/{language}/{rest}"
    stored = Page.objects.filter(path=path).first()
    if stored is None:
        return _missing(path, language, rest)
    if stored.status == 200 and _is_known(stored.etag, request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(bytes(stored.content), content_type=stored.content_type, status=stored.status)
        response["Content-Length"] = str(len(response.content))
    response["Content-Language"] = language
    response["ETag"] = stored.etag
    response["Cache-Control"] = CACHE
    return response


def _is_known(etag: str, asked: str) -> bool:
    """Whether If-None-Match names this version; compared weakly, since a proxy that compresses weakens tags."""
    known = parse_etags(asked)
    return "*" in known or etag in (tag.removeprefix("W/") for tag in known)


def nowhere(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """404 outside of the languages' addresses, in the language that the reader's browser asks for."""
    return _not_found(get_language() or CODES[0])


def _missing(path: str, language: str, rest: str) -> HttpResponse:
    if not rest:
        response = HttpResponse(pages.empty_front_page(language))
        response["Content-Language"] = language
        return response
    if rest and not rest.endswith("/") and Page.objects.filter(path=f"{path}/").exists():
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
