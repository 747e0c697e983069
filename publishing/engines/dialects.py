"""How the engines behind deep-translator differ: codes, limits, the form of a request, where a refusal says its reason.

The library's own classes make every request; what they get wrong about today's services is put right in the
`dress` of the request on its way out and in `refine` on the way back.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final, Literal

import deep_translator.deepl
import deep_translator.google
import deep_translator.mymemory

from . import deepl_terms
from .base import BadOutput, Markup
from .configuration import Configuration
from .transport import Answer, Outgoing

_NO_KEY: Final = "unused"  # the library insists on a key; ours never passes through its hands
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_ESCAPED_ENTITY: Final = re.compile(r"&amp;#?\w{1,31};")


@dataclass(frozen=True, slots=True)
class Dialect:
    """One engine's protocol.

    `build` makes a translator of the library from configuration and two of its own codes. `dress` turns the
    library's request into the engine's. `verdict` reads status and reason of an answer, `refine` turns the
    library's result, given the text sent and the answer, into the text; `mend` repairs a body before parsing.
    """

    name: str
    module: ModuleType
    codes: Mapping[str, str]
    size_limit: int
    size_unit: Literal["characters", "bytes"]
    build: Callable[[Configuration, str, str], Any]
    dress: Callable[[Outgoing, Configuration, Markup], Outgoing]
    verdict: Callable[[Answer], tuple[int, str]]
    refine: Callable[[str, object, Answer], object] = lambda _sent, received, _answer: received
    mend: Callable[[bytes], bytes] = bytes
    schemes: tuple[str, ...] = ("literal", "corner", "email", "split")
    markups: frozenset[Markup] = frozenset({"plain"})


# Google's page for small screens


def _build_google(configuration: Configuration, source: str, target: str) -> Any:
    translator = deep_translator.google.GoogleTranslator(source=source, target=target)
    translator._base_url = configuration.url  # an object per call, so nothing is shared
    return translator


def _as_it_is(request: Outgoing, _configuration: Configuration, _markup: Markup) -> Outgoing:
    return request


def _google_refine(_sent: str, received: object, answer: Answer) -> object:
    """A page that breaks off inside of its container parses without complaint; half a text is none."""
    container = re.search(rb"class=[\"']?(?:t0|result-container)\b", answer.body)
    if container is None or b"</div>" not in answer.body[container.end() :]:
        raise BadOutput("google: the answer breaks off")
    return received


def _keep_line_breaks(body: bytes) -> bytes:
    """The library glues the words on both sides of a tag; a line break must stay one."""
    return re.sub(rb"<br\s*/?>", b"\n", body)


# MyMemory


def _build_mymemory(configuration: Configuration, source: str, target: str) -> Any:
    translator = deep_translator.mymemory.MyMemoryTranslator(
        source=source, target=target, email=configuration.email or None
    )
    translator._base_url = configuration.url
    return translator


def _mymemory_verdict(answer: Answer) -> tuple[int, str]:
    """MyMemory repeats the status in the body, as a number or as text, and there it is the true one."""
    status, inner = answer.status_code, str(answer.field("responseStatus"))
    if 200 <= status < 300 and re.fullmatch(r"[1-5]\d\d", inner):
        status = int(inner)
    details = answer.field("responseDetails") or answer.field("responseData", "translatedText")
    return status, details if isinstance(details, str) else ""


def _mymemory_refine(sent: str, received: object, answer: Answer) -> object:
    """Where its own answer is empty, the library takes a neighbour from the memory: no translation."""
    own = answer.field("responseData", "translatedText")
    if not isinstance(own, str) or not own.strip():
        raise BadOutput("mymemory: the answer is empty")
    if not isinstance(received, str) or (_ENTITY.search(sent) and not _ESCAPED_ENTITY.search(received)):
        return received
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), received)


# DeepL


def _build_deepl(configuration: Configuration, source: str, target: str) -> Any:
    translator = deep_translator.deepl.DeeplTranslator(source=source, target=target, api_key=_NO_KEY)
    translator._base_url = configuration.url
    return translator


def _deepl_dress(request: Outgoing, configuration: Configuration, markup: Markup) -> Outgoing:
    """The library asks by GET with the key in the address, which DeepL no longer accepts."""
    source, target = request.params["source_lang"], request.params["target_lang"]
    return Outgoing(
        method="POST",
        url=request.url,
        params={},
        headers={"Authorization": f"DeepL-Auth-Key {configuration.key}"},
        json={
            "text": [request.params["text"]],
            **deepl_terms.terms(source, target, markup, configuration.formality),
        },
    )


def _deepl_verdict(answer: Answer) -> tuple[int, str]:
    reason = answer.field("message")
    return answer.status_code, reason if isinstance(reason, str) else ""


def _deepl_refine(_sent: str, received: object, answer: Answer) -> object:
    """The library takes the first of the translations, however many there are."""
    translations = answer.field("translations")
    if not isinstance(translations, list) or len(translations) != 1:
        raise BadOutput("deepl: answered another number of texts")
    return received


DIALECTS: Final[Mapping[str, Dialect]] = {
    dialect.name: dialect
    for dialect in (
        Dialect(
            name="google",
            module=deep_translator.google,
            codes={"en": "en", "tr": "tr", "ru": "ru"},
            size_limit=4_999,  # the library refuses 5,000
            size_unit="characters",
            build=_build_google,
            dress=_as_it_is,
            verdict=lambda answer: (answer.status_code, ""),
            refine=_google_refine,
            mend=_keep_line_breaks,
        ),
        Dialect(
            name="mymemory",
            module=deep_translator.mymemory,
            codes={"en": "en-US", "tr": "tr-TR", "ru": "ru-RU"},
            size_limit=499,  # the service takes 500 bytes, the library fewer than 500 characters
            size_unit="bytes",
            build=_build_mymemory,
            dress=_as_it_is,
            verdict=_mymemory_verdict,
            refine=_mymemory_refine,
        ),
        Dialect(
            name="deepl",
            module=deep_translator.deepl,
            codes={"en": "en", "tr": "tr", "ru": "ru"},
            size_limit=deepl_terms.SIZE_LIMIT,
            size_unit="bytes",
            build=_build_deepl,
            dress=_deepl_dress,
            verdict=_deepl_verdict,
            refine=_deepl_refine,
            schemes=deepl_terms.SCHEMES,
            markups=deepl_terms.MARKUPS,
        ),
    )
}
