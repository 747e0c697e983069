"""Everything that an engine was seen to do wrong, by name."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

GOOGLE_ERROR: Final = (
    "Error 500 (Server Error)!!1500.That’s an error.There was an error. Please try again later."
    "That’s all we know."
)
MYMEMORY_QUOTA: Final = (
    "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY. NEXT AVAILABLE IN  11 HOURS "
    "29 MINUTES 04 SECONDS VISIT HTTPS://MYMEMORY.TRANSLATED.NET/DOC/USAGELIMITS.PHP TO TRANSLATE MORE"
)
MYMEMORY_LANGUAGE: Final = (
    "'XX' IS AN INVALID TARGET LANGUAGE . EXAMPLE: LANGPAIR=EN|IT USING 2 LETTER ISO OR RFC3066 LIKE ZH-CN. "
    "ALMOST ALL LANGUAGES SUPPORTED BUT SOME MAY HAVE NO CONTENT"
)
ERROR_PAGE: Final = f"<html><head><title>Error 500</title></head><body><p>{GOOGLE_ERROR}</p></body></html>"
OTHER_PAGE: Final = "<html><body><h1>Welcome to the network of this hotel</h1></body></html>"

STATUSES: Final[Mapping[str, int]] = {
    "400": 400, "401": 401, "403": 403, "404": 404, "413": 413, "429": 429, "429 with a delay": 429,
    "429 with a date": 429, "456": 456, "500": 500, "503": 503,
}  # fmt: skip
FAR: Final = "Fri, 31 Dec 2100 23:59:59 GMT"
TEXTS: Final[Mapping[str, str | None]] = {
    "error text": GOOGLE_ERROR,
    "quota text": MYMEMORY_QUOTA,
    "language text": MYMEMORY_LANGUAGE,
    "empty": "",
    "null": None,
    "no word": "🤖",
    "half a character": "half \ud83d of it",
}
SHAPES: Final = ("truncated", "wrong shape", "error page", "other page", "empty body", "huge", "not utf-8")
WIRES: Final = (
    "502 html", "hang", "drip", "drip in the headers", "reset", "short body", "redirect", "compressed",
)  # fmt: skip

# Sentences that say nothing of what was asked, each in a language that was not asked for.
_ELSEWHERE: Final = {
    "tr": "This is the answer of an engine that did not notice which language it was to write in.",
    "en": "Bu, hangi dilde yazması gerektiğini fark etmemiş olan bir motorun verdiği cevaptır.",
    "ru": "This is the answer of an engine that did not notice which language it was to write in.",
}
_MARK: Final = re.compile(
    r"</?[a-z]{1,3}\d+/?>|\[\d+\]|⟦\d+⟧|\S+@mark\.example"
    r'|<span\b[^>]*\btranslate="no"[^>]*>.*?</span>|<x\b[^>]*/>'
)
_FRAME: Final = re.compile(r"</?(?:span|g)\b[^>]*>")

Spoil = Callable[[Sequence[str], Sequence[str], str], list[str]]
"""Texts, their translations and the target become what the engine answers."""


def _each(change: Callable[[str], str]) -> Spoil:
    return lambda _texts, translations, _target: [change(one) for one in translations]


def _moved(text: str) -> str:
    """The first mark that stands alone goes to the end, before the full stop."""
    found = next((mark for mark in _MARK.finditer(text) if not re.match(r"</?[a-z]+\d+>", mark[0])), None)
    if found is None:
        return text
    rest = text[: found.start()].rstrip() + text[found.end() :]
    stop = re.search(r"[.!?…]*$", rest)
    assert stop is not None
    return f"{rest[: stop.start()]} {found[0]}{stop[0]}"


CONTENTS: Final[Mapping[str, Spoil]] = {
    "source echoed": lambda texts, _translations, _target: list(texts),
    "wrong language": lambda _texts, translations, target: [_ELSEWHERE[target] for _ in translations],
    "markers lost": _each(lambda text: _FRAME.sub("", _MARK.sub("", text))),
    "markers doubled": _each(lambda text: _MARK.sub(lambda mark: mark[0] * 2, text)),
    "markers moved": _each(_moved),
    "underscores eaten": _each(lambda text: text.replace("_", " ")),
    "entities unescaped": _each(html.unescape),
    "array too short": lambda _texts, translations, _target: list(translations[:-1]),
    "array too long": lambda _texts, translations, _target: [*translations, translations[-1]],
    "array swapped": lambda _texts, translations, _target: list(reversed(translations)),
}
ARRAYS: Final = ("array too short", "array too long", "array swapped")
"""Those of CONTENTS that only a protocol with arrays can commit."""
FAULTS: Final = (*STATUSES, *TEXTS, *SHAPES, *WIRES, *CONTENTS)


def misshapen(fault: str, whole: str) -> bytes:
    """The body of an answer under one of SHAPES."""
    if fault == "not utf-8":
        return b"\xff\xfe\x80" * 9
    middle = max(whole.find("translatedText"), whole.find('"text"'), whole.find("result-container")) + 20
    shapes = {
        "truncated": whole[:middle],
        "wrong shape": '{"translations": {"0": []}, "responseData": [], "translatedText": 7}',
        "error page": ERROR_PAGE,
        "other page": OTHER_PAGE,
        "empty body": "",
        "huge": whole + " " * 1_200_000,
    }
    return shapes.get(fault, whole).encode("utf-8", "surrogatepass")
