"""What a stored page answers to a request: status, headers and bytes, before anything of a framework is around them.

The WSGI door and the view both send what is made here, so that a page is the same by whichever it comes.
"""

from typing import NamedTuple

from django.conf import settings
from django.utils.encoding import iri_to_uri

from publishing.models import Page

from . import negotiation


class Answered(NamedTuple):
    """An answer without the headers that are the same for every page. To HEAD the bytes are not sent."""

    status: int
    headers: dict[str, str]
    content: bytes = b""


def answered(path: str, accepted: str, asked: str) -> Answered | None:
    """The stored page of this path, or None; one query. 304 without its bytes where the reader has them.

    `accepted` and `asked` are Accept-Encoding and If-None-Match, empty where they are not there.
    """
    coding = negotiation.coding(accepted)
    stored = Page.objects.answer(path, coding, negotiation.known(asked, coding))
    if stored is None:
        return None
    headers = {"Cache-Control": settings.PAGE_CACHE_CONTROL, "Vary": "Accept-Encoding"}
    if stored.language:
        headers["Content-Language"] = stored.language
    if stored.location:
        headers |= {"Location": iri_to_uri(stored.location), "Content-Length": "0"}
        return Answered(stored.status, headers | {"Content-Type": stored.content_type})
    headers["ETag"] = negotiation.tag(stored.etag, coding)
    if stored.content is None:
        return Answered(304, headers)
    if coding:
        headers["Content-Encoding"] = coding
    headers |= {"Content-Length": str(len(stored.content)), "Content-Type": stored.content_type}
    return Answered(stored.status, headers, bytes(stored.content))
