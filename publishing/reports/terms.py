"""Terms beside the open segment: what the termbase says of its source, and whether the translation follows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from publishing.matching.terms import Form, TermIndex
from publishing.models import Translation

from .termbase import Concept, termbase


@dataclass(frozen=True, slots=True)
class TermFound:
    """A concept of the source: as it stands there, and what it is called in the language of the translation.

    `used` are those of its approved forms that stand in the text, `misused` those of its forbidden ones.
    """

    written: str
    concept: Concept
    approved: Sequence[str]
    forbidden: Sequence[str]
    used: tuple[str, ...]
    misused: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        """Whether there is an approved form, and none stands in the text."""
        return bool(self.approved) and not self.used


def terms(row: Translation) -> list[TermFound]:
    """The terms of the translation's source, each once, in their order there, held against the translation's text."""
    base, source, language = termbase(), row.segment.document.source_language, row.language
    written: dict[int, str] = {}
    for found in base.index(source).find(row.source):
        written.setdefault(found.form.concept, row.source[found.start : found.end])
    concepts = [base.concepts[pk] for pk in written]
    standing = _standing(concepts, source, language, row.text)
    return [
        TermFound(
            written[concept.pk],
            concept,
            approved := concept.called(language, source),
            forbidden := concept.named[language].forbidden,
            _those(approved, concept, standing),
            _those(forbidden, concept, standing),
        )
        for concept in concepts
    ]


def _standing(concepts: Sequence[Concept], source: str, language: str, text: str) -> set[Form]:
    """The forms that stand in the text; where a forbidden one is a part of an approved one, that one alone."""
    if not (concepts and text.strip()):
        return set()
    forms = [
        Form(concept.pk, form)
        for concept in concepts
        for form in (*concept.called(language, source), *concept.named[language].forbidden)
    ]
    return {found.form for found in TermIndex(forms, language).find(text)}


def _those(forms: Sequence[str], concept: Concept, standing: set[Form]) -> tuple[str, ...]:
    return tuple(form for form in forms if Form(concept.pk, form) in standing)
