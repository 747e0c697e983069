"""The way in for readers: a released page is answered before any session, language or person is looked at.

So its answer varies with its address and the coding that the reader's browser takes, sets no cookie, and may
be kept by every cache between here and the reader. It stands before all other middleware, those that set
security headers included: what these would say is asked of them once, for it is the same for every page.
"""

import re
from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import security, views

ADDRESS = re.compile(r"/(?P<language>en|tr|ru)/(?P<rest>[^\x00]*)|/[a-z0-9-]{1,80}\.(?:txt|xml)")
"""What readers ask for: everything below a language, and names like /robots.txt and /sitemap-1.xml."""

View = Callable[[HttpRequest], HttpResponse]


class ReleasedPages:
    """Answers the readers' addresses; everything else goes on to the other surfaces."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response
        self.headers: dict[bool, Mapping[str, str]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = ADDRESS.fullmatch(request.path_info)
        if not address:
            return self.get_response(request)
        secure = request.is_secure()
        if settings.SECURE_SSL_REDIRECT and not secure:
            return security.dress(request)  # on to https
        response = views.page(request, **address.groupdict())
        if secure not in self.headers:
            self.headers[secure] = security.headers(request)
        for name, value in self.headers[secure].items():
            response.headers[name] = value
        return response
