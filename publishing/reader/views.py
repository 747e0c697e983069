"""Readers: path → bytes. Nothing here writes, renders a release or asks who is there."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.utils.translation import get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from publishing import pages
from publishing.languages import CODES
from publishing.models import Document, Edition, FormerSlug, Page, Release

from . import answering

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
    return _not_found(language, *_elsewhere(rest.strip("/"), language))


def _elsewhere(slug: str, language: str) -> tuple[list[Release], bool]:
    """The live editions of the article that has or had this slug in any language; whether this one is coming."""
    if not slug:
        return [], False
    now = Edition.objects.filter(language__in=CODES, slug=slug, document__kind=Document.Kind.ARTICLE)
    had = FormerSlug.objects.filter(language__in=CODES, slug=slug)
    documents = {*now.values_list("document", flat=True), *had.values_list("edition__document", flat=True)}
    if not documents:
        return [], False
    found = Release.objects.live().filter(edition__document__in=documents).select_related("edition")
    coming = Edition.objects.filter(document__in=documents, language=language, in_preparation=True)
    return list(found), coming.exists()


def _not_found(language: str, elsewhere: Sequence[Release] = (), is_coming: bool = False) -> HttpResponse:
    response = HttpResponse(pages.not_found(language, elsewhere, is_coming=is_coming), status=404)
    response["Content-Language"] = language
    return response
