"""The way in for readers: a released page is answered before any session, language or person is looked at.

So its answer varies with its address alone, sets no cookie, and may be kept by every cache between here and
the reader.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import views

ADDRESS = re.compile(r"/(?P<language>en|tr|ru)/(?P<rest>[^\x00]*)")


class ReleasedPages:
    """Answers the languages' addresses; everything else goes on to the other surfaces."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if address := ADDRESS.fullmatch(request.path_info):
            return views.page(request, **address.groupdict())
        return self.get_response(request)
