"""The security headers of a released page: those that Django's and django-csp's middleware set on any answer."""

from collections.abc import Mapping
from io import BytesIO

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

POLICY = "Content-Security-Policy"


def dress(request: HttpRequest) -> HttpResponse:
    """An empty answer as it leaves the middleware for security: with its headers, or a redirect to https."""
    return SecurityMiddleware(CSPMiddleware(XFrameOptionsMiddleware(lambda _: HttpResponse())))(request)


def headers(request: HttpRequest) -> Mapping[str, str]:
    """The headers that every answer over the request's scheme bears, in one order whatever the process."""
    found = {name: value for name, value in sorted(dress(request).items()) if name != "Content-Type"}
    if policy := found.get(POLICY):
        found[POLICY] = "; ".join(sorted(policy.split("; ")))  # django-csp keeps its directives in sets
    return found


def headers_of_the_site() -> Mapping[str, str]:
    """The headers that answers at the public address bear: for servers that send the pages without us."""
    scheme = settings.SITE_URL.partition(":")[0]
    return headers(WSGIRequest({"REQUEST_METHOD": "GET", "wsgi.url_scheme": scheme, "wsgi.input": BytesIO()}))
