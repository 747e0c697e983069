"""Which version of the site's looks this code makes: a digest of everything but releases that pages are made of."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

CODE = Path(__file__).parents[1]


def version() -> str:
    """Sixteen hexadecimal digits: other templates, code, style sheets, interface texts or settings, another one.

    Rather too much than too little: pages whose bytes come out the same are not written again.
    """
    digest = hashlib.sha256()
    named = (settings.SITE_NAME, settings.SITE_URL, settings.STATIC_URL, settings.FEEDBACK_URL)
    for part in (*named, bool(settings.EMAIL_HOST)):
        digest.update(f"{part}\0".encode())
    for path in sorted(_sources()):
        digest.update(f"{path.name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    yield from (settings.BASE_DIR / "templates/reader").rglob("*.*")
    yield from (CODE / "static/publishing").glob("*.*")
    for drawer in ("pages", "templatetags", "markup", "languages"):
        yield from (CODE / drawer).rglob("*.py")
    for folder in settings.LOCALE_PATHS:
        yield from folder.glob("*/LC_MESSAGES/*.po")
