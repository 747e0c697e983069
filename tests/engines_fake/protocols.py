"""The four services' protocols: reading what is asked of them, writing what they answer.

What they refuse, and how, is what was recorded of the real ones.
"""

import html
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree

from tests.engines_fake.faults import MYMEMORY_LANGUAGE, MYMEMORY_QUOTA

DEEPL_KEY: Final = "c0ffee00-dead-beef-cafe-5ca1ab1e0000:fx"
LIBRETRANSLATE_KEY: Final = "5ca1ab1e-0000-4000-8000-00000badcafe"
LANGUAGES: Final = ("en", "tr", "ru")


@dataclass(frozen=True, slots=True)
class Request:
    """One request as a protocol sees it."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    key: str = ""
    """The key that LibreTranslate asks for; empty where it asks for none."""
    most: int = 0
    """How many texts it takes; 0 for no limit beyond the service's own."""

    def json(self) -> dict[str, Any]:
        """The body as an object of JSON."""
        try:
            asked = json.loads(self.body or b"{}")
        except ValueError:
            raise Refused(400, "Invalid JSON format") from None
        if not isinstance(asked, dict):
            raise Refused(400, "Invalid JSON format")
        return asked


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: texts from a language into another."""

    texts: Sequence[str]
    source: str
    target: str
    in_markup: bool = False
    is_array: bool = True


class Refused(Exception):
    """The service does not take the request; the message is its reason, `page` if that comes as HTML."""

    def __init__(self, status: int, reason: str, *, page: bool = False) -> None:
        super().__init__(reason)
        self.status, self.page = status, page


def _read_google(request: Request) -> Asked:
    if len(request.query["q"]) > 5_000:
        raise Refused(413, "")
    return Asked([request.query["q"]], request.query["sl"], request.query["tl"], is_array=False)


def _write_google(_asked: Asked, texts: Sequence[str | None]) -> str:
    shown = html.escape(texts[0] or "", quote=False).replace("\n", "<br>")
    return f'<html><body><div class="result-container">{shown}</div><div>About</div></body></html>'


def _read_mymemory(request: Request) -> Asked:
    if len(request.query["q"].encode()) > 500:
        raise Refused(403, "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS")
    source, _, target = request.query["langpair"].partition("|")
    source, target = source.partition("-")[0], target.partition("-")[0]
    return Asked([request.query["q"]], source, target, is_array=False)


def _write_mymemory(_asked: Asked, texts: Sequence[str | None]) -> str:
    (text,) = texts
    shown = None if text is None else html.escape(text).replace("&#x27;", "&#39;")
    status = {MYMEMORY_QUOTA: 429, MYMEMORY_LANGUAGE: "403"}.get(text or "", 200)
    neighbour = {"translation": "a neighbour from the memory", "match": 0.6}
    answer = {"responseData": {"translatedText": shown}, "responseStatus": status, "matches": [neighbour]}
    return json.dumps(answer)


def _read_libretranslate(request: Request) -> Asked:
    if request.method != "POST":
        raise Refused(405, "<h1>Method Not Allowed</h1>", page=True)
    asked = request.json()
    if request.key and "api_key" not in asked:
        raise Refused(400, "Please contact the server operator to get an API key")
    if request.key and asked["api_key"] != request.key:
        raise Refused(403, "Invalid API key")
    q, source, target = (asked.get(name) for name in ("q", "source", "target"))
    for name, value in (("q", q), ("source", source), ("target", target)):
        if not value:
            raise Refused(400, f"Invalid request: missing {name} parameter")
    for code in (source, target):
        if code not in LANGUAGES:
            raise Refused(400, f"{code} is not supported")
    texts = q if isinstance(q, list) else [q]
    if request.most and len(texts) > request.most:
        raise Refused(400, f"Invalid request: request ({len(texts)}) exceeds text limit ({request.most})")
    return Asked(texts, source, target, asked.get("format") == "html", isinstance(q, list))


def _write_libretranslate(asked: Asked, texts: Sequence[str | None]) -> str:
    return json.dumps({"translatedText": list(texts) if asked.is_array else texts[0]})


def _read_deepl(request: Request) -> Asked:
    if request.method != "POST" or request.headers.get("Authorization") != f"DeepL-Auth-Key {DEEPL_KEY}":
        raise Refused(403, "Authorization failed")
    if len(request.body) > 131_072:
        raise Refused(413, "Request Entity Too Large")
    asked = request.json()
    texts, target = asked["text"], asked["target_lang"]
    if len(texts) > (request.most or 50):
        raise Refused(400, "Too many texts")
    if target == "EN":
        raise Refused(400, "targetLang EN is deprecated, please use EN-GB or EN-US instead")
    if asked.get("formality") in {"more", "less"} and target != "RU":
        raise Refused(400, f"'formality' is not supported for given 'target_lang': {target}")
    in_markup = asked.get("tag_handling") in {"xml", "html"}
    for text in texts if in_markup else ():
        _require_xml(text)
    return Asked(texts, asked["source_lang"].lower(), target.lower().partition("-")[0], in_markup)


def _require_xml(text: str) -> None:
    try:
        ElementTree.fromstring(f"<text>{text}</text>")  # noqa: S314 -- our own texts, on loopback
    except ElementTree.ParseError:
        raise Refused(400, "Tag handling parsing failed, please check input.") from None


def _write_deepl(asked: Asked, texts: Sequence[str | None]) -> str:
    billed = sum(map(len, asked.texts)) // max(len(texts), 1)
    translations = [
        {"detected_source_language": asked.source.upper(), "text": text, "billed_characters": billed}
        for text in texts
    ]
    return json.dumps({"translations": translations})


Read = Callable[[Request], Asked]
Write = Callable[[Asked, Sequence[str | None]], str]
PROTOCOLS: Final[Mapping[str, tuple[Read, Write]]] = {
    "google": (_read_google, _write_google),
    "mymemory": (_read_mymemory, _write_mymemory),
    "libretranslate": (_read_libretranslate, _write_libretranslate),
    "deepl": (_read_deepl, _write_deepl),
}
