"""What every check has in common: the finding, and the pair of texts, each analysed once and only when
asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Protocol

from publishing.quality.catalogue import CATALOGUE, type_of_severity
from publishing.quality.quantities import compare
from publishing.quality.sides import Mismatch
from publishing.quality.text import Text

Severity = type_of_severity


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. The span is in the target (in the text itself for a source check).

    What is missing from the target has an empty span at its end, and params["source_start"] and
    params["source_end"] say where it stands in the source.
    """

    code: str
    severity: Severity
    start: int
    end: int
    message: str
    params: Mapping[str, str | int] = field(hash=False)
    overrulable: bool


def finding(
    code: str,
    start: int,
    end: int,
    params: Mapping[str, str | int] = MappingProxyType({}),
    *,
    in_source: bool = False,
) -> Finding:
    """A finding of this code over [start, end); severity, message and overrulability come from the
    catalogue."""
    entry = CATALOGUE[code]
    severity = entry.source_severity or entry.severity if in_source else entry.severity
    return Finding(code, severity, start, end, entry.template % params, params, entry.overrulable)


class Pair:
    """A source and its target, analysed lazily; what two checks need is worked out once."""

    def __init__(self, source: str, target: str, source_language: str, target_language: str) -> None:
        self.source = Text(source, source_language)
        self.target = Text(target, target_language)

    @cached_property
    def mismatches(self) -> list[Mismatch]:
        """Quantities that differ."""
        return compare(self.source, self.target)

    @cached_property
    def note(self) -> bool:
        """Whether this is a footnote or an entry of a bibliography: titles and outlets may stay as they are."""
        return any(text.note or text.citation for text in (self.source, self.target))


class Check(Protocol):
    """A check of a pair: a pure function from the pair to its findings."""

    def __call__(self, pair: Pair) -> list[Finding]: ...


class SourceCheck(Protocol):
    """A check of a source text."""

    def __call__(self, text: Text) -> list[Finding]: ...
