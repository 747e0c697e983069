"""Reading TMX as a stream: the memory in use does not grow with the file but with its pairs.

Entities are refused outright (they can grow without bound or point at local files); the DOCTYPE line that TMX
usually carries is allowed, and its DTD is never fetched.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_external_ges
from xml.sax.xmlreader import AttributesImpl

from defusedxml import EntitiesForbidden
from defusedxml.expatreader import DefusedExpatParser

from .errors import CatalogError, excerpt
from .tags import code, ours

MAX_BYTES = 50_000_000
MAX_PAIRS = 500_000
MAX_DEPTH = 200  # real memories nest some ten elements; the parser keeps every open one

ANY: Final = "*all*"  # TMX's srclang for "every variant may be the source"
# Inline elements that hold another format's codes; what stands inside is no text. `hi` does hold text.
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
_PLACEHOLDER = re.compile(r"(?:</?[a-z]{1,3}[0-9]+/?>)+\Z")
_LINE_BREAK = re.compile(r"<br\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its translation. `origin` says where the pair comes from: what the file says of it (its
    property x-origin), else the tool that made it; `changed_by` and `note` are the file's own words."""

    source: str
    target: str
    source_language: str
    target_language: str
    origin: str = ""
    changed_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """`ignored` counts the variants in languages that are not ours, by language; `unpaired` the units that
    give no pair: no source, no target, or an empty text."""

    pairs: tuple[Pair, ...]
    ignored: Mapping[str, int]
    unpaired: int


def read_units(data: bytes) -> Reading:
    """Read a whole TMX file. Raises CatalogError, with the line where there is one."""
    if len(data) > MAX_BYTES:
        raise CatalogError(f"the memory has {len(data):,} bytes; at most {MAX_BYTES:,} are read")
    if not data.strip():
        raise CatalogError("the file is empty")
    handler = _Handler()
    parser = DefusedExpatParser(forbid_dtd=False, forbid_entities=True, forbid_external=False)
    # Not even asked about: with this off, the parser skips the DTD that the DOCTYPE line names.
    parser.setFeature(feature_external_ges, False)
    parser.setContentHandler(handler)
    try:
        parser.feed(data)
        parser.close()
    except EntitiesForbidden:
        raise CatalogError("entity declarations are not accepted", parser.getLineNumber()) from None
    except SAXParseException as error:
        raise CatalogError(f"broken XML: {error.getMessage()}", error.getLineNumber()) from None
    except CatalogError as error:
        raise CatalogError(error.message, parser.getLineNumber()) from None
    except (LookupError, ValueError):  # of the codec that the XML declaration names
        raise CatalogError("the encoding is not read; save the file as UTF-8", 1) from None
    return handler.result()


@dataclass(slots=True)
class _Variant:
    """One `tuv`: its language as the file writes it, and what it says about itself."""

    tag: str = ""
    text: str = ""
    origin: str = ""
    changed_by: str = ""
    notes: list[str] = field(default_factory=list)


class _Handler(ContentHandler):
    """Keeps the open elements, the text of the innermost one that holds any, and the open unit."""

    def __init__(self) -> None:
        super().__init__()
        self._stack: list[str] = []
        self._pairs: list[Pair] = []
        self._ignored: Counter[str] = Counter()
        self._unpaired = 0
        self._file_source = ANY
        self._tool = ""
        self._unit_source = ""
        self._unit = _Variant()
        self._variants: list[_Variant] = []
        self._variant: _Variant | None = None
        self._property = ""
        self._text: list[str] = []
        self._code: list[str] = []
        self._codes = 0  # how many code elements are open

    def result(self) -> Reading:
        return Reading(tuple(self._pairs), dict(sorted(self._ignored.items())), self._unpaired)

    def skippedEntity(self, name: str) -> None:  # noqa: N802 - the name that SAX calls
        raise CatalogError(f"the entity {excerpt(name)} is not declared")

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - as above
        if not self._stack and name != "tmx":
            raise CatalogError(f"not a TMX file: it begins with the element {excerpt(name)}")
        if len(self._stack) == MAX_DEPTH:
            raise CatalogError("the elements are nested too deeply")
        self._stack.append(name)
        if name == "header":
            self._file_source = attrs.get("srclang", ANY)
            self._tool = attrs.get("creationtool", "")
        elif name == "tu":
            self._open_unit(attrs)
        elif name == "tuv":
            tag = attrs.get("xml:lang") or attrs.get("lang", "")
            self._variant = _Variant(tag, changed_by=attrs.get("changeid", ""))
        elif name in ("seg", "note", "prop"):
            self._text = []
            self._property = attrs.get("type", "")
        elif name in _CODES:
            self._codes += 1

    def characters(self, content: str) -> None:
        (self._code if self._codes else self._text).append(content)

    def endElement(self, name: str) -> None:  # noqa: N802 - as above
        self._stack.pop()
        if name in _CODES:
            self._close_code()
        elif name in ("seg", "note", "prop"):
            self._keep(name, "".join(self._text).strip())
        elif name == "tuv" and self._variant:
            self._variants.append(self._variant)
            self._variant = None
        elif name == "tu":
            self._close_unit()

    def _open_unit(self, attrs: AttributesImpl) -> None:
        self._unit = _Variant(origin=attrs.get("creationtool", ""), changed_by=attrs.get("changeid", ""))
        self._unit_source = attrs.get("srclang", "")
        self._variants = []

    def _close_code(self) -> None:
        self._codes -= 1
        if self._codes:
            return
        code_text, self._code = "".join(self._code), []
        # OmegaT wraps placeholders like ours as codes; a line break parts words; the rest is no text.
        if _PLACEHOLDER.match(code_text):
            self._text.append(code_text)
        elif _LINE_BREAK.search(code_text):
            self._text.append(" ")

    def _keep(self, name: str, text: str) -> None:
        about = self._variant or self._unit
        if name == "note":
            about.notes.append(text)
        elif name == "prop" and self._property == "x-origin":
            about.origin = text
        elif name == "seg" and self._variant:
            self._variant.text = text

    def _close_unit(self) -> None:
        known: list[tuple[str, _Variant]] = []
        for variant in self._variants:
            language = ours(variant.tag)
            if language is None:
                self._ignored[code(variant.tag)] += 1
            elif variant.text:
                known.append((language, variant))
        before = len(self._pairs)
        self._pairs.extend(self._paired(known))
        self._unpaired += len(self._pairs) == before
        if len(self._pairs) > MAX_PAIRS:
            raise CatalogError(f"more than {MAX_PAIRS:,} pairs; split the file")

    def _paired(self, known: list[tuple[str, _Variant]]) -> Iterator[Pair]:
        """The first variant of a source language with every variant of another language."""
        declared = self._unit_source or self._file_source
        sources: dict[str, _Variant] = {}
        for language, variant in known:
            if declared.lower() == ANY or language == code(declared):
                sources.setdefault(language, variant)
        for source_language, source in sources.items():
            for language, target in known:
                if language != source_language:
                    yield self._pair(source, target, source_language, language)

    def _pair(self, source: _Variant, target: _Variant, source_language: str, language: str) -> Pair:
        notes = [*self._unit.notes, *source.notes, *target.notes]
        return Pair(
            source.text,
            target.text,
            source_language,
            language,
            origin=target.origin or self._unit.origin or self._tool,
            changed_by=target.changed_by or self._unit.changed_by,
            note="\n".join(note for note in notes if note),
        )
