"""A release as plain text: what is indexed, and what excerpts are cut from."""

import re
from html import unescape

from django.utils.html import strip_tags

from publishing.models import Release

_REFERENCES = re.compile(
    r'\s*(?:<a class="(?:reference|back)".*?</a>|<span class="meant">.*?</span>)', re.DOTALL
)
_ENDS = re.compile(r"</(?:p|li|h[1-6]|td|th|figcaption|caption)>|<br>")


def plain(made: Release) -> str:
    """Summary and body without markup, references, ways back and what an Ibid. means; one blank between words."""
    body = _ENDS.sub(" ", _REFERENCES.sub("", made.body))
    return " ".join(f"{made.summary} {unescape(strip_tags(body))}".split())
