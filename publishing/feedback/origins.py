"""Whether a form was sent from a page of ours, and by whom: no cookie says it, so the browser's headers do.

Browsers send `Origin` with every POST, and most `Sec-Fetch-Site` (Fetch Standard; W3C Fetch Metadata); pages of
other sites cannot forge them. A program can, and is held by the limits of workflow/reporting.py.
"""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_ours(request: HttpRequest) -> bool:
    """Whether the page that the form stood on is the site's: the one that answers, or that of SITE_URL."""
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    ours = {f"{request.scheme}://{request.get_host()}", settings.SITE_URL, origin_of(settings.SITE_URL)}
    if origin and origin != "null":
        return origin in ours
    if origin == "null":
        # Our pages tell other hosts no origin (Referrer-Policy), not even another one of the same site.
        return site == "same-site" and origin_of(settings.FEEDBACK_URL) != origin_of(settings.SITE_URL)
    return site == "same-origin"


def origin_of(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def sender(request: HttpRequest) -> str:
    """The network address that a request comes from; of IPv6 its network of 64 bits, which is one household's.

    Behind a proxy it is the last that the proxy wrote down: those before it are what the sender says.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
