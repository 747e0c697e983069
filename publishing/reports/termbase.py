"""The termbase in memory: read once by each process, and again as soon as a term was changed.

Whether one was is asked with every look: each change makes the sum of the terms' versions grow, whatever the
order in which changes are committed. The time of the last change tells another database from this one.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Max, Sum

from publishing.languages import CODES, casing
from publishing.matching.terms import Form, TermIndex
from publishing.models import Term, TermForm


@dataclass(slots=True)
class Named:
    """How a concept is called in one language, and how it must not be called; the preferred form first."""

    approved: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Concept:
    """A term with its forms in every language."""

    pk: int
    note: str
    do_not_translate: bool
    named: dict[str, Named]

    @property
    def title(self) -> str:
        """The first form that there is, in the order of the site's languages."""
        return next((named.approved[0] for named in self.named.values() if named.approved), "")

    def called(self, language: str, source: str) -> list[str]:
        """The forms to use in a language; for what is not translated, those of the source where it has none."""
        own = self.named[language].approved
        return own if own or not self.do_not_translate else self.named[source].approved


class Termbase:
    """All terms in use, and an index of each language's forms, made when it is first asked for."""

    def __init__(self, version: object, concepts: dict[int, Concept]) -> None:
        self.version = version
        self.concepts = concepts
        self._indexes: dict[str, TermIndex] = {}
        self._making = threading.Lock()

    def index(self, language: str) -> TermIndex:
        with self._making:
            if language not in self._indexes:
                self._indexes[language] = TermIndex(self._forms(language), language)
            return self._indexes[language]

    def _forms(self, language: str) -> Iterator[Form]:
        for concept in self.concepts.values():
            named = concept.named[language]
            yield from (Form(concept.pk, text) for text in (*named.approved, *named.forbidden))

    def search(self, words: str) -> list[Concept]:
        """The concepts with all these words somewhere in their forms or note, by title; all for no words."""
        wanted = {language: casing.fold(words, language).split() for language in CODES}
        found = (each for each in self.concepts.values() if not words.strip() or _says(each, wanted))
        return sorted(found, key=lambda each: (each.title.lower(), each.pk))


_read: list[Termbase] = []
_reading = threading.Lock()


def termbase() -> Termbase:
    """Today's termbase: one query where nothing was changed."""
    version = Term.objects.aggregate(Sum("version"), Max("changed_at"))
    with _reading:
        if not _read or _read[0].version != version:
            _read[:] = [Termbase(version, _concepts())]
        return _read[0]


def concept_of(term: Term) -> Concept:
    """The term as it is stored now."""
    return _concept(term, term.forms.in_use())


def _concepts() -> dict[int, Concept]:
    forms: dict[int, list[TermForm]] = defaultdict(list)
    for form in TermForm.objects.in_use():
        forms[form.term_id].append(form)
    return {term.pk: _concept(term, forms[term.pk]) for term in Term.objects.in_use()}


def _concept(term: Term, forms: Iterable[TermForm]) -> Concept:
    named = {code: Named() for code in CODES}
    for form in forms:
        is_approved = form.status == TermForm.Status.APPROVED
        (named[form.language].approved if is_approved else named[form.language].forbidden).append(form.text)
    return Concept(term.pk, term.note, term.do_not_translate, named)


def _says(concept: Concept, wanted: dict[str, list[str]]) -> bool:
    """Whether the words stand in the forms of one language, as that language folds case, or in the note."""
    for language, words in wanted.items():
        named = concept.named[language]
        text = casing.fold("\n".join((*named.approved, *named.forbidden, concept.note)), language)
        if all(word in text for word in words):
            return True
    return False
