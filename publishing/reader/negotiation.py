"""Which of a page's stored forms a request wants, and which it has already (RFC 9110 §12.5.3, §13.1.2)."""

from functools import lru_cache

from django.utils.http import parse_etags

from publishing.models.page import ANY, CODINGS

SUFFIXES = {"br": "-br", "gzip": "-gz", "": ""}
_ALIASES = {"x-gzip": "gzip", "identity": ""}
_LONGEST_HEADER = 1_000  # characters; what is longer names no coding that we have, for all we care
_MOST_TAGS = 16


@lru_cache(maxsize=256)
def coding(accepted: str) -> str:
    """The coding to answer in: the one that Accept-Encoding weighs most, among equals the one we prefer.

    Bytes as they are ("") go to whoever names no coding of ours. That holds, too, where they are refused: the
    RFC leaves the choice between that and a 406, which would help nobody.
    """
    weights = _weights(accepted[:_LONGEST_HEADER])
    others = weights.get(ANY, 0.0)
    weighed = {name: weights.get(name, others if name else 0.0) for name in CODINGS}
    best = max(weighed, key=weighed.__getitem__)  # the first of equals
    return best if weighed[best] else ""


def _weights(accepted: str) -> dict[str, float]:
    """The weight of each coding that the header names; what cannot be read is passed over."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, *parameters = (word.strip() for word in part.split(";"))
        if name:
            weights[_ALIASES.get(name, name)] = _quality(parameters)
    return weights


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0.0 <= weight <= 1.0 else 0.0
    return 1.0


def tag(etag: str, coding: str) -> str:
    """The strong validator of a stored form: other bytes, another tag."""
    return f'"{etag}{SUFFIXES[coding]}"'


def known(asked: str, coding: str) -> tuple[str, ...]:
    """The etags of the pages that If-None-Match says are there in this coding, or ANY.

    Compared weakly, as the RFC has it: a proxy on the way may have weakened a tag.
    """
    if not asked:
        return ()
    suffix = SUFFIXES[coding]
    found = []
    for each in parse_etags(asked)[:_MOST_TAGS]:
        if each == ANY:
            return (ANY,)
        opaque = each.removeprefix("W/").strip('"')
        etag = opaque.removesuffix(suffix)
        if opaque.endswith(suffix) and etag.isascii() and etag.isalnum():
            found.append(etag)
    return tuple(found)
