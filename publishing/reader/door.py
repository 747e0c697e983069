"""The readers' door: a stored page is answered to the WSGI server itself (PEP 3333), before Django sees the request.

Making Django's request and response costs more than reading the page. What has no stored page, or needs more than
one (a missing slash, https, 404 with its languages, POST), goes on to the application, whose middleware answers the
same pages in the same words for servers that come by another way: docs/decisions/0040.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connections
from django.http import HttpRequest

from publishing.models import Page

from . import answering, security
from .middleware import ADDRESS

Environment = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environment, Start], Iterable[bytes]]
_REASONS = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


class Door:
    """A WSGI application in front of another: answers stored pages, hands on everything else."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environment: Environment, start_response: Start) -> Iterable[bytes]:
        path, method = environment.get("PATH_INFO", ""), environment["REQUEST_METHOD"]
        if method in {"GET", "HEAD"} and ADDRESS.fullmatch(path) and not _asks(path, environment):
            claims = _claims(environment)
            if not settings.SECURE_SSL_REDIRECT or _request(*claims).is_secure():
                page = _page(path, environment)
                if page is not None:
                    start_response(_REASONS[page.status], [*page.headers.items(), *_headers(*claims)])
                    return [b"" if method == "HEAD" else page.content]
        return self.application(environment, start_response)


def _asks(path: str, environment: Environment) -> bool:
    """Whether the answer depends on more than the path: a question to the search page, a path not in ASCII."""
    return not path.isascii() or (path.endswith("/search/") and bool(environment.get("QUERY_STRING")))


def _page(path: str, environment: Environment) -> answering.Answered | None:
    """The page; None where there is none, or the database is away, which the application will tell."""
    connection = connections[Page.objects.db]
    connection.close_if_unusable_or_obsolete()  # as Django does around every request of its own
    try:
        return answering.answered(
            path, environment.get("HTTP_ACCEPT_ENCODING", ""), environment.get("HTTP_IF_NONE_MATCH", "")
        )
    except DatabaseError:
        return None
    finally:
        connection.close_if_unusable_or_obsolete()


def _claims(environment: Environment) -> tuple[str, str]:
    """What says whether the request came by https: the scheme, and the proxy's header where one is trusted."""
    trusted = settings.SECURE_PROXY_SSL_HEADER
    return environment["wsgi.url_scheme"], environment.get(trusted[0], "") if trusted else ""


@lru_cache(maxsize=16)
def _request(scheme: str, claimed: str) -> HttpRequest:
    """A request of which nothing but these claims is known."""
    environment = {"REQUEST_METHOD": "GET", "wsgi.url_scheme": scheme, "wsgi.input": BytesIO()}
    if settings.SECURE_PROXY_SSL_HEADER and claimed:
        environment[settings.SECURE_PROXY_SSL_HEADER[0]] = claimed
    return WSGIRequest(environment)


@lru_cache(maxsize=16)
def _headers(scheme: str, claimed: str) -> tuple[tuple[str, str], ...]:
    """The security headers of every answer to such a request."""
    return tuple(security.headers(_request(scheme, claimed)).items())
