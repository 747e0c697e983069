"""Purging: a cache in front of the site is told which addresses answer otherwise than before.

One POST to PURGE_URL with `{"urls": [...]}`; anything but a status of 2xx is tried again, as a job is.
"""

import json
from collections.abc import Iterable
from itertools import islice

import urllib3
from django.conf import settings

from publishing.engines import connections
from publishing.models import Job
from publishing.models.fields import new_key
from publishing.pages import addresses

from . import jobs
from .errors import TryAgain

KIND = "purge"
AT_ONCE = 100  # addresses in one request; the smallest limit of the large CDNs is 30 to some hundreds
SECONDS = 10.0


def plan(paths: Iterable[str]) -> None:
    """The cache is told of these paths after this transaction; nothing where none is configured."""
    if not settings.PURGE_URL:
        return
    waiting = iter(dict.fromkeys(paths))
    while some := list(islice(waiting, AT_ONCE)):
        jobs.plan(KIND, f"{KIND}/{new_key()}", paths=some)


def perform(job: Job) -> None:
    """Tells the cache. Raises TryAgain where it cannot be told, or does not say that it has understood."""
    if not settings.PURGE_URL:
        return  # it was configured when the work was planned
    status = _post({"urls": [addresses.absolute(path) for path in job.payload["paths"]]})
    if not 200 <= status < 300:
        raise TryAgain(f"PURGE_URL answered {status}: are it and PURGE_TOKEN right?")


def _post(told: dict[str, list[str]]) -> int:
    headers = {"Content-Type": "application/json", "User-Agent": "Dragoman/0.1 (purge)"}
    if settings.PURGE_TOKEN:
        headers["Authorization"] = f"Bearer {settings.PURGE_TOKEN}"
    connections.begin(SECONDS, None)  # a cache in front of the site is inside of its network as a rule
    try:
        response = connections.pools().urlopen(
            "POST", settings.PURGE_URL, body=json.dumps(told).encode(), headers=headers,
            redirect=False, retries=False, preload_content=False, timeout=urllib3.Timeout(total=SECONDS),
        )  # fmt: skip
    except (urllib3.exceptions.HTTPError, OSError) as error:
        # The reason's own words may repeat the address, and with it what is secret in it.
        raise TryAgain(f"PURGE_URL cannot be reached: {type(error).__name__}") from None
    response.close()  # the status says it all: whatever else is sent is not read
    return response.status
