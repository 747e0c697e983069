"""A reader as a process: asks the site's door for every page in every coding, again and again.

    python -m tests.faults.read SECONDS PATH

Reads on while the page of the path has not changed, for at most two minutes: on a busy machine a worker may not have
had its turn. Writes one JSON line: how many answers there were, the addresses that `changed` meanwhile, and `wrong`:
answers whose bytes are not those that their ETag stands for, or of another length than they say.
"""

import gzip
import hashlib
import io
import json
import sys
import time
from typing import Any

import brotli
import django

django.setup()

from publishing.models import Page
from publishing.wsgi import application

DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
PATIENCE = 120  # seconds
SUFFIX = {"br": "-br", "gzip": "-gz", "": ""}


def ask(path: str, coding: str, known: str) -> tuple[int, dict[str, str], bytes]:
    said: list[Any] = []
    environment = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT_ENCODING": coding, "HTTP_IF_NONE_MATCH": known,
    }  # fmt: skip
    content = b"".join(application(environment, lambda *given: said.extend(given)))
    return int(said[0][:3]), dict(said[1]), content


def is_whole(coding: str, known: str, answer: tuple[int, dict[str, str], bytes]) -> bool:
    """Whether the answer is one version and says which: 304 only to who has that very one."""
    status, headers, content = answer
    if status == 304:
        return headers["ETag"] == known and not content
    etag = hashlib.sha256(DECODE[coding](content)).hexdigest()[:32]
    return (
        status in {200, 410}
        and headers["ETag"] == f'"{etag}{SUFFIX[coding]}"'
        and headers["Content-Length"] == str(len(content))
        and (known != headers["ETag"] or status == 410)
    )


def changed(versions: dict[str, set[str]]) -> set[str]:
    """The addresses of which more than one version was read."""
    return {path for path, seen in versions.items() if len(seen) > 1}


def main(seconds: str, awaited: str) -> dict[str, Any]:
    paths = list(Page.objects.values_list("path", flat=True))
    versions: dict[str, set[str]] = {path: set() for path in paths}
    has: dict[tuple[str, str], str] = {}
    wrong: list[Any] = []
    answers, until = 0, time.monotonic() + float(seconds)
    while (now := time.monotonic()) < until or (awaited not in changed(versions) and now < until + PATIENCE):
        for path in paths:
            for coding in DECODE:
                known = has.get((path, coding), "") if answers % 2 else ""
                answer = ask(path, coding, known)
                if not is_whole(coding, known, answer):
                    wrong.append([path, coding, known, answer[0], answer[1]])
                    return {"answers": answers, "wrong": wrong}
                has[path, coding] = answer[1]["ETag"]
                versions[path].add(answer[1]["ETag"].strip('"')[:32])
                answers += 1
    return {
        "answers": answers,
        "wrong": wrong,
        "changed": sorted(changed(versions)),
    }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
